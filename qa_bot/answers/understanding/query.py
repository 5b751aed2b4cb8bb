"""A question in its conversation becomes a query: what to look for, by meaning and by words.

What was said before is carried along, weaker turn by turn; a name or a date of the same kind takes the place of an earlier
one ("in 2017" … "and in 2019?"), and an announced change of subject drops all of it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa_bot.answers.model import Answer
from qa_bot.answers.understanding.history import NEW_SUBJECT, History, Turn, carried, names_in
from qa_bot.answers.understanding.spelling import corrected
from qa_bot.answers.understanding.timeframe import CURRENT
from qa_bot.index.lexical import LexicalIndex
from qa_bot.language.analysis import WORD, terms, word_spans
from qa_bot.models.encoder import Encoded, Encoder, Matrix
from qa_bot.models.word_vectors import Projection, pool_words, unit

FADE = 0.3
"""What a word counts for each turn further back."""
SLIGHT, SLIGHTLY = 1, 0.9
"""Over a turn of so few words of its own ("And who pays it?"), which only goes on about those before it, they fade less."""
ASIDE = 0.5
"""What a word counts that stands in another sentence of the question than the one that asks."""
ALIAS = 0.4
"""What a word of another name for the same thing counts (the long form of an acronym)."""
INSISTENCE = 3.0
"""How much more names count in a question of names alone ("And in 2019?")."""
TURNS = 8
"""How many turns back are looked at."""
ROOM = 100
"""Words of earlier turns, the last ones, that are encoded before the question; more would push it beyond a model's limit."""

POINTING = re.compile(
    r"^\s*(?:and|but|so|or|then|also|ok(?:ay)?|what about|how about|why|when|where|who)\b[^\w]*\s*\S*\s*\S*[?.]?\s*$"
    r"|^\s*(?:and|but|so|or|then|also)\b"
    r"|\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|one|ones|other|others|same|too"
    r"|instead|else)\b",
    re.IGNORECASE,
)
"""Words by which a question leans on what was said before."""


DEFINING = re.compile(
    r"^\W*(?i:what|who)(?:['’]s|\s+(?:is|are|was|were))\s+(?:(?:a|an|the)\s+)?(?!(?:[Ii]t|[Tt]hat|[Tt]his|[Tt]he(?:re|y|se)|[Hh]e|[Ss]he)\b)[A-Z]"
)
"""Asks what a name is ("What is the MASH?"): that stands by itself, though it has no other words."""


class Lean(NamedTuple):
    """How a question stands to those before it."""

    carry: float
    """What the words of the last question count."""
    alone: float
    """Weight of the question's own vector against that of all turns together."""


BARE, POINTED, STANDING = Lean(1.0, 0.5), Lean(0.3, 2.0), Lean(0.05, 8.0)
"""Without content words of its own ("And in 2019?"); pointing back ("Did they like it?"); standing by itself."""


SAYING = frozenset(
    terms(
        "say says said tell told write wrote written mean means meant happen happened mention mentioned matter matters"
        " thanks thank please hello hi sorry okay"
    )
)
"""Words that ask about a quote, or are only polite, and say nothing of its matter."""

RECALLED = 4 * TURNS
"""How many turns of a conversation held before are taken in: the names of those further back tell next to nothing."""


@dataclass(frozen=True, eq=False)
class Query:
    """What is looked for."""

    question: str
    point: str
    """The sentence of it that asks; with the questions before, where it asks about a quote and there is none."""
    vector: Matrix
    """Unit length, shape (dimension,)."""
    weights: dict[str, float]
    """Terms and how much each counts: 1 for those of this question, less for those of earlier turns."""
    names: dict[str, float]
    """Those of the terms that name documents: who, where, when, which version."""
    insistence: float
    """How much more than usual its names count: a question that says nothing else insists on them."""
    words: Matrix
    """Unit vectors of its content words, shape (n, word dimensions)."""
    word_terms: list[tuple[str, float]]
    """The term of each of these words and how much it counts."""
    subject: str | None
    """The document quoted last, where the question may go on about it."""
    quote: tuple[str, int] | None
    """Document and start of the quote just shown, where the question is about nothing else ("Who said that?")."""
    searched: str
    """What the question was taken to mean, for a person to read."""
    said: Matrix
    """Unit vectors of all words of the question itself, stop words too, shape (n, word dimensions)."""
    follows: bool
    """Whether questions before it count."""


