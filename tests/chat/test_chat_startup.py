"""The chat opens before anything heavy is imported, never imports torch, and works over folders of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from textual import events
from textual.message import Message

from qa_bot.chat.app import ChatApp
from qa_bot.chat.session import Phase
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.config import Settings
from tests.chat.pilot import ask, chat, flat, picture, quotes, settle, words

PROBE = """
import asyncio, json, sys
from pathlib import Path
from qa_bot.chat.app import ChatApp
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.config import Settings

heavy = ("torch", "transformers", "sentence_transformers", "faiss", "tantivy", "numpy", "tokenizers")
later = ("qa_bot.answers", "qa_bot.bot", "qa_bot.documents", "qa_bot.index", "qa_bot.chat.session", "qa_bot.chat.screens.chat")
loaded = lambda: sorted(name for name in (*heavy, *later) if name in sys.modules)
before = None

class Probe(ChatApp):
    async def open_chat(self, typed):
        global before
        before = loaded()
        await super().open_chat(typed)

async def main():
    app = Probe(Settings(seeds=Path(sys.argv[1]), index=Path(sys.argv[2])), opening=True)
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.press(*"praised", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.session.turns[0].answer, app.session.turns[0]

asyncio.run(main())
print(json.dumps([before, loaded()]))
"""


def test_nothing_heavy_before_the_first_picture_and_never_torch(built: Settings) -> None:
    command = [sys.executable, "-c", PROBE, str(built.seeds), str(built.index)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after = json.loads(done.stdout)
    assert before == []
    assert "faiss" in after
    assert not {"torch", "transformers", "sentence_transformers"} & set(after)


class Held(ChatApp):
    """Shows its first picture until it is let go on."""

    async def open_chat(self, typed: Sequence[Message]) -> None:
        self.typed = typed


async def test_the_first_picture_is_that_of_the_chat(built: Settings) -> None:
    for size in ((80, 24), (160, 50)):
        pictures = []
        for app in (Held(built, opening=True), ChatApp(built)):
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                pictures.append(picture(pilot).splitlines())
        first, chat = pictures
        assert "qa-bot   opening the index" in first[0]
        assert first[1:-1] == chat[1:-1]


async def test_what_is_typed_while_the_chat_loads_is_asked(built: Settings) -> None:
    app = Held(built, opening=True)
    async with app.run_test() as pilot:
        app.post_message(events.Paste("Was practice"))
        await pilot.press(*" praised?", "enter")
        await ChatApp.open_chat(app, app.typed)
        await settle(pilot)
        assert [turn.question for turn in app.session.turns] == ["Was practice praised?"]
        assert app.session.turns[0].answer


async def test_an_enter_from_before_the_terminal_was_ready_asks_too(built: Settings) -> None:
    app = Held(built, opening=True)
    async with app.run_test() as pilot:
        await pilot.press(*"Praised?", "ctrl+j", *"Where?", "ctrl+j", *"And")
        await ChatApp.open_chat(app, app.typed)
        await settle(pilot)
        assert [turn.question for turn in app.session.turns] == ["Praised?", "Where?"]
        assert app.screen.query_one(QuestionInput).text == "And"


async def test_a_changed_file_is_indexed_when_the_chat_opens(own: Settings) -> None:
    (own.seeds / "tea.txt").write_text("The kettle\n\nThe blue kettle whistles at ninety-six degrees exactly.\n")
    app = ChatApp(own)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "6 documents" in words(pilot, "#index-summary")
        await ask(pilot, "At how many degrees does the blue kettle whistle?")
        assert "ninety-six degrees" in flat(pilot)
        assert quotes(pilot)[0].quote.document == "tea.txt"


async def test_a_file_changed_while_chatting_shows_and_updates_by_key(own: Settings) -> None:
    app = ChatApp(own)
    app.session.automatic = False
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        (own.seeds / "tea.txt").write_text("The blue kettle whistles at ninety-six degrees exactly.\n")
        (own.seeds / "bad.txt").write_bytes(b"\x00\x01")
        chat(pilot).conversation_screen.keeper.look()
        await settle(pilot)
        assert "2 files changed" in words(pilot, "#index-summary")
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert "up to date" in words(pilot, "#index-summary")
        assert "bad.txt" in words(pilot, ".note.-warning")
        assert "1 added" in words(pilot, ".note")


async def test_an_empty_folder_explains_itself(tmp_path: Path) -> None:
    for seeds in (tmp_path / "none", tmp_path):
        app = ChatApp(Settings(seeds=seeds, index=tmp_path / "index"))
        async with app.run_test() as pilot:
            await settle(pilot)
            assert "There are no documents yet." in picture(pilot)
            assert app.session.index.phase is Phase.ABSENT


async def test_a_damaged_index_is_one_clear_line(own: Settings) -> None:
    (own.index / "qa-bot.sqlite").write_bytes(b"not a database" * 100)
    async with ChatApp(own).run_test() as pilot:
        await settle(pilot)
        assert "damaged" in words(pilot, ".note")
        assert "Traceback" not in picture(pilot)
