"""Does anything here answer the question? A probability from absolute evidence, never from a rank."""

import math
from collections.abc import Sequence
from typing import Literal

from qa_bot.answers.conversation import Query
from qa_bot.answers.retrieval import Hit
from qa_bot.index.lexical import LexicalIndex

REFUSE_BELOW = 0.35
SURE_FROM = 0.6
"""Between the two, the answer is given as perhaps none."""

COSINE, LEXICAL, BEST_COVERAGE, BIAS = 7.6, 2.65, 0.6, -4.6

Band = Literal["answered", "unsure", "refused"]


def confidence(query: Query, hits: Sequence[Hit], lexical: LexicalIndex) -> float:
    """The probability, 0 to 1, that the first hits hold the answer."""
    if not hits:
        return 0.0
    top = hits[0]
    z = BIAS + COSINE * top.cosine + LEXICAL * top.lexical + BEST_COVERAGE * coverage(query, top, lexical)
    return 1 / (1 + math.exp(-z))


def coverage(query: Query, hit: Hit, lexical: LexicalIndex) -> float:
    """The share, by idf, of the question's own terms that one sentence of the hit holds, its document's scope included."""
    own = {term: lexical.idf(term) for term in query.own_terms}
    mass = sum(own.values())
    if not mass:
        return 0.0
    held = (
        sum(own[t] for t in own if t in sentence or t in hit.found.scope)
        for sentence in map(set, hit.found.sentence_terms)
    )
    return max(held, default=0.0) / mass


def band(probability: float) -> Band:
    """What to do with such a confidence."""
    if probability < REFUSE_BELOW:
        return "refused"
    return "answered" if probability >= SURE_FROM else "unsure"


def missing_words(query: Query, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The question's words that none of the hits nor their documents' scope holds, as they were typed."""
    import re

    from qa_bot.index.lexical import terms

    near = {term for hit in hits for term in (*hit.found.counts, *hit.found.scope)}
    words = re.findall(r"\w+", query.question)
    return tuple(dict.fromkeys(w for w in words if (t := terms(w)) and not set(t) & near))
