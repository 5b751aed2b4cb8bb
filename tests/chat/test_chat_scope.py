"""Documents chosen to be asked: by key and by mouse, and what a question then is put to."""

from pathlib import Path

import pytest
from textual.widgets import Input

from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.documents import LISTED
from qa_bot.chat.widgets.listing import Listing
from qa_bot.chat.widgets.suggestion import AskAll
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.config import Settings
from qa_bot.library import Listed
from tests.chat.pilot import ask, chat, flat, picture, quotes, settle, until, words
from tests.chat.scripted_library import ScriptedLibrary, sample

SEEDS = Path(__file__).parents[2] / "seeds"
LETTER, NORTH = "003_7a3598a8e012728e.txt", "004_8ea13917c2a413e0.txt"
MORALE = "How is staff morale?"


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_only_the_documents_chosen_are_asked(built: Settings, size: tuple[int, int]) -> None:
    async with ChatApp(built).run_test(size=size) as pilot:
        await ask(pilot, MORALE)
        assert quotes(pilot)[0].quote.document == NORTH
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("down", "down", "down", "space")
        await pilot.pause()
        assert chat(pilot).session.scope == (LETTER,)
        assert "asking 1 of them · 5 documents" in words(pilot, "#documents-count")
        await pilot.press("escape")
        await pilot.pause()
        header = picture(pilot).splitlines()[0]
        assert "asking 003" in header
        await ask(pilot, MORALE)
        assert {quote.quote.document for quote in quotes(pilot)} == {LETTER}
        assert "asked of 003" in words(pilot, "TurnView:last-of-type .searched")
        await pilot.press("tab", "w", "end")
        await pilot.pause()
        assert "it is in what was asked: 003" in flat(pilot)


async def test_choosing_what_the_filter_leaves_and_choosing_none(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press(*"south", "ctrl+a")
        await pilot.pause()
        assert pilot.app.screen.query_one("#filter", Input).value == "south"
        chosen = chat(pilot).session.scope
        assert [path[:3] for path in chosen] == ["000", "002", "003"]
        await pilot.press(*["backspace"] * 5, "ctrl+o")
        await pilot.pause()
        listing = pilot.app.screen.query_one(Listing)
        assert listing.row_count == 3
        await pilot.press("down", "space")
        await pilot.pause()
        assert listing.row_count == 2
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert chat(pilot).session.scope == ()
        assert listing.row_count == 5
        await pilot.press("escape")
        await pilot.pause()
        assert "asking" not in picture(pilot).splitlines()[0]


async def test_a_click_on_the_mark_chooses_and_a_second_click_on_the_row_opens(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.click("#scope")
        await settle(pilot)
        listing = pilot.app.screen.query_one(Listing)
        await pilot.click(listing, offset=(2, 3))
        await pilot.pause()
        assert [path[:3] for path in chat(pilot).session.scope] == ["002"]
        assert listing.cursor_row == 2
        await pilot.click(listing, offset=(12, 4))
        await pilot.pause()
        assert listing.cursor_row == 3
        await pilot.click(listing, offset=(12, 4))
        await settle(pilot)
        assert "Piccadilly Gate" in picture(pilot)


async def test_the_palette_has_what_the_list_can_do(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("ctrl+p", *"every document shown")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, lambda: len(chat(pilot).session.scope) == 5)


async def test_a_quote_s_document_alone_and_all_of_them_again(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 40)) as pilot:
        await ask(pilot, MORALE)
        await pilot.press("tab", "l")
        await ask(pilot, "What needs to improve?")
        assert {quote.quote.document for quote in quotes(pilot)} == {NORTH}
        commands = {command.title: command for command in chat(pilot).get_system_commands(pilot.app.screen)}
        await commands["Put questions to all documents again"].callback()
        await ask(pilot, "What needs to improve?")
        assert len({quote.quote.document for quote in quotes(pilot)}) > 1
        assert pilot.app.screen.query(TurnView).last().turn.scope == ()


async def test_a_new_conversation_asks_all_documents_and_a_resumed_one_its_own(built: Settings, tmp_path: Path) -> None:
    async with ChatApp(built, data=tmp_path / "data").run_test(size=(120, 40)) as pilot:
        await ask(pilot, MORALE)
        await pilot.press("tab", "l")
        await ask(pilot, "What needs to improve?")
        assert "asking 004" in picture(pilot).splitlines()[0]
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert "asking" not in picture(pilot).splitlines()[0]
        await ask(pilot, "What needs to improve?")
        assert len({quote.quote.document for quote in quotes(pilot)}) > 1
    async with ChatApp(built, data=tmp_path / "data").run_test(size=(120, 40)) as pilot:
        for row, asking in ((1, True), (1, False)):
            await pilot.press("f3")
            await settle(pilot)
            await pilot.press(*["down"] * row, "enter")
            await settle(pilot)
            assert ("asking 004" in picture(pilot).splitlines()[0]) is asking
            await ask(pilot, "What needs to improve?")
            assert ({quote.quote.document for quote in quotes(pilot)} == {NORTH}) is asking


async def test_a_refusal_by_one_document_leads_to_all_of_them(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 40)) as pilot:
        await ask(pilot, MORALE)
        await pilot.press("tab", "l")
        await ask(pilot, "Who is the capital of France?")
        assert "Nothing in this document answers that." in flat(pilot)
        way = pilot.app.screen.query_one(AskAll)
        assert "? ask all documents" in flat(pilot)
        way.focus()
        await pilot.press("enter")
        await settle(pilot)
        turn = pilot.app.screen.query(TurnView).last().turn
        assert (turn.question, turn.scope) == ("Who is the capital of France?", ())
        assert chat(pilot).session.scope == ()
        assert "Nothing in these documents answers that." in flat(pilot)
        assert len(pilot.app.screen.query(AskAll)) == 1


async def test_a_refusal_by_chosen_documents_has_suggestions_too() -> None:
    library = ScriptedLibrary(SEEDS, sample(SEEDS))
    library.suggested = ["How is morale?"]
    async with ChatApp(Settings(seeds=SEEDS), library).run_test(size=(120, 40)) as pilot:
        chat(pilot).session.scope = (NORTH,)
        await ask(pilot, "What is the capital of France?")
        assert "answered by this document ? How is morale?" in flat(pilot)
        assert "? ask all documents" in flat(pilot)


class Many(ScriptedLibrary):
    """More documents than a list can show at once."""

    def documents(self) -> list[Listed]:
        return [Listed(f"{i:05}.txt", f"Report number {i}") for i in range(5_000)]


async def test_of_very_many_documents_some_are_listed_and_all_can_be_chosen() -> None:
    async with ChatApp(Settings(seeds=SEEDS), Many(SEEDS, {})).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        listing = pilot.app.screen.query_one(Listing)
        assert listing.row_count == LISTED
        assert "5,000 documents · the first 300 listed" in words(pilot, "#documents-count")
        await pilot.press("4", "9", "9")
        await pilot.pause()
        assert listing.row_count == 15
        assert "15 of 5,000 documents" in words(pilot, "#documents-count")
        await pilot.press("ctrl+a", "backspace", "backspace", "backspace", "ctrl+a")
        await pilot.pause()
        assert len(chat(pilot).session.scope) == 5_000
