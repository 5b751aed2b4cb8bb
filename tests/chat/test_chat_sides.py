"""What each document says to one question, oldest to newest, and where they differ."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from qa_bot.bot import Bot
from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.document import DocumentScreen
from qa_bot.chat.screens.sides import SidesScreen
from qa_bot.chat.screens.why import WhyScreen
from qa_bot.chat.widgets.side import DIFFERS, Side
from qa_bot.config import Settings
from qa_bot.index.updating import update
from qa_bot.showing.differing import differing
from tests.chat.pilot import ask, flat, quotes, settle, words

QUESTION = "What is the overall effectiveness in Ashby?"
COMMON = frozenset({"the", "is", "was", "at"})
JUDGED = {"2019": "Requires improvement", "2023": "Inadequate", "2017": "Good"}


@pytest.fixture(scope="module")
def ashby(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Three inspections of one place, and a note on something else."""
    folder = tmp_path_factory.mktemp("ashby")
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, (year, grade) in enumerate(JUDGED.items()):
        (seeds / f"{number}.md").write_text(
            f"# Inspection of Ashby\n\n12 March {year}\n\nThe overall effectiveness of services in Ashby is judged {grade}.\n"
        )
    (seeds / "tea.md").write_text("# Tea\n\nA kettle is filled with fresh water, and brought to the boil.\n")
    settings = Settings(seeds=seeds, index=folder / "index")
    update(settings)
    return settings


def sides(pilot: Pilot[None]) -> list[Side]:
    return list(pilot.app.screen.query(Side))


def emphasised(side: Side) -> list[str]:
    content = side.content
    return [content.plain[span.start : span.end] for span in content.spans if span.style == DIFFERS]  # type: ignore[union-attr]


@pytest.mark.parametrize(("size", "columns"), [((80, 24), 1), ((160, 50), 3)])
async def test_documents_are_held_against_each_other_by_date(
    ashby: Settings, size: tuple[int, int], columns: int
) -> None:
    async with ChatApp(ashby).run_test(size=size) as pilot:
        await ask(pilot, QUESTION)
        await pilot.press("tab", "s")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SidesScreen)
        assert [side.quote.date for side in sides(pilot)] == ["2017-03-12", "2019-03-12", "2023-03-12"]
        shown = sides(pilot)
        assert [emphasised(side) for side in shown] == [["Good"], ["Requires", "improvement"], ["Inadequate"]]
        assert len({side.region.x for side in sides(pilot)}) == columns
        assert "3 documents, oldest to newest" in words(pilot, "#sides-count")
        assert "judged Good." in flat(pilot)
        await pilot.press("down", "w")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WhyScreen)
        assert f"0.md:{shown[1].quote.line}" in flat(pilot)
        await pilot.press("escape", "c", "enter")
        await settle(pilot)
        assert "judged Requires improvement." in pilot.app.clipboard
        assert isinstance(pilot.app.screen, DocumentScreen)
        assert "quoted place 1 of 1" in words(pilot, "#place")
        await pilot.press("escape", "escape")
        assert quotes(pilot)[0].has_focus


async def test_a_follow_up_is_held_against_what_it_follows(ashby: Settings) -> None:
    async with ChatApp(ashby).run_test(size=(120, 40)) as pilot:
        await ask(pilot, QUESTION)
        await ask(pilot, "And how is it judged?")
        await pilot.press("tab", "s")
        await settle(pilot)
        assert {side.quote.document for side in sides(pilot)} == {"0.md", "1.md", "2.md"}
        await pilot.press("escape", "escape")
        await ask(pilot, "How is a kettle filled?")
        await pilot.press("tab", "s")
        await settle(pilot)
        assert [side.quote.document for side in sides(pilot)] == ["tea.md"]
        assert "only this document speaks of it" in words(pilot, "#sides-count")


def test_asking_for_the_sides_leaves_the_conversation_as_it_was(ashby: Settings) -> None:
    with Bot.open(ashby) as bot:
        plain, other = bot.conversation(), bot.conversation()
        for chat in (plain, other):
            chat.ask(QUESTION)
        assert len(other.sides("How is a kettle filled?")) == 1
        assert other.ask("And in 2023?") == plain.ask("And in 2023?")
        assert len(plain.sides(QUESTION, limit=2)) == 2
        assert [q.document for q in plain.sides(QUESTION, documents=["1.md"])] == ["1.md"]


def test_words_that_differ() -> None:
    old, new = "The service is Good, at 94 per cent.", "The service was Inadequate, at 61 per cent."
    places = differing([old, new], COMMON)
    assert [[text[a:b] for a, b in spans] for text, spans in zip((old, new), places, strict=True)] == [
        ["Good", "94"],
        ["Inadequate", "61"],
    ]
    assert [old[a:b] for a, b in differing([old, new], frozenset())[0]] == ["is", "Good", "94"]
    assert differing([old, old.upper()], COMMON) == [[], []]
    assert differing([old, "Kettles boil quickly when they are nearly empty."], COMMON) == [[], []]
    assert differing([old], COMMON) == [[]]
    assert differing([], COMMON) == []


async def test_a_side_is_shown_as_text(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("The [red]kettle[/red] \x1b[31m boils [@click=app.quit]at[/] ninety degrees.\n")
    settings = Settings(seeds=seeds, index=tmp_path / "index")
    update(settings)
    async with ChatApp(settings).run_test(size=(100, 30)) as pilot:
        await ask(pilot, "When does the kettle boil?")
        await pilot.press("tab", "s")
        await settle(pilot)
        assert "The [red]kettle[/red] ␛[31m boils [@click=app.quit]at[/] ninety degrees." in flat(pilot)
