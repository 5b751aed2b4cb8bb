"""One side: what a document says to a question, and the document's date."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content

from qa_bot.answers.model import Answer, Quote
from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.widgets.quote_actions import QuoteActions
from qa_bot.showing import citation

DIFFERS = "bold underline $accent"


class Side(QuoteActions):
    """A document's date and title, the sentences that answer with the differing words emphasised, and their place."""

    can_focus = True
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("side")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, answer: Answer, quote: Quote, differs: Sequence[tuple[int, int]]) -> None:
        """`differs` gives the places of the differing words in `answering_lines` of the quote."""
        said = Content(citation.answering_lines(quote)).stylize("$quote-rest")
        for start, end in differs:
            said = said.stylize(DIFFERS, start, end)
        place = [citation.place(quote), citation.also_in(quote), citation.STATES[quote.state]]
        super().__init__(
            Content("\n").join(
                [
                    Content.styled(citation.day(quote.date) or "undated", "bold $primary"),
                    Content.styled(citation.title(quote), "$citation"),
                    Content(""),
                    said,
                    Content(""),
                    Content.styled(" · ".join(part for part in place if part), "$faint"),
                ]
            )
        )
        self.answer = answer
        self.quote = quote

    def action_step(self, by: int) -> None:
        """Go to the next or previous side."""
        sides = list(self.screen.query(Side))
        sides[max(0, min(sides.index(self) + by, len(sides) - 1))].focus()

    def on_click(self, event: events.Click) -> None:
        """A second click opens the document."""
        if event.chain == 2:
            self.action_document()
