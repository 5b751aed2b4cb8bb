"""What a whole document is about: the names, dates and title words that all of its passages may count as said.

A passage of a letter about one town seldom repeats the town's name; a question about the town does name it. *Names* (of
people, places, products, years, versions) tell documents apart: a question about one is not answered by a document about
another. The other *words* of title and path only count as said.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from qa_bot.documents.model import Document
from qa_bot.language.analysis import WORD
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

RUNNING_SHARE = 0.15
"""A name belongs to the subject when at least this share of the passages, and at least two passages, say the name."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Words as they were written, in no order that matters."""

    names: tuple[str, ...]
    words: tuple[str, ...]


def subject_of(document: Document, language: Language = ENGLISH) -> Subject:
    """The subject of a document, from its title, path, date and the names that run through its body."""
    body = [document.text[p.start : p.end] for p in document.passages if not p.residue]
    written = casing(body)
    path = PurePosixPath(document.path).with_suffix("").as_posix()
    said = [*WORD.findall(document.title), *(part for part in WORD.findall(path.replace("_", " ")) if not opaque(part))]
    names = (
        {word for word in said if is_name(word, written)}
        | set(date_words(document.date, language))
        | running_names(body)
    )
    lower = {name.lower() for name in names}
    return Subject(tuple(sorted(names)), tuple(sorted({word for word in said if word.lower() not in lower})))


def casing(body: list[str]) -> Counter[str]:
    """How often each spelling of a word occurs. First words of sentences are left out: their capital tells nothing."""
    inside = r"(?<=[^\W_][\w,;:'’“\"(-] )|(?<=[^\W_] )"
    return Counter(word for text in body for word in re.findall(rf"(?:{inside}){WORD.pattern}", " ".join(text.split())))


def is_name(word: str, written: Counter[str]) -> bool:
    """Whether a word of title or path is a name: a number, or hardly ever written small in the body."""
    if word.isdigit():
        return True
    if len(word) < 3:
        return False
    capital = sum(count for form, count in written.items() if form.lower() == word.lower() and form != form.lower())
    return written[word.lower()] <= capital / 3


def date_words(date: str | None, language: Language = ENGLISH) -> list[str]:
    """The year and the month's name of an ISO date, so that "March 2019" finds it; none for None."""
    if not date:
        return []
    year, *rest = date.split("-")
    return [year, *([language.months[int(rest[0]) - 1]] if rest else [])]


def opaque(part: str) -> bool:
    """Whether a piece of a file name says nothing to a reader: a counter or a hash."""
    if part.isdigit():
        return len(part) == 3 or len(part) > 4 or part.startswith("0")
    return len(part) >= 8 and any(c.isdigit() for c in part) and re.fullmatch(r"[0-9a-fA-F]+", part) is not None


def running_names(body: list[str]) -> set[str]:
    """Capitalised words, not at a sentence's start, that a fair share of the passages say."""
    seen: Counter[str] = Counter()
    for text in body:
        seen.update({word for word in casing([text]) if word[:1].isupper() and len(word) > 2})
    least = max(2, RUNNING_SHARE * len(body))
    return {name for name, count in seen.items() if count >= least}
