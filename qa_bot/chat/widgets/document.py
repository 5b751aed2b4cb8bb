"""A whole document, however long: only the rows on the screen are drawn."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice, pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qa_bot.answers.model import Quote
from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.background import Lane
from qa_bot.chat.rows import TAB, Row, wrap
from qa_bot.showing.text import visible
from qa_bot.span import Span, line_of

WIDEST = 100
"""Cells of text in a row at most: longer rows are hard to read."""
ABOVE = 3
"""Rows of context kept above the place that is gone to."""

LONG = 200_000
"""Characters. A shorter text is cut into rows at once, within some hundredths of a second; a longer one in the background."""
MOST_FOUND = 10_000
"""Matches of a search that are marked at most."""


class DocumentView(ScrollView, can_focus=True):
    """The document's text with line numbers, quoted places marked in the margin, and answering sentences standing out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "document--text",
        "document--margin",
        "document--bar",
        "document--other-bar",
        "document--quote",
        "document--highlight",
        "document--found",
    }
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("text")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    class Arranged(Message):
        """The rows were made for the present width of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._rows: list[Row] = []
        self._starts: list[int] = []
        self._digits = 1
        self._width = 0
        self._passages: list[Span] = []
        self._here: Span | None = None
        self._highlights: list[Span] = []
        self._found: list[Span] = []
        self._found_starts: list[int] = []
        self._at: int | None = None
        self._wrapping = Lane("rows")

    def show(self, text: str, quotes: Iterable[Quote], here: Quote | None = None) -> None:
        """Show a document's text and mark the quotes from it; `here` is the quote that the document was opened at."""
        self._text, self._rows, self._starts = visible(text), [], []
        quotes = list(quotes)
        self._passages = [Span(quote.start, quote.end) for quote in quotes]
        self._here = Span(here.start, here.end) if here in quotes and here is not None else None
        self._highlights = [Span(*span) for quote in quotes for span in quote.highlights]
        self._digits = len(str(self._text.count("\n") + 1))
        self._arrange()

    def find(self, words: str) -> list[Span]:
        """Mark every place where the words stand, in capitals or small letters; returns the places."""
        matches = re.finditer(re.escape(words), self._text, re.IGNORECASE) if words else iter(())
        self._found = [Span(*match.span()) for match in islice(matches, MOST_FOUND)]
        self._found_starts = [span.start for span in self._found]
        self.refresh()
        return self._found

    def go_to(self, offset: int) -> None:
        """Scroll so that a place in the text is near the top."""
        self._at = offset
        if self._rows:  # otherwise `_arrange_long` scrolls there when the rows are made
            self.scroll_to(y=max(0, self._row_of(offset) - ABOVE), animate=False, immediate=True)

    def line_of(self, offset: int) -> int:
        """The line of the file that a place is on, counting from 1."""
        return line_of(self._text, offset)

    @property
    def passages(self) -> list[Span]:
        """The quoted places, in order."""
        return list(self._passages)

    @property
    def top(self) -> int:
        """The offset of the text at the top of the screen."""
        return self._rows[min(round(self.scroll_offset.y), len(self._rows) - 1)].start if self._rows else 0

    def on_resize(self) -> None:
        """Make the rows for the new width, and stay at the same place in the text."""
        if self._text and self._text_width != self._width:
            at = self._at if self._at is not None else self.top
            self._arrange()
            self.call_after_refresh(self.go_to, at)

    @property
    def _text_width(self) -> int:
        return max(8, min(WIDEST, self.scrollable_content_region.width - self._digits - 5))

    def _arrange(self) -> None:
        self._width = self._text_width
        if len(self._text) < LONG:
            self._show_rows(wrap(self._text, self._width))
        else:
            self.run_worker(self._arrange_long(self._text, self._width), group="rows", exclusive=True)

    async def _arrange_long(self, text: str, width: int) -> None:
        rows = await self._wrapping.run(lambda: wrap(text, width))
        at = self._at
        self._show_rows(rows)
        if at is not None:
            self.call_after_refresh(self.go_to, at)

    def _show_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self._starts = [row.start for row in rows]
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.refresh()
        self.post_message(self.Arranged())

    def on_unmount(self) -> None:
        """Stop the thread that cuts long texts."""
        self._wrapping.stop()

    def _row_of(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """After the user has scrolled away from a place, a resize keeps the top of the screen in place of it."""
        super().watch_scroll_y(old_value, new_value)
        if self._at is not None and abs(new_value - max(0, self._row_of(self._at) - ABOVE)) > self.size.height:
            self._at = None

    def render_line(self, y: int) -> Strip:
        """One row: line number, margin bar, text."""
        base = self.rich_style
        number = y + round(self.scroll_offset.y)
        if number >= len(self._rows):
            return Strip.blank(self.size.width, base)
        row = self._rows[number]
        label = str(row.line) if row.first else ""
        # The bar is drawn beside an empty line within a passage, too.
        inside = [span for span in self._passages if span.start < max(row.end, row.start + 1) and row.start < span.end]
        bar, mark = ("bar", "▌ ") if self._here is None or self._here in inside else ("other-bar", "▏ ")
        segments = [
            Segment(f" {label:>{self._digits}} ", base + self.get_component_rich_style("document--margin")),
            Segment(mark if inside else "  ", base + self.get_component_rich_style(f"document--{bar}")),
        ]
        segments += self._pieces(row, base)
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _pieces(self, row: Row, base: Style) -> list[Segment]:
        # The space at which a row was broken is not marked.
        row = row._replace(end=row.start + len(self._text[row.start : row.end].rstrip(" ")))
        layers = [
            (span, self.get_component_rich_style(f"document--{name}"))
            for name, spans in (
                ("quote", [self._here] if self._here else self._passages),
                ("highlight", self._highlights),
                ("found", self._found_in(row)),
            )
            for span in spans
            if span.start < row.end and row.start < span.end
        ]
        cuts = {row.start, row.end}
        for (start, end), _ in layers:
            cuts |= {max(start, row.start), min(end, row.end)}
        plain = base + self.get_component_rich_style("document--text")
        pieces: list[Segment] = []
        for start, end in pairwise(sorted(cuts)):
            style = plain
            for span, layer in layers:
                if span.start <= start and end <= span.end:
                    style += layer
            pieces.append(Segment(self._text[start:end].replace("\t", TAB), style))
        return pieces

    def _found_in(self, row: Row) -> list[Span]:
        """The found places that may reach into a row; there may be thousands before and after it."""
        starts = self._found_starts
        return self._found[max(0, bisect_left(starts, row.start) - 1) : bisect_left(starts, row.end)]

    def row_region(self, offset: int) -> Region:
        """Where on the screen the row of a place is, relative to this widget; for tests and the mouse."""
        return Region(0, self._row_of(offset) - round(self.scroll_offset.y), self.size.width, 1)
