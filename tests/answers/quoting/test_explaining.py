"""Why a quote was chosen and an answer believed: the very figures, in plain words."""

import json
import math
from dataclasses import fields

import pytest

from qa_bot.answers.model import Quote, WordMatch
from qa_bot.answers.quoting.explaining import SCORE
from qa_bot.answers.refusing.confidence import BIAS
from qa_bot.answers.refusing.evidence import Evidence
from qa_bot.answers.refusing.explaining import CONFIDENCE
from qa_bot.bot import Bot
from qa_bot.config import Settings

QUESTIONS = [
    "How is staff morale in North Tyneside?",
    "What is the current overall rating of children's services?",
    "How are employees feeling?",
    "What is the capital of France?",
]


@pytest.fixture(scope="module")
def bot(built: Settings) -> Bot:
    return Bot.open(built)


def matches(quote: Quote) -> dict[str, WordMatch]:
    assert quote.why is not None
    return {match.word: match for match in quote.why.words}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_parts_add_up_to_the_score_and_to_the_confidence(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    for quote in answer.quotes or answer.nearest:
        assert quote.why is not None
        assert sum(part.counts for part in quote.why.parts) == pytest.approx(quote.score, abs=1e-4)
        assert all(SCORE[part.name] == part.plain for part in quote.why.parts)
    odds = BIAS + sum(part.counts for part in answer.reasons)
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(answer.confidence, abs=1e-4)


def test_every_piece_of_evidence_is_told_in_plain_words() -> None:
    assert {*(field.name for field in fields(Evidence)), "words"} == set(CONFIDENCE)


def test_a_word_is_said_or_covered_by_the_document_or_close_or_missing(bot: Bot) -> None:
    morale, other, *_ = bot.ask(QUESTIONS[0]).quotes
    assert {word: match.how for word, match in matches(morale).items()} == dict.fromkeys(
        ("staff", "morale", "North", "Tyneside"), "said"
    )
    assert matches(other)["North"].how == "document"
    assert matches(other)["morale"].how == "missing"
    feeling = matches(bot.ask(QUESTIONS[2]).quotes[0])["employees"]
    assert (feeling.how, feeling.closest) == ("close", "workers")


def test_words_carried_over_are_told_from_those_of_the_question(bot: Bot) -> None:
    chat = bot.conversation()
    chat.ask(QUESTIONS[0])
    words = matches(chat.ask("And in South Tyneside?").quotes[0])
    assert words["South"].own
    assert not words["morale"].own


def test_the_explanation_is_no_part_of_the_json(bot: Bot) -> None:
    answer = bot.ask(QUESTIONS[0])
    data = json.loads(json.dumps(answer.to_json()))
    assert not {"why", "reasons"} & {*data, *data["quotes"][0]}
    assert answer == bot.ask(QUESTIONS[0])
