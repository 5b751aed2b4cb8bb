"""Passages on something else are no quotes of an answer, though nothing better is left."""

from collections.abc import Iterator

import pytest

from qa_bot.answers.answering import worth_showing
from qa_bot.bot import Bot
from tests.answers.small_folder import bot_over

FILES = {
    "holiday.md": "# Holiday\n\nEvery member of the crew has 18 days of holiday a year.\n",
    "stew.md": "# Stew\n\nThe stew of the week is chalked on the door.\n",
    "boat.md": "# Boat house\n\nThe boat house is painted red and holds six boats.\n",
    "tide.md": "# Tides\n\nHigh water is told by the bell on the pier.\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with bot_over(tmp_path_factory.mktemp("small"), FILES) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("How many days of holiday does the crew have?", "holiday.md"),
        ("Where is the stew of the week chalked?", "stew.md"),
        ("How many boats does the boat house hold?", "boat.md"),
        ("What tells high water?", "tide.md"),
        ("What colour is the boat house painted?", "boat.md"),
        ("Where is the bell?", "tide.md"),
    ],
)
def test_one_answer_is_one_quote(bot: Bot, question: str, document: str) -> None:
    answer = bot.ask(question)
    assert [quote.document for quote in answer.quotes] == [document]


def test_nothing_is_nothing() -> None:
    assert worth_showing(()) == ()
