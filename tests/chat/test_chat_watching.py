"""Seeds that change while one is chatting: the real core over real files, told of by the system."""

import json
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

from qa_bot import library as core
from qa_bot.chat.app import ChatApp
from qa_bot.config import Settings
from qa_bot.index.updating import update
from qa_bot.library import SeedsState
from tests.chat.pilot import app_input, ask, chat, flat, picture, quotes, settle, until, words
from tests.chat.scripted_library import ScriptedLibrary, sample

SEEDS = Path(__file__).parents[2] / "seeds"
IMPROVE = "What needs to improve in South Tyneside's social work practice?"
KETTLE = "At how many degrees does the blue kettle whistle?"
LETTER = "003_7a3598a8e012728e.txt"


def kettle(settings: Settings, degrees: str) -> None:
    (settings.seeds / "kettle.txt").write_text(f"The blue kettle whistles at {degrees} degrees exactly.\n")


def header(pilot: Pilot[None]) -> str:
    return picture(pilot).splitlines()[0]


def states(pilot: Pilot[None]) -> set[str]:
    return {view.quote.state for view in quotes(pilot) if view.quote.document == LETTER}


async def test_what_changes_is_indexed_by_itself_and_new_answers_use_it(own: Settings) -> None:
    async with ChatApp(own).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        for degrees, news in (
            ("ninety-six", "6 documents · 41 passages · up to date · 1 added"),
            ("eighty", "1 changed"),
        ):
            kettle(own, degrees)
            await until(pilot, lambda news=news: news in header(pilot))
            await ask(pilot, KETTLE)
            assert f"whistles at {degrees} degrees exactly." in quotes(pilot)[0].quote.text
        (own.seeds / "kettle.txt").unlink()
        await until(pilot, lambda: "5 documents · 40 passages · up to date · 1 removed" in header(pilot))


async def test_old_quotes_are_marked_as_their_file_changes_and_changes_back(own: Settings) -> None:
    async with ChatApp(own).run_test(size=(120, 50)) as pilot:
        await ask(pilot, IMPROVE)
        quotes(pilot)[0].focus()
        await pilot.press("down", "space")
        folded = [view.folded for view in quotes(pilot)]
        letter = (own.seeds / LETTER).read_bytes()
        for content, state, told in (
            (b"A new first line.\n" + letter, "changed", "moved to line 34"),
            (letter.upper(), "changed", "⚠ changed since it was quoted"),
            (letter, "verbatim", ""),
            (None, "gone", "⚠ the file is gone"),
            (letter, "verbatim", ""),
        ):
            if content is None:
                (own.seeds / LETTER).unlink()
            else:
                (own.seeds / LETTER).write_bytes(content)
            await until(pilot, lambda state=state: states(pilot) == {state})
            if told:
                await until(pilot, lambda told=told: told in flat(pilot))
            else:
                await until(pilot, lambda: "⚠" not in flat(pilot))
            assert ("⚠" in flat(pilot)) is told.startswith("⚠")
            assert [view.folded for view in quotes(pilot)] == folded
            assert pilot.app.focused is quotes(pilot)[1]
            assert all(turn.answer is quotes(pilot)[0].answer for turn in chat(pilot).session.turns)
        await settle(pilot)


async def test_when_asked_to_ask_it_is_offered_and_that_is_remembered(own: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "chat.json"
    async with ChatApp(own, preferences=kept).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        await pilot.press(*"ask before")
        await until(pilot, lambda: "Ask before updating" in picture(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: not chat(pilot).session.automatic)
    assert json.loads(kept.read_text()) == {"automatic": False}
    async with ChatApp(own, preferences=kept).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        kettle(own, "ninety-six")
        await until(pilot, lambda: "1 file changed · ^r updates" in header(pilot))
        await settle(pilot)
        assert chat(pilot).session.index.documents == 5
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "6 documents" in header(pilot))
        assert "1 added" in words(pilot, ".note")
        kettle(own, "eighty")
        await until(pilot, lambda: "1 file changed" in header(pilot))
        chat(pilot).action_automatic(True)
        await until(pilot, lambda: "up to date · 1 changed" in header(pilot))
    assert json.loads(kept.read_text()) == {"automatic": True}


async def test_the_theme_and_the_updates_are_remembered_side_by_side(built: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "chat.json"
    async with ChatApp(built, preferences=kept).run_test() as pilot:
        await settle(pilot)
        chat(pilot).action_automatic(False)
        pilot.app.theme = "qa-bot-light"
        await pilot.pause()
    app = ChatApp(built, preferences=kept)
    assert (app.theme, app.session.automatic) == ("qa-bot-light", False)


async def test_a_folder_that_is_filled_later_is_found(
    own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "LOOK_EVERY", 0.02)
    later = Settings(seeds=tmp_path / "later", index=tmp_path / "later-index")
    async with ChatApp(later).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert "There are no documents yet." in picture(pilot)
        later.seeds.mkdir()
        (later.seeds / LETTER).write_bytes((own.seeds / LETTER).read_bytes())
        await until(pilot, lambda: "1 document" in header(pilot))
        assert "There are no documents yet." not in picture(pilot)
        await ask(pilot, IMPROVE)
        assert quotes(pilot)


async def test_what_changes_during_an_update_is_not_missed() -> None:
    fake = ScriptedLibrary(SEEDS, sample(SEEDS), ("update",))
    app = ChatApp(Settings(seeds=SEEDS), fake)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        fake.state = SeedsState(found=5, outdated=1)
        fake.touched.append(True)
        await until(pilot, lambda: app.session.index.updating)
        fake.touched.append(True)
        await until(pilot, lambda: app.session.index.touched)
        fake.state = SeedsState(found=5, outdated=2)
        fake.gates["update"].set()
        await until(pilot, lambda: app.session.index.tried == fake.state)
        await settle(pilot)
        assert not app.session.index.touched


async def test_a_cancelled_update_is_not_begun_again_until_something_changes() -> None:
    fake = ScriptedLibrary(SEEDS, sample(SEEDS), ("update",))
    app = ChatApp(Settings(seeds=SEEDS), fake)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        fake.state = SeedsState(found=5, outdated=1)
        fake.touched.append(True)
        await until(pilot, lambda: app.session.index.updating)
        app_input(pilot).focus()
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not app.session.index.updating)
        fake.touched.append(False)
        await until(pilot, lambda: not fake.touched)
        await settle(pilot)
        assert not app.session.index.updating
        assert "1 file changed · ^r updates" in header(pilot)
        fake.touched.append(True)
        await until(pilot, lambda: app.session.index.updating)
        fake.gates["update"].set()


async def test_files_left_out_are_named_once(own: Settings) -> None:
    (own.seeds / "bad.txt").write_bytes(b"\0\1")
    update(own)
    async with ChatApp(own).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        for degrees, news in (("ninety-six", "1 added"), ("eighty", "1 changed")):
            kettle(own, degrees)
            await until(pilot, lambda news=news: f"up to date · {news}" in header(pilot))
        assert words(pilot, ".note").count("bad.txt") == 1
