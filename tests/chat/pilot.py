"""What a test does to the chat, as a user would, waiting for the background rather than for a clock."""

from collections.abc import Callable
from contextlib import suppress

from textual.pilot import Pilot
from textual.widgets import Static
from textual.worker import WorkerCancelled

from qa_bot.chat.app import ChatApp
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.chat.widgets.quote import QuoteView
from qa_bot.chat.widgets.turn import TurnView


async def settle(pilot: Pilot[None]) -> None:
    """Until all background work is done, and what it led to is on the screen."""
    while True:
        with suppress(WorkerCancelled):  # a newer look at the folder took its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        if all(worker.is_finished for worker in pilot.app.workers):
            return


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    """Until something is so; the test's time limit ends a wait that never would."""
    while not true():
        await pilot.pause()


async def ask(pilot: Pilot[None], question: str) -> None:
    """Type a question, press enter, wait for the answer."""
    app_input(pilot).put(question)
    await pilot.press("enter")
    await settle(pilot)


def app_input(pilot: Pilot[None]) -> QuestionInput:
    return chat(pilot).screen_stack[0].query_one(QuestionInput)


def chat(pilot: Pilot[None]) -> ChatApp:
    assert isinstance(pilot.app, ChatApp)
    return pilot.app


def quotes(pilot: Pilot[None]) -> list[QuoteView]:
    """The quotes of the newest turn."""
    return list(chat(pilot).screen_stack[0].query(TurnView).last().query(QuoteView))


def words(pilot: Pilot[None], selector: str = "*") -> str:
    """The text of the widgets on the screen."""
    return "\n".join(str(widget.visual) for widget in pilot.app.screen.query(selector).results(Static))


def picture(pilot: Pilot[None]) -> str:
    """What the terminal shows, as plain text."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def flat(pilot: Pilot[None]) -> str:
    """What the terminal shows as one line: wrapped text in one piece, bars and runs of space left out."""
    return " ".join(" ".join(line.strip(" ▌█│▏▎┃") for line in picture(pilot).splitlines()).split())


def notices(pilot: Pilot[None]) -> str:
    """What the chat said in passing."""
    return "\n".join(notice.message for notice in pilot.app._notifications)
