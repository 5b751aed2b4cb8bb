"""Running heads, running feet and page numbers of a PDF file: what stands at one place on many pages."""

import re
from collections import defaultdict

from qa_bot.documents.formats.blocks import ends_sentence
from qa_bot.documents.formats.pdf_headings import SMALLER
from qa_bot.documents.formats.pdf_lines import Run, rows_of

_DEEP = 3
"""Rows from the top and from the end of a page that can be furniture."""

_NEAR = 4.0
"""Points that the place of a running head can vary from page to page."""

_LARGE = 1.3
"""Times the usual font size. Larger words are headings, though they stand at one place with a number that counts up."""

_APART = 1.8
"""Font sizes between a head and the page below it, at the least."""

_SHORT = 80
"""Characters. A head that stands on one page only is no longer."""

_NUMBER = re.compile(r"\d{1,4}")
_ALONE = re.compile(r"\W*(?:\d{1,4}(?:\s*/\s*\d{1,4})?|[ivxlc]{1,7})\W*", re.IGNORECASE)


def without_furniture(pages: list[list[Run]], body: float) -> tuple[list[list[Run]], list[tuple[int, str]]]:
    """The runs of each page without heads and feet, and once each head and foot that says something, with its page from 0."""
    seen: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    outer = [_outer(runs) for runs in pages]
    for page, rows in enumerate(outer):
        for side, row in rows:
            for key in _keys(_words(row), page):
                seen[side, key].setdefault(page, row[0].y)
    often = {found for found, places in seen.items() if _is_often(places, len(pages))}
    kept: list[list[Run]] = []
    told: dict[str, tuple[int, str]] = {}
    for page, (runs, rows) in enumerate(zip(pages, outer, strict=True)):
        gone: set[int] = set()
        for at, (side, row) in enumerate(rows):
            words = _words(row)
            numbered = _ALONE.fullmatch(words) and at in _first_and_last(rows)
            found = next((key for key in _keys(words, page) if (side, key) in often), "")
            if not found and at == 0 and page and _parts_sentence(rows, pages[page - 1], body):
                found = words
            if (numbered or found) and row[0].size <= _LARGE * body and len(gone) + len(row) < len(runs):
                gone.update(map(id, row))
                if not numbered:
                    told.setdefault(found, (page, words))
        kept.append([run for run in runs if id(run) not in gone])
    return kept, list(told.values())


def _outer(runs: list[Run]) -> list[tuple[str, list[Run]]]:
    """The rows at the top and at the end of a page, each with its side."""
    rows = rows_of(runs)
    top = rows[:_DEEP]
    return [("top", row) for row in top] + [("end", row) for row in rows[max(len(top), len(rows) - _DEEP) :]]


def _first_and_last(rows: list[tuple[str, list[Run]]]) -> tuple[int, int]:
    return 0, len(rows) - 1


def _parts_sentence(rows: list[tuple[str, list[Run]]], before: list[Run], body: float) -> bool:
    """Whether the first row of a page stands apart in the midst of a sentence that begins on the page before."""
    if len(rows) < 2 or not before:
        return False
    first, second = rows[0][1], rows[1][1]
    prose = [run for run in before if run.size > SMALLER * body]  # footnotes have ends of their own
    last = [words for words in map(_words, rows_of(prose)[-_DEEP:]) if not _ALONE.fullmatch(words)]
    apart = second[0].y - first[0].y > _APART * second[0].size
    inside = _words(second)[:1].islower() and bool(last) and not ends_sentence(last[-1])
    return apart and inside and len(_words(first)) <= _SHORT and not _words(first)[:1].islower()


def _words(row: list[Run]) -> str:
    return " ".join(run.text for run in row)


def _keys(words: str, page: int) -> list[str]:
    """What the words of a row have in common with those of other pages: themselves, and themselves with a number that counts
    the pages."""
    counted = [
        f"{words[: found.start()]}\0{int(found[0]) - page}\0{words[found.end() :]}" for found in _NUMBER.finditer(words)
    ]
    return [*counted, words]


def _is_often(places: dict[int, float], pages: int) -> bool:
    """Whether so many pages have the words at one height that no accident has put them there."""
    if len(places) < 2 or len(places) < min(3, pages):
        return False
    heights = sorted(places.values())
    middle = heights[len(heights) // 2]
    return sum(abs(height - middle) <= _NEAR for height in heights) >= max(2, 0.6 * len(heights))
