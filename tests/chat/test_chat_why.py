"""Why a quote was chosen, in plain words."""

from dataclasses import replace
from pathlib import Path

import pytest

from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.why import WhyScreen
from qa_bot.config import Settings
from tests.chat.pilot import app_input, ask, chat, flat, quotes
from tests.chat.scripted_library import ScriptedLibrary, sample

SEEDS = Path(__file__).parents[2] / "seeds"
WHY = "Tell why this quote, and how sure the answer is"


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_the_words_the_rank_and_the_confidence_are_told(built: Settings, size: tuple[int, int]) -> None:
    async with ChatApp(built).run_test(size=size) as pilot:
        await ask(pilot, "How are employees feeling in North Tyneside?")
        await pilot.press("tab", "w")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WhyScreen)
        shown = flat(pilot)
        quote = quotes(pilot)[0].quote
        assert quote.why is not None
        assert f"{quote.document}:{quote.line}" in shown
        assert "not said here, but “Staff” means nearly the same" in shown
        await pilot.press("end")
        await pilot.pause()
        shown += flat(pilot)
        assert f"score {quote.score:.2f}" in shown
        assert f"cosine {quote.why.cosine:.2f}" in shown
        assert f"{quotes(pilot)[0].answer.confidence:.0%}" in shown
        assert "+ ━" in shown
        await pilot.press("escape")
        assert quotes(pilot)[0].has_focus


async def test_what_speaks_against_a_refused_passage(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(100, 50)) as pilot:
        await ask(pilot, "What is the capital of France?")
        await pilot.press("tab", "w")
        await pilot.pause()
        assert "not here" in flat(pilot)
        assert "− ╌" in flat(pilot)
        assert "a name or number in the question stands nowhere in these documents" in flat(pilot)
        assert "not an answer" in flat(pilot)


async def test_words_from_an_earlier_question_are_told_as_such(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(100, 50)) as pilot:
        await ask(pilot, "How is staff morale in North Tyneside?")
        await ask(pilot, "And in South Tyneside?")
        commands = {c.title: c for c in chat(pilot).get_system_commands(pilot.app.screen)}
        assert WHY not in commands
        app_input(pilot).screen.set_focus(quotes(pilot)[0])
        commands = {c.title: c for c in chat(pilot).get_system_commands(pilot.app.screen)}
        await commands[WHY].callback()
        await pilot.pause()
        assert "(from an earlier question)" in flat(pilot)


async def test_an_answer_kept_without_its_reasons_says_so() -> None:
    answers = {question: replace(answer, reasons=()) for question, answer in sample(SEEDS).items()}
    async with ChatApp(Settings(seeds=SEEDS), ScriptedLibrary(SEEDS, answers)).run_test() as pilot:
        await ask(pilot, "What needs to improve?")
        await pilot.press("tab", "w")
        await pilot.pause()
        assert "kept without its reasons" in flat(pilot)
