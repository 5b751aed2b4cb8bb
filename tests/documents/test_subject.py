"""A question put to some of the documents alone."""

from pathlib import Path

import pytest

from qa_bot.answers.ranking.retrieval import CANDIDATES
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.errors import DocumentError
from qa_bot.index.updating import update

LETTER, NORTH = "003_7a3598a8e012728e.txt", "004_8ea13917c2a413e0.txt"
MORALE = "How is staff morale?"


@pytest.fixture(scope="module")
def bot(built: Settings) -> Bot:
    return Bot.open(built)


def test_only_the_documents_named_are_quoted(bot: Bot) -> None:
    assert bot.ask(MORALE).quotes[0].document == NORTH
    scoped = bot.ask(MORALE, documents=[LETTER])
    assert {quote.document for quote in scoped.quotes or scoped.nearest} == {LETTER}
    both = bot.ask(MORALE, documents=(NORTH, LETTER))
    assert both.quotes[0].document == NORTH
    assert {quote.document for quote in both.quotes} <= {NORTH, LETTER}


def test_each_turn_of_a_conversation_may_have_its_own(bot: Bot) -> None:
    chat = bot.conversation()
    assert chat.ask("How is staff morale in North Tyneside?").quotes[0].document == NORTH
    of_the_letter = chat.ask("And in South Tyneside?", documents=[LETTER])
    assert {quote.document for quote in of_the_letter.quotes or of_the_letter.nearest} == {LETTER}
    assert chat.ask("How is staff morale in North Tyneside?").quotes[0].document == NORTH


def test_documents_that_are_not_there_are_no_scope(bot: Bot) -> None:
    assert bot.ask(MORALE, documents=[NORTH, "gone.txt"]).quotes[0].document == NORTH
    with pytest.raises(DocumentError, match=r"is in the index: gone\.txt; name others"):
        bot.ask(MORALE, documents=["gone.txt"])
    with pytest.raises(DocumentError, match="none was named"):
        bot.ask(MORALE, documents=[])


def test_a_document_is_found_however_many_others_come_before_it(tmp_path: Path, tiny: Path) -> None:
    """Not what is left of the best candidates of all documents, but the best candidates of these."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for i in range(2 * CANDIDATES):
        (seeds / f"{i:03}.txt").write_text(f"The red kettle sings, the red kettle boils, number {i}.\n")
    (seeds / "last.txt").write_text("A long story of gardens, paths and ponds, in which once a kettle is heard of.\n")
    settings = Settings(seeds=seeds, index=tmp_path / "index", model=str(tiny), k=3)
    update(settings)
    with Bot.open(settings) as bot:
        everywhere = bot.ask("the red kettle sings")
        assert "last.txt" not in {q.document for q in everywhere.quotes or everywhere.nearest}
        there = bot.ask("the red kettle sings", documents=["last.txt"])
        assert [q.document for q in there.quotes or there.nearest] == ["last.txt"]
