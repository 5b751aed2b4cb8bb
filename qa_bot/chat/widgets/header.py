"""The line at the top: what is being asked, how much of it there is, and whether it is current."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from qa_bot.chat.session import IndexState
from qa_bot.chat.text import fit_path, one_line


class HeaderBar(Horizontal):
    """Name, index and scope on one line."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = one_line(folder)

    def compose(self) -> ComposeResult:
        """Left: the program and its index. Right: the folder of documents."""
        yield Static(Content.styled("qa-bot", "bold $primary"), id="name")
        yield Static("", id="index-summary", markup=False)
        yield Static(Content(fit_path(self._folder, 28)), id="scope")

    def show(self, index: IndexState) -> None:
        """Bring the line up to the state of the index."""
        summary = index.summary()
        if index.phase.value == "ready" and index.outdated and not index.updating:
            summary += " · ^r updates"
        self.query_one("#index-summary", Static).update(Content(summary))
