"""English words of time: months, weekdays, dates as documents write them, and the times that questions ask about."""

import re

from qa_bot.language.language import DOCUMENT_YEAR, YEAR

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The names of the months, the first at index 0."""

MONTH_ABBREVIATIONS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The three letters that stand for each month, in the same order. September has a second abbreviation, "Sept"."""

MONTH_FORMS: tuple[tuple[str, str] | tuple[str, str, str], ...] = tuple(
    (short, "Sept", name) if name == "September" else (short, name)
    for short, name in zip(MONTH_ABBREVIATIONS, MONTHS, strict=True)
)
"""For each month its names."""

MONTH = (
    "(?:"
    + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS).replace("Sep(?:tember)?", "Sept?(?:ember)?")
    + r")\.?"
)
"""A regular expression for a month, in full or abbreviated, with or without a full stop. Compile with IGNORECASE."""

WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?", re.IGNORECASE)
"""A day of the week, in full or abbreviated."""

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"

WORDED_DATE = re.compile(
    rf"\b(?:{_DAY}(?:\s+of)?[\s-]+{MONTH},?[\s-]+{DOCUMENT_YEAR}|{MONTH}\s+{_DAY},?\s+{DOCUMENT_YEAR})(?!\d)",
    re.IGNORECASE,
)
"""A date with the month in words: "22nd of March 2019", "March 4, 2017"."""

MONTH_AND_YEAR = re.compile(rf"\b{MONTH},?\s+{DOCUMENT_YEAR}(?!\d)", re.IGNORECASE)
"""A month in words with its year: "Sept. 2019"."""

BETWEEN_DATE_WORDS = re.compile(r"\bof\b|\.")
"""What may stand between the parts of a date and tells nothing."""

CHANGED = re.compile(
    r"(?:last\s+)?(?:modified|updated|changed|revised|reviewed|edited|update)\b|\blast\b.{0,12}\bchange", re.IGNORECASE
)
"""Words of a line that tells when a page was changed."""

CLOCK = re.compile(
    r"\b(?:[ap]\.?m\.?|[A-Z]{2,5}T|UTC|GMT)\b|T?\d{1,2}[:.]\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:Z\b|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
"""A time of day, with its time zone or without."""

CURRENT = re.compile(
    r"\b(?:current(?:ly)?|latest|newest|most recent(?:ly)?|now|nowadays|today(?:['’]s)?|these days|at present|at the moment"
    r"|up to date)\b",
    re.IGNORECASE,
)
"""Words that ask for how things stand by the newest document."""

_NEARBY = rf"\b(?:\W+[\w'’-]+){{0,4}}?\W+({YEAR})\b"
"""A year within a few words."""

BEFORE = re.compile(rf"\b(?:before|prior to|earlier than|until){_NEARBY}", re.IGNORECASE)
"""The time before a year, which is group 1."""

AFTER = re.compile(rf"\b(?:after|since|later than){_NEARBY}", re.IGNORECASE)
"""The time from a year on, which is group 1."""

RELATIVE = re.compile(r"\b(?:the )?(this|last|previous) year\b", re.IGNORECASE)
"""A year by its relation to today, which is group 1."""

YEARS_AGO = {"this": 0, "last": 1, "previous": 1}
"""How many years before this one each relation means."""
