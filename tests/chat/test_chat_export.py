"""Saving the conversation."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from textual import events

from qa_bot.answers.model import Quote
from qa_bot.chat.app import ChatApp
from qa_bot.config import Settings
from qa_bot.showing import citation
from qa_bot.showing.markdown import answering
from qa_bot.span import Span
from tests.chat.pilot import ask, notices, picture, quotes, settle

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


async def test_saves_which_sentences_answer_and_how_sure_that_is(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app(built).run_test() as pilot:
        await ask(pilot, "Who is the Lead Member?")
        best = quotes(pilot)[0]
        await ask(pilot, "What is the capital of France?")
        await pilot.press("ctrl+s", "enter")
        await settle(pilot)
        saved = (tmp_path / "conversation-2026-03-04-120005.md").read_bytes().decode()
        answered, refused = saved.split("## What is the capital")
        (start, end), *_ = best.quote.highlights
        marked = " ".join(best.quote.text[start - best.quote.start : end - best.quote.start].split())
        assert marked.startswith("Councillor Adam Ellison")
        line = next(line for line in answered.splitlines() if line.startswith("Answer: "))
        assert line.startswith(f'Answer: "{marked}')
        assert line.endswith(f" ({citation.band(best.answer)})")
        assert answered.count("Answer: ") == answered.count("<!-- quote")
        assert "Answer: " not in refused
        assert refused.count("Nearest: ") == refused.count("<!-- quote")


def test_what_lies_between_two_marked_sentences_is_left_out() -> None:
    text = "One is so.  Two\nis so. Three is not. Four is so."
    marked = tuple(
        Span(text.index(said), text.index(said) + len(said)) for said in ("One is so.", "Two\nis so.", "Four is so.")
    )
    quote = Quote("a.txt", "A", None, 7, 7 + len(text), 1, text, tuple(Span(a + 7, b + 7) for a, b in marked), 0.5)
    assert answering(quote, True) == 'Answer: "One is so. Two is so. … Four is so."'


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


async def test_a_name_typed_right_behind_the_key_is_taken(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        for keys in (["ctrl+s", *"mine", "enter"], ["ctrl+s", "ctrl+u", *"yours", "enter"]):
            for key in keys:  # all at once, before there is a dialog
                pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await settle(pilot)
        assert {file.name for file in tmp_path.iterdir()} == {"mine", "yours"}


async def test_there_may_be_nothing_to_save(built: Settings) -> None:
    async with app(built).run_test() as pilot:
        await pilot.press("ctrl+s")
        assert "nothing to save" in notices(pilot)
