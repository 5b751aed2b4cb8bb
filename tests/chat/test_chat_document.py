"""The document screen, with the real core over the real seeds."""

import os
from pathlib import Path

import pytest

from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.document import DocumentScreen, editor_command
from qa_bot.chat.widgets.document import DocumentView
from qa_bot.config import Settings
from tests.chat.pilot import ask, flat, notices, picture, quotes, settle, words

IMPROVE = "What needs to improve in South Tyneside's social work practice?"


async def test_opens_at_the_passage_with_its_sentences_standing_out(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        quote = quotes(pilot)[0].quote
        await pilot.press("tab", "o")
        await settle(pilot)
        view = pilot.app.screen.query_one(DocumentView)
        row = view.row_region(quote.start).y
        assert 0 <= row < 6
        strip = view.render_line(row)
        assert strip.text.startswith(f" {quote.line} ▌ ")
        first = quote.highlights[0].start
        marked = view.render_line(view.row_region(first).y)
        assert any(segment.style and segment.style.bold for segment in marked)
        assert "Focused visit to South Tyneside" in picture(pilot)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, DocumentScreen)


async def test_steps_through_the_places_quoted_in_this_conversation(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        same = [view.quote for view in quotes(pilot) if view.quote.document == quotes(pilot)[0].quote.document]
        assert len(same) > 1
        await pilot.press("tab", "o")
        await settle(pilot)
        before = words(pilot, "#place")
        assert f"of {len(same)}" in before
        await pilot.press("n")
        await pilot.pause()
        assert words(pilot, "#place") != before


async def test_finds_words_whatever_their_case(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("tab", "o")
        await settle(pilot)
        await pilot.press("slash", *"JARGON", "enter")
        await pilot.pause()
        assert "match 1 of" in words(pilot, "#place")
        assert "jargon" in flat(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, DocumentScreen)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, DocumentScreen)


async def test_after_a_find_the_quoted_places_are_stepped_through_again(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("tab", "o")
        await settle(pilot)
        before = words(pilot, "#place")
        assert "quoted place" in before
        await pilot.press("slash", *"jargon", "enter", "n", "escape")
        await pilot.pause()
        assert words(pilot, "#place") == before
        await pilot.press("n")
        await pilot.pause()
        after = words(pilot, "#place")
        assert "quoted place" in after
        assert after != before
        await pilot.press("p")
        await pilot.pause()
        assert words(pilot, "#place") == before
        quote = quotes(pilot)[0].quote
        assert 0 <= pilot.app.screen.query_one(DocumentView).row_region(quote.start).y < 6


async def test_emptying_a_find_steps_through_the_quoted_places(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("tab", "o")
        await settle(pilot)
        await pilot.press("slash", "x", "backspace", "enter", "n")
        await pilot.pause()
        assert "quoted place" in words(pilot, "#place")


async def test_a_resize_keeps_the_place(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(160, 40)) as pilot:
        await ask(pilot, IMPROVE)
        quote = quotes(pilot)[0].quote
        await pilot.press("tab", "o")
        await settle(pilot)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        await pilot.pause()
        assert 0 <= pilot.app.screen.query_one(DocumentView).row_region(quote.start).y < 6


async def test_a_changed_file_is_shown_and_said_to_have_changed(own: Settings) -> None:
    async with ChatApp(own).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        path = own.seeds / quotes(pilot)[0].quote.document
        path.write_text("Nothing of the old text is left.\n")
        await pilot.press("tab", "o")
        await settle(pilot)
        assert "Nothing of the old text is left." in flat(pilot)
        assert "has changed since" in words(pilot, "#place")


async def test_a_file_that_is_gone_is_said_to_be_gone(own: Settings) -> None:
    async with ChatApp(own).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        path = own.seeds / quotes(pilot)[0].quote.document
        path.unlink()
        await pilot.press("tab", "o")
        await settle(pilot)
        assert path.name in words(pilot, "#place")
        assert "is not there any more" in words(pilot, "#place")


@pytest.mark.parametrize("width", [40, 80])
async def test_what_is_said_of_a_file_is_not_cut(own: Settings, width: int) -> None:
    async with ChatApp(own).run_test(size=(width, 24)) as pilot:
        await ask(pilot, IMPROVE)
        path = own.seeds / quotes(pilot)[0].quote.document
        path.write_text("Nothing of the old text is left.\n")
        await pilot.press("tab", "o")
        await settle(pilot)
        assert "the quote no longer stands in it word for word." in flat(pilot)
        await pilot.press("escape")
        path.unlink()
        await pilot.press("o")
        await settle(pilot)
        assert f"{path.name} is not there any more; bring it back or update the index." in flat(pilot)


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vi", ["vi", "+7", "/a b.txt"]),
        ("code --wait", ["code", "--wait", "--goto", "/a b.txt:7"]),
        ("/usr/bin/subl", ["/usr/bin/subl", "/a b.txt:7"]),
    ],
)
def test_editors_are_told_the_line(editor: str, command: list[str]) -> None:
    assert editor_command(editor, Path("/a b.txt"), 7) == command


async def test_without_an_editor_it_says_what_to_set(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    assert "EDITOR" not in os.environ
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("tab", "o")
        await settle(pilot)
        await pilot.press("e")
        assert not notices(pilot)
        await pilot.press("ctrl+e")
        assert "$EDITOR" in notices(pilot)


async def test_the_keys_of_the_chat_work_in_a_document(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        for key, there in (("f2", "DocumentsScreen"), ("f3", "SavedScreen"), ("ctrl+s", "ExportScreen")):
            await pilot.press("escape", "tab", "o")
            await settle(pilot)
            await pilot.press(key)
            await settle(pilot)
            assert type(pilot.app.screen).__name__ == there
            await pilot.press("escape")
        assert isinstance(pilot.app.screen, DocumentScreen)  # saving leaves it where it is
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert "ask about your documents" in picture(pilot)
        assert not pilot.app.screen.query("TurnView")
