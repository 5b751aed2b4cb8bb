"""Diversification: a question about two things ("in South … and in North …", "in 2017 and in 2019") gets a quote for each
thing, two questions in one get a quote for each question. Also the best hit of each document, to compare documents."""

from collections.abc import Sequence, Set

import numpy as np

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.query import Query

COMPARABLE = 0.6
"""A document stands in the view side by side only if its best hit scores at least this share of the overall best: documents that
hardly speak of the subject are left out. Set by hand on comparisons over the seeds; no figure of a set depends on it."""


def every_side_first(query: Query, hits: Sequence[Hit], sides: Set[str]) -> list[Hit]:
    """The hits, the best of each of these sides moved to the front, after the best of all; `sides` are those `opposed`."""
    if not sides:
        return every_part_first(query, hits)
    first, rest = [hits[0]], list(hits[1:])
    open_ = sides - covered(hits[0], sides)
    while open_:
        best = next((h for h in rest if covered(h, open_)), None)
        if best is None:
            break
        first.append(best)
        rest.remove(best)
        open_ -= covered(best, open_)
    return first + rest


def every_part_first(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with the best for each question of two in one moved to the front, after the best of all."""
    parts = query.question.parts
    if len(parts) < 2 or not hits:
        return list(hits)
    answering = [max(hits, key=lambda hit: hit.score + nearness(query, hit, part)) for part in parts]
    first = list(dict.fromkeys([hits[0], *answering]))
    return first + [hit for hit in hits if hit not in first]


def nearness(query: Query, hit: Hit, part: Set[str]) -> float:
    """The mean, over the query's words with these terms, of the greatest cosine with a word of the hit."""
    own = [i for i, (term, _) in enumerate(query.word_terms) if term in part]
    return float(np.mean(hit.similarities[own].max(axis=1, initial=0.0))) if own else 0.0


def best_of_each(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """The best hit of each document, best first, where that hit is COMPARABLE to the best of all; `limit` at most."""
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.score >= COMPARABLE * hits[0].score:
            first.setdefault(hit.found.passage.document, hit)
    return list(first.values())[:limit]


def opposed(query: Query, hits: Sequence[Hit]) -> set[str]:
    """The names of the question itself, not of earlier ones, that tell documents apart: each has a document that another name
    lacks, and the other way round."""
    where = {
        name: {hit.found.passage.document for hit in hits if covered(hit, {name})}
        for name, weight in query.names.items()
        if weight == 1
    }
    return {
        n for n, here in where.items() if any(here - there and there - here for m, there in where.items() if m != n)
    }


def covered(hit: Hit, sides: Set[str]) -> set[str]:
    """The sides that the hit's passage or its document as a whole speaks of."""
    return {name for name in sides if name in hit.found.names or name in hit.found.counts}
