"""Below a refusal: questions that the documents do answer, asked with a key or a click."""

from pathlib import Path

from qa_bot.chat.app import ChatApp
from qa_bot.chat.widgets.conversation import ConversationView
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.chat.widgets.suggestion import Suggestion
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.config import Settings
from tests.chat.pilot import app_input, ask, flat, quotes, settle
from tests.chat.scripted_library import ScriptedLibrary, sample

SEEDS = Path(__file__).parents[2] / "seeds"
FRANCE = "What is the capital of France?"
IMPROVE = "What needs to improve in this area of social work practice?"


async def test_a_key_asks_a_suggested_question(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, FRANCE)
        assert f"answered by these documents ? {IMPROVE}" in flat(pilot)
        await pilot.press("tab", *["down"] * len(quotes(pilot)))
        focused = pilot.app.focused
        assert isinstance(focused, Suggestion)
        await pilot.press("up", "down", "enter")
        await settle(pilot)
        last = pilot.app.screen.query(TurnView).last().turn
        assert last.question == focused.question
        assert last.answer is not None
        assert last.answer.band == "answered"


async def test_a_refusal_is_shown_down_to_what_is_suggested(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        for question in (IMPROVE, FRANCE):
            await ask(pilot, question)
        await pilot.pause()
        room = pilot.app.screen.query_one(ConversationView).region
        turn = pilot.app.screen.query(TurnView).last()
        assert turn.region.y >= room.y
        assert turn.query(Suggestion).last().region.bottom <= room.bottom


async def test_a_click_asks_it_and_e_puts_it_into_the_input(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(100, 40)) as pilot:
        await ask(pilot, FRANCE)
        first, second, *_ = pilot.app.screen.query(Suggestion)
        second.focus()
        await pilot.press("e")
        assert isinstance(pilot.app.focused, QuestionInput)
        assert app_input(pilot).text == second.question
        await pilot.click(first)
        await settle(pilot)
        assert pilot.app.screen.query(TurnView).last().turn.question == first.question


async def test_there_are_none_where_nothing_was_found_and_they_are_shown_as_text() -> None:
    core = ScriptedLibrary(SEEDS, sample(SEEDS))
    async with ChatApp(Settings(seeds=SEEDS), core).run_test(size=(100, 40)) as pilot:
        await ask(pilot, FRANCE)
        assert not pilot.app.screen.query(Suggestion)
        core.suggested = ["What is [red]this[/red]?\x1b[31m"]
        await ask(pilot, FRANCE)
        assert "? What is [red]this[/red]?␛[31m" in flat(pilot)
        await ask(pilot, "What needs to improve?")
        assert not list(pilot.app.screen.query(TurnView).last().query(Suggestion))
