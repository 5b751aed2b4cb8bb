"""A query becomes ranked hits: candidates by meaning and by words, then one score that weighs both."""

from dataclasses import dataclass

import numpy as np

from qa_bot.answers.conversation import Query
from qa_bot.answers.passages import Indexed, PassageReader
from qa_bot.index.bert import Matrix
from qa_bot.index.lexical import K1, B
from qa_bot.index.snapshot import Snapshot

CANDIDATES = 50
"""Taken from each of the two indexes before they are scored together."""
DENSE = 0.5
"""Weight of meaning against words; the optimum is flat between .5 and .7 on four public collections."""
RESIDUE = 0.8
"""Factor on page furniture's score."""


@dataclass(eq=False)
class Hit:
    """A passage held against a query."""

    found: Indexed
    cosine: float
    """Of the passage's vector with the query's."""
    sentence_cosines: Matrix
    """Of each sentence's vector with the query's, shape (sentences,)."""
    lexical: float
    """BM25 over its possible maximum, 0 to 1; comparable between questions."""
    score: float


def retrieve(query: Query, snapshot: Snapshot, reader: PassageReader, limit: int) -> list[Hit]:
    """The best `limit` passages for the query, best first."""
    many = max(CANDIDATES, 2 * limit)
    ids = [id_ for id_, _ in snapshot.vectors.search(query.vector, many)]
    ids += snapshot.lexical.search(query.weights, many)
    idf = {term: weight * snapshot.lexical.idf(term) for term, weight in query.weights.items()}
    hits = [score(found, query, idf, snapshot.average_length) for found in reader.read(ids)]
    return sorted(hits, key=lambda hit: hit.score, reverse=True)[:limit]


def score(found: Indexed, query: Query, idf: dict[str, float], average_length: float) -> Hit:
    """The passage held against the query; `idf` is weighted by the terms' weights."""
    cosine = float(found.vector @ query.vector)
    sentences = found.sentence_vectors @ query.vector
    best = float(sentences.max()) if len(sentences) else cosine
    words = lexical_score(found, idf, average_length)
    total = DENSE * (cosine + best) / 2 + (1 - DENSE) * words
    if found.passage.residue:
        total *= RESIDUE
    return Hit(found, cosine, np.asarray(sentences, dtype=np.float32), words, total)


def lexical_score(found: Indexed, idf: dict[str, float], average_length: float) -> float:
    """BM25 as a share of the most that the query's terms could bring, a term of the document's scope counting in full."""
    mass = sum(idf.values())
    if not mass:
        return 0.0
    length = 1 - B + B * len(found.passage.text) / average_length
    gained = 0.0
    for term, weight in idf.items():
        count = found.counts[term]
        gained += weight * max(count / (count + K1 * length), SCOPE_CREDIT if term in found.scope else 0.0)
    return gained / mass


SCOPE_CREDIT = 0.5
"""What a term brings that the document as a whole is about, said in the passage or not."""
