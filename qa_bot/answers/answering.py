"""The question path, top to bottom: a question in its conversation to an Answer."""

from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qa_bot.answers.model import Answer, Quote, Searched
from qa_bot.answers.quoting.quotes import quotes
from qa_bot.answers.ranking.candidates import PassageReader
from qa_bot.answers.ranking.diversity import best_of_each, every_side_first, opposed
from qa_bot.answers.ranking.retrieval import Hit, retrieve
from qa_bot.answers.refusing.confidence import DOUBTED, band, confidence, missing_words
from qa_bot.answers.refusing.doubts import doubts
from qa_bot.answers.refusing.evidence import Evidence, evidence_of
from qa_bot.answers.refusing.explaining import why_sure
from qa_bot.answers.refusing.reading import words_found
from qa_bot.answers.understanding.acronyms import also_called
from qa_bot.answers.understanding.history import History
from qa_bot.answers.understanding.query import Query, interpret, recalled
from qa_bot.answers.understanding.question import Question, asks_nothing
from qa_bot.errors import DocumentError
from qa_bot.index.snapshot import Snapshot
from qa_bot.language.letters import typed
from qa_bot.models.encoder import Encoder
from qa_bot.models.reader import Reader

SPARE = 10
"""Hits beyond k that may replace duplicates."""
EXPLAINING = 30
"""Passages searched for what an acronym stands for, for the question and for each acronym in it."""
WORTH = 0.35
"""Least share of the best quote's score for a quote of an answer: in a small folder a passage on something else is soon the third
best. Set by hand, well below the scores of the quotes that answer in seeds_dev and the sets of folders."""
NAMED = 3
"""Documents named in a message at most."""


@dataclass(frozen=True, eq=False)
class Search:
    """A query and what was found for it."""

    query: Query
    hits: Sequence[Hit]
    """Best first."""
    documents: int
    """The number of documents that were asked."""

    @cached_property
    def sides(self) -> Set[str]:
        """The names that the question compares."""
        return opposed(self.query, self.hits)


