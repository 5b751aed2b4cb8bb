"""Passages as ranking sees them: with their vectors and their terms, sentence by sentence, kept once looked at."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qa_bot.index.bert import Matrix
from qa_bot.index.lexical import terms
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.store import StoredPassage

KEPT = 5_000
"""Passages kept in memory, some 10 KB each."""


@dataclass(eq=False)
class Indexed:
    """A passage with everything a question is held against."""

    passage: StoredPassage
    vector: Matrix
    """Unit length, shape (dimension,)."""
    sentence_vectors: Matrix
    """Unit length, shape (sentences, dimension)."""

    @cached_property
    def sentence_terms(self) -> list[list[str]]:
        """The terms of each sentence, in order."""
        offset = self.passage.start
        return [terms(self.passage.text[start - offset : end - offset]) for start, end in self.passage.sentences]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each term stands in the passage or in the headings above it."""
        return Counter(terms(self.passage.context)) + Counter(t for sentence in self.sentence_terms for t in sentence)

    @cached_property
    def scope(self) -> frozenset[str]:
        """The terms of the document's title and path that are no names."""
        return frozenset(terms(self.passage.scope))

    @cached_property
    def names(self) -> frozenset[str]:
        """The terms of the names and dates that the whole document is about."""
        return frozenset(terms(self.passage.names))


class PassageReader:
    """Reads passages of one snapshot, each once."""

    def __init__(self, snapshot: Snapshot):
        self._store = snapshot.store
        self._kept: dict[int, Indexed] = {}

    def read(self, ids: Sequence[int]) -> list[Indexed]:
        """The passages with these ids, in that order."""
        wanted = [i for i in dict.fromkeys(ids) if i not in self._kept]
        if wanted:
            if len(self._kept) + len(wanted) > KEPT:
                self._kept.clear()
            vectors = self._store.vectors(wanted)
            for passage in self._store.passages(wanted):
                whole, sentences = (np.frombuffer(blob, np.float16).astype(np.float32) for blob in vectors[passage.id])
                self._kept[passage.id] = Indexed(passage, unit(whole), unit(sentences.reshape(-1, len(whole))))
        return [self._kept[i] for i in dict.fromkeys(ids) if i in self._kept]


def unit(vectors: Matrix) -> Matrix:
    """Scaled to length 1 along the last axis; what float16 rounded away is undone."""
    scaled: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    return scaled
