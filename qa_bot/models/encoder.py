"""What an encoder is: the one interface that turns questions and passages into vectors."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Encoded(NamedTuple):
    """A text as a model encodes it."""

    vector: Matrix
    """Of the whole text, shape (dimension,)."""
    tokens: Matrix
    """Last hidden states of its tokens without the special tokens, shape (n, hidden size)."""
    spans: list[tuple[int, int]]
    """Start and end of each token in the text, in characters."""

    @classmethod
    def of(cls, vector: Matrix, states: Matrix, offsets: Sequence[tuple[int, int]], prompt: int) -> "Encoded":
        """Keep the text's own tokens of all `offsets` and `states`; the prompt before the text has `prompt` characters."""
        kept = [i for i, (start, end) in enumerate(offsets) if start < end and start >= prompt]
        return cls(vector, states[kept], [(offsets[i][0] - prompt, offsets[i][1] - prompt) for i in kept])


class Encoder(Protocol):
    """What turns texts into vectors. Vectors have length 1 where the model normalises them."""

    def encode_questions(self, texts: Sequence[str]) -> list[Encoded]:
        """Questions as vectors and tokens, in their order. Raises ModelError."""
        ...

    def stream_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Each passage's number in `texts` and what the model makes of it, in any order. Raises ModelError."""
        ...

    def close(self) -> None:
        """End what the encoder has started; it encodes nothing afterwards."""
        ...
