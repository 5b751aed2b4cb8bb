"""A slice of a text: what passages, sentences and highlights are made of."""

from typing import NamedTuple


class Span(NamedTuple):
    """A slice of a document's text: `text[start:end]`."""

    start: int
    end: int


def line_of(text: str, offset: int) -> int:
    """The line of the text that the offset is on, counting from 1."""
    return text.count("\n", 0, offset) + 1
