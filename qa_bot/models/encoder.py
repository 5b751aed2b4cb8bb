"""What an encoder is: texts to vectors, for the passages of an index and the questions put to it."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Encoded(NamedTuple):
    """A text as a model has it."""

    vector: Matrix
    """Of the whole text, shape (dimension,)."""
    tokens: Matrix
    """Last hidden states of its tokens, special ones left out, shape (n, hidden size)."""
    spans: list[tuple[int, int]]
    """Where each token stands in the text, in characters."""

    @classmethod
    def of(cls, vector: Matrix, states: Matrix, offsets: Sequence[tuple[int, int]], prompt: int) -> "Encoded":
        """From all the tokens of a text under a prompt of so many characters."""
        kept = [i for i, (start, end) in enumerate(offsets) if start < end and start >= prompt]
        return cls(vector, states[kept], [(offsets[i][0] - prompt, offsets[i][1] - prompt) for i in kept])


class Encoder(Protocol):
    """What turns texts into vectors. Rows are unit length up to the model's own normalisation."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> list[Encoded]:
        """Questions as vectors and tokens."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Passages as vectors and tokens."""
        ...
