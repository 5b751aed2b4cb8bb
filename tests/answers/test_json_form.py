"""Answers read back from their JSON."""

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from qa_bot.answers.json_form import ANSWER, QUOTE, answer_of
from qa_bot.answers.model import Answer, Quote, Searched
from qa_bot.answers.quoting.checking import FilesRead
from qa_bot.bot import Bot
from qa_bot.config import Settings

QUESTIONS = ("What needs to improve in South Tyneside?", "What is the capital of France?", " ")


@pytest.fixture(scope="module")
def answers(built: Settings) -> list[dict[str, Any]]:
    with Bot.open(built) as bot:
        return [bot.ask(question).to_json() for question in QUESTIONS]


def test_an_answer_comes_back_as_it_was(built: Settings, answers: list[dict[str, Any]]) -> None:
    with Bot.open(built) as bot:
        for question, data in zip(QUESTIONS, answers, strict=True):
            assert answer_of(json.loads(json.dumps(data))) == bot.ask(question)


ESSENTIAL = {"question", "answered", "confidence", "document", "start", "end", "text"}
"""An answer or a quote without one of these is none."""


@pytest.mark.parametrize("name", [field.name for field in fields(Answer)])
def test_an_answer_of_a_version_that_lacked_a_field_can_be_read(answers: list[dict[str, Any]], name: str) -> None:
    for data in answers:
        less = {key: value for key, value in data.items() if key != name}
        if name in ESSENTIAL:
            with pytest.raises(ValueError, match="not an answer"):
                answer_of(less)
        else:
            assert answer_of(less).question == data["question"]


@pytest.mark.parametrize("name", [field.name for field in fields(Quote)])
def test_a_quote_of_a_version_that_lacked_a_field_can_be_read(answers: list[dict[str, Any]], name: str) -> None:
    first, *others = answers[0]["quotes"]
    data = answers[0] | {"quotes": [{key: value for key, value in first.items() if key != name}, *others]}
    if name in ESSENTIAL:
        with pytest.raises(ValueError, match="not an answer"):
            answer_of(data)
    else:
        assert answer_of(data).quotes[0].text == first["text"]


def test_every_field_of_the_json_is_read(answers: list[dict[str, Any]]) -> None:
    assert set(ANSWER) == set(answers[0])
    assert set(QUOTE) == {*answers[0]["quotes"][0], "place"}


def test_what_was_searched_is_read_in_parts() -> None:
    searched = Searched("And in Ashby?", also=("town hall", "TH"), still=("cats", "sleep"))
    made = Answer("c", "And in Ashbi?", str(searched), True, 0.9, understood=searched)
    assert made.searched == "And in Ashby? (also: town hall, TH) (still about: cats sleep)"
    data = json.loads(json.dumps(made.to_json()))
    assert answer_of(data) == made
    del data["understood"]
    assert answer_of(data) == replace(made, understood=None)
    assert "understood" not in answer_of(data).to_json()


def test_one_of_a_later_version_is_understood(answers: list[dict[str, Any]]) -> None:
    later = answers[0] | {"mood": "good", "band": "exalted"}
    assert answer_of(later).quotes == answer_of(answers[0]).quotes
    assert answer_of(later).band == "answered"


@pytest.mark.parametrize(
    "change",
    [
        {"quotes": None},
        {"quotes": [{}]},
        {"quotes": ["words"]},
        {"question": 3},
        {"confidence": "high"},
        {"nearest": {}},
    ],
)
def test_what_is_no_answer_is_refused(answers: list[dict[str, Any]], change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        answer_of(answers[0] | change)
    others: tuple[Any, ...] = (change, [], "answer", None)
    for other in others:
        with pytest.raises(ValueError, match="not an answer"):
            answer_of(other)


@pytest.mark.parametrize("place", [{"start": -1}, {"end": 0}, {"line": "first"}, {"also_in": [1]}])
def test_what_is_no_quote_is_refused(answers: list[dict[str, Any]], place: dict[str, Any]) -> None:
    quote = answers[0]["quotes"][0] | place
    with pytest.raises(ValueError, match="not a"):
        answer_of(answers[0] | {"quotes": [quote]})


def test_a_file_is_looked_for_in_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "open.txt").write_text("open")
    files = FilesRead(tmp_path / "seeds")
    assert files.state("open.txt", 0, "open") == "verbatim"
    assert files.state("open.txt", 0, "shut") == "changed"
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "sub/../../secret.txt", "a\0b.txt", "", "no.txt"):
        assert files.state(name, 0, "secret") in ("gone", "changed"), name
