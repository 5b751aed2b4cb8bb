"""A corpus of any size, made by a seeded generator and put into an index without embedding it, for measuring speed.

The text is Zipfian: half stop words, half of a vocabulary whose frequencies fall as 1 / (rank + 30) (Mandelbrot 1953), in
documents of twenty passages. The files hold exactly what the index holds, so that `update` finds nothing to do until one
of them changes, and then embeds only what changed. Vectors are clustered on the unit sphere and a word's is the same
wherever it stands: they mean nothing, but cost what real ones do.

    python -m tests.bench.synthetic FOLDER PASSAGES [SEED]
"""

import hashlib
import secrets
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_bot.config import DEFAULT_MODEL, Settings
from qa_bot.documents import PASSAGES_VERSION, Document, Passage
from qa_bot.documents.subject import Subject
from qa_bot.index.file_engine import FileEngine
from qa_bot.index.passage_vectors import text_of, vector_key
from qa_bot.index.records import FileRecord
from qa_bot.index.store import Store
from qa_bot.language.analysis import word_spans
from qa_bot.models.encoder import Matrix
from qa_bot.models.finding import Model
from qa_bot.models.word_vectors import DIMENSIONS, SCALE, unit
from qa_bot.span import Span

PASSAGES_A_DOCUMENT = 20
DOCUMENTS_AT_A_TIME = 500
SENTENCES, WORDS = 6, 15
"""Of a passage, and of each of its sentences: 90 words, what passages aim at (`documents.passages.IDEAL`)."""
VOCABULARY = 100_000
STOP = "the of and to in is that for it was on are as with by".split()
SPREAD = 30
"""Mandelbrot's constant: the commonest word that is no stop word is a sixtieth of all text, not a tenth."""
COMMON, TOPIC, DOCUMENT, OWN = 0.3, 0.7, 0.5, 0.7
"""Lengths of what all vectors share, those of a topic, those of a document, and of what a vector has of its own; there are
as many topics as a topic has passages. Cosines are some .1 between any two, .6 on one topic, .75 within a document."""
DECAY = 0.4
"""Components' standard deviations fall as 1 / (rank + 2) ** DECAY, as all-MiniLM-L6-v2's do: some 90 directions matter."""


def build(folder: Path, passages: int, seed: int = 0, *, model: str = DEFAULT_MODEL) -> Settings:
    """Seeds of so many passages in `folder`/seeds and their index in `folder`/index, up to date; returns their settings."""
    settings = Settings(seeds=folder / "seeds", index=folder / "index", model=model)
    settings.seeds.mkdir(parents=True)
    rng, of = np.random.default_rng(seed), Model.find(model)
    assert of.folder is not None
    engine = FileEngine(settings.index)
    with closing(engine.create()) as store:
        put_in(store, settings, of, passages, rng)
        documents, stored, length = store.measure()
        manifest = store.manifest() | {
            "passages": str(PASSAGES_VERSION),
            "model": of.name,
            "fingerprint": of.fingerprint,
            "model_signature": of.signature,
            "salt": "",
            "seeds": str(settings.seeds.resolve()),
            "generation": "1",
            "build": secrets.token_hex(4),
            "document_count": str(documents),
            "passage_count": str(stored),
            "average_length": f"{length:.1f}",
        }
        manifest |= engine.write_searches(store, manifest, None)
        with store.transaction():
            store.set_manifest(**manifest)
        engine.remove_others(manifest)
    return settings


