"""The line at the top: the documents that are asked, the size of the index, and whether it is current."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from qa_bot.chat.session import IndexState
from qa_bot.showing.citation import scope_words
from qa_bot.showing.text import fit_path, one_line

NAME = "qa-bot"
AROUND = 3
"""Cells between the name and the summary."""
SCOPE_CELLS = 28


class HeaderBar(Horizontal):
    """Name, index and scope on one line."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = one_line(folder)
        self._forms: list[str] = []
        self._chosen = ""

    def compose(self) -> ComposeResult:
        """Left: the program and its index. Right: the folder of documents."""
        yield Static(Content.styled(NAME, "bold $primary"), id="name")
        yield Static("", id="index-summary", markup=False)
        yield Static(Content(fit_path(self._folder, SCOPE_CELLS)), id="scope")

    def show(self, index: IndexState, scope: Sequence[str] = ()) -> None:
        """Show the state of the index, and the documents that are asked; none named: all."""
        self._forms = [form for form in index.summaries() if form]
        self._chosen = f"asking {scope_words(scope, SCOPE_CELLS - 12)} only" if scope else ""
        self._fit()

    @on(events.Click, "#scope")
    async def _choose(self) -> None:
        """Open the list in which documents are chosen."""
        await self.run_action("screen.documents")

    def on_resize(self) -> None:
        """Show as many words as there is room for."""
        self._fit()

    def _fit(self) -> None:
        if not self.is_attached or not self._forms:
            return
        # Computed from the whole line, because the width of the summary is not known before the folder beside it is laid out.
        room = self.size.width - cell_len(NAME) - AROUND
        asked = self._chosen or fit_path(self._folder, SCOPE_CELLS)
        folder = cell_len(asked) + 2
        last = self._forms[-2:]  # the key that updates the index matters more than the folder
        ways = [(form, True) for form in (self._forms[:-1] or last)] + [(form, False) for form in last]
        if self._chosen:  # always shown, because the choice decides what can be answered
            ways = [(form, True) for form in [*self._forms, ""]]
        form, scope = next((way for way in ways if cell_len(way[0]) + way[1] * folder <= room), ways[-1])
        self.query_one("#scope").display = scope
        self.query_one("#scope", Static).update(Content(asked))
        self.query_one("#scope").set_class(bool(self._chosen), "-chosen")
        self.query_one("#index-summary", Static).update(Content(form))
