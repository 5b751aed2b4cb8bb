"""Made up documents, their index and a reader, in which every vector and every score can be worked out by hand."""

from pathlib import Path
from typing import Any

import numpy as np

from qa_bot.answers.ranking.candidates import Indexed
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.history import History
from qa_bot.answers.understanding.query import Query, interpret
from qa_bot.index import lexical
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.passage_vectors import embedded_text
from qa_bot.index.records import StoredPassage
from qa_bot.models.word_vectors import Projection
from qa_bot.span import Span
from tests.fake_encoder import FakeEncoder


def lexical_index(folder: Path, *rows: tuple[str, str, str] | str) -> LexicalIndex:
    """An index of these passages: text, or text, names and scope."""
    parts = [(row, "", "") if isinstance(row, str) else row for row in rows]
    lexical.build(folder / "lexical", [(i, *part) for i, part in enumerate(parts, 1)])
    return LexicalIndex.open(folder / "lexical")


def stored(*sentences: str, document: str = "a.txt", **fields: Any) -> StoredPassage:
    """A passage of these sentences, a space between them, at the start of its document."""
    text, spans = " ".join(sentences), []
    at = 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    values: dict[str, Any] = {
        "id": 1,
        "title": "",
        "date": None,
        "context": "",
        "names": "",
        "subject": "",
        "residue": False,
    } | fields
    return StoredPassage(
        document=document, start=0, end=len(text), text=text, sentences=tuple(spans), **(values | fields)
    )


def found(encoder: FakeEncoder, passage: StoredPassage) -> Indexed:
    """The passage with the vectors of this encoder."""
    (encoded,) = encoder.encode_passages([embedded_text(passage.title, passage.context, passage.text)])
    return Indexed(passage, encoded.vector, plain(encoder).apply(encoded.tokens))


def plain(encoder: FakeEncoder) -> Projection:
    """A projection that changes nothing."""
    return Projection(np.zeros(encoder.dimension, np.float32), np.eye(encoder.dimension, dtype=np.float32))


def ask(question: str, encoder: FakeEncoder, index: LexicalIndex, history: History | None = None) -> Query:
    """The query for a question, which is added to the history."""
    query = interpret(question, history or History(), encoder, plain(encoder), index)
    if history is not None:
        history.take_in(query.question)
    return query


def hit(indexed: Indexed, query: Query, score: float = 0.5) -> Hit:
    """A hit with everything but the score worked out."""
    return Hit(indexed, float(indexed.vector @ query.vector), 0.0, 0.0, query.words @ indexed.words.T, score)
