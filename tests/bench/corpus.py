"""Documents of real sentences, any number of them: those of seeds/, drawn and put together anew."""

import random
import re
from pathlib import Path

from .measure import REPOSITORY

WORDS = 90
"""Of a paragraph, about: what a passage aims at."""


def write(folder: Path, documents: int, *, seed: int = 0) -> Path:
    """So many documents of one to five paragraphs; the folder."""
    rng, sentences = random.Random(seed), drawn_from()
    folder.mkdir(parents=True)
    for number in range(documents):
        paragraphs = [paragraph(rng, sentences) for _ in range(rng.randint(1, 5))]
        text = "\n\n".join([f"Report {number} of the inspectors", *paragraphs])
        (folder / f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")
    return folder


def change(folder: Path, number: int, words: str) -> None:
    """Put a sentence at the end of a document."""
    file = folder / f"{number:05}.txt"
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()} They came back {words}.\n", encoding="utf-8")


def drawn_from() -> list[str]:
    """The whole sentences of the seeds."""
    lines = [line for file in sorted((REPOSITORY / "seeds").glob("*.txt")) for line in file.read_text().splitlines()]
    found = [one for line in lines for one in re.split(r"(?<=[.?!])\s+", line.strip())]
    return [one for one in found if 8 <= len(one.split()) <= 40 and one[0].isupper() and one.endswith(".")]


def paragraph(rng: random.Random, sentences: list[str]) -> str:
    """Sentences of so many words together."""
    chosen: list[str] = []
    while sum(len(one.split()) for one in chosen) < WORDS:
        chosen.append(rng.choice(sentences))
    return " ".join(chosen)
