"""Questions and documents whose letters are spelt in other ways than each other's."""

import unicodedata
from pathlib import Path

import pytest

import qa_bot
from tests.answers.small_folders import told

OTHERS = {
    "a.md": "# Rooms\n\nThe reading room holds forty people.\n",
    "b.md": "# Rota\n\nBrooms are kept under the stairs and the mop beside them.\n",
}


def apart(text: str) -> str:
    """The text with accents as characters of their own."""
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("files", "question", "document", "marked"),
    [
        (
            {
                "one.md": apart("# Staff\n\nZoë Müller-Łoś keeps the keys of the boathouse."),
                "two.md": "# Staff\n\nZoe Muller keeps the keys of the chapel.",
            },
            "Which keys does Zoë Müller-Łoś keep?",
            "one.md",
            "boathouse",
        ),
        (
            {
                "one.md": "# Staff\n\nRene Cote feeds the goats.",
                "two.md": apart("# Staff\n\nRené Côté feeds the hens."),
            },
            "What does René Côté feed?",
            "two.md",
            "hens",
        ),
        (
            {"fi.txt": "The o\ufb03ce of the \ufb01re brigade is in Tallow Lane."},
            "Where is the office of the fire brigade?",
            "fi.txt",
            "Tallow Lane",
        ),
        (
            {"w.txt": "\uff30\uff4c\uff41\uff54\uff46\uff4f\uff52\uff4d \uff17 is for the night train to Aachen."},
            "Which platform is for the night train?",
            "w.txt",
            "Aachen",
        ),
        (
            {"s.txt": "The green\u00adhouse ther\u00admo\u00admeter is read at noon by the gar\u00addener."},
            "When is the greenhouse thermometer read?",
            "s.txt",
            "noon",
        ),
        (
            {apart("Protokoll Königsufer.md"): "# Notes\n\nThe jetty is to be painted green."},
            "What colour is the jetty to be painted by the Protokoll Königsufer?",
            apart("Protokoll Königsufer.md"),
            "green",
        ),
        (
            {"q.txt": "The Miller’s Arms serves lunch until three o’clock."},
            "Until when does the Miller's Arms serve lunch?",
            "q.txt",
            "three",
        ),
    ],
)
def test_letters_spelt_otherwise_are_found(
    tmp_path: Path, files: dict[str, str], question: str, document: str, marked: str
) -> None:
    for spelt in (question, apart(question)):
        found = told(tmp_path, OTHERS | files, spelt)
        assert found.document == document
        assert found.answered
        assert marked in found.marked


def test_documents_are_chosen_by_name_however_it_is_spelt(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in (apart("été.md"), "Mum’s.md", "x.md"):
        (seeds / name).write_text("The roof is to be mended.", encoding="utf-8")
    with qa_bot.open(seeds, tmp_path / "index") as bot:
        for asked, name in (("été.md", apart("été.md")), ("Mum's.md", "Mum’s.md"), ("Mum’s.md", "Mum’s.md")):
            answer = bot.ask("What is to be mended?", documents=[asked])
            assert {quote.document for quote in (*answer.quotes, *answer.nearest)} == {name}
