"""The line at the top: what is being asked, how much of it there is, and whether it is current."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from qa_bot.chat.session import IndexState
from qa_bot.chat.text import fit_path, one_line

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

    def compose(self) -> ComposeResult:
        """Left: the program and its index. Right: the folder of documents."""
        yield Static(Content.styled(NAME, "bold $primary"), id="name")
        yield Static("", id="index-summary", markup=False)
        yield Static(Content(fit_path(self._folder, SCOPE_CELLS)), id="scope")

    def show(self, index: IndexState) -> None:
        """Bring the line up to the state of the index."""
        self._forms = [form for form in index.summaries() if form]
        self._fit()

    def on_resize(self) -> None:
        """As many words as there is room for."""
        self._fit()

    def _fit(self) -> None:
        if not self.is_attached or not self._forms:
            return
        # Reckoned from the whole line: the summary's own width is not known before the folder beside it is laid out.
        room = self.size.width - cell_len(NAME) - AROUND
        folder = cell_len(fit_path(self._folder, SCOPE_CELLS)) + 2
        last = self._forms[-2:]  # the key that helps tells more than the folder does
        ways = [(form, True) for form in (self._forms[:-1] or last)] + [(form, False) for form in last]
        form, scope = next((way for way in ways if cell_len(way[0]) + way[1] * folder <= room), ways[-1])
        self.query_one("#scope").display = scope
        self.query_one("#index-summary", Static).update(Content(form))
