"""A query becomes ranked hits: candidates by meaning and by words, then one score that weighs both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from qa_bot.answers.ranking.candidates import Indexed, PassageReader
from qa_bot.answers.ranking.fields import HANDED_DOWN, TRIED, asked_for
from qa_bot.answers.ranking.newness import newness
from qa_bot.answers.understanding.clauses import sentences_of
from qa_bot.answers.understanding.query import Query
from qa_bot.answers.understanding.timeframe import day
from qa_bot.index.engines import K1, B, TermIndex
from qa_bot.index.snapshot import Snapshot
from qa_bot.language.analysis import WORD, word_terms
from qa_bot.language.letters import folded
from qa_bot.language.unspaced import is_unspaced
from qa_bot.models.encoder import Matrix

CANDIDATES = 50
"""Taken from each of the two indexes before they are scored together."""
# The weights below were set by hand, on the questions over the seeds and the sets of folders: none of them was fitted. Where
# those sets do not tell, the weight's comment names the behaviour or the public set that does.
DENSE, LEXICAL, CLOSENESS = 0.3, 0.3, 0.4
"""Weights of the passage's meaning, of its words, and of its words' meanings; the optimum is flat."""
RESIDUE = 0.8
"""Factor on the score of boilerplate: footers, teasers, menus."""
NAME_CREDIT = 0.5
"""Least BM25 share, 0 to 1, of a name that the document as a whole is about: as if the passage said the name once or
twice."""
NAME_NEAR = 0.7
"""Least nearness, 0 to 1, of such a name to each passage of the document; 1 where the question has nothing but names."""
SUBJECT_CREDIT = 0.3
"""Least BM25 share, 0 to 1, of the other words of the document's title and path."""
NEWER = 0.1
"""Gain of the newest document over the oldest when the question is about now."""
ERA = 0.1
"""Gain of a document of the time asked about: "before 2019" or "last year" finds the document of that time among others that say
the same. The sets have too few such questions to tell."""
QUOTE = 0.2
"""Gain of the passage quoted last when the question is about nothing else: "Who said that?" or "When?" is answered from that
passage. Without this gain one in eight such questions over the seeds is answered from another."""
CLAUSE = 0.2
"""Gain of a passage with the numbered part of a text that is asked about, which has few words of the question."""
LAST_DOCUMENT = 0.03
"""Gain of the passages of the document quoted last when the question may go on about that document."""
ELSEWHERE = 0.1
"""Loss of a passage when all of the query's names belong to other documents."""


@dataclass(eq=False)
class Hit:
    """A passage and how well it fits a query."""

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
    """The parts that the score is the sum of, by name."""

    def gain(self, part: str, value: float) -> None:
        """Add to the score, and to the part of it with this name."""
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
    scorer = Scorer(query, snapshot.lexical, snapshot.average_length)
    candidates = reader.read(ids)
    hits = [scorer.score(found) for found in candidates]
    if query.question.about_now:
        new = newness(candidates, query.question.language)
        for hit in hits:
            hit.gain("newer", NEWER * new[hit.found.passage.document])
    if era := query.question.era:
        for hit in hits:
            written = day(hit.found.passage.date)
            hit.gain("era", ERA * (written is not None and era.first <= written <= era.last))
    return sorted(with_text_for_fields(hits, scorer, snapshot, reader), key=lambda hit: hit.score, reverse=True)


def with_text_for_fields(hits: Sequence[Hit], scorer: "Scorer", snapshot: Snapshot, reader: PassageReader) -> list[Hit]:
    """The hits with the text below in the place of front matter that is not asked for; only front matter with no text stays."""
    question = scorer.query.question
    fields = [hit for hit in hits if hit.found.fields and not asked_for(question, hit.found.fields)]
    if not fields:
        return list(hits)
    kept = [hit for hit in hits if hit not in fields]
    for field_ in sorted(fields, key=lambda hit: hit.score, reverse=True)[:TRIED]:
        passage = field_.found.passage
        below = [hit for hit in kept if hit.found.passage.document == passage.document]
        if not below:
            ids = [id_ for id_ in snapshot.store.passage_ids(passage.document) if id_ > passage.id]
            below = [scorer.score(found) for found in reader.read(ids[:1])]
            kept += below or [field_]
        if below:
            best = max(below, key=lambda hit: hit.score)
            best.gain("field", max(HANDED_DOWN * field_.score - best.score, 0.0))
    return kept


