"""Within one document the best passages are read with the question: what has no answer there is told from what has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_bot.answers.refusing.confidence import READ_BIAS, READ_EVIDENCE, READ_WORDS, confidence, contributions
from qa_bot.bot import Bot, open_bot
from qa_bot.errors import SettingsError
from tests.answers.refusing.test_confidence import NOTHING

BATHS = """# Harbour baths

The baths open at nine in the morning from April to October. In winter they open at ten.

A swim costs four pounds. Children under five swim free. Towels can be borrowed at the desk for one pound.

The water is changed every Monday, so the baths are closed on Monday until noon.

Mrs Ada Quill has run the baths since 1998. She took over from her father, who had built the children's pool.
"""
ANSWERED = (
    "When do the baths open in winter?",
    "How much does a swim cost?",
    "Why are the baths closed on Monday until noon?",
    "Who has run the baths since 1998?",
)
NEAR_MISSES = (
    "How many lockers do the baths have?",
    "Who designed the changing rooms?",
    "Why did the winter opening hours change?",
    "What is the telephone number of the baths?",
)


@pytest.fixture(scope="module")
def baths(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bot, Bot]]:
    """The bot with its reader and without, over the same single document."""
    folder = tmp_path_factory.mktemp("baths")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "baths.md").write_text(BATHS, encoding="utf-8")
    with (
        open_bot(folder / "seeds", folder / "index") as reading,
        open_bot(folder / "seeds", folder / "index", reader="none") as plain,
    ):
        yield reading, plain


def test_an_answer_is_told_from_a_sentence_on_the_subject(baths: tuple[Bot, Bot]) -> None:
    reading, _ = baths
    sure = [reading.ask(question).confidence for question in ANSWERED]
    missed = [reading.ask(question).confidence for question in NEAR_MISSES]
    assert sum(s > m for s in sure for m in missed) >= 14  # of 16 pairs


def test_the_reader_changes_how_sure_an_answer_is_and_not_what_is_quoted(baths: tuple[Bot, Bot]) -> None:
    reading, plain = baths
    for question in (*ANSWERED, *NEAR_MISSES):
        one, other = reading.ask(question), plain.ask(question)
        assert one.confidence != other.confidence
        assert [(q.start, q.highlights) for q in (*one.quotes, *one.nearest)] == [
            (q.start, q.highlights) for q in (*other.quotes, *other.nearest)
        ]
        assert {part.name for part in one.reasons} >= {"words"}
        assert "words" not in {part.name for part in other.reasons}


def test_of_several_documents_nothing_is_read(baths: tuple[Bot, Bot], tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "baths.md").write_text(BATHS, encoding="utf-8")
    (tmp_path / "seeds" / "museum.md").write_text("# Museum\n\nThe museum shows boats and nets.\n", encoding="utf-8")
    with open_bot(tmp_path / "seeds", tmp_path / "index") as bot:
        alone = bot.ask(ANSWERED[0], documents=["baths.md"])
        among = bot.ask(ANSWERED[0])
    assert "words" in {part.name for part in alone.reasons}
    assert "words" not in {part.name for part in among.reasons}


def test_what_was_read_takes_most_of_the_weight() -> None:
    assert contributions(NOTHING, 4.0)["words"] == pytest.approx(4 * READ_WORDS)
    assert 0 < READ_EVIDENCE < 1
    assert READ_BIAS > 0
    assert confidence(NOTHING, -8.0) < confidence(NOTHING, 0.0) < confidence(NOTHING, 12.0)


def test_a_reader_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="bundled, none"):
        open_bot(tmp_path, tmp_path / "index", reader="clever")
