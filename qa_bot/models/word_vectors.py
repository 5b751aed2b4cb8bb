"""Words in their context: a vector for each word of a passage, as the model's last layer has it, made small enough to keep.

A question's words are held against a passage's one by one (MaxSim, Khattab and Zaharia 2020, arXiv:2004.12832), which tells
the sentence that answers better than any vector of the whole sentence. Kept at 96 dimensions and 8 bits a word costs 96
bytes; on five collections that chose the sentence as well as 384 dimensions of 32 bits did.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_bot.models.encoder import Encoded, Matrix
from qa_bot.span import Span

DIMENSIONS = 96
SCALE = 127
"""Of a unit vector's components to signed bytes."""

Bytes = NDArray[np.int8]
Half = NDArray[np.float16]


def pool_words(encoded: Encoded, words: Sequence[Span]) -> Matrix:
    """The mean of each word's token states, shape (m, hidden size).

    m is less than len(words) where the model's limit cut the text: the first m words are those it saw.
    """
    bounds: list[int] = []
    token, last = 0, len(encoded.spans)
    for start, end in words:
        while token < last and encoded.spans[token][1] <= start:
            token += 1
        first = token
        while token < last and encoded.spans[token][0] < end:
            token += 1
        if first == token:
            break
        bounds += [first, token]
        if encoded.spans[token - 1][1] > end:  # a token that runs on into the next word belongs to both
            token -= 1
    hidden = encoded.tokens.shape[1]
    if not bounds:
        return np.zeros((0, hidden), dtype=np.float32)
    closed = np.concatenate(
        [encoded.tokens, np.zeros((1, hidden), dtype=np.float32)]
    )  # so that the last bound is a row
    sums = np.add.reduceat(closed, bounds)[::2]
    return np.asarray(sums / np.diff(bounds)[::2, np.newaxis], dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Projection:
    """From the model's hidden size to DIMENSIONS: principal components of words of the documents themselves."""

    mean: Matrix
    """Of unit word vectors, shape (hidden size,); what all words share tells none apart."""
    basis: Matrix
    """Shape (dimensions, hidden size), rows orthonormal."""

    @classmethod
    def fit(cls, texts: "Iterable[Matrix | Half]") -> "Projection":
        """The projection that keeps most of the variance of these texts' words; each of shape (n, hidden size)."""
        number, total, products = 0, np.zeros(1), np.zeros((1, 1))
        for words in texts:  # one by one: the covariance is small, whatever the number of words
            units = unit(words.astype(np.float32))
            number, total, products = number + len(units), total + units.sum(axis=0), products + units.T @ units
        mean = total / max(number, 1)
        _, vectors = np.linalg.eigh(products / max(number, 1) - np.outer(mean, mean))
        basis = np.ascontiguousarray(vectors[:, ::-1][:, :DIMENSIONS].T, dtype=np.float32)
        return cls(mean.astype(np.float32), basis)

    def apply(self, words: Matrix) -> Matrix:
        """Unit vectors, shape (n, dimensions)."""
        return unit(np.asarray((unit(words) - self.mean) @ self.basis.T, dtype=np.float32))

    def pack(self, texts: "Sequence[Matrix | Half]") -> list[bytes]:
        """`apply` to the words of each text, as signed bytes; all in one, which costs a tenth of one by one."""
        signed = np.rint(self.apply(np.concatenate(texts).astype(np.float32)) * SCALE).astype(np.int8)
        return [part.tobytes() for part in np.split(signed, np.cumsum([len(words) for words in texts])[:-1])]

    def unpack(self, packed: bytes) -> Matrix:
        """The inverse of `pack` for one text, shape (n, dimensions)."""
        signed: Bytes = np.frombuffer(packed, dtype=np.int8)
        return unit(signed.reshape(-1, len(self.basis)).astype(np.float32))


def unit(vectors: Matrix) -> Matrix:
    """Scaled to length 1 along the last axis; rounding is undone with it."""
    scaled: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    return scaled
