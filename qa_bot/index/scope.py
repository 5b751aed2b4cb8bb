"""What a whole document is about: the words that all of its passages may count as said."""

import re
from collections import Counter
from pathlib import PurePosixPath

from qa_bot.documents.model import Document

RUNNING_SHARE = 0.2
"""A name belongs to the document's scope when at least this share of its passages, and at least two, say it."""

MONTHS = [
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
]


def scope_words(document: Document) -> str:
    """Title, path, date in words ("2019-03-22 March") and the names that run through it, as one searchable text."""
    path = PurePosixPath(document.path).with_suffix("").as_posix()
    readable = [part for part in re.split(r"[/_\-. ]+", path) if not opaque(part)]
    return "\n".join([document.title, " ".join(readable), date_words(document.date), " ".join(running_names(document))])


def date_words(date: str | None) -> str:
    """An ISO date with its month's name, so that "March 2019" finds it; empty for None."""
    if not date:
        return ""
    parts = date.split("-")
    return " ".join([parts[0], *([MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else [])])


def opaque(part: str) -> bool:
    """Whether a piece of a file name says nothing to a reader: a counter or a hash."""
    if part.isdigit():
        return not (len(part) == 4 and part[:2] in ("17", "18", "19", "20"))  # a year does
    return len(part) >= 8 and any(c.isdigit() for c in part) and re.fullmatch(r"[0-9a-fA-F]+", part) is not None


def running_names(document: Document) -> list[str]:
    """Capitalised words, not at a sentence's start, that a fair share of the body's passages say."""
    body = [p for p in document.passages if not p.residue]
    seen: Counter[str] = Counter()
    for passage in body:
        names = set()
        for start, end in passage.sentences:
            names.update(
                re.findall(r"(?<=[\w,;:] )[A-Z][\w]*[a-z0-9][\w]*|(?<=\s)[A-Z]{2,}\b", document.text[start:end])
            )
        seen.update(names)
    least = max(2, RUNNING_SHARE * len(body))
    return sorted(name for name, count in seen.items() if count >= least)
