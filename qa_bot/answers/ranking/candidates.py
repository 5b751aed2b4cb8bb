"""Passages as ranking sees them: with their vectors, words and terms, sentence by sentence, kept once looked at."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qa_bot.answers.ranking.fields import field_names
from qa_bot.answers.ranking.labels import Label, labels
from qa_bot.index.engines import PassageStore
from qa_bot.index.passage_vectors import embedded_text, load_projection
from qa_bot.index.records import StoredPassage
from qa_bot.language.analysis import name_terms, terms, word_spans, words_in
from qa_bot.language.choosing import language_of
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.models.encoder import Matrix
from qa_bot.models.word_vectors import Projection, unit
from qa_bot.span import Span

IntVector = NDArray[np.int64]

KEPT = 2_000
"""Passages kept in memory, some 50 KB each."""


@dataclass(eq=False)
class Indexed:
    """A passage with everything that ranking compares with a question."""

    passage: StoredPassage
    vector: Matrix
    """Unit length, shape (dimension,)."""
    words: Matrix
    """Unit vectors of the words of the embedded text, in order, shape (n, word dimensions)."""
    language: Language = ENGLISH

    @cached_property
    def spans(self) -> list[Span]:
        """The span of each word in the embedded text."""
        return word_spans(self._embedded)[: len(self.words)]

    @cached_property
    def sentence_of(self) -> IntVector:
        """The number of the sentence that each word is in, shape (n,); -1 for the words of title and headings."""
        offset = len(self._embedded) - len(self.passage.text) - self.passage.start
        ends = [end + offset for _, end in self.passage.sentences]
        first = self.passage.start + offset
        return np.array([bisect_right(ends, s) if s >= first else -1 for s, _ in self.spans], dtype=np.int64)

    @cached_property
    def word_terms(self) -> list[tuple[str, ...]]:
        """The terms of each word, length n."""
        return [word.terms for word in words_in(self._embedded, self.language)][: len(self.words)]

    @cached_property
    def sentence_terms(self) -> list[list[str]]:
        """The terms of each sentence, in order."""
        return [terms(sentence, self.language) for sentence in self.sentences]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the passage and the headings above it have each term."""
        return Counter(terms(self.passage.context, self.language)) + Counter(
            t for sentence in self.sentence_terms for t in sentence
        )

    @cached_property
    def subject(self) -> frozenset[str]:
        """The terms of the document's title and path that are no names."""
        return frozenset(name_terms(self.passage.subject, self.language))

    @cached_property
    def names(self) -> frozenset[str]:
        """The terms of the names and dates that the whole document is about."""
        return frozenset(name_terms(self.passage.names, self.language))

    @cached_property
    def sentences(self) -> list[str]:
        """The texts of the sentences, in order."""
        offset = self.passage.start
        return [self.passage.text[start - offset : end - offset] for start, end in self.passage.sentences]

    @cached_property
    def labels(self) -> list[Label | None]:
        """What label each sentence is, see `labels`; None for one that may answer."""
        return labels(self.sentences, self.passage.title, self.passage.context, self.language)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The name of the field that each sentence is, in front matter; empty for any other passage."""
        return field_names(self.sentences)

    @cached_property
    def _embedded(self) -> str:
        return embedded_text(self.passage.title, self.passage.context, self.passage.text)


class PassageReader:
    """Reads passages of one generation of a store, each once."""

    def __init__(self, store: PassageStore, series: str):
        self._store, self._language = store, language_of(store.manifest().get("language"))
        self._kept: dict[int, Indexed] = {}
        projection = load_projection(store, series)
        self.projection: Projection = projection or Projection.fit([np.eye(store.dimension(), dtype=np.float32)])

    def read(self, ids: Sequence[int]) -> list[Indexed]:
        """The passages with these ids, in that order."""
        wanted = [i for i in dict.fromkeys(ids) if i not in self._kept]
        if wanted and len(self._kept) + len(wanted) > KEPT:
            self._kept.clear()
            wanted = list(dict.fromkeys(ids))  # those kept until now are among them
        if wanted:
            vectors = self._store.vectors(wanted)
            for passage in self._store.passages(wanted):
                whole, words = vectors[passage.id]
                vector = unit(np.frombuffer(whole, np.float16).astype(np.float32))
                self._kept[passage.id] = Indexed(passage, vector, self.projection.unpack(words), self._language)
        return [self._kept[i] for i in dict.fromkeys(ids) if i in self._kept]
