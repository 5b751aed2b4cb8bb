"""Conversations kept from before: listed, found, gone on with, deleted."""

import os
import pty
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import DataTable

from qa_bot.chat.app import ChatApp
from qa_bot.chat.saved import Entry, Saved
from qa_bot.chat.screens.chat import ChatScreen
from qa_bot.chat.screens.saved import SavedScreen
from qa_bot.chat.widgets.table import Table
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.config import Settings
from tests.chat.pilot import app_input, ask, chat, flat, notices, picture, quotes, settle, until, words
from tests.commands.run_command import QA_BOT

NOON = datetime(2026, 3, 4, 12, 0, 5)
IMPROVE = "What needs to improve in South Tyneside's social work practice?"
MORALE = "How is staff morale in North Tyneside?"
LETTER = "003_7a3598a8e012728e.txt"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def app(settings: Settings, data: Path) -> ChatApp:
    return ChatApp(settings, now=lambda: NOON, data=data)


@contextmanager
def store(settings: Settings, data: Path) -> Iterator[Saved]:
    saved = Saved(data, settings, lambda: NOON)
    try:
        yield saved
    finally:
        saved.close()


def entries(settings: Settings, data: Path) -> list[Entry]:
    with store(settings, data) as saved:
        return saved.entries()


async def hold(settings: Settings, data: Path, *questions: str) -> None:
    """A conversation, and the chat is left."""
    async with app(settings, data).run_test() as pilot:
        for question in questions:
            await ask(pilot, question)


async def listed(pilot: Pilot[None]) -> list[str]:
    """Open the list; its rows as text."""
    await pilot.press("f3")
    await settle(pilot)
    return rows(pilot)


def rows(pilot: Pilot[None]) -> list[str]:
    table = pilot.app.screen.query_one(DataTable)
    return ["  ".join(map(str, table.get_row_at(row))) for row in range(table.row_count)]


async def test_each_answer_is_kept_as_soon_as_it_is_there(built: Settings, data: Path) -> None:
    async with app(built, data).run_test() as pilot:
        await settle(pilot)
        assert not data.exists()
        for number, question in enumerate((IMPROVE, "And in 2019?", "What is the capital of France?"), 1):
            await ask(pilot, question)
            (entry,) = entries(built, data)
            assert (entry.title, entry.turns) == (IMPROVE, number)
        with store(built, data) as saved:
            kept = [turn.answer for turn in saved.turns(entry.key)]
        assert kept == [turn.answer for turn in chat(pilot).session.turns]


async def test_a_new_conversation_is_another_one(built: Settings, data: Path) -> None:
    async with app(built, data).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("ctrl+n")
        await ask(pilot, MORALE)
        assert [entry.title for entry in entries(built, data)] == [MORALE, IMPROVE]


async def test_a_conversation_goes_on_where_it_ended(built: Settings, data: Path) -> None:
    async with app(built, data).run_test(size=(110, 60)) as pilot:
        await ask(pilot, MORALE)
        await ask(pilot, IMPROVE)
        before = [turn.answer for turn in chat(pilot).session.turns]
        await ask(pilot, "And in 2019?")
        live = chat(pilot).session.turns[-1].answer
        assert live is not None
    with store(built, data) as saved:
        (entry,) = saved.entries()
        for turn in saved.turns(entry.key)[:2]:
            saved.add("shorter", turn.answer)
    async with app(built, data).run_test(size=(110, 60)) as pilot:
        shown = await listed(pilot)
        assert shown[0].split("  ")[:3] == [MORALE, "2026-03-04 12:00", "2"]
        assert "⏎ go on" in picture(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ChatScreen)
        assert [turn.answer for turn in chat(pilot).session.turns] == before
        assert [view.turn.question for view in pilot.app.screen.query(TurnView)] == [MORALE, IMPROVE]
        assert "Resumed: 2 turns, last asked 2026-03-04 12:00; 6 quotes still verbatim." in words(pilot, ".note")
        assert pilot.app.focused is app_input(pilot)
        await ask(pilot, "And in 2019?")
        follow_up = chat(pilot).session.turns[-1].answer
        assert follow_up is not None
        assert replace(follow_up, conversation=live.conversation) == live
        assert next(entry for entry in entries(built, data) if entry.key == "shorter").turns == 3
        await pilot.press("up", "up")
        assert app_input(pilot).text == IMPROVE


