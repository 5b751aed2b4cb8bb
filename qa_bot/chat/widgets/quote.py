"""One quote: the passage in full with the answering sentences standing out, or folded to a line."""

import re
from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style

from qa_bot.answers.model import Answer, Quote
from qa_bot.chat.actions import Action, actions_of, bindings, handed_on
from qa_bot.chat.messages import Asked, EditWanted, ScopeWanted, SidesWanted
from qa_bot.chat.widgets.quote_actions import QuoteActions
from qa_bot.chat.widgets.suggestion import step
from qa_bot.showing import citation
from qa_bot.showing.states import Words, words
from qa_bot.showing.text import blank_runs, fit_path, one_line, visible

SNIPPET = 300
"""Characters of a quote that its folded line may use; the screen's width cuts it further."""
DOCUMENT_CELLS = 18
ENOUGH = 3
"""Rows of an open quote that must be on the screen before enter opens the document."""
HIGHLIGHT = "bold $foreground"
REST = "$quote-rest"
PLACE = Style.from_meta({"place": True})
"""Marks the part of a citation that a click follows."""

_MARKED_HEADING = re.compile(r"#{1,6}\s[^\n]*\Z")
_ITEM = re.compile(r"(?:[-*+•◦▪–—]|\(?\w{1,3}[.)])\s")
_LINE_START = re.compile(r"(?:\A|\n)[ \t>*_]*\Z")
_HEADS = re.compile(r"[ \t*_\r]*\n[ \t\r]*(?:\n|[-=]{3,}[ \t\r]*\n|[-*+•◦▪–—]\s)")


class QuoteView(QuoteActions):
    """A quote of an answer, open or folded. The bar at its left says at a glance what it is: answer, unsure, nearest."""

    can_focus = True
    ALLOW_MAXIMIZE = False
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("quote")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS) + handed_on(actions_of("chat"), "screen.{}")

    folded: reactive[bool] = reactive(True, init=False)

    def __init__(self, answer: Answer, quote: Quote, number: int, folded: bool) -> None:
        band = citation.band(answer)
        super().__init__(classes=f"stop -{band.split()[-1]}")
        self.answer = answer
        self.quote = quote
        self.number = number
        self._band = band
        self._unfolding = False
        self._moved: str | None = None
        self.set_reactive(QuoteView.folded, folded)
        self._show()

    def restate(self, answer: Answer, quote: Quote, moved: Mapping[Words, str]) -> None:
        """Show the same quote, marked with its state by today's file."""
        self.answer, self.quote, self._moved = answer, quote, moved.get(words(quote))
        self._show()

    def watch_folded(self) -> None:
        """Draw the quote folded or open; scroll an open quote into view."""
        self._show()
        self._unfolding = not self.folded
        self.call_after_refresh(self._unfolded)

    def _unfolded(self) -> None:
        self._unfolding = False
        if not self.folded:
            self.reveal()

    def reveal(self) -> None:
        """Scroll just far enough to show the whole quote; a quote taller than the screen begins at the top."""
        if (around := self._scroller) is None:
            return
        room = around.scrollable_content_region
        top, bottom = self.region.y - room.y, self.region.bottom - room.y
        by = top if top < 0 else min(top, max(0, bottom - room.height))
        if by:
            around.scroll_relative(y=by, animate=False, immediate=True)

    @property
    def _scroller(self) -> VerticalScroll | None:
        return next((one for one in self.ancestors if isinstance(one, VerticalScroll)), None)

    @property
    def _in_sight(self) -> bool:
        """Whether enough of the quote is on the screen to recognise it."""
        if (around := self._scroller) is None:
            return True
        shown = around.scrollable_content_region.intersection(self.region).height
        return shown >= min(ENOUGH, self.region.height)

    def _show(self) -> None:
        self.set_class(self.folded, "-folded")
        self.update(folded_line(self.quote, self.number, self._moved) if self.folded else self._open())

    def _open(self) -> Content:
        parts = [self._citation()]  # above the passage: below a long one nobody would see the confidence
        if heading := heading_above(self.quote):
            parts.append(Content.styled(heading, "$faint"))
        return Content("\n").join([*parts, quoted(self.quote)])

    def _citation(self) -> Content:
        quote = self.quote
        number = f"{self.number} · " if self.number > 1 else ""
        place = Content.styled(citation.place(quote), "$soft underline").stylize(PLACE)
        pieces = [Content.styled(number + citation.title(quote), "$citation")]
        if written := citation.day(quote.date):
            pieces.append(Content.styled(written, "$citation"))
        pieces.append(place)
        # The confidence is that of the best quote, so it stands there only.
        if self._band != "not an answer" and self.number == 1:
            pieces.append(Content.styled(self._band, "bold $band" if self._band == "strong" else "$band"))
        if others := citation.also_in(quote):
            pieces.append(Content.styled(others, "$faint"))
        if self._moved and quote.state == "changed":
            pieces.append(Content.styled(f"moved to {self._moved}", "$warning"))
        elif changed := citation.STATES[quote.state]:
            pieces.append(Content.styled(f"⚠ {changed}", "bold $warning"))
        return Content.styled(" · ", "$faint").join(pieces)

    def action_open(self) -> None:
        """Unfold the quote; if it is open and on the screen, open its document."""
        if self.folded:
            self.folded = False
        elif self._unfolding:
            return  # a second enter right after the first one has no further effect
        elif self._in_sight:
            self.action_document()
        else:
            self.reveal()

    def action_step(self, by: int) -> None:
        """Go to the next or previous quote; at either end, scroll on instead."""
        if not step(self, by) and (around := self._scroller) is not None:
            around.scroll_relative(y=3 * by, animate=False)

    def action_fold(self) -> None:
        """Fold or unfold."""
        self.folded = not self.folded

    def action_sides(self) -> None:
        """See side by side what each document says."""
        self.post_message(SidesWanted(self.answer))

    def action_limit(self) -> None:
        """Put questions to this document only."""
        self.post_message(ScopeWanted((self.quote.document,)))

    def action_alone(self) -> None:
        """Ask the question again without what came before it."""
        self.post_message(Asked(self.answer.question, alone=True))

    def action_again(self) -> None:
        """Ask the question again, after all that was said since."""
        self.post_message(Asked(self.answer.question))

    def action_edit(self) -> None:
        """Put the question into the input as it was interpreted."""
        self.post_message(EditWanted(citation.interpreted(self.answer)))

    def on_click(self, event: events.Click) -> None:
        """A click unfolds; on an open quote's place it opens the document."""
        if self.folded:
            self.folded = False
        elif event.style.meta.get("place"):
            self.action_document()


