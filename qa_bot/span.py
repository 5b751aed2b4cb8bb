"""A slice of a text: what passages, sentences and highlights are made of."""

from typing import NamedTuple


class Span(NamedTuple):
    """A slice of a document's text: `text[start:end]`."""

    start: int
    end: int


def line_of(text: str, offset: int) -> int:
    """The line of the text that the offset is on, counting from 1. A line ends with \\n, \\r\\n or \\r."""
    line = text.count("\n", 0, offset) + 1
    if "\r" in text:
        line += text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    return line
