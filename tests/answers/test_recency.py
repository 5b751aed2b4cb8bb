"""Questions about now prefer the newest document."""

import numpy as np
import pytest

from qa_bot.answers.passages import Indexed
from qa_bot.answers.recency import CURRENT, UNDATED, day, newness
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.index.store import StoredPassage


def passage(document: str, date: str | None, title: str = "") -> Indexed:
    stored = StoredPassage(1, document, title, date, "", "", "", False, 0, 0, (), "")
    return Indexed(stored, np.zeros(1, np.float32), np.zeros((0, 1), np.float32))


@pytest.mark.parametrize(
    "question", ["What is the current rating?", "and nowadays?", "What's the latest?", "In today's terms?"]
)
def test_words_for_now(question: str) -> None:
    assert CURRENT.search(question)


@pytest.mark.parametrize("question", ["What was known in 2019?", "Who sent the currency?", "When did it snow?"])
def test_words_that_are_not_for_now(question: str) -> None:
    assert not CURRENT.search(question)


def test_newness_runs_from_the_oldest_to_the_newest() -> None:
    found = [
        passage("a.txt", "2020-01-01"),
        passage("b.txt", "2020-01-11"),
        passage("c.txt", "2020-01-06"),
        passage("d.txt", None),
    ]
    assert newness(found) == {"a.txt": 0.0, "b.txt": 1.0, "c.txt": 0.5, "d.txt": UNDATED}


def test_a_document_that_calls_itself_current_is_the_newest() -> None:
    assert newness([passage("rules-current.md", None), passage("rules-v1.md", "2020")])["rules-current.md"] == 1.0


def test_documents_of_one_date_are_alike() -> None:
    assert set(newness([passage("a.txt", "2020-05"), passage("b.txt", "2020-05")]).values()) == {UNDATED}


def test_dates_may_lack_day_and_month() -> None:
    first = day("2020")
    assert first is not None
    assert day("2020-02") == first + 31
    assert day("2020-02-02") == first + 32
    assert day(None) is None


def test_the_current_rating_over_the_seeds(built: Settings) -> None:
    with Bot.open(built) as bot:
        answer = bot.ask("What is South Tyneside's current rating?")
        assert answer.quotes[0].date == "2024-01-11"
