"""Where texts that say nearly the same differ: "Good" in 2017, "Inadequate" in 2023."""

import re
from collections.abc import Sequence, Set
from difflib import SequenceMatcher

ALIKE = 0.3
"""Share of words two texts must have in common, in order, to be compared: else every word of both would differ."""

_WORD = re.compile(r"\w+(?:[-.,’']\w+)*")

Spans = list[tuple[int, int]]


def differing(texts: Sequence[str], common: Set[str]) -> list[Spans]:
    """For each text the places of the words that the text before it lacks; the first text is compared with the second.

    Words in `common` are left out. Texts that share few words have no such places."""
    pairs = [(text, texts[i - 1 if i else 1]) for i, text in enumerate(texts)] if len(texts) > 1 else []
    return [new_words(text, other, common) for text, other in pairs] or [[] for _ in texts]


def new_words(text: str, other: str, common: Set[str]) -> Spans:
    """The places of the words in `text` that `other` lacks there, those in `common` left out."""
    words, others = list(_WORD.finditer(text)), [word.casefold() for word in _WORD.findall(other)]
    matcher = SequenceMatcher(None, [match[0].casefold() for match in words], others, autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    places: Spans = []
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind != "equal":
            places += [match.span() for match in words[start:end] if match[0].casefold() not in common]
    return places
