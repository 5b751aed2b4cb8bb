"""Asks before an action that cannot be undone."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.showing.text import visible


class ConfirmScreen(ModalScreen[bool]):
    """A question to answer with yes or no."""

    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("confirm")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, title: str, question: str) -> None:
        super().__init__()
        self._title = title
        self._question = question

    def compose(self) -> ComposeResult:
        """The question, and the keys that answer it."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            box.border_subtitle = "enter or y: yes · escape or n: no"
            yield Static(Content(visible(self._question)))
