"""Items inside items: an item of a list belongs to the item above it that stands further left."""

from collections.abc import Sequence

import numpy as np

from qa_bot.answers.quoting.lists import ITEM
from qa_bot.models.encoder import Matrix
from qa_bot.span import Span

HANDED_DOWN = 0.5
"""How near an item counts to words that only the item above it says, as a share of how near that one comes."""


def parents(text: str, sentences: Sequence[Span], start: int) -> list[int | None]:
    """For each sentence of a passage (its text, which starts at `start`) the sentence whose item it is nested in, or None."""
    found: list[int | None] = []
    open_: list[tuple[int, int]] = []
    for at, (begin, end) in enumerate(sentences):
        words = text[begin - start : end - start]
        if not ITEM.match(words):
            found.append(None)
            continue
        line = text.rfind("\n", 0, begin - start) + 1
        column = len(text[line : begin - start].expandtabs(4))
        while open_ and open_[-1][0] >= column:
            open_.pop()
        found.append(open_[-1][1] if open_ else None)
        open_.append((column, at))
    return found


def children(at: int, above: Sequence[int | None]) -> list[int]:
    """The sentences nested in the item `at`, at any depth."""
    inside: list[int] = []
    for i, parent in enumerate(above):
        if parent is not None and (parent == at or parent in inside):
            inside.append(i)
    return inside


def handed_down(near: Matrix, above: Sequence[int | None]) -> Matrix:
    """The nearness of each sentence to each word, shape (sentences, words), where an item has part of what stands above it."""
    near = near.copy()
    for at, parent in enumerate(above):
        if parent is not None:
            near[at] = np.maximum(near[at], HANDED_DOWN * near[parent])
    return near
