"""A question in its conversation becomes a query: what to look for, by meaning and by words.

Where a question leans on what was said before, that is carried along, weaker turn by turn. A name or a date replaces an earlier
one of the same kind ("in 2017" … "and in 2019?"), and an announced change of subject drops everything said before.
Nothing here changes the history: the answerer adds the turn once the answer is made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from qa_bot.answers.model import Answer, Searched
from qa_bot.answers.understanding.history import History, carried
from qa_bot.answers.understanding.names import calmed
from qa_bot.answers.understanding.question import Point, Question, asks_nothing
from qa_bot.answers.understanding.spelling import corrected
from qa_bot.index.engines import TermIndex
from qa_bot.language.analysis import terms, word_spans, words_in
from qa_bot.language.language import Language
from qa_bot.language.letters import folded
from qa_bot.models.encoder import Encoded, Encoder, Matrix
from qa_bot.models.word_vectors import Projection, pool_words, unit

# The weights below were set by hand, with conversations over the seeds and the sets of folders looked at; none was fitted. Where
# those conversations do not tell, the weight's comment names the behaviour or the public set that does.
FADE = 0.3
"""Factor on the words of a turn for each later turn."""
SLIGHT, SLIGHTLY = 1, 0.9
"""A turn with a pronoun, or with at most SLIGHT content words ("And who pays?"), continues the turn before: older words then
fade by SLIGHTLY instead of FADE."""
ASIDE = 0.5
"""Weight of words outside the sentence that asks."""
ALIAS = 0.4
"""Weight of the words of another name for the same thing (the long form of an acronym)."""
INSISTENCE = 3.0
"""Factor on what names count in a question of names alone: "And in 2019?" goes to the document of 2019, though the words of
the question before are nearer to another. Without this factor one follow-up over the folders gets the wrong document."""
STILL = 0.05
"""Words of earlier turns that would weigh no more than this are not carried. All others are shown as still asked about."""
TURNS = 8
"""Earlier turns that are looked at."""
ROOM = 100
"""Words of earlier turns, the last ones, that are encoded before the question: more would exceed a model's limit."""


class Lean(NamedTuple):
    """How much a question needs the questions before it."""

    carry: float
    """Weight of the words of the last question."""
    alone: float = 2.0
    """Weight of the question's own vector; that of the vector of all turns together is 1."""


BARE, POINTED, STANDING = Lean(1.0), Lean(0.3), Lean(0.0, alone=8.0)
"""For a question without content words of its own ("And in 2019?"); for one that points back ("Did they like it?"); for
one that needs no other and carries nothing; `alone` then weighs the sentence that asks against those around it."""

RECALLED = 4 * TURNS
"""Turns of a conversation held before that are taken in: the names of older turns tell next to nothing."""

AlsoCalled = Callable[[Question], Sequence[str]]
"""Other names for what a question asks about: the long forms of its acronyms, say."""


@dataclass(frozen=True, eq=False)
class Query:
    """What is looked for."""

    question: Question
    point: Point
    """The sentence that asks; with the questions before it, where it asks about a quote and nothing was quoted."""
    vector: Matrix
    """Unit length, shape (dimension,)."""
    weights: dict[str, float]
    """Terms and how much each counts: 1 for terms of this question, less for those of earlier turns."""
    names: dict[str, float]
    """Of these, the terms that name documents: who, where, when, which version."""
    insistence: float
    """Factor on what the names count: more than 1 where the question has no other words."""
    words: Matrix
    """Unit vectors of the content words, shape (n, word dimensions)."""
    word_terms: list[tuple[str, float]]
    """The term of each content word and how much it counts, length n."""
    written: dict[str, str]
    """Terms, and the words as they were written."""
    last_document: str | None
    """The document quoted last, where the question may go on about it."""
    quote: tuple[str, int] | None
    """Document and start of the last quote, where the question asks about nothing else ("Who said that?")."""
    bare: bool
    """Whether the question has no words of its own to look for ("Why?", "What did she do before?")."""
    searched: Searched
    """What the question was taken to mean, for a person to read."""
    said: Matrix
    """Unit vectors of all words of the sentence that asks, stop words too, shape (m, word dimensions)."""
    follows: bool
    """Whether questions before it count."""
    asked: str
    """The question as the reader takes it: with the question before it, unless it needs no other."""


def interpret(
    question: str,
    history: History,
    encoder: Encoder,
    projection: Projection,
    lexical: TermIndex,
    also_called: AlsoCalled = lambda question: (),
) -> Query:
    """The query for this question after the turns of `history`; `query.question` is the turn to add to them."""
    turn, alone = understood(question, encoder, lexical)
    leaning, language = lean(turn), lexical.language
    follows, quoted = bool(history.turns) and not turn.new_subject, None if turn.new_subject else history.quoted
    if turn.point.text != turn.text:
        alone = encoder.encode_questions([turn.point.text])[0]
    earlier, weights = weighed(turn, carried(turn, history.turns[-TURNS:]) if follows else [], leaning)
    also = [name for name in also_called(turn) if not set(terms(name, language)) <= weights.keys()]
    for term in terms(" ".join(also), language):
        weights.setdefault(term, ALIAS)
    together = " ".join([*" ".join([*earlier, *also]).split()[-ROOM:], turn.text])
    encoded = alone if together == turn.point.text else encoder.encode_questions([together])[0]
    words, its_terms = content_words(together, encoded, projection, weights, language)
    names = turn.name_terms.union(*(before.name_terms for before in history.turns))
    nothing_else = leaning is BARE and not turn.names and not turn.about_now
    searched = Searched(turn.text, tuple(also), still_about(turn, earlier, weights))
    return Query(
        question=turn,
        point=Point.read(together, lexical)
        if nothing_else and not quoted and together != turn.point.text
        else turn.point,
        vector=unit(leaning.alone * unit(alone.vector) + unit(encoded.vector)),
        weights=weights,
        names={term: weight for term, weight in weights.items() if term in names},
        insistence=INSISTENCE if leaning is BARE and turn.names else 1.0,
        words=words,
        word_terms=[(term, weights[term]) for term in its_terms],
        written=as_written([turn.text, *also, *earlier], language),
        last_document=quoted if follows and not turn.names else None,
        quote=(quoted, history.quoted_at) if quoted and nothing_else else None,
        bare=nothing_else,
        searched=searched,
        said=projection.apply(pool_words(alone, word_spans(turn.point.text))),
        follows=follows,
        asked=" ".join([*earlier, turn.text]),
    )


