"""The places of a text that have a name for a person: where its pages, slides, rows or cues begin."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Mark(NamedTuple):
    """Where a page, a slide, a row or the like begins in the text of a file; it reaches to the next mark."""

    start: int
    """An offset into the text, in characters."""
    place: str
    """What a person calls it: "page 4", "slide 3", "sheet Costs, row 17", "00:12:31"."""
    page: int | None = None
    """The number of the page as a program that shows the file counts it, from 1; None where the file has no pages."""


def mark_at(marks: Sequence[Mark], offset: int) -> Mark | None:
    """The mark that the character at `offset` stands under; None where it stands before the first. `marks` are in order."""
    at = bisect_right(marks, offset, key=lambda mark: mark.start)
    return marks[at - 1] if at else None


def place_at(marks: Sequence[Mark], text: str, offset: int) -> tuple[str, int | None]:
    """What a person calls the place of this character of the text, and its page: "page 4" and 4, or "line 41" and None."""
    mark = mark_at(marks, offset)
    if mark is not None:
        return mark.place, mark.page
    return f"line {text.count(chr(10), 0, offset) + 1}", None
