"""Questions about a time: now, before 2019, last year. Documents of that time come before others."""

from datetime import date
from typing import NamedTuple

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language


class Era(NamedTuple):
    """Day numbers, both included."""

    first: int
    last: int


def era_of(question: str, today: date, language: Language = ENGLISH) -> Era | None:
    """The time that the question is about, where it says so by "before", "after", "since" or "last year"; None where not."""
    if match := language.before.search(question):
        return Era(1, date(int(match[1]), 1, 1).toordinal() - 1)
    if match := language.after.search(question):
        return Era(date(int(match[1]), 1, 1).toordinal(), date.max.toordinal())
    if match := language.relative.search(question):
        year = today.year - language.years_ago[match[1].lower()]
        return Era(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    return None


def bound_years(question: str, language: Language = ENGLISH) -> set[str]:
    """The years that only bound the time asked about: "before 2019" is not about 2019."""
    return {match[1] for match in language.before.finditer(question)}


def day(iso: str | None) -> int | None:
    """An ISO date, perhaps without day or month, as a day number; None where there is none."""
    if not iso:
        return None
    year, month, of_month = ([*map(int, iso.split("-")), 1, 1])[:3]
    return date(year, month, of_month).toordinal()
