"""Which lines of a PDF file are headings: larger ones, and short bold ones."""

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from qa_bot.documents.formats.blocks import ends_sentence
from qa_bot.documents.formats.pdf_lines import Line

LARGER = 1.12
"""Times the usual font size, from which on a line is a heading."""

SMALLER = 0.92
"""Times the usual font size, up to which lines at the end of a column are footnotes."""

_LONGEST_HEADING = 200
"""Characters."""

_DEEPEST = 6

BULLET = re.compile(r"(?:[•‣◦▪▫●○■□◆◇➢➤✓✔·∙–—*]|[\ue000-\uf8ff]|-|o(?=\s))\s*(?=\S)")
LEADER = re.compile(r"(?:\s?[.…]){4,}\s*(?=[\w-]{1,8}\Z)")
"""The dots between a heading and its page in a table of contents."""


def body_size(lines: list[Line]) -> float:
    """The font size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[_half(line.size)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=10.0)


class Headings:
    """Tells the headings of one file by the font sizes of all its lines."""

    def __init__(self, lines: list[Line]) -> None:
        self.body = body_size(lines)
        """The font size of most letters, in points."""
        sizes = {_half(line.size) for line in lines if self._is_large(line)}
        self._levels = sorted(sizes, reverse=True)

    def _is_large(self, line: Line) -> bool:
        words = line.text
        if LEADER.search(words):
            return False
        letters = sum(letter.isalpha() for letter in words)
        return line.size >= LARGER * self.body and letters >= 2 and len(words) <= _LONGEST_HEADING

    def level(self, line: Line) -> int:
        """1 and more for a heading, 0 for another line."""
        if self._is_large(line):
            return min(self._levels.index(_half(line.size)) + 1, _DEEPEST)
        words = line.text
        short = line.right < line.edge - 2 * line.size and len(words) <= _LONGEST_HEADING / 2
        if not (line.bold and short and len(line.cells) == 1 and line.size >= 0.95 * self.body):
            return 0
        if (
            ends_sentence(words)
            or words.endswith(",")
            or LEADER.search(words)
            or BULLET.match(words)
            or not words[0].isalnum()
        ):
            return 0
        return min(len(self._levels) + 1, _DEEPEST)


def usual_leading(lines: list[Line]) -> float:
    """The usual distance of the base lines of two lines below one another, in points."""
    gaps = [
        line.y - before.y
        for before, line in pairwise(lines)
        if before.column == line.column and 0 < line.y - before.y < 2.5 * line.size
    ]
    return median(gaps) if gaps else 12.0


def _half(size: float) -> float:
    """The size to half a point: programs round sizes in many ways."""
    return round(size * 2) / 2
