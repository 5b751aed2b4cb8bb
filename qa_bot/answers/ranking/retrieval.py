"""A query becomes ranked hits: candidates by meaning and by words, then one score that weighs both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from qa_bot.answers.ranking.candidates import Indexed, PassageReader
from qa_bot.answers.ranking.newness import newness
from qa_bot.answers.understanding.query import Query
from qa_bot.answers.understanding.timeframe import CURRENT, bound_years, day, era_of
from qa_bot.index.lexical import K1, B
from qa_bot.index.snapshot import Snapshot
from qa_bot.models.encoder import Matrix

VERSION = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+)(?!\w)")
CANDIDATES = 50
"""Taken from each of the two indexes before they are scored together."""
DENSE, LEXICAL, CLOSENESS = 0.3, 0.3, 0.4
"""Weights of the passage's meaning, of its words, and of its words' meanings; the optimum is flat."""
RESIDUE = 0.8
"""Factor on page furniture's score."""


@dataclass(eq=False)
class Hit:
    """A passage held against a query."""

    found: Indexed
    cosine: float
    """Of the passage's vector with the query's."""
    lexical: float
    """BM25 over its possible maximum, 0 to 1; comparable between questions."""
    closeness: float
    """How near the passage's words come to the query's, word by word (idf-weighted MaxSim), at most 1."""
    similarities: Matrix
    """Of each content word of the query with each word of the passage, shape (query words, words)."""
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    """What the score is the sum of, by what brought it."""

    def gain(self, part: str, value: float) -> None:
        """Add to the score, and say what for."""
        self.parts[part] = self.parts.get(part, 0.0) + value
        self.score += value


def retrieve(
    query: Query, snapshot: Snapshot, reader: PassageReader, limit: int, among: Sequence[int] | None = None
) -> list[Hit]:
    """The candidates for the query, best first; at least `limit` where there are as many passages.

    With `among` no other passages than those with these ids are candidates.
    """
    many = max(CANDIDATES, 2 * limit)
    ids = [id_ for id_, _ in snapshot.vectors.search(query.vector, many, among)]
    ids += snapshot.lexical.search(query.weights, many, among)
    scorer = Scorer(query, snapshot)
    candidates = reader.read(ids)
    hits = [scorer.score(found) for found in candidates]
    if CURRENT.search(query.question):
        new = newness(candidates)
        for hit in hits:
            hit.gain("newer", NEWER * new[hit.found.passage.document])
    if era := era_of(query.question, date.today()):
        for hit in hits:
            written = day(hit.found.passage.date)
            hit.gain("era", ERA * (written is not None and era.first <= written <= era.last))
    return sorted(hits, key=lambda hit: hit.score, reverse=True)


class Scorer:
    """One query, held against passages."""

    def __init__(self, query: Query, snapshot: Snapshot):
        self._query, self._average = query, snapshot.average_length
        lexical = snapshot.lexical
        self._idf = {term: weight * lexical.idf(term) for term, weight in query.weights.items()}
        self._word_weights = np.array([w * lexical.idf(t) for t, w in query.word_terms], dtype=np.float32)
        self._word_weights /= max(float(self._word_weights.sum()), 1e-9)
        self._versions = VERSION.findall(query.question)
        bounds = bound_years(query.question)
        self._names = {
            t: weight * idf for t, weight in query.names.items() if t not in bounds and (idf := lexical.name_idf(t))
        }

    def score(self, found: Indexed) -> Hit:
        """The passage held against the query."""
        query = self._query
        cosine = float(found.vector @ query.vector)
        words = self._words(found)
        similarities = query.words @ found.words.T
        near = similarities.max(axis=1, initial=0.0) if len(query.words) else np.zeros(0, np.float32)
        floor = NAME_NEAR if query.insistence == 1 else 1.0
        near = np.maximum(near, [floor * (t in query.names and t in found.names) for t, _ in query.word_terms])
        closeness = float(self._word_weights @ near)
        hit = Hit(found, cosine, words, closeness, similarities, 0.0)
        hit.gain("meaning", DENSE * cosine)
        hit.gain("words", LEXICAL * words)
        hit.gain("closeness", CLOSENESS * closeness)
        hit.gain("elsewhere", -ELSEWHERE * query.insistence * self._elsewhere(found))
        if found.passage.document == query.subject:
            hit.gain("subject", SUBJECT)
        if query.quote == (found.passage.document, found.passage.start):
            hit.gain("quote", QUOTE)
        if found.passage.residue:
            hit.gain("residue", (RESIDUE - 1) * hit.score)
        return hit

    def _words(self, found: Indexed) -> float:
        """BM25 as a share of the most that the query's terms could bring; a term of the document's scope counts as said."""
        mass = sum(self._idf.values())
        if not mass:
            return 0.0
        length = 1 - B + B * len(found.passage.text) / self._average
        gained = 0.0
        for term, weight in self._idf.items():
            count = found.counts[term]
            said = count / (count + K1 * length)
            if term in found.names:
                said = max(said, NAME_CREDIT)
            elif term in found.scope:
                said = max(said, SCOPE_CREDIT)
            gained += weight * said
        return gained / mass

    def _elsewhere(self, found: Indexed) -> float:
        """The share of the query's names that neither the passage nor its document has, though other documents do.

        A version ("4.1") is one name, whole, in passage, title or path: its digits by themselves are everywhere.
        """
        if self._versions:
            p = found.passage
            text = f"{p.document}\n{p.title}\n{p.context}\n{p.text}"
            if not any(re.search(rf"(?<![\d.]){re.escape(v)}(?!\d)", text) for v in self._versions):
                return 1.0
        mass = sum(self._names.values())
        if not mass:
            return 0.0
        return sum(w for t, w in self._names.items() if t not in found.names and t not in found.counts) / mass


NAME_CREDIT = 0.5
"""What a name brings that the document as a whole is about, said in the passage or not: as if said once or twice."""
NAME_NEAR = 0.7
"""How near at least each of its passages comes to such a name; in full where the question is of names alone."""
SCOPE_CREDIT = 0.3
"""Likewise for the other words of its title and path."""
NEWER = 0.1
"""What the newest document gains over the oldest when the question is about now."""
ERA = 0.1
"""What a document of the time asked about gains ("before 2019", "last year")."""
QUOTE = 0.2
"""What the passage quoted last gains when the question is about nothing else."""
SUBJECT = 0.03
"""What a passage of the document quoted last gains when the question may go on about it."""
ELSEWHERE = 0.1
"""What a passage loses when all of the query's names belong to other documents."""
