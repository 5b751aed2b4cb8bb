"""Words' vectors: pooled from their tokens, made small, and read again."""

import numpy as np
import pytest

from qa_bot.language.analysis import word_spans
from qa_bot.models.encoder import Encoded
from qa_bot.models.word_vectors import DIMENSIONS, Projection, pool_words, unit


def encoded(*spans: tuple[int, int]) -> Encoded:
    """Token number i is [i, 1]."""
    tokens = np.array([[i, 1] for i in range(len(spans))], dtype=np.float32).reshape(-1, 2)
    return Encoded(np.zeros(2, dtype=np.float32), tokens, list(spans))


def pooled(text: str, *spans: tuple[int, int]) -> list[float]:
    found = pool_words(encoded(*spans), word_spans(text))
    assert found.shape == (len(found), 2)
    assert (found[:, 1] == 1).all()  # a mean, not a sum
    return [float(first) for first in found[:, 0]]


def test_a_word_is_the_mean_of_its_tokens() -> None:
    assert pooled("one, twothree four", (0, 3), (3, 4), (5, 8), (8, 13), (14, 18)) == [0, 2.5, 4]


def test_a_token_over_two_words_belongs_to_both() -> None:
    assert pooled("a_b c", (0, 1), (1, 3), (4, 5)) == [0, 1, 2]
    assert pooled("a_b", (0, 3)) == [0, 0]


def test_words_beyond_the_model_s_limit_are_left_out() -> None:
    assert pooled("one two three", (0, 3), (4, 7)) == [0, 1]
    assert pooled("one two") == []
    assert pooled("") == []


def test_packed_words_come_out_as_they_went_in() -> None:
    rng = np.random.default_rng(0)
    texts = [rng.standard_normal((n, 128)).astype(np.float32) for n in (300, 0, 7)]
    projection = Projection.fit(texts)
    packed = projection.pack(texts)
    assert [len(part) for part in packed] == [300 * DIMENSIONS, 0, 7 * DIMENSIONS]
    for words, part in zip(texts, packed, strict=True):
        again = projection.unpack(part)
        assert again.shape == (len(words), DIMENSIONS)
        assert (again * projection.apply(words)).sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert (unit(texts[2])[0] @ unit(texts[2])[0]) == pytest.approx(1)


def test_a_projection_keeps_the_directions_that_vary_most() -> None:
    rng = np.random.default_rng(0)
    strong = rng.standard_normal((400, 200)).astype(np.float32) * np.where(np.arange(200) < DIMENSIONS, 1, 0.01)
    strong += 0.05  # what all share
    words = np.asarray(strong, dtype=np.float32)
    whole, parts = Projection.fit([words]), Projection.fit([words[:150], words[150:150], words[150:]])
    assert np.abs(parts.basis @ whole.basis.T) == pytest.approx(np.eye(DIMENSIONS), abs=1e-2)
    assert parts.basis @ parts.basis.T == pytest.approx(np.eye(DIMENSIONS), abs=1e-4)
    assert np.linalg.norm(whole.basis[:, :DIMENSIONS], axis=1).min() > 0.99
    assert whole.mean == pytest.approx(unit(words).mean(axis=0), abs=1e-5)