def quoted(quote: Quote) -> Content:
    """The passage as Content: answering sentences emphasised, the rest calmer, runs of blank lines shown as one."""
    body = Content(visible(quote.text)).stylize(REST)
    for start, end in quote.highlights:
        body = body.stylize(HIGHLIGHT, max(0, start - quote.start), max(0, end - quote.start))
    pieces: list[Content] = []
    at = 0
    for start, end in blank_runs(body.plain):
        pieces.append(body[at:start])
        at = end
    pieces.append(body[at:])
    return Content("\n\n").join(piece.rstrip() for piece in pieces)


def heading_above(quote: Quote) -> str:
    """The headings above the quote; "" where the quote itself begins with the last of them."""
    heading = one_line(quote.context)
    nearest = one_line(quote.nearest_heading)
    begins = one_line(quote.text[: len(quote.context) + SNIPPET]).lstrip("#*= ")
    return "" if begins.startswith(nearest) else heading


def telling(quote: Quote) -> tuple[int, int]:
    """The first highlight that is no heading; the first of all where every one is a heading."""
    marked = [(span.start, span.end) for span in quote.highlights] or [(quote.start, quote.end)]
    return next(((start, end) for start, end in marked if not is_heading(quote, start, end)), marked[0])


def is_heading(quote: Quote, start: int, end: int) -> bool:
    """Whether a part of a quote is a heading: a line of its own with text below it, neither a sentence nor a list item."""
    said = quote.text[start - quote.start : end - quote.start].strip()
    before = quote.text[: max(0, start - quote.start)]
    after = quote.text[max(0, end - quote.start) :]
    if _MARKED_HEADING.match(said):
        return True
    if "\n" in said or _ITEM.match(said) or not (_LINE_START.search(before) and _HEADS.match(after)):
        return False
    return not said.rstrip("\"'”’)*_").endswith((".", "!", "…"))


def folded_line(quote: Quote, number: int, moved: str | None = None) -> Content:
    """A quote on one line: number, year, place, and how the answering sentence begins."""
    start, end = telling(quote)
    said = one_line(quote.text[start - quote.start : end - quote.start][:SNIPPET]).strip('“”"')
    year = one_line((quote.date or "")[:4]) or "—"
    name = fit_path(one_line(quote.document), DOCUMENT_CELLS)
    where = citation.place_in(name, quote.line, citation.named_place(quote))
    warning = f"  ⚠ {quote.state}" if quote.state != "verbatim" else ""
    if moved and quote.state == "changed":
        warning = f"  moved to {one_line(moved)}"
    return Content.assemble(
        (f"{number} ▸ ", "$faint"),
        (f"{year:<4}  ", "$citation"),
        (f"{where:<{DOCUMENT_CELLS + 5}}", "$soft"),
        (warning, "bold $warning"),
        (f"  “{said}”", "$quote-rest"),
    )
