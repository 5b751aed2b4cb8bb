"""What of a passage is embedded, and seeing to it that every passage has its vectors."""

import hashlib
import json
import time
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from qa_bot.documents import Document, Passage
from qa_bot.index.engines import IndexStore, PassageStore, Staging
from qa_bot.language.letters import folded
from qa_bot.language.unspaced import is_unspaced
from qa_bot.models.finding import Model

if TYPE_CHECKING:
    from qa_bot.models.encoder import Encoded
    from qa_bot.models.word_vectors import Half, Projection

    Row = tuple[bytes, bytes, Half]  # key, vector as float16 bytes, words

PASSAGES_AT_A_TIME = 512
"""Passages handed to the encoder at once, which takes those of like length together."""
KEPT_AT_A_TIME = 64
"""Passages whose vectors are kept in one commit; in between is looked at whether to stop."""
SAMPLE = 256
"""Passages that the words' projection is fitted on. Over six collections, of the variance that the best 96 dimensions keep
(.58), those fitted on so many kept .576, on 64 .55, on 4 .46."""
GROWTH = 4
"""A projection fitted on fewer, for want of more, is fitted anew when there are so many times as many passages: all are
embedded again for it, at most a thousand, and only a few times in the life of an index."""


class Step(Protocol):
    """Tells how far the work is; raises Cancelled to stop it."""

    def __call__(self, stage: str, done: int, total: int, seconds_left: float | None = None) -> None:
        """So many of `total` done in this stage."""


def embedded_text(title: str, context: str, text: str) -> str:
    """A passage as it is embedded: under its document's title and its headings."""
    above = [title] if context == title else [title, context]
    return "\n".join([*filter(None, above), text])


def text_of(document: Document, passage: Passage) -> str:
    """The passage as it is embedded, its letters spelt in one way."""
    return folded(embedded_text(document.title, passage.context, document.text[passage.start : passage.end]))


def vector_key(series: str, text: str) -> bytes:
    """Names the vectors of this text; `series` tells the model, and one full rebuild from the last.

    Of a text written without spaces it tells, too, that its words' vectors are those of single characters.
    """
    named = [series, text, "characters"] if is_unspaced(text) else [series, text]
    return hashlib.blake2b(json.dumps(named).encode(), digest_size=16).digest()


def outgrown(store: IndexStore, series: str, wanted: int) -> bool:
    """Whether the words' projection was fitted on too few passages, now that so many are to come."""
    fitted_on = store.fitted_on(series)
    return 0 < fitted_on < SAMPLE and store.counts()[1] + wanted >= GROWTH * fitted_on


def embed(store: IndexStore, model: Model, changes: Staging, series: str, step: Step) -> int:
    """Embed the passages that have no vectors yet; returns how many they were.

    They are committed as they come: what was embedded before a kill or a cancellation is not embedded again. They are
    taken at random, so that how many are done tells how much of the work is done, and that the first are a sample of all.
    """
    total, characters = changes.wanted()
    if not total:
        return 0
    from qa_bot.models.choosing import passage_encoder

    done, seen, began = 0, 0, time.monotonic()
    step("embedding", 0, total)
    keeper = Keeper(store, series)
    encoder = passage_encoder(model, characters)
    try:
        key = b""
        while wanted := changes.wanted_after(key, PASSAGES_AT_A_TIME):
            key = wanted[-1].key
            texts = [folded(embedded_text(w.title, w.context, w.text)) for w in wanted]
            stream = ((wanted[i], texts[i], encoded) for i, encoded in encoder.stream_passages(texts))
            while batch := list(islice(stream, KEPT_AT_A_TIME)):
                keeper.keep([(w.key, text, encoded) for w, text, encoded in batch])
                done, seen = done + len(batch), seen + sum(len(w.text) for w, _, _ in batch)
                left = (characters - seen) * (time.monotonic() - began) / max(seen, 1)
                step("embedding", done, total, left)
        keeper.commit()
    finally:
        encoder.close()
    return total


class Keeper:
    """Keeps vectors as they come; the first, which the words' projection is fitted on, once there are enough of them."""

    def __init__(self, store: IndexStore, series: str):
        self._store, self._series = store, series
        self._projection = load_projection(store, series)
        self._waiting: list[Row] = []

    def keep(self, batch: "Sequence[tuple[bytes, str, Encoded]]") -> None:
        """Take the vectors of these passages, given as key, embedded text and what the model makes of it."""
        import numpy as np

        from qa_bot.language.analysis import word_spans
        from qa_bot.models.word_vectors import pool_words, unit

        for key, text, encoded in batch:
            words = pool_words(encoded, word_spans(text)).astype(np.float16)
            self._waiting.append((key, unit(encoded.vector).astype(np.float16).tobytes(), words))
        if self._projection or len(self._waiting) >= SAMPLE:
            self.commit()

    def commit(self) -> None:
        """Commit what was taken."""
        from qa_bot.models.word_vectors import Projection

        if not self._waiting:
            return
        with self._store.transaction():
            if self._projection is None:
                fitted = self._projection = Projection.fit(words for *_, words in self._waiting)
                mean, basis = fitted.mean.tobytes(), fitted.basis.tobytes()
                self._store.add_projection(self._series, len(self._waiting), mean, basis)
            for at in range(0, len(self._waiting), KEPT_AT_A_TIME):
                rows = self._waiting[at : at + KEPT_AT_A_TIME]
                packed = self._projection.pack([words for *_, words in rows])
                self._store.add_vectors(
                    self._series, ((key, vector, p) for (key, vector, _), p in zip(rows, packed, strict=True))
                )
        self._waiting = []


def load_projection(store: PassageStore, series: str) -> "Projection | None":
    """The projection of this series of vectors, where there is one."""
    import numpy as np

    from qa_bot.models.word_vectors import Projection

    if (kept := store.projection(series)) is None:
        return None
    mean = np.frombuffer(kept[0], dtype=np.float32)
    return Projection(mean, np.frombuffer(kept[1], dtype=np.float32).reshape(-1, len(mean)))