class Scorer:
    """Scores passages for one query."""

    def __init__(self, query: Query, lexical: TermIndex, average_length: float):
        self.query, self._average = query, average_length
        self._idf = {term: weight * lexical.idf(term) for term, weight in query.weights.items()}
        self._word_weights = np.array([w * lexical.idf(t) for t, w in query.word_terms], dtype=np.float32)
        self._word_weights /= max(float(self._word_weights.sum()), 1e-9)
        self._unspaced = [row for row, (term, _) in enumerate(query.word_terms) if is_unspaced(term)]
        self._names = {
            term: weight * idf
            for term, weight in query.names.items()
            if term not in query.question.bound_years and (idf := lexical.name_idf(term))
        }
        self._accented = accented(query.question.words, lexical)

    def score(self, found: Indexed) -> Hit:
        """The passage with its score."""
        query = self.query
        cosine = float(found.vector @ query.vector)
        words = self._words(found)
        similarities = self._similarities(found)
        near = similarities.max(axis=1, initial=0.0) if len(query.words) else np.zeros(0, np.float32)
        floor = NAME_NEAR if query.insistence == 1 else 1.0
        near = np.maximum(near, [floor * (t in query.names and t in found.names) for t, _ in query.word_terms])
        closeness = float(self._word_weights @ near)
        hit = Hit(found, cosine, words, closeness, similarities, 0.0)
        hit.gain("meaning", DENSE * cosine)
        hit.gain("words", LEXICAL * words)
        hit.gain("closeness", CLOSENESS * closeness)
        hit.gain("elsewhere", -ELSEWHERE * query.insistence * self._elsewhere(found))
        if (clause := query.question.clause) and sentences_of(clause, found.sentences, query.question.language):
            hit.gain("clause", CLAUSE)
        if found.passage.document == query.last_document:
            hit.gain("last document", LAST_DOCUMENT)
        if query.quote == (found.passage.document, found.passage.start):
            hit.gain("quote", QUOTE)
        if found.passage.residue:
            hit.gain("residue", (RESIDUE - 1) * hit.score)
        return hit

    def _similarities(self, found: Indexed) -> Matrix:
        """Of each content word of the query with each word of the passage: the cosine of their vectors.

        Of writing without spaces the words are pairs of characters, and vectors tell little of them: 1 for the same pair, else 0.
        """
        near = np.asarray(self.query.words @ found.words.T, dtype=np.float32)
        for row in self._unspaced:
            term = self.query.word_terms[row][0]
            near[row] = [term in its for its in found.word_terms]
        return near

    def _words(self, found: Indexed) -> float:
        """BM25 as a share of the most that the query's terms could bring; what the document is about counts as said."""
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
            elif term in found.subject:
                said = max(said, SUBJECT_CREDIT)
            gained += weight * said
        return gained / mass

    def _elsewhere(self, found: Indexed) -> float:
        """The share of the query's names that neither the passage nor its document has, though other documents do.

        A version ("4.1") counts as one name, found whole in passage, title or path, for its digits alone are everywhere. A word
        that is asked for with accents, and that the documents have so, is another without them ("Peña", "Pena").
        """
        if self._accented and self._is_without_accents(found):
            return 1.0
        if versions := self.query.question.versions:
            p = found.passage
            text = f"{p.document}\n{p.title}\n{p.context}\n{p.text}"
            if not any(re.search(rf"(?<![\d.]){re.escape(v)}(?!\d)", text) for v in versions):
                return 1.0
        mass = sum(self._names.values())
        if not mass:
            return 0.0
        return sum(w for t, w in self._names.items() if t not in found.names and t not in found.counts) / mass

    def _is_without_accents(self, found: Indexed) -> bool:
        """Whether the passage has a word of the question only without its accents."""
        p = found.passage
        said = set(WORD.findall(folded(f"{p.names} {p.subject} {p.context} {p.text}").lower()))
        return any(
            word not in said and any(t in found.counts or t in found.names for t in its)
            for word, its in self._accented.items()
        )


def accented(words: Sequence[str], lexical: TermIndex) -> dict[str, tuple[str, ...]]:
    """Those of a question's words that have letters beyond ASCII and stand so in the documents, in lower case, with their
    terms."""
    small = {word.lower() for word in words if not word.isascii()}
    return {
        word: word_terms(word, lexical.language)
        for word in small
        if any(written == word for written, _ in lexical.written_with(word))
    }
