"""A follow-up in its context: what is carried from earlier questions, what takes whose place, and what drops it all."""

from pathlib import Path

import numpy as np
import pytest

from qa_bot.answers.model import Answer
from qa_bot.answers.understanding.history import History, carried
from qa_bot.answers.understanding.names import kind_of_name, names_in
from qa_bot.answers.understanding.query import RECALLED, Query, recalled
from qa_bot.answers.understanding.question import Question
from qa_bot.bot import Bot, Conversation
from qa_bot.config import Settings
from qa_bot.index.lexical import LexicalIndex
from qa_bot.language.english.questions import NEW_SUBJECT
from tests.answers.hand_made import ask, lexical_index
from tests.fake_encoder import FakeEncoder

ENCODER = FakeEncoder("cats", "dogs", "walton", "ashby")


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    names = ["Walton 2017", "Ashby 2019 March", "Ashby 2019", ""]
    return lexical_index(tmp_path, *(("cats and dogs sleep", name, "") for name in names))


def last(index: LexicalIndex, *questions: str, history: History | None = None) -> Query:
    """The query for the last of these questions."""
    history = history or History()
    *_, query = [ask(question, ENCODER, index, history) for question in questions]
    return query


def test_a_question_asked_first_is_only_itself(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep in Walton?")
    assert query.weights == {"cat": 1, "sleep": 1, "walton": 1}
    assert query.names == {"walton": 1}
    assert str(query.searched) == "Do cats sleep in Walton?"
    assert query.vector.tolist() == pytest.approx([0.5**0.5, 0, 0.5**0.5, 0])
    assert query.word_terms == [("cat", 1), ("sleep", 1), ("walton", 1)]
    assert query.last_document is None


def test_a_follow_up_carries_the_earlier_words_for_less(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep?", "And dogs?")
    assert [term for term, weight in query.weights.items() if weight == 1] == ["dog"]
    assert set(query.weights) == {"cat", "sleep", "dog"}
    assert 0 < query.weights["cat"] < 1
    assert 0 < query.vector[0] < query.vector[1]
    assert float(np.linalg.norm(query.vector)) == pytest.approx(1)


def test_earlier_words_fade_turn_by_turn(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep?", "And dogs?", "And in Walton?")
    assert 0 < query.weights["cat"] < query.weights["dog"] <= query.weights["walton"] == 1


def test_a_question_without_words_of_its_own_leans_most(index: LexicalIndex) -> None:
    bare = last(index, "Do cats sleep?", "And in Walton?").weights["cat"]
    pointing = last(index, "Do cats sleep?", "Do they eat?").weights["cat"]
    assert bare > pointing > 0
    standing = last(index, "Do cats sleep?", "Do dogs eat?")
    assert "cat" not in standing.weights
    assert str(standing.searched) == "Do dogs eat?"


def test_a_name_takes_the_place_of_a_name(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep in Walton?", "And in Ashby?")
    assert query.names == {"ashbi": 1}
    assert "walton" not in query.weights
    assert str(query.searched) == "And in Ashby? (still about: cats sleep)"


def test_a_year_takes_the_place_of_a_year_and_of_no_name(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep in Walton in 2017?", "And in 2019?")
    assert set(query.names) == {"walton", "2019"}
    assert query.names["2019"] == 1
    assert "2017" not in query.weights


def test_a_year_of_which_no_document_is_takes_a_place_too(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep in 1999?", "And in 2001?")
    assert "1999" not in query.weights
    assert query.weights["2001"] == 1
    assert str(query.searched) == "And in 2001? (still about: cats sleep)"


def test_the_name_in_between_counts(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep in Walton?", "And in Ashby?", "And dogs?")
    assert "ashbi" in query.weights
    assert "walton" not in query.weights


def test_the_same_name_again_stays(index: LexicalIndex) -> None:
    earlier = [Question.read("Do cats sleep in Walton?", index)]
    assert carried(Question.read("And dogs in Walton?", index), earlier) == ["Do cats sleep in Walton?"]
    assert carried(Question.read("And in Ashby?", index), earlier) == ["Do cats sleep in ?"]


def test_kinds_of_names() -> None:
    assert [kind_of_name(name) for name in ("2019", "March", "march", "4", "Walton", "MASH")] == [
        *["time"] * 4,
        "name",
        "name",
    ]


def test_names_are_those_of_the_documents(index: LexicalIndex) -> None:
    assert names_in("Do Cats sleep in Walton or Paris in March 2019?", index) == ["Walton", "Paris", "March", "2019"]
    assert names_in("do cats sleep in walton", index) == ["walton"]
    assert names_in("Do cats sleep in walton", index) == []


@pytest.mark.parametrize(
    "change",
    [
        "Let's change the subject. Do dogs eat?",
        "On a different topic: do dogs eat?",
        "New question: do dogs eat?",
        "Moving on, do dogs eat?",
        "Forget about that. Do dogs eat?",
        "Something completely different: do dogs eat?",
        "Enough about cats! Do dogs eat?",
        "Let me ask you something else. Do dogs eat?",
    ],
)
def test_an_announced_change_of_subject_drops_what_was_said(index: LexicalIndex, change: str) -> None:
    history = History()
    last(index, "Do cats sleep in Walton?", history=history)
    history.quoted = "walton.txt"
    query = last(index, change, history=history)
    assert not {"sleep", "walton"} & set(query.weights)
    assert str(query.searched) == change
    assert query.last_document is None
    later = last(index, "And in Ashby?", history=history)
    assert not {"sleep", "walton"} & set(later.weights)
    assert later.last_document is None


@pytest.mark.parametrize(
    "question",
    ["What changes the weather?", "And the subject of the letter?", "Is this new?", "Did she say something else?"],
)
def test_what_announces_no_change_of_subject(question: str) -> None:
    assert not NEW_SUBJECT.search(question)


def test_the_document_quoted_last_is_the_subject_unless_another_is_named(index: LexicalIndex) -> None:
    history = History()
    last(index, "Do cats sleep?", history=history)
    history.quoted = "walton.txt"
    assert last(index, "When was that?", history=history).last_document == "walton.txt"
    assert last(index, "And in Ashby?", history=history).last_document is None


# Over the seeds, with the real model.

LETTER = "003_7a3598a8e012728e.txt"
IMPROVE = "What needs to improve in South Tyneside's social work practice?"


@pytest.fixture(scope="module")
def bot(built: Settings) -> Bot:
    return Bot.open(built)


def turns(bot: Bot, *questions: str) -> list[Answer]:
    chat: Conversation = bot.conversation()
    return [chat.ask(question) for question in questions]


def test_another_place(bot: Bot) -> None:
    north, south = turns(bot, "How is staff morale in North Tyneside?", "And in South Tyneside?")
    assert "morale is high" in north.quotes[0].text
    assert south.quotes[0].document != north.quotes[0].document
    assert "South Tyneside" in south.quotes[0].text
    assert "morale" in south.searched
    assert "North" not in south.searched


def test_another_year(bot: Bot) -> None:
    _, then = turns(bot, "What was found at the inspection in South Tyneside in 2017?", "and in 2019?")
    assert then.quotes[0].document == LETTER
    assert "2017" not in then.searched
    assert "South Tyneside" in then.searched


def test_the_letter_of_2019_as_a_follow_up(bot: Bot) -> None:
    improve, then = turns(bot, IMPROVE, "And in 2019?")
    assert improve.quotes[0].document == LETTER
    assert then.answered
    assert then.quotes[0].document == LETTER


def test_nothing_answers_in_a_later_turn_either(bot: Bot) -> None:
    *_, last = turns(bot, IMPROVE, "And in 2019?", "What is the capital of France?")
    assert not last.answered
    assert last.quotes == ()
    assert "France" in last.missing


@pytest.mark.parametrize(
    "question",
    [
        "How is staff morale in North Tyneside?",
        "Who carried out the focused visit to South Tyneside?",
        "How many children has the Families First service worked with?",
        "What did Councillor Adam Ellison say about the workforce?",
        "What is the theme of the John Lewis Christmas advert?",
        "Is there a specialist service for children experiencing domestic abuse?",
    ],
)
@pytest.mark.parametrize("before", [IMPROVE, "How are adoption services rated?"])
def test_a_question_that_stands_alone_is_answered_as_if_asked_first(bot: Bot, before: str, question: str) -> None:
    alone, after = bot.ask(question), turns(bot, before, question)[-1]
    assert (after.quotes[0].document, after.quotes[0].text) == (alone.quotes[0].document, alone.quotes[0].text)


def test_after_a_change_of_subject_all_is_as_if_asked_first(bot: Bot) -> None:
    change = "New topic: what did Moira Smith say?"
    alone, after = turns(bot, change, "When?"), turns(bot, IMPROVE, "And in 2017?", change, "When?")[-2:]
    assert [(a.searched, a.quotes, a.nearest, a.confidence) for a in after] == [
        (a.searched, a.quotes, a.nearest, a.confidence) for a in alone
    ]


@pytest.mark.parametrize(
    "questions",
    [
        (
            "What needs to improve in South Tyneside's social work practice?",
            "And in 2019?",
            "What is the capital of France?",
            "How do socail workers feel?",
        ),
        ("Who is the Lead Member?", "Something else: how is morale in North Tyneside?", "Who said that?"),
    ],
)
def test_a_conversation_held_before_goes_on_as_if_it_had_been_held_here(
    built: Settings, questions: tuple[str, ...]
) -> None:
    with Bot.open(built) as bot:
        live = bot.conversation("c")
        earlier = [live.ask(question) for question in questions]
        resumed = bot.conversation("c", earlier=earlier)
        for follow_up in ("And in North Tyneside?", "When was that?", "Who wrote it?"):
            assert resumed.ask(follow_up) == live.ask(follow_up)
            assert resumed._history == live._history
        assert bot.conversation("c").ask("And in 2017?") != bot.conversation("c", earlier=earlier).ask("And in 2017?")


def test_of_a_long_conversation_held_before_the_last_turns_are_taken_in(index: LexicalIndex) -> None:
    questions = [f"Do cats sleep in {place}?" for place in ["Ashby", "Walton"] * RECALLED]
    answers = [Answer("c", question, question, answered=True, confidence=0.9) for question in questions]
    live = History()
    for question in questions:
        ask(question, ENCODER, index, live)
    resumed = recalled(answers, ENCODER, index)
    assert resumed.turns == live.turns[-RECALLED:]
    after = [ask("And dogs?", ENCODER, index, history) for history in (live, resumed)]
    assert after[0].weights == after[1].weights
    assert after[0].names == after[1].names


def test_words_that_only_ask_are_not_carried(index: LexicalIndex) -> None:
    query = last(index, "Do cats sleep?", "Who said that?", "Something else: thanks", "And in Ashby?")
    assert not {"said", "thank"} & set(query.weights)


def test_an_anecdote_before_the_question_is_no_part_of_it(index: LexicalIndex) -> None:
    query = last(index, "I was in Rome with 300 owls, anyway: do cats sleep in Walton?")
    assert query.point.text == "do cats sleep in Walton?"
