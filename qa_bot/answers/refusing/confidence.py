"""How sure an answer is: a probability from absolute evidence, never from a rank alone.

A logistic model over `Evidence`, fitted by `tests/bench/fit_confidence.py` to the questions of nine collections, two fifths
of which nothing in their documents answers, and to the same questions with the passages that answer taken away.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.refusing.evidence import Evidence
from qa_bot.answers.understanding.query import Query
from qa_bot.language.analysis import WORD, terms

REFUSE_BELOW = 0.34
SURE_FROM = 0.6
"""Between the two, the answer is given as perhaps none."""

HOLLOW = frozenset("much many lot get got say says said tell find know want let thing things".split())
"""Words that are not worth telling a person that they were not found."""

Band = Literal["answered", "unsure", "refused"]

WEIGHTS = Evidence(
    gap=7.76,
    lead=2.30,
    matched=0.69,
    halfway=0.32,
    about=1.71,
    strays=-1.12,
    foreign=-1.00,  # fitted: -0.51; more, for what is said of another town misleads
    asks=-0.52,
    uncounted=-1.55,
    returns=2.00,  # not fitted: the sets have too few such questions
    size=-5.50,  # fitted: -5.26; more, so that what many documents lack is refused as often as what a few lack
    sized_cosine=5.61,
    sized_weakest=2.17,
    sized_matched=-0.68,
    sized_follows=2.73,
)
"""The sized ones come from a fit to all nine sets in which breadth ran from 15 documents to 500; FEW and MANY were then moved up,
for in between it refused what 240 documents answer. The others come from a fit to the eight sets of short documents: the ninth,
all of whose questions are answered, tells little of what is not."""
BIAS = -2.34


def confidence(evidence: Evidence | None) -> float:
    """The probability, 0 to 1, that the first hits hold the answer; 0 where there are none."""
    if evidence is None:
        return 0.0
    return 1 / (1 + math.exp(-BIAS - sum(contributions(evidence).values())))


def contributions(evidence: Evidence) -> dict[str, float]:
    """What each piece of evidence adds to the log odds of an answer being there."""
    weights = asdict(WEIGHTS)
    return {name: weights[name] * value for name, value in asdict(evidence).items()}


def band(probability: float) -> Band:
    """What to do with such a confidence."""
    if probability < REFUSE_BELOW:
        return "refused"
    return "answered" if probability >= SURE_FROM else "unsure"


def missing_words(query: Query, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The question's words that none of the hits nor their documents' scope holds, as they were typed."""
    near = {term for hit in hits for term in (*hit.found.counts, *hit.found.scope, *hit.found.names)}
    words = [word for word in WORD.findall(query.question) if word.lower() not in HOLLOW]
    return tuple(dict.fromkeys(w for w in words if (t := terms(w)) and not set(t) & near))
