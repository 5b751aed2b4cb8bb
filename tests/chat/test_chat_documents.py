"""The list of documents, and what is remembered of the user."""

from pathlib import Path

from textual.widgets import DataTable, Input

from qa_bot.chat.app import ChatApp
from qa_bot.chat.preferences import load_theme
from qa_bot.chat.screens.document import DocumentScreen
from qa_bot.config import Settings
from tests.chat.pilot import ask, flat, picture, settle, words
from tests.chat.scripted_library import ScriptedLibrary, sample

SEEDS = Path(__file__).parents[2] / "seeds"


async def test_lists_what_the_index_holds_and_opens_it(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 30)) as pilot:
        await ask(pilot, "What needs to improve in South Tyneside's social work practice?")
        await pilot.press("f2")
        await settle(pilot)
        assert "5 documents" in words(pilot, "#documents-count")
        assert "2019-03-22" in picture(pilot)
        await pilot.press(*"focused")
        await pilot.pause()
        assert pilot.app.screen.query_one(DataTable).row_count == 1
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DocumentScreen)
        assert "quoted in this conversation" in words(pilot, "#place")
        assert "Piccadilly Gate" in flat(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert "quoted place" in words(pilot, "#place")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "ask about your documents" in picture(pilot)


async def test_names_what_was_left_out_and_takes_titles_as_text() -> None:
    core = ScriptedLibrary(SEEDS, sample(SEEDS))
    async with ChatApp(Settings(seeds=SEEDS), core).run_test(size=(100, 20)) as pilot:
        await pilot.press("f2")
        await settle(pilot)
        shown = picture(pilot)
        assert "The [red] kettle" in shown
        assert "left out: holds binary" in shown
        assert "2 documents · 1 left out" in shown
        await pilot.press("down", "down", "down", "down", "up")
        assert pilot.app.screen.query_one(DataTable).cursor_row == 1


async def test_a_slash_goes_to_the_filter_and_is_no_part_of_it(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert "› type words of a title or file name; enter opens" in flat(pilot)
        await pilot.press("slash", *"focused")
        await pilot.pause()
        assert pilot.app.screen.query_one("#filter", Input).value == "focused"
        assert pilot.app.screen.query_one(DataTable).row_count == 1
        pilot.app.screen.set_focus(None)
        await pilot.press("slash", "x")
        assert pilot.app.screen.query_one("#filter", Input).value == "x"  # what was there is selected on focus


async def test_the_theme_is_remembered(tmp_path: Path) -> None:
    kept = tmp_path / "config" / "chat.json"

    def app() -> ChatApp:
        return ChatApp(Settings(seeds=SEEDS), ScriptedLibrary(SEEDS, {}), preferences=kept)

    async with app().run_test() as pilot:
        pilot.app.theme = "qa-bot-light"
        await pilot.pause()
    assert load_theme(kept) == "qa-bot-light"
    async with app().run_test() as pilot:
        assert pilot.app.theme == "qa-bot-light"
    for spoilt in ('{"theme": "no such theme"}', "[]", "{", '{"theme": 3}'):
        kept.write_text(spoilt)
        async with app().run_test() as pilot:
            assert pilot.app.theme == "qa-bot-dark"