def understood(question: str, encoder: Encoder, lexical: TermIndex) -> tuple[Question, Encoded]:
    """The question, its letters spelt in one way and its typing errors corrected, and its encoding."""
    question = calmed(folded(question), lexical)
    encoded = encoder.encode_questions([question])[0]
    if (meant := corrected(question, encoded, lexical)) != question:
        encoded = encoder.encode_questions([meant])[0]
    return Question.read(meant, lexical), encoded


def recalled(answers: Sequence[Answer], encoder: Encoder, lexical: TermIndex) -> History:
    """The history of a conversation held before, its answers oldest first, as if it had been held here.

    Of turns more than RECALLED back only what was quoted is kept. Takes a few milliseconds a turn, for nothing is searched.
    """
    history = History()
    for left, answer in zip(range(len(answers), 0, -1), answers, strict=True):
        if left <= RECALLED and not asks_nothing(answer.question, lexical.language):
            history.take_in(understood(answer.question, encoder, lexical)[0], answer.answered)
        history.heard(answer)
    return history


def lean(turn: Question) -> Lean:
    """How much the question needs what was said before."""
    language = turn.language
    said = language.current.sub("", turn.text) if turn.about_now else turn.text
    # "How long?" and "Which year?" have no words but those that ask.
    own = terms(language.kinds["number"].sub("", language.kinds["time"].sub("", said)), language)
    if not set(own) - turn.name_terms - asides(language):
        return STANDING if language.defining.search(turn.text) else BARE
    return POINTED if language.pointing.search(turn.text) else STANDING


@cache
def asides(language: Language) -> frozenset[str]:
    """The terms that say nothing of a subject: they ask about a quote, or are only polite."""
    return frozenset(terms(" ".join(language.saying), language))


def refers_back(said: str, language: Language) -> bool:
    """Whether the subject is a pronoun: at most one word of the question's own stands before it.

    "How long does it take?" refers back, "Does the library lend its bikes?" does not.
    """
    found = language.referring.search(said)
    return found is not None and len(set(terms(said[: found.start()], language)) - empty_terms(language)) <= 1


@cache
def empty_terms(language: Language) -> frozenset[str]:
    """The terms that are never carried: asides, and words like "much"."""
    return asides(language) | frozenset(terms(" ".join(language.hollow), language))


def weighed(turn: Question, earlier: Sequence[str], leaning: Lean) -> tuple[list[str], dict[str, float]]:
    """Those of the earlier questions, oldest first, that are carried, and how much each term of all of them counts.

    A question that refers back ("How much does it cost?") goes on about the subject of the question before. The subject stays.
    What was asked about it in between is dropped, but for the last question where the new one has no words of its own.
    """
    weights = dict.fromkeys(turn.point.terms, 1.0)
    for term in turn.terms:
        weights.setdefault(term, 1.0 if term in turn.name_terms else ASIDE)
    kept: list[str] = []
    counts = leaning.carry
    for back, said in enumerate(reversed(earlier), 1):
        matter = [term for term in terms(said, turn.language) if term not in empty_terms(turn.language)]
        goes_on = back < len(earlier) and refers_back(said, turn.language)
        if matter and counts > STILL and (not goes_on or (leaning is BARE and not kept)):
            kept.append(said)
            for term in matter:
                weights.setdefault(term, counts)
        counts *= SLIGHTLY if goes_on or len(matter) <= SLIGHT else FADE
    return kept[::-1], weights


def still_about(turn: Question, earlier: Sequence[str], weights: Mapping[str, float]) -> tuple[str, ...]:
    """The words of earlier turns that still count and are none of the question's, as written, each once."""
    own = set(turn.terms)
    before = [word for said in earlier for word in words_in(said, turn.language)]
    return tuple(dict.fromkeys(w.text for w in before if any(t in weights and t not in own for t in w.terms)))


def as_written(texts: Sequence[str], language: Language) -> dict[str, str]:
    """The terms of these texts, each with the first word that has it."""
    words = [word for text in texts for word in words_in(text, language)]
    return {term: word.text for word in reversed(words) for term in word.terms}


def content_words(
    text: str, encoded: Encoded, projection: Projection, weights: Mapping[str, float], language: Language
) -> tuple[Matrix, list[str]]:
    """The vectors, shape (n, word dimensions), and the n terms of a text's content words, each term once, as last said.

    A term without a weight is left out.
    """
    words = words_in(text, language)
    vectors = projection.apply(pool_words(encoded, [word.at for word in words]))
    last: dict[str, int] = {}
    for i, word in enumerate(words[: len(vectors)]):
        for term in word.terms:
            if term in weights:
                last[term] = i
    return vectors[list(last.values())], list(last)
