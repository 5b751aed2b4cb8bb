"""The documents of the index: what they are called, when they were written, how often they were quoted, what failed."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Input, Static

from qa_bot.chat.core import Listed
from qa_bot.chat.jobs import Jobs
from qa_bot.chat.messages import DocumentsListed
from qa_bot.chat.screens.document import DocumentScreen
from qa_bot.chat.session import Session, counted
from qa_bot.chat.text import fit, fit_path, one_line

OTHER_CELLS = 58
"""What the other columns need; titles get the rest of the row, file names more of it on a wide screen."""


class FilterInput(Input):
    """Words that titles and file names must hold."""

    async def _on_key(self, event: events.Key) -> None:
        """The key that finds elsewhere comes here: typed here, it is no part of what is looked for."""
        if event.key == "slash":
            event.prevent_default()
            event.stop()


class DocumentsScreen(Screen[None]):
    """A list to look through, narrowed by typing."""

    AUTO_FOCUS = "#filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back", id="documents.back", tooltip="Back to the conversation"),
        Binding("slash", "filter", "filter", show=False),
        Binding("down", "move(1)", "next", show=False),
        Binding("up", "move(-1)", "previous", show=False),
        Binding("pagedown", "move(10)", "page down", show=False),
        Binding("pageup", "move(-10)", "page up", show=False),
    ]

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._all: Sequence[Listed] = ()
        self._shown: list[Listed] = []

    def compose(self) -> ComposeResult:
        """What to look for, the list, the keys."""
        with Horizontal(id="documents-header"):
            yield Static("documents", id="documents-name")
            yield Static("", id="documents-count")
        with Horizontal(id="documents-filter"):
            yield Static("›", id="filter-prompt")
            yield FilterInput(placeholder="type words of a title or file name; enter opens", compact=True, id="filter")
        yield DataTable(cursor_type="row", zebra_stripes=False)
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Fetch the list in the background."""
        table = self.query_one(DataTable)
        table.can_focus = False  # typing narrows the list wherever it is; up and down reach the table from here
        for name in ("title", "date", "file", "parts", "quoted"):
            table.add_column(Text(name), key=name)
        self.run_worker(self._load(), group="documents", exit_on_error=False)

    async def _load(self) -> None:
        self.post_message(await self._jobs.documents())

    def on_documents_listed(self, message: DocumentsListed) -> None:
        """Fill the list."""
        self._all = message.documents
        self._fill("")
        if message.reason:
            self.query_one("#documents-count", Static).update(Content(one_line(message.reason)))

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, wanted: str) -> None:
        words = wanted.casefold().split()
        self._shown = [one for one in self._all if all(word in f"{one.title} {one.path}".casefold() for word in words)]
        table = self.query_one(DataTable)
        table.clear()
        table.add_rows(self._row(one) for one in self._shown)
        failed = sum(bool(one.reason) for one in self._all)
        count = counted(len(self._all) - failed, "document") + (f" · {failed} left out" if failed else "")
        shown = f"{len(self._shown)} of " if len(self._shown) < len(self._all) else ""
        self.query_one("#documents-count", Static).update(Content(shown + count))

    def _row(self, one: Listed) -> tuple[Text, ...]:
        room = self.size.width
        title = max(20, min(72, room - OTHER_CELLS))
        path = Text(fit_path(one_line(one.path), 22 if room < 120 else 48))
        if one.reason:
            return (Text(fit(f"left out: {one_line(one.reason)}", title), "italic"), Text(""), path, Text(""), Text(""))
        quoted = len(self._session.quotes_from(one.path))
        return (
            Text(fit(one_line(one.title), title)),
            Text(one_line(one.date or "—")),
            path,
            Text(f"{one.passages:,}", justify="right"),
            Text(str(quoted) if quoted else "", justify="right"),
        )

    def on_resize(self) -> None:
        """Columns are as wide as the screen lets them be."""
        if self._all:
            self._fill(self.query_one(Input).value)

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one(FilterInput).focus()

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        table = self.query_one(DataTable)
        table.move_cursor(row=max(0, min(table.cursor_row + by, len(self._shown) - 1)))

    @on(Input.Submitted)
    def _open(self) -> None:
        row = self.query_one(DataTable).cursor_row
        if 0 <= row < len(self._shown):
            self._show(self._shown[row])

    @on(DataTable.RowSelected)
    def _clicked(self, event: DataTable.RowSelected) -> None:
        self._show(self._shown[event.cursor_row])

    def _show(self, one: Listed) -> None:
        marks = self._session.quotes_from(one.path)
        self.app.push_screen(DocumentScreen(one, None, marks, self._jobs))
