"""What each document says to one question, side by side, oldest to newest."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, ItemGrid, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from qa_bot.answers.model import Answer
from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.jobs import Jobs
from qa_bot.chat.messages import QuoteMessage, SidesFound
from qa_bot.chat.session import Turn
from qa_bot.chat.widgets.keys import KeyLine
from qa_bot.chat.widgets.side import Side
from qa_bot.showing.text import counted, one_line

NARROWEST = 48
"""Least width of a column in cells. Where there is room for one column only, the sides stand below each other."""


class SidesScreen(Screen[None]):
    """The sides in as many columns as there is room for. Words that differ from the side before are emphasised."""

    CSS_PATH = "sides.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("sides")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, turn: Turn, earlier: Sequence[Answer], jobs: Jobs, tell: Callable[[Message], object]) -> None:
        """`tell` posts a message to the screen of the conversation, which does what the user wants done with a side."""
        super().__init__()
        self._turn = turn
        self._earlier = earlier
        self._jobs = jobs
        self._tell = tell

    def compose(self) -> ComposeResult:
        """The question, the sides, the keys."""
        with Horizontal(classes="head"):
            yield Static(Content(one_line(self._turn.question)), classes="head-name")
            yield Static(Content("looking in each document"), id="sides-count", classes="head-note")
        with VerticalScroll(can_focus=False):
            yield ItemGrid(min_column_width=NARROWEST, id="sides")
        yield KeyLine()

    def on_mount(self) -> None:
        """Find the sides in the background."""
        self.run_worker(self._find(), group="sides", exit_on_error=False)

    async def _find(self) -> None:
        self.post_message(await self._jobs.sides(self._earlier, self._turn))

    async def on_sides_found(self, message: SidesFound) -> None:
        """Show the sides and go to the first."""
        quotes, answer = message.quotes, self._turn.answer
        assert answer is not None
        sides = [Side(answer, quote, places) for quote, places in zip(quotes, message.differing, strict=True)]
        await self.query_one("#sides").mount_all(sides)
        if sides:
            sides[0].focus()
        dated = sum(quote.date is not None for quote in quotes) > 1
        several = counted(len(sides), "document") + (", oldest to newest" if dated else ", best first")
        said = several if len(sides) > 1 else "only this document speaks of it"
        self.query_one("#sides-count", Static).update(Content(one_line(message.reason) or said))

    @on(QuoteMessage)
    def _hand_on(self, message: QuoteMessage) -> None:
        """Post the message to the screen of the conversation."""
        self._tell(message)
