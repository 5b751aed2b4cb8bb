"""What kind of thing a question asks for, and which sentences have something of that kind."""

import pytest

from qa_bot.answers.understanding.answer_type import answer_type_of, asks_exactly, offers
from qa_bot.language.language import AnswerType


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who is the Lead Member?", "person"),
        ("whose idea was it", "person"),
        ("Which author wrote it?", "person"),
        ("By whom was it said?", "person"),
        ("When was it?", "time"),
        ("In what year did it end?", "time"),
        ("How recently was it changed?", "time"),
        ("How many children?", "number"),
        ("HOW MUCH does it cost?", "number"),
        ("What percentage was timely?", "number"),
        ("Which version is it?", "number"),
        ("Where is it?", "place"),
        ("In which town?", "place"),
        ("Why did it fail?", "reason"),
        ("What caused it?", "reason"),
        ("How come?", "reason"),
        ("What needs to improve?", None),
        ("Can I change how many there are?", None),
        ("Can I know how many there are?", "number"),
        ("In which release of it was that?", "number"),
        ("And in 2019?", None),
        ("Tell me about the wholesale of clothes", None),
        ("", None),
    ],
)
def test_the_kind_asked_for(question: str, kind: AnswerType | None) -> None:
    assert answer_type_of(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "offered"),
    [
        ("person", "It was said by Ann Lee.", True),
        ("person", "It was said.", False),
        ("person", "Said so.", False),
        ("time", "It ended in 1998.", True),
        ("time", "It ended in march.", True),
        ("time", "It opens at 10:30.", True),
        ("time", "It ended.", False),
        ("number", "There were 12.", True),
        ("number", "There were twelve.", True),
        ("number", "There were some.", False),
        ("place", "It stands in Leeds.", True),
        ("place", "It stands in /etc/hosts now.", True),
        ("place", "It stands there.", False),
        ("reason", "It fell because of the rain.", True),
        ("reason", "It fell.", False),
        (None, "Ann Lee came to Leeds in 1998 because of 12 cats.", False),
    ],
)
def test_what_a_sentence_offers(kind: AnswerType | None, sentence: str, offered: bool) -> None:
    assert offers(sentence, kind, frozenset()) is offered


def test_the_words_asked_with_are_no_answer() -> None:
    assert not offers("It was in 1998.", "time", frozenset({"1998"}))
    assert not offers("Then came Ann.", "person", frozenset({"ann"}))
    assert offers("Then came Ann Lee.", "person", frozenset({"ann"}))


def test_the_first_word_that_asks_decides() -> None:
    assert answer_type_of("Which councillor spoke when the report came?") == "person"
    assert answer_type_of("When did the councillor who spoke resign?") == "time"


@pytest.mark.parametrize(
    ("question", "exactly"),
    [
        ("Who is the Lead Member?", True),
        ("What's the adviser's name?", True),
        ("His phone number?", True),
        ("Why did it fail?", False),
        ("What needs to improve?", False),
    ],
)
def test_something_exact(question: str, exactly: bool) -> None:
    assert asks_exactly(question, answer_type_of(question)) is exactly


@pytest.mark.parametrize(
    "sentence",
    ["1. Add pods", "At 12:30 it fell", "[it](http://a.b/c7)", "On 2019-03-22", "In 2019", "See https://a.b/7"],
)
def test_digits_that_count_nothing(sentence: str) -> None:
    assert not offers(sentence, "number", frozenset())
    assert offers(f"{sentence} 7", "number", frozenset())
