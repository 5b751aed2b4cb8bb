"""Does anything here answer? Each figure worked out by hand, the probability they make, and the bands."""

import math
from dataclasses import fields, replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_bot.answers.confidence import (
    BIAS,
    REFUSE_BELOW,
    SURE_FROM,
    WEIGHTS,
    Evidence,
    absent_numbers,
    band,
    confidence,
    evidence_of,
    matched,
    missing_words,
    said_whole,
    unknown_names,
)
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.store import Store
from tests.fakes import FakeEncoder

from .making import ask, found, hit, lexical_index, stored

ENCODER = FakeEncoder("cats", "dogs", "owls")
NOTHING = Evidence(**dict.fromkeys((field.name for field in fields(Evidence)), 0.0))


class Texts:
    """What is looked at of a store: the documents' texts."""

    def __init__(self, **texts: str):
        self._texts = texts

    def text(self, document: str) -> str:
        return self._texts.get(document, "")


def store(**texts: str) -> Store:
    return cast(Store, Texts(**texts))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return lexical_index(tmp_path, ("cats sleep", "Walton 2019", "letter"), "dogs", "owls")


def test_no_evidence_is_none() -> None:
    assert confidence(None) == 0


def test_the_logistic_of_the_weighted_figures() -> None:
    assert confidence(NOTHING) == pytest.approx(1 / (1 + math.exp(-BIAS)))
    one = confidence(replace(NOTHING, gap=1.0, strays=2.0))
    assert one == pytest.approx(1 / (1 + math.exp(-(BIAS + WEIGHTS.gap + 2 * WEIGHTS.strays))))


@given(st.sampled_from([field.name for field in fields(Evidence)]), st.floats(0, 3), st.floats(0, 3))
def test_the_probability_is_monotone_in_each_figure(name: str, a: float, b: float) -> None:
    low, high = (confidence(replace(NOTHING, **{name: x})) for x in sorted((a, b)))
    assert 0 <= min(low, high) <= max(low, high) <= 1
    assert (high - low) * getattr(WEIGHTS, name) >= 0


def test_what_speaks_for_and_against() -> None:
    assert min(WEIGHTS.gap, WEIGHTS.lead, WEIGHTS.cosine, WEIGHTS.matched, WEIGHTS.whole) > 0
    assert max(WEIGHTS.strays, WEIGHTS.asks) < 0


def test_the_bands() -> None:
    assert band(0) == band(math.nextafter(REFUSE_BELOW, 0)) == "refused"
    assert band(REFUSE_BELOW) == band(math.nextafter(SURE_FROM, 0)) == "unsure"
    assert band(SURE_FROM) == band(1) == "answered"


def test_the_figures_of_hits(index: LexicalIndex) -> None:
    query = ask("Do cats sleep?", ENCODER, index)
    made = [
        hit(found(ENCODER, stored(text, document=text)), query, score)
        for text, score in (("Cats sleep.", 0.9), ("Cats.", 0.6), ("Dogs.", 0.4))
    ]
    evidence = evidence_of(query, made, index, store())
    assert evidence is not None
    assert evidence.gap == pytest.approx(0.9 - (0.6 + 0.4) / 2)
    assert evidence.lead == pytest.approx(0.9 - 0.6)
    assert evidence.cosine == pytest.approx(made[0].cosine - (made[1].cosine + made[2].cosine) / 2)
    assert evidence.whole == 1
    assert (evidence.strays, evidence.asks) == (0, 0)
    assert evidence_of(query, [], index, store()) is None
    alone = evidence_of(query, made[:1], index, store())
    assert alone is not None
    assert (alone.gap, alone.lead, alone.cosine) == pytest.approx((0.9, 0.9, made[0].cosine))


def test_how_near_the_words_are_matched(index: LexicalIndex) -> None:
    query = ask("cats or dogs?", ENCODER, index)
    assert matched(query, hit(found(ENCODER, stored("Cats.")), query), index) == pytest.approx(0.5 * math.sqrt(2))
    assert matched(query, hit(found(ENCODER, stored("Dogs, cats.")), query), index) == pytest.approx(math.sqrt(2))
    of_walton = ask("cats in Walton?", ENCODER, index)
    about = hit(found(ENCODER, stored("Cats.", names="Walton")), of_walton)
    assert matched(of_walton, about, index) == pytest.approx(math.sqrt(2))
    nothing = ask("what is it?", ENCODER, index)
    assert matched(nothing, hit(found(ENCODER, stored("Cats.")), nothing), index) == 0


