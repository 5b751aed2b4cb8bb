"""A bot with the real model over a few short documents that a test writes itself."""

from collections.abc import Mapping
from pathlib import Path

from qa_bot.bot import Bot, open_bot


def bot_over(folder: Path, files: Mapping[str, str]) -> Bot:
    """The bot over these texts by file name, with seeds and index in the folder."""
    seeds = folder / "seeds"
    seeds.mkdir()
    for name, text in files.items():
        (seeds / name).write_text(text, encoding="utf-8")
    return open_bot(seeds, folder / "index")
