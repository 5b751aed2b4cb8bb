"""A row as an example: the question and the passage in tokens, whether the passage answers, and which tokens do."""

import random
import re
from typing import Any, NamedTuple

import numpy as np

from qa_bot.models.bert import read_weights
from qa_bot.models.encoder import Matrix
from qa_bot.models.finding import bundled_folder
from qa_bot.models.reader import BertReader, Text
from qa_bot.span import Span

from .export import configuration

Row = dict[str, Any]
"""A row of a set, see `data.py`."""
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')\]]*\s+(?=[A-Z\"“(\[0-9])|\n+")
SHORTEST_REST = 80
"""Characters that must be left of a passage without the sentence that answers."""
SHORT_ANSWER = 60
"""Characters of an answer that might well stand in the passage a second time."""


class Example(NamedTuple):
    """A question and a passage as the network takes them."""

    ids: Matrix
    """Token numbers, with [CLS] and [SEP], shape (tokens,)."""
    asked: int
    """How many of the tokens are the question's, with the [CLS] before and the [SEP] after them."""
    first: int
    """The first token of the passage; the tokens of the heading stand between."""
    start: int
    """The first token that answers, -1 where none does or none is known."""
    end: int
    """The last token that answers."""
    answers: bool
    weight: float = 1.0
    """How often the example is seen beside the others of its pool."""


class Maker:
    """Cuts texts, and turns them into tokens as the reader does when a question is asked."""

    def __init__(self) -> None:
        encoder = bundled_folder()
        weights = read_weights(encoder / "model.safetensors")
        size = weights["embeddings.word_embeddings.weight"].shape[1]
        self._reader = BertReader(configuration(size, layers=0), weights, encoder / "tokenizer.json")
        self.rng = random.Random()

    def example(self, row: Row, *, no_title: float = 0.0, weight: float = 1.0) -> Example:
        """The row in tokens, without its heading in a share `no_title` of all cases."""
        heading = "" if self.rng.random() < no_title else heading_of(row)
        pair = self._reader.encoded(asked_of(row), [Text(heading, row["passage"])])[0]
        answer = span_of(row) or Span(0, 0)
        inside = [
            at
            for at, (start, end) in zip(pair.rows, pair.spans, strict=True)
            if end > answer.start and start < answer.end
        ]
        return Example(
            ids=np.array(pair.ids, dtype=np.uint16),
            asked=pair.types.index(1),
            first=pair.rows[0] if pair.rows else len(pair.ids) - 1,
            start=inside[0] if inside else -1,
            end=inside[-1] if inside else -1,
            answers=bool(row["answerable"]),
            weight=weight,
        )

    def cropped(self, row: Row, shortest: int = 300, longest: int = 900) -> Row:
        """The row with a run of whole sentences, of a drawn length in characters, that holds the words that answer."""
        text, answer, wanted = row["passage"], span_of(row), self.rng.randint(shortest, longest)
        if len(text) <= wanted:
            return row
        parts = sentences(text)
        if answer:
            first = last = max(i for i, part in enumerate(parts) if part.start <= answer.start)
            while last + 1 < len(parts) and parts[last].end < answer.end:
                last += 1
        else:
            first = last = self.rng.randrange(len(parts))
        while True:
            longer = [(a, b) for a, b in ((first - 1, last), (first, last + 1)) if a >= 0 and b < len(parts)]
            longer = [(a, b) for a, b in longer if parts[b].end - parts[a].start <= wanted]
            if not longer:
                break
            first, last = self.rng.choice(longer)
        begin = parts[first].start
        moved = [[answer.start - begin, answer.end - begin]] if answer else []
        return row | {"passage": text[begin : parts[last].end], "answer_spans": moved}


def unanswered(row: Row, passage: str) -> Row:
    """The row's question with a passage that does not answer."""
    return row | {"passage": passage, "answer_spans": [], "answerable": False}


def removed(row: Row) -> Row | None:
    """The row without the sentences that answer; None where too little is left, or the answer is there still."""
    text, answer = row["passage"], span_of(row)
    if answer is None:
        return None
    parts = sentences(text)
    kept = [part for part in parts if part.end <= answer.start or part.start >= answer.end]
    rest = "".join(text[start:end] for start, end in kept).strip()
    words = text[slice(*answer)].strip().lower()
    if len(kept) == len(parts) or len(rest) < SHORTEST_REST or (len(words) < SHORT_ANSWER and words in rest.lower()):
        return None
    return unanswered(row, rest)


def sentences(text: str) -> list[Span]:
    """The sentences of the text, end to end; a simple cut that is good enough to take one away."""
    found, begin = [], 0
    for match in SENTENCE_END.finditer(text):
        if match.end() - begin > 3:
            found.append(Span(begin, match.end()))
            begin = match.end()
    return [*found, Span(begin, len(text))] if begin < len(text) else found


def asked_of(row: Row) -> str:
    """The question with the one before it."""
    return " ".join(text.strip() for text in [*(row.get("history") or [])[-1:], row["question"]])


def heading_of(row: Row) -> str:
    """The title and the headings above the passage, as the reader gets them when a question is asked."""
    title, context = (row.get("title") or "").strip(), (row.get("context") or "").strip(" #")
    if not context or context == title or context in row["passage"]:
        return title
    return f"{title} . {context}" if title else context


def span_of(row: Row) -> Span | None:
    """Where the words that answer stand in the passage."""
    spans = row.get("answer_spans")
    return Span(*spans[0]) if spans else None