class Answerer:
    """Answers questions from one open index.

    A question goes through `search`, `evidence`, `words` and `quotes`. None of these changes the history: `answer` adds the turn
    when the answer is made, so a failure leaves no half turn.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Callable[[], Encoder],
        seeds: Path,
        k: int,
        reader: Callable[[], Reader] | None = None,
    ):
        self._snapshot, self._encoder, self._seeds, self._k, self._read = snapshot, encoder, seeds, k, reader
        self._passages = PassageReader(snapshot.store, snapshot.series)

    def answer(
        self, question: str, history: History, conversation: str, documents: Collection[str] | None = None
    ) -> Answer:
        """The answer to `question` after the turns of `history`, to which the turn is added; from `documents` only where given.

        DocumentError where none of these documents is in the index.
        """
        if asks_nothing(question, self._snapshot.lexical.language):
            return Answer(conversation, question, question, False, 0.0, band="refused", understood=Searched(question))
        search = self.search(question, history, documents)
        evidence = self.evidence(search)
        words = self.words(search)
        sure = confidence(evidence, words)
        shown = self.shown(search)
        found = self.quotes(search.query, shown, self._k)
        answered = band(sure) != "refused"
        doubted = self.doubts(search, shown, found) if answered else ()
        if doubted:
            sure = min(sure, DOUBTED)
        made = Answer(
            conversation=conversation,
            question=question,
            searched=str(search.query.searched),
            answered=answered,
            confidence=round(sure, 4),
            quotes=worth_showing(found) if answered else (),
            nearest=() if answered else found,
            missing=() if answered else missing_words(search.query, shown[: self._k]),
            band=band(sure),
            doubts=doubted,
            understood=search.query.searched,
            reasons=why_sure(evidence, words),
        )
        history.take_in(search.query.question, answered)
        history.heard(made)
        return made

    def sides(
        self, question: str, history: History, documents: Collection[str] | None, limit: int
    ) -> tuple[Quote, ...]:
        """The best quote of each document for the question, oldest first, undated ones last; `limit` at most."""
        search = self.search(question, history, documents, limit)
        found = self.quotes(search.query, best_of_each(search.hits, limit), limit)
        return tuple(sorted(found, key=lambda quote: (quote.date is None, quote.date)))

    def recalled(self, answers: Sequence[Answer]) -> History:
        """The history of a conversation held before, its answers oldest first."""
        return recalled(answers, self._encoder(), self._snapshot.lexical)

    def search(
        self,
        question: str,
        history: History,
        documents: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Search:
        """What is found for the question after the turns of `history`: at least `limit` hits, if there are as many passages.

        A model that re-ranks the hits belongs here, after `retrieve`: all that follows looks at the hits alone.
        """
        among = None if documents is None else self._ids_of(documents)
        query = self._query(question, history)
        hits = retrieve(query, self._snapshot, self._passages, self._k + SPARE if limit is None else limit, among)
        asked = self._snapshot.documents if documents is None else len(set(documents))
        return Search(query, hits, asked)

    def evidence(self, search: Search) -> Evidence | None:
        """The answerability features of what was found; None where nothing was."""
        snapshot = self._snapshot
        return evidence_of(
            search.query, search.hits, search.sides, snapshot.lexical, snapshot.store, snapshot.documents
        )

    def doubts(self, search: Search, shown: Sequence[Hit], found: Sequence[Quote]) -> tuple[str, ...]:
        """Why the words marked in the first quote may not be what was asked for, see `doubts.py`."""
        if not found:
            return ()
        return doubts(
            search.query, shown[0], found[0].marked, bool(search.sides), self._snapshot.lexical, self._snapshot.store
        )

    def words(self, search: Search) -> float | None:
        """What reading the best hits tells, see `words_found`; None where several documents are asked or there is no reader."""
        if self._read is None or search.documents != 1:
            return None
        return words_found(search.query, search.hits, self._read())

    def shown(self, search: Search) -> list[Hit]:
        """The hits in the order in which they are quoted, each side of the question first; k and SPARE more at most."""
        return every_side_first(search.query, search.hits, search.sides)[: self._k + SPARE]

    def quotes(self, query: Query, hits: Sequence[Hit], limit: int) -> tuple[Quote, ...]:
        """The first `limit` quotes of the hits, each passage checked against the file on disk."""
        return tuple(quotes(query, hits, self._snapshot.lexical, self._snapshot.store, self._seeds, limit))

    def _query(self, question: str, history: History) -> Query:
        return interpret(
            question,
            history,
            self._encoder(),
            self._passages.projection,
            self._snapshot.lexical,
            self._also_called,
        )

    def _also_called(self, question: Question) -> list[str]:
        return also_called(question, self._texts_with)

    def _texts_with(self, asked: Sequence[Sequence[str]]) -> list[str]:
        lexical = self._snapshot.lexical
        ids = [id_ for words in asked for id_ in lexical.search(dict.fromkeys(words, 1.0), EXPLAINING)]
        return [found.passage.text for found in self._passages.read(ids)]

    def _ids_of(self, documents: Collection[str]) -> list[int]:
        among = self._snapshot.store.passage_ids(*self._in_index(documents))
        if not among:
            named = ", ".join(sorted(documents)[:NAMED]) or "none was named"
            raise DocumentError(f"no document to answer from is in the index: {named}; name others, or all of them")
        return among

    def _in_index(self, documents: Collection[str]) -> Collection[str]:
        """These paths as the index spells them: an accent may be a character of its own in one of both, an apostrophe curly."""
        if all(self._snapshot.store.passage_ids(path) for path in documents):
            return documents
        paths = [path for path, *_ in self._snapshot.store.documents()]
        spelt = {typed(path): path for path in paths} | {path: path for path in paths}
        return {spelt.get(path) or spelt.get(typed(path), path) for path in documents}


def worth_showing(found: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes of an answer less those that hardly fit the question, beside the best; in order."""
    best = max((quote.score for quote in found), default=0.0)
    return tuple(quote for quote in found if quote.score >= WORTH * best)
