"""Acronyms are known where the documents explain them, and ask for the other form too."""

from pathlib import Path

import pytest

from qa_bot.answers.understanding.acronyms import Acronym, aliases, explained_in, long_form
from qa_bot.answers.understanding.question import Question
from qa_bot.bot import Bot, open_bot
from tests.answers.hand_made import lexical_index

KNOWN = [Acronym("MASH", "multi-agency safeguarding hub"), Acronym("PVCs", "persistent volume claims")]


@pytest.mark.parametrize(
    ("short", "before", "long"),
    [
        ("MASH", "a new multi-agency safeguarding hub ", "multi-agency safeguarding hub"),
        ("JTAI", "since the joint targeted area inspection ", "joint targeted area inspection"),
        ("DfE", "of the Department for Education ", "Department for Education"),
        ("RHIs", "The quality of return home\ninterviews ", "return home interviews"),
        ("WHO", "asked the World Health Organization ", "World Health Organization"),
        ("APA", "in another town ", ""),  # the letters are not there
        ("USA", "It is over. See above ", ""),  # nor across sentences
        ("OK", "", ""),
    ],
)
def test_what_a_short_form_stands_for(short: str, before: str, long: str) -> None:
    assert long_form(short, before) == long


def test_explanations_in_texts() -> None:
    texts = [
        "A multi-agency safeguarding hub (MASH) (see below) and the MASH (2019).",
        "My assembly shop hut (MASH).",
        "(Ofsted)",
    ]
    assert explained_in(texts) == [Acronym("MASH", "multi-agency safeguarding hub")]


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("What is the MASH?", ["multi-agency safeguarding hub"]),
        ("what is the mash?", ["multi-agency safeguarding hub"]),
        ("Is the multi agency safeguarding hub good?", ["MASH"]),
        ("Is the multi-agency safeguarding hub (MASH) good?", []),
        ("How many PVCs?", ["persistent volume claims"]),
        ("Which PVC?", ["persistent volume claims"]),
        ("Is the hub good?", []),
        ("", []),
    ],
)
def test_other_names(tmp_path: Path, question: str, also: list[str]) -> None:
    index = lexical_index(tmp_path, "a hub")
    assert aliases(Question.read(question, index), KNOWN) == also


@pytest.fixture
def bot(tmp_path: Path, tiny: Path) -> Bot:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("The community garden group (CGG) was founded in May by neighbours.\n")
    (tmp_path / "seeds" / "b.txt").write_text("The CGG meets on Mondays at the library and plants tulips there.\n")
    return open_bot(tmp_path / "seeds", tmp_path / "index", model=str(tiny))


def test_either_form_finds_the_other(bot: Bot) -> None:
    answer = bot.ask("When does the community garden group meet?")
    assert "(also: CGG)" in answer.searched
    assert "b.txt" in [quote.document for quote in answer.quotes or answer.nearest]
    assert "(also: community garden group)" in bot.ask("Who founded the CGG?").searched
