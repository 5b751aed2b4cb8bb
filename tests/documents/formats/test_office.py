"""Questions over files of office programs, from the file to the quote with its place."""

import shutil
from collections.abc import Iterator

import pytest

from qa_bot.bot import Bot, open_bot
from tests.documents.formats.conftest import FILES

pytestmark = pytest.mark.slow
READ = ("handbook.docx", "desks.xlsx", "slides.pptx")
RTF = (
    r"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}\pard\plain\s1\outlinelevel0 Lime\par"
    r"\pard\plain The lime for the garden wall comes from the kiln at Oxwell.\par}"
)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("office")
    (folder / "seeds").mkdir()
    for name in READ:
        shutil.copy(FILES / name, folder / "seeds")
    (folder / "seeds" / "walls.rtf").write_text(RTF)
    with open_bot(folder / "seeds", folder / "index") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "document", "words", "where"),
    [
        ("How much is the deposit for a skiff?", "handbook.docx", "The deposit is sixty crowns.", "Hiring boats"),
        ("Who may keep a skiff overnight?", "handbook.docx", "Members of the rowing guild", "Hiring boats"),
        ("What is the fee for the Heron?", "handbook.docx", "Boat: Heron; Seats: 4; Fee in crowns: 48", "Fees"),
        ("Which desk does Piers Quill have?", "desks.xlsx", "Name: Piers Quill; Desk: 7", "sheet Desks, row 5"),
        ("Who keeps the key of the attic?", "desks.xlsx", "Key: attic; Kept by: Silas Wren", "sheet Keys, row 3"),
        ("Where does the lime for the garden wall come from?", "walls.rtf", "from the kiln at Oxwell.", "Lime"),
        ("Where do the hives stand?", "slides.pptx", "The hives stand on the east side of the roof.", "slide 2"),
        ("Who gave the first swarm?", "slides.pptx", "Olga Brandt gave the first swarm", "slide 2, notes"),
        ("How many jars were harvested in 2020?", "slides.pptx", "Year: 2020; Jars: 44", "slide 3"),
    ],
)
def test_a_question_is_answered_with_the_right_place(
    bot: Bot, question: str, document: str, words: str, where: str
) -> None:
    answer = bot.ask(question)
    best = answer.quotes[0]
    assert best.document == document
    assert words in best.text
    assert (best.place.rsplit(" › ")[0], best.state) == (where, "verbatim")
