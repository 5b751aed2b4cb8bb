"""A question in its conversation becomes a query: what to look for, by meaning and by words."""

from dataclasses import dataclass, field

import numpy as np

from qa_bot.index.bert import Encoded, Matrix
from qa_bot.index.embedding import Encoder
from qa_bot.index.lexical import terms
from qa_bot.index.words import Projection, pool_words, unit, word_spans

FADE = 0.5
"""A word last said k turns ago counts FADE^k. Measured on MTRAG and TREC CAsT; see the design notes in the README."""
LAST_TURN = 2.0
"""Weight of the last turn's vector against that of all turns together, measured likewise."""
TURNS = 8
"""How many turns back are looked at."""


@dataclass(frozen=True, eq=False)
class Query:
    """What is looked for."""

    question: str
    vector: Matrix
    """Unit length, shape (dimension,)."""
    weights: dict[str, float]
    """Terms and how much each counts: 1 for those of this question, less for those of earlier turns."""
    words: Matrix
    """Unit vectors of its content words, shape (n, word dimensions)."""
    word_terms: list[tuple[str, float]]
    """The term of each of these words and how much it counts."""
    searched: str
    """What the question was taken to mean, for a person to read."""

    @property
    def own_terms(self) -> list[str]:
        """The terms of this question itself."""
        return [term for term, weight in self.weights.items() if weight >= 1]


@dataclass
class History:
    """The questions of a conversation so far, oldest first."""

    questions: list[str] = field(default_factory=list)


def interpret(question: str, history: History, encoder: Encoder, projection: Projection) -> Query:
    """The query for this question after those of `history`, which takes it in."""
    earlier = history.questions[-TURNS:]
    weights: dict[str, float] = {}
    for age, said in enumerate([question, *reversed(earlier)]):
        for term in terms(said):
            weights.setdefault(term, FADE**age)
    together = " ".join([*earlier, question])
    encoded = encoder.encode_questions([question, together] if earlier else [question])
    vector = unit(sum((LAST_TURN * unit(encoded[0].vector), unit(encoded[-1].vector)), np.zeros(1, np.float32)))
    words, word_terms = content_words(together, encoded[-1], projection)
    history.questions.append(question)
    carried = [said for said in earlier if any(weights.get(t, 0) < 1 for t in terms(said))]
    searched = question if not carried else f"{question}  (after: {carried[-1]})"
    return Query(question, vector, weights, words, [(t, weights[t]) for t in word_terms], searched)


def content_words(text: str, encoded: Encoded, projection: Projection) -> tuple[Matrix, list[str]]:
    """The vectors and the terms of a text's words that are no stop words, each term once, as last said."""
    spans = word_spans(text)
    vectors = projection.apply(pool_words(encoded, spans))
    last: dict[str, int] = {}
    for i, (start, end) in enumerate(spans[: len(vectors)]):
        for term in terms(text[start:end]):
            last[term] = i
    return vectors[list(last.values())], list(last)
