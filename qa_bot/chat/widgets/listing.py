"""The list of documents: one row each, with a mark on those that questions are put to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.coordinate import Coordinate
from textual.message import Message

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.widgets.table import Table
from qa_bot.library import Listed
from qa_bot.showing.text import fit, fit_path, one_line

OTHER_CELLS = 62
"""What the other columns need; titles get the rest of the row, file names more of it on a wide screen."""
CHOSEN, FREE = "✓", "·"


class Listing(Table):
    """Documents to look through, open and choose. What is chosen is the screen's to keep."""

    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("listing")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    @dataclass
    class Opened(Message):
        """The user wants to read a document."""

        document: Listed

    @dataclass
    class Toggled(Message):
        """The user wants a document to be asked, or no longer."""

        document: Listed

    @dataclass
    class Typed(Message):
        """The user types, which is for the filter."""

        character: str

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False)
        self._shown: Sequence[Listed] = ()

    def on_mount(self) -> None:
        """The columns."""
        for name in ("", "title", "date", "file", "parts", "quoted"):
            self.add_column(Text(name), key=name or "chosen")

    def fill(self, documents: Sequence[Listed], chosen: Collection[str], quoted: dict[str, int]) -> None:
        """Show these; `quoted` tells how often each was."""
        at = self.current
        self._shown = documents
        self.clear()
        self.add_rows(self._row(one, one.path in chosen, quoted.get(one.path, 0)) for one in documents)
        if at in documents:
            self.move_cursor(row=documents.index(at))

    def mark(self, chosen: Collection[str]) -> None:
        """Show which documents are chosen."""
        for number, one in enumerate(self._shown):
            mark = marked(one, one.path in chosen)
            if self.get_cell_at(place := Coordinate(number, 0)) != mark:
                self.update_cell_at(place, mark)

    @property
    def current(self) -> Listed | None:
        """The document that the cursor is on."""
        return self._shown[self.cursor_row] if 0 <= self.cursor_row < len(self._shown) else None

    def move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.move_cursor(row=max(0, min(self.cursor_row + by, len(self._shown) - 1)))

    def _row(self, one: Listed, chosen: bool, quoted: int) -> tuple[Text, ...]:
        room = self.size.width
        title = max(18, min(72, room - OTHER_CELLS))
        path = Text(fit_path(one_line(one.path), 22 if room < 120 else 48))
        if one.reason:
            reason = Text(fit(f"left out: {one_line(one.reason)}", title), "italic")
            return (marked(one, chosen), reason, Text(""), path, Text(""), Text(""))
        return (
            marked(one, chosen),
            Text(fit(one_line(one.title), title)),
            Text(one_line(one.date or "—")),
            path,
            Text(f"{one.passages:,}", justify="right"),
            Text(str(quoted) if quoted else "", justify="right"),
        )

    def action_open(self) -> None:
        """Read the document at the cursor."""
        if self.current is not None:
            self.post_message(self.Opened(self.current))

    def action_choose(self) -> None:
        """Choose the document at the cursor, or no longer."""
        if self.current is not None:
            self.post_message(self.Toggled(self.current))

    def on_key(self, event: events.Key) -> None:
        """Letters are for the filter."""
        if event.character and event.is_printable and event.key not in ("space", "slash", "question_mark"):
            event.stop()
            self.post_message(self.Typed(event.character))

    async def _on_click(self, event: events.Click) -> None:
        """A click on the mark chooses; elsewhere the first click goes there and the next one opens."""
        row, column = event.style.meta.get("row", -1), event.style.meta.get("column", -1)
        was = self.cursor_row
        if row >= 0:
            self.move_cursor(row=row)
            event.stop()
            event.prevent_default()
            if column == 0:
                self.action_choose()
            elif row == was:
                self.action_open()


def marked(one: Listed, chosen: bool) -> Text:
    """The mark in front of a document; a file that was left out cannot be chosen."""
    return Text("") if one.reason else Text(CHOSEN, "bold") if chosen else Text(FREE)
