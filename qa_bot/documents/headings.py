"""The path of headings above a passage, written as one line: "Timeline › 16:59"."""

from collections.abc import Iterable

_BETWEEN = " › "


def join(headings: Iterable[str]) -> str:
    """The path through these headings, the highest first. Empty headings are left out."""
    return _BETWEEN.join(heading for heading in headings if heading)


def last(path: str) -> str:
    """The last heading of a path, which is the nearest one above the passage; "" for an empty path."""
    return path.rsplit(_BETWEEN, 1)[-1]


def split(path: str) -> list[str]:
    """The headings of a path, the highest first; none for an empty path."""
    return path.split(_BETWEEN) if path else []
