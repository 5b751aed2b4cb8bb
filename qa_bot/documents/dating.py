"""When a document was written, as the document itself says. Never the file's own time, never a guess from its prose.

A date counts only where dates are given: a field of the front matter, a line that is little else than a date, the
title, the file's name, a "Last modified" line. "In March 2017 the council ..." dates an event, not the page.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import DOCUMENT_YEAR, Language

if TYPE_CHECKING:
    from dateutil import parser

_ISO = re.compile(rf"(?<![\d./-])({DOCUMENT_YEAR})([-/.])(0?[1-9]|1[0-2])\2(3[01]|[12]\d|0?[1-9])(?![\d/-])")
_NUMBERED = re.compile(rf"(?<![\d./-])(\d{{1,2}})([./-])(\d{{1,2}})\2({DOCUMENT_YEAR})(?![\d/-])")
_WORD = re.compile(r"[^\W\d_]+")
_IN_NAME = re.compile(
    rf"(?<![^\W_])({DOCUMENT_YEAR})(?:[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(3[01]|[12]\d|0[1-9]))?)?(?![^\W_])"
)

TOP = 12
"""A date line dates the document only if it is among this many lines at the top."""

FILE_MADE = "made"
"""A field that a reader gives: when the program says that it has made the file, which may be long after the writing."""

_MOST_OTHER_WORDS = 4
"""Words that a date line may hold beside the date ("Press Team", "Published on")."""


def document_date(
    fields: Mapping[str, object], lines: list[str], heading: str, path: str, language: Language = ENGLISH
) -> str | None:
    """The document's ISO date, or None. `lines` are its lines with something on them, `heading` is its title line."""
    candidates = (
        _from_fields(fields, language),
        *(date_of_line(line, language) for line in lines[:TOP]),
        _from_heading(heading, language),
        _from_name(path, language),
        *(date_of_changed_line(line, language) for line in (*lines[:TOP], *lines[: -TOP - 1 : -1])),
        _of_value(fields.get(FILE_MADE), language),
    )
    return next((date for date in candidates if date), None)


def date_of_line(line: str, language: Language = ENGLISH) -> str | None:
    """The date of a line that is little else than a date, unless the line tells of a change."""
    return None if language.changed.search(line) else _date_beside(line, language)


def date_of_changed_line(line: str, language: Language = ENGLISH) -> str | None:
    """The date of a line such as "Last modified: 08 February 2024 13:40"."""
    return _date_beside(line, language) if language.changed.search(line) else None


def _from_fields(fields: Mapping[str, object], language: Language) -> str | None:
    """The first date field of the front matter that holds a date."""
    named = {str(name).lower(): value for name, value in fields.items()}
    return next(
        (date for name in ("date", *language.date_fields) if (date := _of_value(named.get(name), language))), None
    )


def _of_value(value: object, language: Language) -> str | None:
    if isinstance(value, datetime.date):  # datetime too
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if re.fullmatch(DOCUMENT_YEAR, str(value)) else None
    if not isinstance(value, str):
        return None
    value = value.strip()
    return (
        next((date for date, _, _ in _full_dates(value, language)), None)
        or _month_only(value, language)
        or (value if re.fullmatch(DOCUMENT_YEAR, value) else None)
    )


def _date_beside(line: str, language: Language) -> str | None:
    """The date of a line that holds at most a few words beside the date, or only a month and a year."""
    bare = line.strip(" \t#*_-–—()[]|")
    if len(bare) > 90:
        return None
    for date, start, end in _full_dates(bare, language):
        rest = language.clock.sub(" ", bare[:start] + " " + bare[end:])
        others = [word for word in _WORD.findall(rest) if not language.weekday.fullmatch(word)]
        if len(others) <= _MOST_OTHER_WORDS and not re.search(r"[.!?]\s*$|\d", rest):
            return date
        return None
    return _month_only(bare, language)


def _from_heading(heading: str, language: Language) -> str | None:
    """The first whole date in the title, or the month and year at its end."""
    date = next((date for date, _, _ in _full_dates(heading, language)), None)
    tail = re.search(rf"{language.month_and_year.pattern}\W*$", heading, re.IGNORECASE)
    return date or (_month_only(tail.group().strip(" \t.,()[]"), language) if tail else None)


def _from_name(path: str, language: Language) -> str | None:
    """The date in the file's name: the first whole one, else the first month and year, else the first year."""
    stem = PurePosixPath(path).stem
    words = re.sub(r"[_-]+", " ", stem)
    dates = [
        "-".join(part for part in found.groups() if part)
        for found in _IN_NAME.finditer(stem)
        if found[3] is None or _valid(int(found[1]), int(found[2]), int(found[3]))
    ]
    figures = re.sub(r"(?<=\d)_(?=\d)", "-", stem).replace("_", " ")
    figures = re.sub(r"(?<=[^\W\d])-|-(?=[^\W\d])", " ", figures)
    for written in (figures, words):
        dates += [date for date, _, _ in _full_dates(written, language)]
    if month := language.month_and_year.search(words):
        dates += filter(None, [_month_only(month[0], language)])
    return max(dates, key=len, default=None)


def _full_dates(text: str, language: Language) -> Iterable[tuple[str, int, int]]:
    """Every date with a day: ISO date, start and end in the text. "03/04/2019" is left out: day and month could be swapped."""
    found: list[tuple[str, int, int]] = []
    for match in _ISO.finditer(text):
        year, _, month, day = match.groups()
        if date := _valid(int(year), int(month), int(day)):
            found.append((date, match.start(), match.end()))
    for match in language.worded_date.finditer(text):
        if date := _parsed(match.group(), language):
            found.append((date, match.start(), match.end()))
    for match in _NUMBERED.finditer(text):
        first, _, second, year = match.groups()
        day, month = (int(first), int(second)) if int(first) > 12 else (int(second), int(first))
        if (day > 12 or day == month) and (date := _valid(int(year), month, day)):
            found.append((date, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def _month_only(text: str, language: Language) -> str | None:
    """YYYY-MM where the text is a month and a year and nothing else ("March 2019", "2019-03")."""
    iso = re.fullmatch(rf"({DOCUMENT_YEAR})-(0[1-9]|1[0-2])", text)
    if iso:
        return iso.group()
    return (_parsed(text, language) or "")[:7] or None if language.month_and_year.fullmatch(text) else None


def _parsed(words: str, language: Language) -> str | None:
    """The ISO date of words in the form of a date; None where there is no such day (31 June)."""
    try:
        return (
            _parser(language)
            .parse(language.between_date_words.sub(" ", words), default=datetime.datetime(2000, 1, 1))
            .strftime("%Y-%m-%d")
        )
    except (ValueError, OverflowError):
        return None


@cache
def _parser(language: Language) -> "parser.parser":
    """Reads dates with the names that the language has for the months."""
    from dateutil import parser

    class Months(parser.parserinfo):
        def __init__(self) -> None:
            self.MONTHS = list(language.month_forms)
            super().__init__()

    return parser.parser(Months())


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