async def test_what_was_asked_alone_leaves_its_past_behind_when_resumed_too(built: Settings, data: Path) -> None:
    async with app(built, data).run_test() as pilot:
        await ask(pilot, MORALE)
        await ask(pilot, IMPROVE)
        quotes(pilot)[0].focus()
        await pilot.press("a")
        await settle(pilot)
    async with app(built, data).run_test() as pilot:
        await listed(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await ask(pilot, "And in 2019?")
        turns = chat(pilot).session.turns
        assert [turn.alone for turn in turns] == [False, False, True, False]
        assert chat(pilot).session.before(turns[3]) == [turns[2].answer]
        assert turns[3].answer is not None
        assert "morale" not in turns[3].answer.searched


@pytest.mark.parametrize(
    ("change", "state", "told"),
    [
        (lambda file: file.write_text("new\n" + file.read_text()), "changed", "moved to line 34"),
        (lambda file: file.unlink(), "gone", "⚠ the file is gone"),
    ],
)
async def test_quotes_are_held_against_the_files_of_today(
    own: Settings, data: Path, change: Callable[[Path], object], state: str, told: str
) -> None:
    await hold(own, data, IMPROVE)
    change(own.seeds / LETTER)
    async with app(own, data).run_test(size=(110, 60)) as pilot:
        await listed(pilot)
        await pilot.press("enter")
        await settle(pilot)
        best, *others = quotes(pilot)
        assert (best.quote.document, best.quote.state) == (LETTER, state)
        assert told in flat(pilot)
        assert all(q.quote.state == "verbatim" for q in others if q.quote.document != LETTER)
        assert f"held against today's files: {sum(q.quote.state == state for q in quotes(pilot))} {state}" in flat(
            pilot
        )


async def test_typing_finds_by_any_question_and_deleting_asks_first(built: Settings, data: Path) -> None:
    await hold(built, data, IMPROVE, "Who is the Lead Member?")
    await hold(built, data, MORALE)
    async with app(built, data).run_test(size=(100, 30)) as pilot:
        assert len(await listed(pilot)) == 2
        await pilot.press(*"lead memb")
        await until(pilot, lambda: len(rows(pilot)) == 1)
        (row,) = rows(pilot)
        assert row.startswith(IMPROVE[:40])
        assert "1 of 2 conversations" in picture(pilot)
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert "2 turns will be gone for good" in picture(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert len(entries(built, data)) == 2
        await pilot.press("ctrl+d", "y")
        await settle(pilot)
        assert rows(pilot) == []
        await pilot.press("ctrl+u")
        await until(pilot, lambda: rows(pilot))
        (row,) = rows(pilot)
        assert row.startswith(MORALE)
        assert [entry.title for entry in entries(built, data)] == [MORALE]


async def test_the_one_on_the_screen_may_be_deleted_too(built: Settings, data: Path) -> None:
    async with app(built, data).run_test(size=(100, 30)) as pilot:
        await ask(pilot, IMPROVE)
        (row,) = await listed(pilot)
        assert "on the screen" in row
        await pilot.press("ctrl+d", "enter")
        await settle(pilot)
        await pilot.press("escape")
        await ask(pilot, "And in 2019?")
        (entry,) = entries(built, data)
        assert (entry.title, entry.turns) == ("And in 2019?", 1)


async def test_those_over_another_folder_come_last_and_say_how_to_open_them(
    built: Settings, own: Settings, data: Path
) -> None:
    await hold(built, data, MORALE)
    await hold(own, data, IMPROVE)
    async with app(built, data).run_test(size=(100, 30)) as pilot:
        first, second = await listed(pilot)
        assert first.startswith(MORALE)
        assert second.startswith(IMPROVE[:40])
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SavedScreen)
        assert f"qa-bot --seeds {own.seeds.resolve()} --index {own.index.resolve()}" in notices(pilot)


async def test_nothing_saved_yet(built: Settings, data: Path) -> None:
    async with app(built, data).run_test() as pilot:
        assert await listed(pilot) == []
        assert "nothing saved yet" in picture(pilot)
        await pilot.press("enter", "ctrl+d", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChatScreen)


async def test_hundreds_are_listed_and_hostile_questions_are_text(built: Settings, data: Path) -> None:
    await hold(built, data, IMPROVE)
    with store(built, data) as saved:
        (entry,) = saved.entries()
        (turn,) = saved.turns(entry.key)
        for number in range(300):
            saved.add(f"k{number}", replace(turn.answer, question=f"[red]Number {number}[/foo] \x1b[31m?"))
    async with app(built, data).run_test(size=(100, 30)) as pilot:
        shown = await listed(pilot)
        assert "301 conversations" in picture(pilot)
        assert shown[0].startswith("[red]Number 299[/foo] ␛[31m?")
        await pilot.press(*"number 17")
        await until(pilot, lambda: len(rows(pilot)) == 13)  # 17, 117, 217, 170 to 179


async def test_where_nothing_can_be_kept_the_chat_says_so_once_and_goes_on(built: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with app(built, tmp_path / "file").run_test(size=(100, 40)) as pilot:
        await ask(pilot, MORALE)
        await ask(pilot, IMPROVE)
        assert quotes(pilot)
        assert words(pilot, ".note").count("saved conversations cannot be written") == 1
        assert "--data" in words(pilot, ".note")


def test_a_killed_chat_has_lost_nothing_that_it_showed(own: Settings, data: Path) -> None:
    ours, theirs = pty.openpty()
    size = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "QA_BOT_DATA": str(data)}
    with subprocess.Popen(
        [QA_BOT], cwd=own.seeds.parent, env=os.environ | size, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        written = b""
        with suppress(OSError):
            while b"up to date" not in written:
                written += os.read(ours, 65536)
            os.write(ours, MORALE.encode() + b"\r")
            while b"strong" not in written and b"likely" not in written:
                written += os.read(ours, 65536)
        process.kill()
        os.close(ours)
    (entry,) = entries(own, data)
    assert (entry.title, entry.turns) == (MORALE, 1)


async def test_rows_drawn_too_early_are_drawn_anew() -> None:
    class Hurried(App[None]):
        def compose(self) -> ComposeResult:
            yield Table()

    async with Hurried().run_test(size=(60, 6)) as pilot:
        table = pilot.app.query_one(Table)
        table.add_columns("a", "b")
        await pilot.pause()
        table.add_row(Text("a long first cell"), Text("another"))
        table.render_line(1)  # before the table has seen how wide that is
        await pilot.pause()
        assert "a long first cell  another" in picture(pilot)
