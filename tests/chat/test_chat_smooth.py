"""The chat does not freeze, and a long conversation costs no more than a short one: in time, widgets or memory.

Bounds are generous, for machines that are slow or busy; `tests/bench/smooth.py` has the figures.
"""

import asyncio
import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.dom import DOMNode
from textual.pilot import Pilot

from qa_bot.answers.model import Answer
from qa_bot.chat.app import ChatApp
from qa_bot.chat.widgets.conversation import MOST, WINDOW
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.config import Settings
from tests.bench.smooth import Ticker
from tests.chat.pilot import app_input, ask, picture, quotes, settle, until, words
from tests.chat.scripted_library import ScriptedLibrary, quote_of, sample

SEEDS = Path(__file__).parents[2] / "seeds"
QUESTIONS = list(sample(SEEDS))


@pytest.fixture(autouse=True)
def nothing_else() -> Iterator[None]:
    """What other tests left behind is neither counted nor walked through when garbage is collected."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


async def turns(pilot: Pilot[None], number: int) -> float:
    """Ask so many questions, look at a quote of each, fold it, and go back; the seconds that the event loop's thread computes
    for one such turn, which a busy machine hardly changes."""
    started = time.thread_time()
    for turn in range(number):
        entry = app_input(pilot)
        entry.put(QUESTIONS[turn % len(QUESTIONS)])
        entry.action_ask()
        await pilot.pause()
        await settle(pilot)
        quote = quotes(pilot)[0]
        quote.focus()
        quote.action_fold()
        await pilot.pause()
        entry.focus()
        await pilot.pause()
    return (time.thread_time() - started) / number


async def test_a_long_conversation_costs_no_more_than_a_short_one() -> None:
    core = ScriptedLibrary(SEEDS, sample(SEEDS))
    async with ChatApp(Settings(seeds=SEEDS), core).run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        ticker = Ticker(where=False)
        ticking = asyncio.create_task(ticker.run())
        await turns(pilot, WINDOW + 1)
        short = await turns(pilot, 4)
        nodes, objects = counted()
        await turns(pilot, 10)
        long = await turns(pilot, 4)
        more_nodes, more_objects = counted()
        ticking.cancel()
        assert len(pilot.app.screen.query(TurnView)) <= MOST
        assert more_nodes <= nodes + 10
        assert (
            more_objects - objects < 14 * 800
        )  # its answer, and what caches still learn; what is drawn of a turn is thousands
        assert (
            long < 3 * short
        )  # a turn that grew with the conversation would cost more; the strict figure is in the bench
        assert sorted(ticker.gaps.own)[-3] < 0.4  # but for the two collections above


async def test_a_book_opens_and_is_searched_without_a_freeze(tmp_path: Path) -> None:
    line = "The “quick” brown fox jumps over the lazy dog, and the dog sleeps on. " * 4
    text = "".join(f"{number} {line}\n" for number in range(12_000))
    (tmp_path / "book.txt").write_text(text)
    quote = quote_of(tmp_path, "book.txt", f"9000 {line}".strip())
    core = ScriptedLibrary(tmp_path, {"q": Answer("c", "q", "q", True, 0.9, (quote,))})
    async with ChatApp(Settings(seeds=tmp_path), core).run_test(size=(100, 40)) as pilot:
        await ask(pilot, "q")
        ticker = Ticker(where=False)
        ticking = asyncio.create_task(ticker.run())
        quotes(pilot)[0].action_document()
        await until(pilot, lambda: "quoted place 1 of 1 · line 9001" in words(pilot, "#place"))
        await until(pilot, lambda: "9001 ▌ 9000 The" in picture(pilot))
        await pilot.press("slash", "e")
        await until(pilot, lambda: "of 10,000+" in words(pilot, "#place"))
        await pilot.press("enter", "n")
        await pilot.resize_terminal(60, 40)
        await settle(pilot)
        ticking.cancel()
        assert (
            max(ticker.gaps.own) < 0.4
        )  # 0.05 of processor time; 0.5 where the book is cut into rows in the event loop


def counted() -> tuple[int, int]:
    """Widgets and their like, and objects of any kind, that are alive."""
    gc.collect()
    objects = gc.get_objects()
    return sum(isinstance(one, DOMNode) for one in objects), len(objects)
