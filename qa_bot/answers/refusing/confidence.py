"""How sure an answer is: a probability from absolute evidence, never from a rank alone.

A logistic model over `Evidence`, fitted by `tests/bench/fit_confidence.py` to the questions of nine collections, and to the
same questions with the passages that answer taken away. Two fifths of the questions have no answer in their documents.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.refusing.evidence import Evidence
from qa_bot.answers.understanding.query import Query
from qa_bot.language.analysis import words_in

REFUSE_BELOW = 0.34
"""Below this probability nothing is quoted as an answer. Set by hand, on the reliability tables of the fit."""
SURE_FROM = 0.6
"""From REFUSE_BELOW up to SURE_FROM the band is "unsure": quotes are shown with a warning that they may not answer. Set by
hand likewise; no figure depends on it, for an unsure answer counts as an answer."""

DOUBTED = 0.59
"""The most that an answer is given about which there are doubts (`doubts.py`): just below SURE_FROM."""

Band = Literal["answered", "unsure", "refused"]

WEIGHTS = Evidence(
    gap=7.76,
    lead=2.30,
    matched=0.69,
    halfway=0.32,
    about=1.71,
    strays=-1.12,
    foreign=-1.00,  # set by hand (fitted: -0.51): an answer about another town misleads
    asks=-0.52,
    uncounted=-1.55,
    returns=2.00,  # set by hand: the sets have too few questions about the quote just shown
    size=-5.50,  # set by hand (fitted: -5.26): refuses as often over many documents as over a few
    sized_cosine=5.61,
    sized_weakest=2.17,
    sized_matched=-0.68,
    sized_follows=2.73,
)
"""Weights named `sized_*` were fitted on all nine sets (15 to 500 documents). FEW and MANY (evidence.py) were raised afterwards
by hand, because collections of about 240 documents were refused too often. The other weights were fitted on the eight sets of
short documents: the ninth set has no unanswerable questions."""
BIAS = -2.34
"""Log odds where all evidence is 0; fitted with the weights of the eight sets."""


READ_EVIDENCE, READ_WORDS = 0.28, 0.187
"""Where the hits were read: the factor on the log odds that the evidence gives, and the weight of `words_found`. Fitted on four
sets of questions written over 292 whole documents, half of which the document does not answer, each document asked alone and
none of these documents (for one of the sets: no document of the set) among those that the reader was trained on."""
READ_BIAS = 0.48
"""Log odds where both are 0; fitted 0.28, and raised by hand until about a tenth of what a document answers was refused."""


def confidence(evidence: Evidence | None, words: float | None = None) -> float:
    """The probability, 0 to 1, that the first hits hold the answer; 0 where there are none.

    `words` is what `words_found` tells of the hits; None where they were not read.
    """
    if evidence is None:
        return 0.0
    bias = BIAS if words is None else READ_BIAS + READ_EVIDENCE * BIAS
    return 1 / (1 + math.exp(-bias - sum(contributions(evidence, words).values())))


def contributions(evidence: Evidence, words: float | None = None) -> dict[str, float]:
    """What each piece of evidence, and what was read, adds to the log odds of an answer being there."""
    weights, factor = asdict(WEIGHTS), 1.0 if words is None else READ_EVIDENCE
    counted = {name: factor * weights[name] * value for name, value in asdict(evidence).items()}
    return counted if words is None else counted | {"words": READ_WORDS * words}


def band(probability: float) -> Band:
    """What to do with such a confidence."""
    if probability < REFUSE_BELOW:
        return "refused"
    return "answered" if probability >= SURE_FROM else "unsure"


def missing_words(query: Query, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The question's words, as typed, that neither the hits nor the titles, paths and names of their documents have."""
    near = {term for hit in hits for term in (*hit.found.counts, *hit.found.subject, *hit.found.names)}
    language = query.question.language
    words = [word for word in words_in(query.question.text, language) if word.text.lower() not in language.hollow]
    return tuple(dict.fromkeys(word.text for word in words if word.terms and not set(word.terms) & near))
