"""The conversations kept from before: to look through, go on with, or delete."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.jobs import Jobs
from qa_bot.chat.messages import SavedListed
from qa_bot.chat.saved import Entry, when, writable
from qa_bot.chat.screens.confirm import ConfirmScreen
from qa_bot.chat.session import Session, new_key
from qa_bot.chat.widgets.keys import KeyLine
from qa_bot.chat.widgets.table import Table
from qa_bot.showing.text import counted, fit, fit_path, one_line

OTHER_CELLS = 46
"""What the other columns need; titles get the rest of the row."""
FOLDER_CELLS = 14
MOST = 200
"""Rows at a time: more are for typing to find, not for scrolling."""


class SearchInput(Input):
    """Words to look for. The screen acts on enter."""

    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("search")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)


class SavedScreen(Screen[str | None]):
    """A list narrowed by typing words of the questions. Conversations over other folders come last, and dimmer."""

    AUTO_FOCUS = "#filter"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("saved")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, seeds: Path, session: Session, jobs: Jobs) -> None:
        """Dismissed with the key of the conversation to go on with, if any."""
        super().__init__()
        self._seeds = writable(str(seeds.resolve()))
        self._session = session
        self._jobs = jobs
        self._all: Sequence[Entry] = ()
        self._shown: list[Entry] = []

    def compose(self) -> ComposeResult:
        """The words to look for, the list, the keys."""
        with Horizontal(classes="head"):
            yield Static("saved conversations", classes="head-name")
            yield Static("", id="saved-count", classes="head-note")
        with Horizontal(classes="entry"):
            yield Static("›", classes="prompt")
            yield SearchInput(
                placeholder="type words of a question or folder; enter goes on with it", compact=True, id="filter"
            )
        yield Table(cursor_type="row", zebra_stripes=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the list in the background."""
        table = self.query_one(DataTable)
        table.can_focus = False  # typing narrows the list wherever it is; up and down reach the table from here
        for name in ("first question", "last used", "turns", "folder"):
            table.add_column(Text(name), key=name)
        self._load()

    def _load(self) -> None:
        async def load() -> None:
            self.post_message(await self._jobs.saved())

        self.run_worker(load(), group="saved", exit_on_error=False)

    def on_saved_listed(self, message: SavedListed) -> None:
        """Fill the list: the conversations over this folder first, and the last used first."""
        self._all = sorted(message.entries, key=lambda entry: entry.seeds != self._seeds)
        self._fill()
        if message.reason:
            self.notify(message.reason, severity="error", markup=False)

    @on(Input.Changed)
    def _fill(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        found = [entry for entry in self._all if all(word in searchable(entry) for word in words)]
        self._shown = found[:MOST]
        table = self.query_one(DataTable)
        table.clear()
        table.add_rows(self._row(entry) for entry in self._shown)
        count = counted(len(self._all), "conversation") if self._all else "nothing saved yet"
        shown = f"{len(found)} of " if len(found) < len(self._all) else ""
        self.query_one("#saved-count", Static).update(Content(shown + count))

    def _row(self, entry: Entry) -> tuple[Text, ...]:
        style = "" if entry.seeds == self._seeds else "dim"
        title = fit(one_line(entry.title), max(20, self.size.width - OTHER_CELLS))
        folder = fit_path(one_line(Path(entry.seeds).name or entry.seeds), FOLDER_CELLS)
        if entry.key == self._session.key:
            folder = "on the screen"
        return (
            Text(title, style),
            Text(when(entry.asked), style),
            Text(f"{entry.turns:,}", style, justify="right"),
            Text(folder, style),
        )

    def on_resize(self) -> None:
        """Make the titles as wide as there is room."""
        if self._all:
            self._fill()

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        table = self.query_one(DataTable)
        table.move_cursor(row=max(0, min(table.cursor_row + by, len(self._shown) - 1)))

    @property
    def _chosen(self) -> Entry | None:
        row = self.query_one(DataTable).cursor_row
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @on(Input.Submitted)
    @on(DataTable.RowSelected)
    def _choose(self) -> None:
        """Go on with the chosen conversation; for one over another folder, tell the command that opens it."""
        entry = self._chosen
        if entry is None:
            return
        if entry.seeds == self._seeds:
            self.dismiss(entry.key)
        else:
            command = f"qa-bot --seeds {entry.seeds} --index {entry.index}"
            self.notify(
                f"This conversation is about other documents. To go on with it: {command}", markup=False, timeout=15
            )

    def action_delete(self) -> None:
        """Delete the chosen conversation, once the user has confirmed."""
        entry = self._chosen
        if entry is None:
            return

        def confirmed(yes: bool | None) -> None:
            if yes:
                if entry.key == self._session.key:
                    self._session.key = new_key()  # later questions belong to a new conversation
                self.run_worker(delete(), group="saved", exit_on_error=False)

        async def delete() -> None:
            self.post_message(await self._jobs.delete_saved(entry.key))

        question = f"{fit(one_line(entry.title), 60)}\n{counted(entry.turns, 'turn')} will be gone for good."
        self.app.push_screen(ConfirmScreen("delete this conversation?", question), confirmed)


def searchable(entry: Entry) -> str:
    """The text in which the typed words are looked for."""
    return f"{entry.questions} {Path(entry.seeds).name}".casefold()
