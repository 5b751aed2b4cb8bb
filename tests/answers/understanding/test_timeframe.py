"""Questions about now prefer the newest document."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from qa_bot.answers.ranking.candidates import Indexed
from qa_bot.answers.ranking.newness import newness
from qa_bot.answers.understanding.timeframe import Era, bound_years, day, era_of
from qa_bot.bot import Bot, open_bot
from qa_bot.config import Settings
from qa_bot.index.records import StoredPassage
from qa_bot.language.english.times import CURRENT


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
    assert newness(found) == {"a.txt": 0.0, "b.txt": 1.0, "c.txt": 0.5, "d.txt": 0.0}


def test_a_document_that_calls_itself_current_is_the_newest() -> None:
    assert newness([passage("rules-current.md", None), passage("rules-v1.md", "2020")])["rules-current.md"] == 1.0


def test_documents_of_one_date_are_alike() -> None:
    assert set(newness([passage("a.txt", "2020-05"), passage("b.txt", "2020-05")]).values()) == {0.0}


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


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What was the rating before 2019?", date.min, date(2018, 12, 31)),
        ("How was it rated before the focused visit of 2019?", date.min, date(2018, 12, 31)),
        ("What has changed since March 2019?", date(2019, 1, 1), date.max),
        ("What happened after the 2017 inspection?", date(2017, 1, 1), date.max),
        ("What was decided last year?", date(2025, 1, 1), date(2025, 12, 31)),
        ("and this year?", date(2026, 1, 1), date(2026, 12, 31)),
        ("in the previous year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_time_asked_about(question: str, first: date, last: date) -> None:
    assert era_of(question, date(2026, 5, 4)) == Era(first.toordinal(), last.toordinal())


@pytest.mark.parametrize("question", ["What was it in 2019?", "Who came before them?", "Since when?", "last"])
def test_no_such_time(question: str) -> None:
    assert era_of(question, date(2026, 5, 4)) is None
    assert bound_years(question) == set()


def test_a_year_may_bound_the_time_and_not_be_it() -> None:
    assert bound_years("Before 2019 or after 2021?") == {"2019"}


def test_documents_of_the_time_come_first(tmp_path: Path, tiny: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for year in (2016, 2018, 2020):
        text = f"Garden report\n\n4 May {year}\n\nThe tulips were counted by the children of the school.\n"
        (tmp_path / "seeds" / f"{year}.txt").write_text(text)
    with open_bot(tmp_path / "seeds", tmp_path / "index", model=str(tiny), k=1) as bot:

        def first(question: str) -> str:
            answer = bot.ask(question)
            return (answer.quotes or answer.nearest)[0].document

        assert first("Who counted the tulips since 2020?") == "2020.txt"
        assert first("Who counted the tulips before 2017?") == "2016.txt"
