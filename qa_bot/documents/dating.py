"""When a document was written, as the document itself says. Never the file's own time, never a guess from its prose.

A date counts only where dates are given: a field of the front matter, a line that is little else than a date, the
title, the file's name, a "Last modified" line. "In March 2017 the council ..." dates an event, not the page.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from qa_bot.language.english.times import (
    BETWEEN_DATE_WORDS,
    CHANGED,
    DOCUMENT_YEAR,
    MONTH_AND_YEAR,
    WEEKDAY,
    WORDED_DATE,
)

_ISO = re.compile(rf"(?<![\d./-])({DOCUMENT_YEAR})([-/.])(0?[1-9]|1[0-2])\2(3[01]|[12]\d|0?[1-9])(?![\d/-])")
_NUMBERED = re.compile(rf"(?<![\d./-])(\d{{1,2}})([./-])(\d{{1,2}})\2({DOCUMENT_YEAR})(?![\d/-])")
_CLOCK = re.compile(
    r"\b(?:[ap]\.?m\.?|[A-Z]{2,5}T|UTC|GMT)\b|T?\d{1,2}[:.]\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:Z\b|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_IN_NAME = re.compile(
    rf"(?<![^\W_])({DOCUMENT_YEAR})(?:[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(3[01]|[12]\d|0[1-9]))?)?(?![^\W_])"
)

_FIELDS = (
    "date",
    "published",
    "publishdate",
    "publish_date",
    "datepublished",
    "pubdate",
    "created",
    "created_at",
    "issued",
    "lastmod",
    "last_modified",
    "last-modified",
    "modified",
    "updated",
    "updated_at",
)

TOP = 12
"""A date line dates the document only if it is among this many lines at the top."""

_MOST_OTHER_WORDS = 4
"""Words that a date line may hold beside the date ("Press Team", "Published on")."""


def document_date(fields: Mapping[str, object], lines: list[str], heading: str, path: str) -> str | None:
    """The document's ISO date, or None. `lines` are its lines with something on them, `heading` is its title line."""
    candidates = (
        _from_fields(fields),
        *(date_of_line(line) for line in lines[:TOP]),
        _from_heading(heading),
        _from_name(path),
        *(date_of_changed_line(line) for line in (*lines[:TOP], *lines[: -TOP - 1 : -1])),
    )
    return next((date for date in candidates if date), None)


def date_of_line(line: str) -> str | None:
    """The date of a line that is little else than a date, unless the line tells of a change."""
    return None if CHANGED.search(line) else _date_beside(line)


def date_of_changed_line(line: str) -> str | None:
    """The date of a line such as "Last modified: 08 February 2024 13:40"."""
    return _date_beside(line) if CHANGED.search(line) else None


def _from_fields(fields: Mapping[str, object]) -> str | None:
    """The first date field of the front matter that holds a date."""
    named = {str(name).lower(): value for name, value in fields.items()}
    return next((date for name in _FIELDS if (date := _of_value(named.get(name)))), None)


def _of_value(value: object) -> str | None:
    if isinstance(value, datetime.date):  # datetime too
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if re.fullmatch(DOCUMENT_YEAR, str(value)) else None
    if not isinstance(value, str):
        return None
    value = value.strip()
    return (
        next((date for date, _, _ in _full_dates(value)), None)
        or _month_only(value)
        or (value if re.fullmatch(DOCUMENT_YEAR, value) else None)
    )


def _date_beside(line: str) -> str | None:
    """The date of a line that holds at most a few words beside the date, or only a month and a year."""
    bare = line.strip(" \t#*_-–—()[]|")
    if len(bare) > 90:
        return None
    for date, start, end in _full_dates(bare):
        rest = _CLOCK.sub(" ", bare[:start] + " " + bare[end:])
        others = [word for word in _WORD.findall(rest) if not _is_weekday(word)]
        if len(others) <= _MOST_OTHER_WORDS and not re.search(r"[.!?]\s*$|\d", rest):
            return date
        return None
    return _month_only(bare)


def _from_heading(heading: str) -> str | None:
    """The first whole date in the title, or the month and year at its end."""
    date = next((date for date, _, _ in _full_dates(heading)), None)
    tail = re.search(rf"{MONTH_AND_YEAR.pattern}\W*$", heading, re.IGNORECASE)
    return date or (_month_only(tail.group().strip(" \t.,()[]")) if tail else None)


def _from_name(path: str) -> str | None:
    """The date in the file's name: whole, or month and year, or the year."""
    stem = PurePosixPath(path).stem
    for found in _IN_NAME.finditer(stem):
        year, month, day = found.groups()
        if day is None or _valid(int(year), int(month), int(day)):
            return "-".join(part for part in (year, month, day) if part)
    return next((date for date, _, _ in _full_dates(re.sub(r"[_-]+", " ", stem))), None)


def _full_dates(text: str) -> Iterable[tuple[str, int, int]]:
    """Every date with a day: ISO date, start and end in the text. "03/04/2019" is left out: day and month could be swapped."""
    found: list[tuple[str, int, int]] = []
    for match in _ISO.finditer(text):
        year, _, month, day = match.groups()
        if date := _valid(int(year), int(month), int(day)):
            found.append((date, match.start(), match.end()))
    for match in WORDED_DATE.finditer(text):
        if date := _parsed(match.group()):
            found.append((date, match.start(), match.end()))
    for match in _NUMBERED.finditer(text):
        first, _, second, year = match.groups()
        day, month = (int(first), int(second)) if int(first) > 12 else (int(second), int(first))
        if (day > 12 or day == month) and (date := _valid(int(year), month, day)):
            found.append((date, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def _month_only(text: str) -> str | None:
    """YYYY-MM where the text is a month and a year and nothing else ("March 2019", "2019-03")."""
    iso = re.fullmatch(rf"({DOCUMENT_YEAR})-(0[1-9]|1[0-2])", text)
    if iso:
        return iso.group()
    return (_parsed(text) or "")[:7] or None if MONTH_AND_YEAR.fullmatch(text) else None


def _parsed(words: str) -> str | None:
    """The ISO date of words in the form of a date; None where there is no such day (31 June)."""
    from dateutil import parser

    try:
        return parser.parse(BETWEEN_DATE_WORDS.sub(" ", words), default=datetime.datetime(2000, 1, 1)).strftime(
            "%Y-%m-%d"
        )
    except (ValueError, OverflowError):
        return None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _is_weekday(word: str) -> bool:
    return WEEKDAY.fullmatch(word) is not None