def put_in(store: Store, settings: Settings, model: Model, passages: int, rng: np.random.Generator) -> None:
    """Write the documents and their vectors, batch by batch."""
    dimension = 384
    basis = np.linalg.qr(rng.standard_normal((dimension, DIMENSIONS)))[0].T.astype(np.float32)
    store.add_projection(model.fingerprint, passages, np.zeros(dimension, np.float32).tobytes(), basis.tobytes())
    common, topics = drawn_vectors(1, dimension, rng), drawn_vectors(round(passages**0.5), dimension, rng)
    table = np.rint(unit(rng.standard_normal((4096, DIMENSIONS)).astype(np.float32)) * SCALE).astype(np.int8)
    made = 0
    while made < passages:
        now = min(passages - made, DOCUMENTS_AT_A_TIME * PASSAGES_A_DOCUMENT)
        count = -(-now // PASSAGES_A_DOCUMENT)
        centres = TOPIC * topics[rng.integers(0, len(topics), count)] + DOCUMENT * drawn_vectors(count, dimension, rng)
        around = np.repeat(centres, PASSAGES_A_DOCUMENT, axis=0)[:now]
        vectors = unit(COMMON * common + around + OWN * drawn_vectors(now, dimension, rng)).astype(np.float16)
        changes, rows = store.stage(), iter(vectors)
        with store.transaction():
            for number, (document, subject) in enumerate(documents(now, rng), made // PASSAGES_A_DOCUMENT):
                placed = replace(document, path=f"{number // 1000:03}x/{number:06}.md")
                texts = [text_of(placed, passage) for passage in placed.passages]
                keys = [vector_key(model.fingerprint, text) for text in texts]
                words = [table[[hash_of(text[s:e]) % len(table) for s, e in word_spans(text)]] for text in texts]
                changes.add(placed, written(settings.seeds, placed.path, placed.text), subject, keys)
                store.add_vectors(
                    model.fingerprint,
                    [(k, next(rows).tobytes(), w.tobytes()) for k, w in zip(keys, words, strict=True)],
                )
            changes.place()
        made += now


def drawn_vectors(number: int, dimension: int, rng: np.random.Generator) -> Matrix:
    """Vectors of length about 1, shape (number, dimension), that vary more in some directions than in others."""
    deviations = (np.arange(dimension, dtype=np.float32) + 2) ** -DECAY
    deviations /= np.linalg.norm(deviations)
    return rng.standard_normal((number, dimension), dtype=np.float32) * deviations


def documents(passages: int, rng: np.random.Generator) -> Iterator[tuple[Document, Subject]]:
    """Documents of so many passages together, their paths still to be given, each with its subject."""
    names = vocabulary()[:2000]
    for first in range(0, passages, PASSAGES_A_DOCUMENT):
        name, number = str(names[rng.integers(len(names))]).capitalize(), str(rng.integers(1990, 2026))
        title = f"Report {name} {number}"
        text, spans = f"# {title}", [[Span(0, len(title) + 2)]]
        for at, passage in enumerate(drawn(min(PASSAGES_A_DOCUMENT, passages - first), rng)):
            text += "\n\n"
            if at:
                spans.append([])
            for i, sentence in enumerate(passage):
                text += " " if i else ""
                spans[-1].append(Span(len(text), len(text) + len(sentence)))
                text += sentence
        found = tuple(Passage(its[0].start, its[-1].end, "", tuple(its)) for its in spans)
        yield Document("", text + "\n", title, None, found), Subject((name, number), ("Report",))


def drawn(passages: int, rng: np.random.Generator) -> Iterator[list[str]]:
    """The sentences of each passage."""
    shape = (passages, SENTENCES, WORDS)
    content = vocabulary()[np.searchsorted(cumulative(), rng.random(shape))]
    words = np.where(rng.random(shape) < 0.5, np.array(STOP, dtype=object)[rng.integers(0, len(STOP), shape)], content)
    for passage in words:
        yield [" ".join(sentence).capitalize() + "." for sentence in passage]


@cache
def vocabulary() -> NDArray[np.object_]:
    """Words that can be spoken, the commonest first; none is a stop word."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words = [a + b for b in syllables for a in syllables]
    words += [a + b for b in syllables for a in words]
    return np.array(words[:VOCABULARY], dtype=object)


@cache
def cumulative() -> NDArray[np.float64]:
    """The share of text that each word and all commoner ones make up."""
    total = np.cumsum(1 / (np.arange(len(vocabulary())) + SPREAD))
    shares: NDArray[np.float64] = total / total[-1]
    return shares


def questions(number: int, seed: int = 0) -> list[str]:
    """Questions of four to eight content words each, some common, some rare; every third names a document's subject."""
    rng, asked = np.random.default_rng(seed), []
    for i in range(number):
        words = list(vocabulary()[np.searchsorted(cumulative(), rng.random(rng.integers(4, 9)))])
        name = f" in {str(vocabulary()[rng.integers(2000)]).capitalize()}" if i % 3 == 0 else ""
        asked.append(f"What is the {' '.join(words[:2])} of {' '.join(words[2:])}{name}?")
    return asked


def edit(settings: Settings, number: int = 0) -> str:
    """Change one sentence of document `number`; returns its path."""
    path = f"{number // 1000:03}x/{number:06}.md"
    file = settings.seeds / path
    head, _, rest = file.read_text().rpartition("\n\n")
    file.write_text(f"{head}\n\n{rest.strip()} Changed {secrets.token_hex(4)} since.\n")
    return path


def written(seeds: Path, path: str, text: str) -> FileRecord:
    """Write the file; how it is now."""
    file = seeds / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    stat = file.stat()
    return FileRecord(path, stat.st_size, stat.st_mtime_ns, hashlib.sha256(text.encode()).hexdigest())


@cache
def hash_of(word: str) -> int:
    """A number that is the same in every run."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest())


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
