"""What can be set, and from where: a flag beats an environment variable beats the default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_bot.errors import SettingsError

DEFAULT_SEEDS = Path("seeds")
DEFAULT_MODEL = "all-MiniLM-L6-v2"
READERS = ("bundled", "none")
BUNDLED_READER, NO_READER = READERS


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the program can be told. Made once at the edge (command line, `qa_bot.open`) and passed down."""

    seeds: Path = DEFAULT_SEEDS
    """The folder of documents."""
    index: Path = Path("index")
    """The folder of the built index; made when missing."""
    model: str = DEFAULT_MODEL
    """The embedding model: the bundled one, a folder, or a name that sentence-transformers can load."""
    reader: str = BUNDLED_READER
    """What reads a question together with the best passages: the bundled reader, or none."""
    quiet: bool = False
    """Print results and errors only."""
    k: int = 3
    """The number of quotes in an answer, at least 1."""
    max_size: int = 200
    """Files of more megabytes are left out."""
    data: Path | None = None
    """The folder in which the chat keeps conversations; None: the one that the user's system has for such things."""


def settings_from(given: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from what was given (None: not given), then QA_BOT_SEEDS and its kin, then the defaults.

    Raises SettingsError for a value that cannot be used.
    """

    def pick(name: str) -> Any:
        value = given.get(name)
        return environ.get(f"QA_BOT_{name.upper()}") or None if value is None else value

    chosen = {name: value for name in Settings.__dataclass_fields__ if (value := pick(name)) is not None}
    for name in ("seeds", "index", "data"):
        if name in chosen:
            if not str(chosen[name]):  # as from --seeds "$UNSET": Path would make it the current folder
                usual = "your own" if name == "data" else f"./{name}"
                raise SettingsError(
                    f"the {name} folder has no name; give one with --{name}, or leave it out for {usual}"
                )
            chosen[name] = Path(chosen[name]).expanduser()
    if "quiet" in chosen:
        chosen["quiet"] = str(chosen["quiet"]).lower() not in ("0", "false", "no")
    if chosen.get("reader", BUNDLED_READER) not in READERS:
        raise SettingsError(f"there is no reader {chosen['reader']!r}; give --reader one of: {', '.join(READERS)}")
    for name, called in (("k", "number of quotes"), ("max_size", "size limit in megabytes")):
        if name in chosen:
            chosen[name] = _whole_number(chosen[name], called)
    if "seeds" in chosen and "index" not in chosen:
        chosen["index"] = index_of(chosen["seeds"])
    return Settings(**chosen)


def index_of(seeds: Path) -> Path:
    """Where the index of a folder is kept unless another place is named: ./index for ./seeds, else the user's cache folder,
    under the folder's real path."""
    real = os.path.realpath(seeds)
    if real == os.path.realpath(DEFAULT_SEEDS):
        return Path("index")
    from hashlib import sha256

    name = "".join(sign if sign.isalnum() else "-" for sign in Path(real).name)[:40]
    return indexes_folder() / f"{name}-{sha256(os.fsencode(real)).hexdigest()[:16]}"


def indexes_folder() -> Path:
    """Where the indexes of all folders but ./seeds are kept, each in a folder of its own."""
    from platformdirs import user_cache_path

    return user_cache_path("qa-bot") / "indexes"


def _whole_number(value: Any, called: str) -> int:
    try:
        number = int(value)
    except ValueError:
        raise SettingsError(f"the {called} must be a whole number, not {value!r}") from None
    if number < 1:
        raise SettingsError(f"the {called} must be at least 1, not {number}")
    return number
