"""A long text cut into screen rows, by offsets: each row is `text[start:end]`, so highlights find their cells."""

import re
from typing import NamedTuple

from rich.cells import cell_len

TAB = "    "
"""A tab takes this much room wherever it stands, so a row's width is the sum of its characters'."""

_WORD = re.compile(r"[^ \t]*[ \t]*")


class Row(NamedTuple):
    """One row of the screen."""

    start: int
    end: int
    line: int
    """The line of the file, counting from 1."""
    first: bool
    """Whether the line of the file starts here rather than being continued."""


def cells(text: str) -> int:
    """The terminal cells that a text takes."""
    return cell_len(text.replace("\t", TAB) if "\t" in text else text)


def wrap(text: str, width: int) -> list[Row]:
    """Cut at line ends, and between words where a line is too long; a word longer than a row is cut where it must be."""
    width = max(2, width)  # a wide character needs two cells
    rows: list[Row] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        if len(line) <= width and ((line.isascii() and "\t" not in line) or cells(line) <= width):
            rows.append(Row(start, end, number, True))
        else:
            first = True
            for a, b in _cut(line, width):
                rows.append(Row(start + a, start + b, number, first))
                first = False
        start = end + 1
    return rows


def _cut(line: str, width: int) -> list[tuple[int, int]]:
    plain = line.isascii() and "\t" not in line
    cut: list[tuple[int, int]] = []
    start = at = used = 0
    for match in _WORD.finditer(line):
        word = match[0]
        size = len(word) if plain else cells(word)
        # Spaces at the end of a row may hang over its edge.
        trimmed = len(word.rstrip(" ")) if plain else cells(word.rstrip(" "))
        if used and used + trimmed > width:
            cut.append((start, at))
            start, used = at, 0
        if trimmed > width:
            for index, character in enumerate(word):
                room = 1 if plain else cells(character)
                if used + room > width:
                    cut.append((start, at + index))
                    start, used = at + index, 0
                used += room
        else:
            used += size
        at += len(word)
    if start < at or not cut:
        cut.append((start, at))
    return cut
