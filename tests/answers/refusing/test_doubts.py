"""A floor of honesty: words that lack what is asked for, or are of another place or year, are never handed out as sure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_bot.answers.model import Answer
from qa_bot.answers.refusing.confidence import DOUBTED, SURE_FROM
from qa_bot.answers.refusing.doubts import LACKS, tells, whole
from qa_bot.answers.understanding.question import Question
from qa_bot.bot import Bot, open_bot
from qa_bot.index.lexical import LexicalIndex
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import AnswerType
from qa_bot.showing.citation import warning
from qa_bot.showing.markdown import answer_parts
from tests.answers.hand_made import ask, lexical_index
from tests.fake_encoder import FakeEncoder

TELLS: dict[AnswerType, tuple[str, str]] = {
    "time": (
        "It opens at nine.|The baths reopen in spring.|They come every Friday.|Once the form is signed."
        "|Within 28 days.|At the end of term."
        "|The fair is on the 3rd.|Before the tide turns.",
        "The baths are for members.|Bring a towel.|The lock is said to be poisoned.|Nobody knows."
        "|The ferry is red.|See the notice.",
    ),
    "reason": (
        "It was shut to save money.|It sank because of ice.|As the key was lost, they left."
        "|To prevent flooding.|This led to delay.|For safety.",
        "The baths are closed.|It sank.|The key hung by the door.|They left the island."
        "|Winter opening hours changed.|Retired one keeper.",
    ),
    "person": (
        "The late Ada Holm built it.|It is run by volunteers.|Ask the harbour office.|They decide."
        "|Our treasurer pays.|The board votes.",
        "Launches dropped.|Paper copies are shredded.|The red side is safer.|A session is held."
        "|Warm-ups stay the same.|Nothing changed.",
    ),
    "number": (
        "There are forty desks.|It takes two weeks.|A single room.|Both were sold.|It costs 4 pounds."
        "|Reports are due monthly.",
        "The rooms are large.|Grants were sought.|Use a locktime.|Larger clusters need more disks."
        "|Inactive members left.|See below.",
    ),
    "place": (
        "It hangs behind the door.|Sent to Oslo.|Kept on the shelf.|See docs/plan.md.|Here.|It ends near the mill.",
        "Kate had a keynote!|The key is red.|Nobody knows.|They met.|It was lost.|Bring a towel.",
    ),
}
"""For each kind: sentences that tell such a thing, however vaguely, and sentences that do not."""
ASKED = {"time": "When?", "reason": "Why?", "person": "Who?", "number": "How many?", "place": "Where?"}

ENCODER = FakeEncoder("cats", "dogs", "owls")


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return lexical_index(tmp_path, ("cats sleep", "Walton 2019", "letter"), "dogs", "owls")


@pytest.mark.parametrize("kind", TELLS)
def test_signs_of_what_is_asked_for(kind: AnswerType, index: LexicalIndex) -> None:
    query = ask(ASKED[kind], ENCODER, index)
    told, not_told = (said.split("|") for said in TELLS[kind])
    assert [said for said in told if not tells(query, said, kind)] == []
    assert [said for said in not_told if tells(query, said, kind)] == []


def test_the_question_s_own_words_tell_nothing(index: LexicalIndex) -> None:
    assert not tells(ask("Which team drafted the policy before the team left?", ENCODER, index), "The team.", "person")
    assert not tells(ask("When is the review after the storm?", ENCODER, index), "After the storm.", "time")


PRICES = (
    "How much does a swim cost?|What is the entry fee?|What are the prices?|How much is it?"
    "|What was its budget?|What do towels cost?"
)
NO_PRICES = "How much snow fell?|What does the fee cover?|Who sets the price?|Why is it dear?|Is it free?"


def test_questions_for_a_price() -> None:
    assert [said for said in PRICES.split("|") if not ENGLISH.price.search(said)] == []
    assert [said for said in NO_PRICES.split("|") if ENGLISH.price.search(said)] == []


TIMES = (
    "When did it open?|And when?|Since when?|By when must I pay?|It leaks, when was it mended?"
    "|when will it be|Who came, and when?"
)
NO_TIMES = (
    "What happens when it rains?|How is it when frozen?|What did he owe when it comes to tax?"
    "|Do users hear when it is on?|What if, when low?"
)


def test_a_when_inside_a_sentence_asks_for_no_time(index: LexicalIndex) -> None:
    kinds = {said: Question.read(said, index).point.answer_type for said in f"{TIMES}|{NO_TIMES}".split("|")}
    assert [said for said in TIMES.split("|") if kinds[said] not in ("time", "person")] == []
    assert [said for said in NO_TIMES.split("|") if kinds[said] == "time"] == []


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("South", "Is South Shields near?", "South Shields"),
        ("Shields", "Is South Shields near?", "South Shields"),
        ("2019", "What of Walton in 2019?", "2019"),
        ("walton", "is walton near?", "walton"),
        ("Holm", "Did Ada Holm-Berg row?", "Ada Holm-Berg"),
        ("Walton", "Walton?", "Walton"),
    ],
)
def test_a_name_is_told_whole(name: str, question: str, expected: str) -> None:
    assert whole(name, question) == expected


EASTON = """# Easton baths

The Easton baths open at nine in the morning. They are closed on Monday.

The Easton baths have a sauna beside the pool. The old boiler was replaced.
"""
WESTON = """# Weston ferry

The Weston ferry crosses the river every hour. The Weston ferry is run by the harbour office.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("towns")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "easton.md").write_text(EASTON, encoding="utf-8")
    (folder / "seeds" / "weston.md").write_text(WESTON, encoding="utf-8")
    with open_bot(folder / "seeds", folder / "index") as opened:
        yield opened


def held(answer: Answer) -> bool:
    """Whether the answer is either refused or given with its doubts, as unsure."""
    return not answer.answered or (answer.band == "unsure" and bool(answer.doubts))


@pytest.mark.parametrize(
    "question",
    [
        "Why was the old boiler replaced?",
        "How many boilers were replaced?",
        "Who replaced the old boiler of the Easton baths?",
        "When was the old boiler of the Easton baths replaced?",
        "How much does the sauna beside the pool cost?",
        "When do the Weston baths open?",
        "Do the Norton baths have a sauna beside the pool?",
        "Was the old boiler replaced in 2014?",
    ],
)
def test_no_words_that_lack_what_is_asked_for_are_sure(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    assert held(answer), (answer.confidence, answer.quotes[0].marked)


@pytest.mark.parametrize(
    "question",
    [
        "When do the Easton baths open?",
        "Who runs the Weston ferry?",
        "How often does the Weston ferry cross the river?",
        "On which day are the Easton baths closed?",
        "Where is the sauna of the Easton baths?",
        "Do the Easton baths have a sauna?",
    ],
)
def test_words_that_tell_what_is_asked_for_are_not_doubted(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.answered
    assert answer.doubts == ()


def test_the_doubt_is_told_wherever_the_answer_is(bot: Bot) -> None:
    doubted = bot.ask("Why was the old boiler replaced?")
    assert doubted.doubts == (LACKS["reason"],)
    assert doubted.confidence <= DOUBTED < SURE_FROM
    assert warning(doubted) == f"Closest passages — they may not answer: {LACKS['reason']}."
    assert f"**{warning(doubted)}**" in answer_parts(doubted)
    assert doubted.to_json()["doubts"] == doubted.doubts


def test_the_words_of_another_town_are_told_as_such(bot: Bot) -> None:
    answer = bot.ask("Do the Weston baths have a sauna beside the pool?")
    assert answer.answered
    assert answer.doubts == ("the question names Weston; these words are of “Easton baths”",)