def test_whether_one_sentence_says_it_whole(index: LexicalIndex) -> None:
    query = ask("Do cats sleep in Walton?", ENCODER, index)
    assert said_whole(query, hit(found(ENCODER, stored("Cats sleep in Walton.")), query))
    assert said_whole(query, hit(found(ENCODER, stored("Cats sleep.", names="Walton")), query))
    assert not said_whole(query, hit(found(ENCODER, stored("Cats.", "Walton sleeps.")), query))
    one = ask("cats?", ENCODER, index)
    assert not said_whole(one, hit(found(ENCODER, stored("Cats.")), one))


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Do cats sleep in Paris?", ["Paris"]),
        ("Do cats sleep in Walton?", []),
        ("do cats sleep in paris?", []),  # nothing tells a name there
        ("Paris has cats?", []),  # nor at the start
        ("Hello. Paris has cats?", []),
        ("Do cats say “Paris”?", ["Paris"]),
        ("Do cats sleep in A Coruña?", ["Coruña"]),
        ("", []),
    ],
)
def test_unknown_names(index: LexicalIndex, question: str, unknown: list[str]) -> None:
    assert unknown_names(ask(question, ENCODER, index), index) == unknown


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("In 2019?", []),  # of the document
        ("In 2017?", []),  # in its text
        ("In 2016?", ["2016"]),
        ("Are 12 of 13 right?", ["13"]),
        ("Version 4.1.0 or 4.1?", ["4.1.0"]),
        ("In 201?", ["201"]),  # a part of a number is none
        ("What of b2b and s47?", []),  # words
        ("No number?", []),
    ],
)
def test_absent_numbers(index: LexicalIndex, question: str, absent: list[str]) -> None:
    query = ask(question, ENCODER, index)
    made = [hit(found(ENCODER, stored("Cats.", document="a", names="2019", title="Ours, 4.1")), query)]
    assert absent_numbers(query, made, store(a="Cats in 2017, 12 of them.")) == absent


def test_strays_count_names_and_numbers(index: LexicalIndex) -> None:
    def strays(question: str) -> float:
        query = ask(question, ENCODER, index)
        evidence = evidence_of(query, [hit(found(ENCODER, stored("Cats.")), query)], index, store())
        assert evidence is not None
        return evidence.strays

    assert strays("Are there cats?") == 0
    assert strays("Are there cats in Paris?") == strays("Are there cats in Paris or Rome?") == 1
    assert strays("Were there cats in Paris in 1999?") == 2


def test_missing_words_are_told_as_typed_and_once(index: LexicalIndex) -> None:
    query = ask("Do Cats, pigs and dogs read letters in Paris or Walton? And pigs?", ENCODER, index)
    made = [hit(found(ENCODER, stored("The cat.", names="Walton", scope="letter")), query)]
    assert missing_words(query, made) == ("pigs", "dogs", "read", "Paris")
    assert missing_words(query, []) == ("Cats", "pigs", "dogs", "read", "letters", "Paris", "Walton")


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "How do I reset my router's password?",
        "Who is the Prime Minister?",
        "How many foster carers are there in Gateshead?",
        "What happened in 1987?",
        "Wer ist der Chef der Behörde?",
    ],
)
def test_nothing_in_the_seeds_answers(built: Settings, question: str) -> None:
    with Bot.open(built) as bot:
        answer = bot.ask(question)
    assert (answer.answered, answer.band, answer.quotes) == (False, "refused", ())
    assert answer.nearest
    assert answer.missing
    assert answer.confidence < REFUSE_BELOW


def test_a_name_that_no_document_has_costs_confidence(built: Settings) -> None:
    with Bot.open(built) as bot:
        known, unknown = (bot.ask(f"How is staff morale in {place}?") for place in ("North Tyneside", "Gateshead"))
    assert known.confidence > unknown.confidence + 0.3
