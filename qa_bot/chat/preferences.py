"""What the chat remembers of its user from one time to the next: the theme, and how the index is updated."""

import json
from pathlib import Path


def default_path() -> Path:
    """Where the user's system keeps such things; not in the repository, nor in the index."""
    from platformdirs import user_config_path

    return user_config_path("qa-bot") / "chat.json"


def default_data() -> Path:
    """Where the user's system keeps what programs make for them; the conversations go there."""
    from platformdirs import user_data_path

    return user_data_path("qa-bot")


def load_theme(path: Path) -> str | None:
    """The theme chosen last; None where there is none, or the file is not one of ours."""
    chosen = _load(path).get("theme")
    return chosen if isinstance(chosen, str) else None


def load_automatic(path: Path) -> bool:
    """Whether the index is updated as soon as files change; so it is until the user chooses otherwise."""
    return _load(path).get("automatic") is not False


def save(path: Path, name: str, value: str | bool) -> None:
    """Remember one thing beside the others; where nothing can be written it is simply forgotten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({**_load(path), name: value}) + "\n", encoding="utf-8")
    except OSError:
        return


def _load(path: Path) -> dict[str, object]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
