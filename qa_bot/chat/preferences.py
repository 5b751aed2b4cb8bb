"""What the chat remembers of its user from one time to the next: the theme."""

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
    try:
        chosen = json.loads(path.read_text(encoding="utf-8"))["theme"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return chosen if isinstance(chosen, str) else None


def save_theme(path: Path, theme: str) -> None:
    """Remember the theme; where nothing can be written it is simply forgotten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"theme": theme}) + "\n", encoding="utf-8")
    except OSError:
        return