def interpret(
    question: str,
    history: History,
    encoder: Encoder,
    projection: Projection,
    lexical: LexicalIndex,
    also_called: Callable[[str], Sequence[str]] = lambda question: (),
) -> Query:
    """The query for this question after those of `history`, which takes it in.

    `also_called` tells other names for what a question asks about: the long forms of its acronyms, say.
    """
    turn, alone = understood(question, encoder, lexical)
    question = turn.question
    own_names = {t for name in turn.names for t in terms(name)}
    earlier = [] if NEW_SUBJECT.search(question) else carried(turn, history.turns[-TURNS:])
    leaning = lean(turn)
    point = main_sentence(question)
    if point != question:
        alone = encoder.encode_questions([point])[0]
    weights = dict.fromkeys(terms(point), 1.0)
    for term in terms(question):
        weights.setdefault(term, 1.0 if term in own_names else ASIDE)
    counts = leaning.carry
    for said in reversed(earlier):
        matter = [term for term in terms(said) if term not in SAYING]
        for term in matter:
            weights.setdefault(term, counts)
        counts *= FADE if len(matter) > SLIGHT else SLIGHTLY
    also = [name for name in also_called(question) if not set(terms(name)) <= weights.keys()]
    for term in terms(" ".join(also)):
        weights.setdefault(term, ALIAS)
    together = " ".join([*" ".join([*earlier, *also]).split()[-ROOM:], question])
    encoded = alone if together == point else encoder.encode_questions([together])[0]
    vector = unit(leaning.alone * unit(alone.vector) + unit(encoded.vector))
    words, word_terms = content_words(together, encoded, projection, weights)
    names = own_names | {t for before in history.turns for name in before.names for t in terms(name)}
    history.take_in(turn)
    nothing_else = leaning is BARE and not turn.names and not CURRENT.search(question)
    return Query(
        question,
        together if nothing_else and not history.quoted else point,
        vector,
        weights,
        {t: w for t, w in weights.items() if t in names},
        INSISTENCE if leaning is BARE and turn.names else 1.0,
        words,
        [(t, weights[t]) for t in word_terms],
        history.quoted if earlier and not turn.names else None,
        (history.quoted, history.quoted_at) if history.quoted and nothing_else else None,
        searched(question, earlier, weights, also),
        projection.apply(pool_words(alone, word_spans(point))),
        bool(earlier),
    )


def understood(question: str, encoder: Encoder, lexical: LexicalIndex) -> tuple[Turn, Encoded]:
    """The question with its typing errors corrected and its names known, and as the model sees it."""
    encoded = encoder.encode_questions([question])[0]
    if (meant := corrected(question, encoded, lexical)) != question:
        encoded = encoder.encode_questions([meant])[0]
    return Turn(meant, tuple(names_in(meant, lexical))), encoded


def recall(answers: Sequence[Answer], history: History, encoder: Encoder, lexical: LexicalIndex) -> None:
    """Take in turns of before, oldest first, as if they had been asked here; questions long past leave no trace but what
    was quoted. A few milliseconds each, for nothing is searched."""
    for left, answer in zip(range(len(answers), 0, -1), answers, strict=True):
        if left <= RECALLED and answer.question.strip():
            history.take_in(understood(answer.question, encoder, lexical)[0])
        history.heard(answer)


def main_sentence(question: str) -> str:
    """The sentence that asks, where others around it only tell a story; the whole question where it is one sentence."""
    sentences = re.split(
        r"(?<=[.!?])\s+|\banyways?\b[\s,:;–—-]*", NEW_SUBJECT.sub("", question).strip(" ,;:.-") or question
    )
    sentences = [s for s in sentences if s.strip()] or [question]
    asking = [s for s in sentences if s.endswith("?") and len(terms(s)) > 1]
    return asking[-1] if asking and len(sentences) > 1 else sentences[0] if len(sentences) == 1 else question


def searched(question: str, earlier: Sequence[str], weights: dict[str, float], also: Sequence[str]) -> str:
    """The question as it was taken, with what it is also called and the words of the one before that still count."""
    own = set(terms(question))
    before = [word for said in earlier for word in WORD.findall(said)]
    still = dict.fromkeys(w for w in before if any(weights.get(t, 0) > 0.1 and t not in own for t in terms(w)))
    return " ".join(
        [
            question,
            *([f"(also: {', '.join(also)})"] if also else []),
            *([f"(still about: {' '.join(still)})"] if still else []),
        ]
    )


def lean(turn: Turn) -> Lean:
    """How much of what was said before the question needs."""
    names = {term for name in turn.names for term in terms(name)}
    if not set(terms(CURRENT.sub("", turn.question))) - names - SAYING:
        return STANDING if DEFINING.search(turn.question) else BARE
    return POINTED if POINTING.search(turn.question) else STANDING


def content_words(
    text: str, encoded: Encoded, projection: Projection, weights: Mapping[str, float]
) -> tuple[Matrix, list[str]]:
    """The vectors and the terms of a text's words that are no stop words, each term once, as last said.

    Only terms that have a weight: a letter with an accent of its own is cut here, not by the lexical index.
    """
    spans = word_spans(text)
    vectors = projection.apply(pool_words(encoded, spans))
    last: dict[str, int] = {}
    for i, (start, end) in enumerate(spans[: len(vectors)]):
        for term in terms(text[start:end]):
            if term in weights:
                last[term] = i
    return vectors[list(last.values())], list(last)
