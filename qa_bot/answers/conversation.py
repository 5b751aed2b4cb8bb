"""A question in its conversation becomes a query: what to look for, by meaning and by words.

What was said before is carried along, weaker turn by turn; a name or a date of the same kind takes the place of an earlier
one ("in 2017" … "and in 2019?"), and an announced change of subject drops all of it.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_bot.index.bert import Encoded, Matrix
from qa_bot.index.embedding import Encoder
from qa_bot.index.lexical import LexicalIndex, terms
from qa_bot.index.words import WORD, Projection, pool_words, unit, word_spans

FADE = 0.3
"""A word last said k turns ago counts FADE^k."""
LAST_TURN = 2.0
"""Weight of the last turn's vector against that of all turns together."""
TURNS = 8
"""How many turns back are looked at."""

MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
NEW_SUBJECT = re.compile(
    r"\b(?:(?:different|another|new|next|other|unrelated|separate)\s+(?:topic|subject|question|note|matter|thing)"
    r"|(?:change|changing|switch|switching)\s+(?:of\s+|the\s+)?(?:topic|subject)s?"
    r"|something\s+(?:\w+\s+)?(?:else|different|new)|moving\s+on|enough\s+(?:of|about)|forget\s+(?:about\s+)?(?:that|it|this))\b",
    re.IGNORECASE,
)
"""Words with which people announce that the question has nothing to do with the last one."""


@dataclass(frozen=True, eq=False)
class Query:
    """What is looked for."""

    question: str
    vector: Matrix
    """Unit length, shape (dimension,)."""
    weights: dict[str, float]
    """Terms and how much each counts: 1 for those of this question, less for those of earlier turns."""
    names: dict[str, float]
    """Those of the terms that name documents: who, where, when, which version."""
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


@dataclass(frozen=True)
class Turn:
    """A question as it was asked, and the words of it that name documents."""

    question: str
    names: tuple[str, ...]
    """As written."""


@dataclass
class History:
    """The turns of a conversation so far, oldest first."""

    turns: list[Turn] = field(default_factory=list)


def interpret(
    question: str, history: History, encoder: Encoder, projection: Projection, lexical: LexicalIndex
) -> Query:
    """The query for this question after those of `history`, which takes it in."""
    turn = Turn(question, tuple(names_in(question, lexical)))
    earlier = [] if NEW_SUBJECT.search(question) else carried(turn, history.turns[-TURNS:])
    weights: dict[str, float] = {}
    for age, said in enumerate([question, *reversed(earlier)]):
        for term in terms(said):
            weights.setdefault(term, FADE**age)
    together = " ".join([*earlier, question])
    encoded = encoder.encode_questions([question, together] if earlier else [question])
    vector = unit(LAST_TURN * unit(encoded[0].vector) + unit(encoded[-1].vector))
    words, word_terms = content_words(together, encoded[-1], projection)
    names = {t for said in [*(t.names for t in history.turns), turn.names] for name in said for t in terms(name)}
    history.turns.append(turn)
    return Query(
        question,
        vector,
        weights,
        {t: w for t, w in weights.items() if t in names},
        words,
        [(t, weights[t]) for t in word_terms],
        f"{question}  (after: {earlier[-1]})" if earlier else question,
    )


def names_in(question: str, lexical: LexicalIndex) -> list[str]:
    """The words of the question that name some documents and not others, as written.

    A writer who uses capitals writes names with them; one who uses none may mean a name by any word that is one.
    """
    small = question == question.lower()
    return [
        word
        for word in WORD.findall(question)
        if (small or word[0].isupper() or word[0].isdigit()) and any(lexical.name_idf(t) for t in terms(word))
    ]


def carried(turn: Turn, earlier: Sequence[Turn]) -> list[str]:
    """The earlier questions, oldest first, without the names whose place a later one has taken."""
    taken = {kind(name) for name in turn.names}
    kept: list[str] = []
    for before in reversed(earlier):
        kept.append(without(before.question, {n for n in before.names if kind(n) in taken and n not in turn.names}))
        taken |= {kind(name) for name in before.names}
    return kept[::-1]


def without(question: str, gone: set[str]) -> str:
    """The question less these words."""
    return " ".join(WORD.sub(lambda match: "" if match[0] in gone else match[0], question).split())


def kind(name: str) -> str:
    """Names take the place of names of their own kind: times and numbers, or all others."""
    return "time" if name.lower() in MONTHS or name[0].isdigit() else "name"


def content_words(text: str, encoded: Encoded, projection: Projection) -> tuple[Matrix, list[str]]:
    """The vectors and the terms of a text's words that are no stop words, each term once, as last said."""
    spans = word_spans(text)
    vectors = projection.apply(pool_words(encoded, spans))
    last: dict[str, int] = {}
    for i, (start, end) in enumerate(spans[: len(vectors)]):
        for term in terms(text[start:end]):
            last[term] = i
    return vectors[list(last.values())], list(last)
