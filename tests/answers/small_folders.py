"""Asks a folder of a few small files, with the real model, and tells what is marked."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import qa_bot


class Told(NamedTuple):
    """What a question got."""

    document: str
    """Of the first quote."""
    date: str | None
    answered: bool
    marked: str
    """The words marked in the first quote."""
    context: str


def told(folder: Path, files: Mapping[str, str | bytes], question: str) -> Told:
    """What the question gets from these files, by name; quotes of a refusal are its nearest passages."""
    seeds = folder / "seeds"
    for name, words in files.items():
        (seeds / name).parent.mkdir(parents=True, exist_ok=True)
        (seeds / name).write_bytes(words if isinstance(words, bytes) else words.encode())
    with qa_bot.open(seeds, folder / "index") as bot:
        answer = bot.ask(question)
    quote = (answer.quotes or answer.nearest)[0]
    for one in (*answer.quotes, *answer.nearest):
        assert one.state == "verbatim"
    return Told(quote.document, quote.date, answer.answered, " ⏐ ".join(quote.marked), quote.context)
