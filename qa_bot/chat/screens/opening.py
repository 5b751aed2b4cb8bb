"""The first picture: the chat as it will look, painted before the chat is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from qa_bot.chat.widgets.welcome import Welcome

if TYPE_CHECKING:
    from qa_bot.chat.app import ChatApp


class Opening(Screen[None]):
    """Stands in for the chat while the chat loads, a tenth of a second. What is typed meanwhile goes to the chat's input."""

    app: "ChatApp"

    def __init__(self, seeds: Path) -> None:
        super().__init__()
        self._welcome = Welcome(seeds)
        self._typed: list[events.Key | events.Paste] = []

    def compose(self) -> ComposeResult:
        """Header, welcome, input."""
        header = Content.assemble(("qa-bot", "bold $primary"), "   ", ("opening the index", "$soft"))
        yield Static(header, id="opening-header")
        yield Vertical(self._welcome, id="opening-welcome")
        yield Static(Content.assemble(("› ", "bold $accent"), "ask about your documents"), id="opening-question")

    def on_mount(self) -> None:
        """Load the chat once this picture is on the screen."""
        self._welcome.ready()
        # The app itself loads the chat, because the app passes on no key until the chat is loaded.
        self.call_after_refresh(self.app.call_later, self.app.open_chat, self._typed)

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed. Enter pressed before the terminal was set up comes as ctrl+j."""
        event.stop()
        self._typed.append(events.Key("enter", "\r") if event.key == "ctrl+j" else event)

    def on_paste(self, event: events.Paste) -> None:
        """Keep what is pasted."""
        event.stop()
        self._typed.append(event)
