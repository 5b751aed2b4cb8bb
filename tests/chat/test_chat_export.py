"""Saving the conversation."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from qa_bot.chat.app import ChatApp
from qa_bot.config import Settings

from .driving import ask, notices, picture, quotes, settle

NOON = datetime(2026, 3, 4, 12, 0, 5)
IMPROVE = "What needs to improve in South Tyneside's social work practice?"


def app(settings: Settings) -> ChatApp:
    return ChatApp(settings, now=lambda: NOON)


async def test_saves_quotes_word_for_word_with_their_places(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await ask(pilot, "What is the capital of France?")
        shown = quotes(pilot)
        await pilot.press("ctrl+s", "enter")
        await settle(pilot)
        saved = (tmp_path / "conversation-2026-03-04-120005.md").read_bytes().decode()
        assert f"## {IMPROVE}" in saved
        assert "**Nothing in these documents answers that.**" in saved
        assert "003_7a3598a8e012728e.txt:33" in saved
        for view in shown:
            assert "\n".join(f"> {line}".rstrip() for line in view.quote.text.split("\n")) in saved
        for comment in re.findall(r"<!-- quote (.*) -->", saved):
            place = json.loads(comment)
            text = (built.seeds / place["document"]).read_bytes().decode()
            quoted = text[place["start"] : place["end"]]
            assert f"> {quoted.splitlines()[0]}" in saved


async def test_never_writes_over_a_file(built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = tmp_path / "conversation-2026-03-04-120005.md"
    kept.write_text("mine")
    async with app(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("ctrl+s", "enter")
        await pilot.pause()
        assert "exists already" in picture(pilot)
        assert kept.read_text() == "mine"
        await pilot.press("home", *"b", "enter")
        await settle(pilot)
        assert (tmp_path / f"b{kept.name}").exists()


async def test_a_path_that_cannot_be_written_is_said(built: Settings, tmp_path: Path) -> None:
    async with app(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("ctrl+s", *"/no/such/folder/", "enter")
        await pilot.pause()
        assert "Cannot write" in picture(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "Cannot write" not in picture(pilot)


async def test_there_may_be_nothing_to_save(built: Settings) -> None:
    async with app(built).run_test() as pilot:
        await pilot.press("ctrl+s")
        assert "nothing to save" in notices(pilot)
