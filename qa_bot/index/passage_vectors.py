"""What of a passage is embedded, and seeing to it that every passage has its vectors."""

import hashlib
import json
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from qa_bot.documents import Document, Passage
from qa_bot.index.models import Model
from qa_bot.index.store import Store

if TYPE_CHECKING:
    from qa_bot.index.words import Projection

PASSAGES_AT_A_TIME = 64
"""Passages embedded, and kept, between two looks at whether to stop."""


class Step(Protocol):
    """Tells how far the work is; raises Cancelled to stop it."""

    def __call__(self, stage: str, done: int, total: int, seconds_left: float | None = None) -> None:
        """So many of `total` done in this stage."""


def embedded_text(title: str, context: str, text: str) -> str:
    """A passage as it is embedded: under its document's title and its headings."""
    above = [title] if context == title else [title, context]
    return "\n".join([*filter(None, above), text])


def ensure_vectors(
    store: Store, model: Model, documents: Sequence[Document], salt: str, step: Step
) -> tuple[list[list[bytes]], int]:
    """Embed what has no vectors yet. Returns the vector keys, passage by passage for each document, and how many were embedded.

    Vectors are committed batch by batch: what was embedded before a kill or a cancellation is not embedded again.
    """
    series = model.fingerprint + salt
    keys: list[list[bytes]] = []
    wanted: dict[bytes, str] = {}
    for document in documents:
        texts = [text_of(document, passage) for passage in document.passages]
        keys.append([vector_key(series, text) for text in texts])
        wanted.update(zip(keys[-1], texts, strict=True))
    for key in store.known_keys(wanted):
        del wanted[key]
    if wanted:
        embed(store, model, wanted, series, step)
    return keys, len(wanted)


def text_of(document: Document, passage: Passage) -> str:
    """The passage as it is embedded."""
    return embedded_text(document.title, passage.context, document.text[passage.start : passage.end])


def vector_key(series: str, text: str) -> bytes:
    """Names the vectors of this text; `series` tells the model, and one full rebuild from the last."""
    return hashlib.blake2b(json.dumps([series, text]).encode(), digest_size=16).digest()


def embed(store: Store, model: Model, wanted: dict[bytes, str], series: str, step: Step) -> None:
    """Embed the texts and keep their vectors under their keys."""
    import numpy as np

    from qa_bot.index.embedding import close, passage_encoder
    from qa_bot.index.words import Projection, pool_words, unit, word_spans

    total, done, began = sum(map(len, wanted.values())), 0, time.monotonic()
    step("embedding", 0, len(wanted))
    projection = load_projection(store, series)
    encoder = passage_encoder(model, total)
    try:
        queue = in_order(wanted)
        for at in range(0, len(queue), PASSAGES_AT_A_TIME):
            batch = queue[at : at + PASSAGES_AT_A_TIME]
            encoded = encoder.encode_passages([wanted[key] for key in batch])
            words = [pool_words(e, word_spans(wanted[key])) for key, e in zip(batch, encoded, strict=True)]
            with store.transaction():
                if projection is None:
                    projection = Projection.fit(np.concatenate(words))
                    store.add_projection(series, projection.mean.tobytes(), projection.basis.tobytes())
                for key, e, w in zip(batch, encoded, words, strict=True):
                    store.add_vectors(key, unit(e.vector).astype(np.float16).tobytes(), projection.pack(w))
            done += sum(len(wanted[key]) for key in batch)
            step("embedding", at + len(batch), len(queue), (total - done) * (time.monotonic() - began) / max(done, 1))
    finally:
        close(encoder)


def in_order(wanted: dict[bytes, str]) -> list[bytes]:
    """First a sample from all over, which the words' projection is fitted to; then those of like length together."""
    keys = list(wanted)
    sample = keys[:: -(-len(keys) // PASSAGES_AT_A_TIME)]
    rest = sorted(wanted.keys() - set(sample), key=lambda key: len(wanted[key]), reverse=True)
    return sample + rest


def load_projection(store: Store, series: str) -> "Projection | None":
    """The projection of this series of vectors, where there is one."""
    import numpy as np

    from qa_bot.index.words import Projection

    if (kept := store.projection(series)) is None:
        return None
    mean = np.frombuffer(kept[0], dtype=np.float32)
    return Projection(mean, np.frombuffer(kept[1], dtype=np.float32).reshape(-1, len(mean)))
