"""Which texts of a passage are embedded, and seeing to it that every passage has their vectors."""

import hashlib
import json
import time
from collections.abc import Sequence
from typing import Protocol

from qa_bot.documents import Document, Passage
from qa_bot.index.models import Model
from qa_bot.index.store import Store

PASSAGES_AT_A_TIME = 64
"""Passages embedded, and kept, between two looks at whether to stop."""


class Step(Protocol):
    """Tells how far the work is; raises Cancelled to stop it."""

    def __call__(self, stage: str, done: int, total: int, seconds_left: float | None = None) -> None:
        """So many of `total` done in this stage."""


def texts_of(document: Document, passage: Passage) -> list[str]:
    """What is embedded: the passage under its title and headings, then each of its sentences by itself."""
    above = [document.title, passage.context] if document.title != passage.context else [document.title]
    whole = "\n".join([*filter(None, above), document.text[passage.start : passage.end]])
    return [whole, *(document.text[s.start : s.end] for s in passage.sentences)]


def vector_key(fingerprint: str, salt: str, texts: Sequence[str]) -> bytes:
    """Names the vectors of these texts by this model; `salt` tells one full rebuild from the last."""
    return hashlib.blake2b(json.dumps([fingerprint, salt, *texts]).encode(), digest_size=16).digest()


def ensure_vectors(
    store: Store, model: Model, documents: Sequence[Document], salt: str, step: Step
) -> tuple[list[list[bytes]], int]:
    """Embed what has no vectors yet. Returns the vector keys, passage by passage for each document, and how many were embedded.

    Vectors are committed batch by batch: what was embedded before a kill or a cancellation is not embedded again.
    """
    keys: list[list[bytes]] = []
    wanted: dict[bytes, list[str]] = {}
    for document in documents:
        texts = [texts_of(document, passage) for passage in document.passages]
        keys.append([vector_key(model.fingerprint, salt, t) for t in texts])
        wanted.update(zip(keys[-1], texts, strict=True))
    for key in store.known_keys(wanted):
        del wanted[key]
    if wanted:
        embed(store, model, wanted, step)
    return keys, len(wanted)


def embed(store: Store, model: Model, wanted: dict[bytes, list[str]], step: Step) -> None:
    """Embed the texts and keep their vectors under their keys, the longest first."""
    import numpy as np

    from qa_bot.index.embedding import close, passage_encoder

    sizes = {key: sum(map(len, texts)) for key, texts in wanted.items()}
    total, done, began = sum(sizes.values()), 0, time.monotonic()
    step("embedding", 0, len(wanted))
    encoder = passage_encoder(model, total)
    try:
        # Of like length together: less padding, and an estimate of the time left that errs on the long side.
        queue = sorted(wanted, key=sizes.__getitem__, reverse=True)
        for at in range(0, len(queue), PASSAGES_AT_A_TIME):
            batch = queue[at : at + PASSAGES_AT_A_TIME]
            vectors = encoder.encode_passages([text for key in batch for text in wanted[key]]).astype(np.float16)
            with store.transaction():
                row = 0
                for key in batch:
                    end = row + len(wanted[key])
                    store.add_vectors(key, vectors[row].tobytes(), vectors[row + 1 : end].tobytes())
                    row = end
            done += sum(sizes[key] for key in batch)
            step("embedding", at + len(batch), len(queue), (total - done) * (time.monotonic() - began) / max(done, 1))
    finally:
        close(encoder)
