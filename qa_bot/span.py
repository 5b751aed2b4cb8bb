"""A slice of a text: what passages, sentences and highlights are made of."""

from typing import NamedTuple


class Span(NamedTuple):
    """A slice of a document's text: `text[start:end]`."""

    start: int
    end: int
