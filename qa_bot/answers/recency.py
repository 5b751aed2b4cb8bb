"""Questions about now: newer documents before older ones."""

import re
from collections.abc import Sequence
from datetime import date

from qa_bot.answers.passages import Indexed

CURRENT = re.compile(
    r"\b(?:current(?:ly)?|latest|newest|most recent(?:ly)?|now|nowadays|today(?:['’]s)?|these days|at present|at the moment"
    r"|up to date)\b",
    re.IGNORECASE,
)
"""Words that ask for how things stand by the newest document."""
UNDATED = 0.3
"""How new a document without a date is taken to be, from 0, the oldest, to 1, the newest."""


def newness(found: Sequence[Indexed]) -> dict[str, float]:
    """For each document of these passages how new it is, 0 to 1; one that calls itself current is the newest there is."""
    dates = {f.passage.document: day(f.passage.date) for f in found}
    known = [d for d in dates.values() if d is not None]
    oldest, newest = (min(known), max(known)) if known else (0, 0)
    new = {
        path: UNDATED if d is None or newest == oldest else (d - oldest) / (newest - oldest)
        for path, d in dates.items()
    }
    for f in found:
        if CURRENT.search(f.passage.document.replace("-", " ").replace("_", " ")) or CURRENT.search(f.passage.title):
            new[f.passage.document] = 1.0
    return new


def day(iso: str | None) -> int | None:
    """An ISO date, perhaps without day or month, as a day number; None where there is none."""
    if not iso:
        return None
    year, month, of_month = ([*map(int, iso.split("-")), 1, 1])[:3]
    return date(year, month, of_month).toordinal()
