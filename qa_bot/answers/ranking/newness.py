"""Freshness: how new each document is among the candidates, for questions about now."""

from collections.abc import Sequence

from qa_bot.answers.ranking.candidates import Indexed
from qa_bot.answers.understanding.timeframe import day
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language


def newness(found: Sequence[Indexed], language: Language = ENGLISH) -> dict[str, float]:
    """The newness of each document of these passages, from 0, the oldest, to 1, the newest.

    It is 1 for a document that calls itself current, and 0 for others without a date, and where all have the same date.
    """
    dates = {f.passage.document: day(f.passage.date) for f in found}
    known = [d for d in dates.values() if d is not None]
    oldest, newest = (min(known), max(known)) if known else (0, 0)
    new = {
        path: 0.0 if d is None or newest == oldest else (d - oldest) / (newest - oldest) for path, d in dates.items()
    }
    for f in found:
        if language.current.search(f.passage.document.replace("-", " ").replace("_", " ")) or language.current.search(
            f.passage.title
        ):
            new[f.passage.document] = 1.0
    return new
