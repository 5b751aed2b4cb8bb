"""A question about two things ("in South … and in North …", "in 2017 and in 2019"), or two questions in one, get a quote for
each; and what each document says to a question."""

import re
from collections.abc import Sequence

import numpy as np

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.query import Query
from qa_bot.language.analysis import terms

SECOND_QUESTION = re.compile(
    r",?\s+(?:and|or|but)\s+(?=(?:who|whom|whose|what|when|where|why|how|which)\b)|(?<=\?)\s+", re.IGNORECASE
)
"""Where a second question begins in a question."""
WORTH = 0.5
"""A hit speaks for a side only with at least this share of the best hit's score."""
COMPARABLE = 0.6
"""What a document says is held against what the best one says only with at least this share of its score."""


def every_side_first(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with the best of each side moved to the front, after the best of all."""
    sides = opposed(query, hits)
    if not sides:
        return every_part_first(query, hits)
    first, rest = [hits[0]], list(hits[1:])
    open_ = sides - covered(hits[0], sides)
    while open_:
        best = next((h for h in rest if covered(h, open_) and h.score >= WORTH * hits[0].score), None)
        if best is None:
            break
        first.append(best)
        rest.remove(best)
        open_ -= covered(best, open_)
    return first + rest


def every_part_first(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with the best for each question of two in one moved to the front, after the best of all."""
    parts = [part for text in SECOND_QUESTION.split(query.question) if (part := set(terms(text)))]
    if len(parts) < 2 or not hits:
        return list(hits)
    answering = [max(hits, key=lambda hit: hit.score + nearness(query, hit, part)) for part in parts]
    first = list(dict.fromkeys([hits[0], *answering]))
    return first + [hit for hit in hits if hit not in first]


def nearness(query: Query, hit: Hit, part: set[str]) -> float:
    """How near the hit's words come to these of the query, mean."""
    own = [i for i, (term, _) in enumerate(query.word_terms) if term in part]
    return float(np.mean(hit.similarities[own].max(axis=1, initial=0.0))) if own else 0.0


def best_of_each(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """The best hit of each document that has one worth looking at beside the best of all."""
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.score >= COMPARABLE * hits[0].score:
            first.setdefault(hit.found.passage.document, hit)
    return list(first.values())[:limit]


def opposed(query: Query, hits: Sequence[Hit]) -> set[str]:
    """Names of the question itself that stand for different documents: each is missing where another is found."""
    where = {
        name: {hit.found.passage.document for hit in hits if covered(hit, {name})}
        for name, weight in query.names.items()
        if weight == 1
    }
    return {
        n for n, here in where.items() if any(here - there and there - here for m, there in where.items() if m != n)
    }


def covered(hit: Hit, sides: set[str]) -> set[str]:
    """The sides that the hit's passage or its document as a whole speaks of."""
    return {name for name in sides if name in hit.found.names or name in hit.found.counts}
