"""Questions about what stands in no document, beside what is said of other things in the same words."""

from collections.abc import Iterator

import pytest

from qa_bot.answers.refusing.confidence import SURE_FROM
from qa_bot.bot import Bot
from tests.answers.small_folder import bot_over

FILES = {
    "house.md": "# House rules\n\nBreakfast is served from eight. Drying laundry on the balcony is not permitted.\n\n"
    "Guests may keep a bicycle in the yard.\n",
    "pond.md": "# Pond\n\nGeese must not be fed. Swimming is allowed in July.\n",
    "bus.md": "# Bus\n\nThe bus to the harbour leaves every ten minutes.\n",
    "choir.md": "# Choir\n\nThe choir meets in the barn on Wednesday evening.\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with bot_over(tmp_path_factory.mktemp("small"), FILES) as made:
        yield made


@pytest.mark.parametrize(
    "question",
    [
        "Is smoking allowed?",
        "Are drones permitted?",
        "Can I bring a trumpet?",
        "Are fireworks allowed?",
        "When is the sauna open?",
        "May guests keep a snake?",
        "Is vaping permitted on the balcony?",
    ],
)
def test_what_stands_nowhere_is_never_surely_answered(bot: Bot, question: str) -> None:
    assert bot.ask(question).confidence < SURE_FROM


@pytest.mark.parametrize(
    "question",
    [
        "Is swimming allowed?",
        "Can I keep my bike in the yard?",
        "When is breakfast?",
        "When does the choir meet?",
        "Is it allowed to feed geese?",
    ],
)
def test_what_is_told_is_not_doubted_for_other_words(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.answered
    assert not any("no document has" in doubt for doubt in answer.doubts)
