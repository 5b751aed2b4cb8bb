"""Does anything here answer? Each figure worked out by hand, the probability they make, and the bands."""

import math
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_bot.answers.refusing.confidence import (
    BIAS,
    REFUSE_BELOW,
    SURE_FROM,
    WEIGHTS,
    band,
    confidence,
    missing_words,
)
from qa_bot.answers.refusing.evidence import Evidence
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.index.lexical import LexicalIndex
from tests.answers.hand_made import ask, found, hit, lexical_index, stored
from tests.fake_encoder import FakeEncoder

ENCODER = FakeEncoder("cats", "dogs", "owls")
NOTHING = Evidence(**dict.fromkeys((field.name for field in fields(Evidence)), 0.0))


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
    assert min(WEIGHTS.gap, WEIGHTS.lead, WEIGHTS.matched, WEIGHTS.halfway, WEIGHTS.about) > 0
    assert min(WEIGHTS.sized_cosine, WEIGHTS.sized_weakest, WEIGHTS.sized_follows) > 0
    assert max(WEIGHTS.strays, WEIGHTS.asks, WEIGHTS.uncounted, WEIGHTS.size) < 0


def test_the_bands() -> None:
    assert band(0) == band(math.nextafter(REFUSE_BELOW, 0)) == "refused"
    assert band(REFUSE_BELOW) == band(math.nextafter(SURE_FROM, 0)) == "unsure"
    assert band(SURE_FROM) == band(1) == "answered"


def test_missing_words_are_told_as_typed_and_once(index: LexicalIndex) -> None:
    query = ask("Do Cats, pigs and dogs read letters in Paris or Walton? And pigs?", ENCODER, index)
    made = [hit(found(ENCODER, stored("The cat.", names="Walton", subject="letter")), query)]
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
