"""How new each document is among the candidates, for questions about how things stand now."""

from collections.abc import Sequence

from qa_bot.answers.ranking.candidates import Indexed
from qa_bot.answers.understanding.timeframe import CURRENT, day

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
