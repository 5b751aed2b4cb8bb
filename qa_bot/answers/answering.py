"""The question path, top to bottom: a question in its conversation to an Answer."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from qa_bot.answers.model import Answer, Quote
from qa_bot.answers.quoting.quotes import quotes
from qa_bot.answers.ranking.candidates import PassageReader
from qa_bot.answers.ranking.diversity import best_of_each, every_side_first
from qa_bot.answers.ranking.retrieval import retrieve
from qa_bot.answers.refusing.confidence import band, confidence, missing_words
from qa_bot.answers.refusing.evidence import evidence_of
from qa_bot.answers.refusing.explaining import why_sure
from qa_bot.answers.understanding.acronyms import also_called
from qa_bot.answers.understanding.history import History
from qa_bot.answers.understanding.query import Query, interpret, recall
from qa_bot.errors import DocumentError
from qa_bot.index.snapshot import Snapshot
from qa_bot.models.encoder import Encoder

SPARE = 10
"""Hits beyond k that may take the places of duplicates."""
EXPLAINING = 30
"""Passages that are looked at for what an acronym stands for, for the question and for each acronym in it."""
NAMED = 3
"""Documents named in a message at most."""


class Answerer:
    """Answers questions from one open index."""

    def __init__(self, snapshot: Snapshot, encoder: Callable[[], Encoder], seeds: Path, k: int):
        self._snapshot, self._encoder, self._seeds, self._k = snapshot, encoder, seeds, k
        self._reader = PassageReader(snapshot)

    def answer(
        self, question: str, history: History, conversation: str, documents: Collection[str] | None = None
    ) -> Answer:
        """The answer to `question` after the turns of `history`, which takes it in; from `documents` only where given.

        DocumentError where none of them is in the index.
        """
        if not question.strip():
            return Answer(conversation, question, question, answered=False, confidence=0.0, band="refused")
        snapshot, k = self._snapshot, self._k
        among = None if documents is None else self._passages_of(documents)
        query = self._query(question, history)
        hits = retrieve(query, snapshot, self._reader, k + SPARE, among)
        evidence = evidence_of(query, hits, snapshot.lexical, snapshot.store, snapshot.documents)
        sure = confidence(evidence)
        verdict = band(sure)
        shown = every_side_first(query, hits)[: k + SPARE]
        found = tuple(quotes(query, shown, snapshot.lexical, snapshot.store, self._seeds, k))
        answered = verdict != "refused"
        made = Answer(
            conversation=conversation,
            question=question,
            searched=query.searched,
            answered=answered,
            confidence=round(sure, 4),
            quotes=found if answered else (),
            nearest=() if answered else found,
            missing=() if answered else missing_words(query, shown[:k]),
            band=verdict,
            reasons=why_sure(evidence),
        )
        history.heard(made)
        return made

    def sides(
        self, question: str, history: History, documents: Collection[str] | None, limit: int
    ) -> tuple[Quote, ...]:
        """What each document says to `question`: its best quote, oldest first, undated ones last; `limit` at most."""
        among = None if documents is None else self._passages_of(documents)
        snapshot = self._snapshot
        query = self._query(question, history)
        hits = best_of_each(retrieve(query, snapshot, self._reader, limit, among), limit)
        found = quotes(query, hits, snapshot.lexical, snapshot.store, self._seeds, limit)
        return tuple(sorted(found, key=lambda quote: (quote.date is None, quote.date)))

    def recall(self, answers: Sequence[Answer], history: History) -> None:
        """Take in the turns of a conversation held before."""
        recall(answers, history, self._encoder(), self._snapshot.lexical)

    def _query(self, question: str, history: History) -> Query:
        return interpret(
            question,
            history,
            self._encoder(),
            self._reader.projection,
            self._snapshot.lexical,
            lambda asked: also_called(asked, self._texts_with),
        )

    def _texts_with(self, asked: Sequence[Sequence[str]]) -> list[str]:
        lexical = self._snapshot.lexical
        ids = [id_ for words in asked for id_ in lexical.search(dict.fromkeys(words, 1.0), EXPLAINING)]
        return [found.passage.text for found in self._reader.read(ids)]

    def _passages_of(self, documents: Collection[str]) -> list[int]:
        among = self._snapshot.store.passage_ids(*documents)
        if not among:
            named = ", ".join(sorted(documents)[:NAMED]) or "none was named"
            raise DocumentError(f"no document to answer from is in the index: {named}; name others, or all of them")
        return among
