"""Why a quote was chosen and how sure the answer is: the figures of both, in plain words."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from qa_bot.answers.model import Answer, Explanation, Part, Quote, WordMatch
from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.showing import citation
from qa_bot.showing.citation import scope_words
from qa_bot.showing.text import fit, one_line

BAR = 12
"""Cells of the longest bar."""
WORD_CELLS = 15


class WhyScreen(ModalScreen[None]):
    """The reasons for a quote and for the confidence of its answer."""

    CSS_PATH = "why.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("why")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, answer: Answer, quote: Quote, scope: Sequence[str] = ()) -> None:
        """`scope` names the documents that were asked; none: all."""
        super().__init__()
        self._scope = scope
        self._answer = answer
        self._quote = quote

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        answer, quote = self._answer, self._quote
        with VerticalScroll(id="why", classes="box page") as page:
            page.border_title = "why this quote"
            page.border_subtitle = "escape closes"
            yield Static(Content.styled(f"{citation.title(quote, 60)} · {citation.place(quote)}", "$soft"))
            if quote.why is None:
                yield Static(
                    Content("This answer was kept without its reasons. Ask again to see them: r"), classes="part"
                )
                return
            yield heading("The words of the question")
            yield from words_met(quote.why)
            yield heading("Why it ranks where it does", f"score {quote.score:.2f}")
            yield from bars(quote.why.parts, figures(quote.why))
            if self._scope:
                only = f"it is in what was asked: {scope_words(self._scope)} only"
                yield TwoColumns(Content.styled("=", "$accent"), Content.styled(only, "$foreground"))
            yield heading("How sure the answer is", f"{citation.band(answer)}, {answer.confidence:.0%}")
            yield from bars(answer.reasons, {})


class TwoColumns(Horizontal):
    """A narrow column and a wide one, whose text wraps beside it."""

    def __init__(self, left: Content, right: Content) -> None:
        super().__init__(Static(left, classes="left"), Static(right, classes="right"))


def heading(text: str, figure: str = "") -> Static:
    """A heading over rows, with a figure beside it."""
    return Static(Content.assemble((text, "bold $foreground"), (f"  {figure}", "$soft")), classes="part")


def words_met(why: Explanation) -> Iterator[Widget]:
    """Each word of the question and how the passage meets it."""
    for match in why.words:
        before = "" if match.own else "  (from an earlier question)"
        word = Content.styled(fit(one_line(match.word), WORD_CELLS), "$citation")
        yield TwoColumns(word, Content.assemble(met(match), (before, "$faint")))
    if not why.words:
        yield Static(Content.styled("  none that says anything by itself", "$soft"))


def met(match: WordMatch) -> tuple[str, str]:
    """How a word is met, in plain words, and how to show that."""
    if match.how == "said":
        return "said here", "bold $foreground"
    if match.how == "document":
        return "not said here, but the whole document is about it", "$foreground"
    if match.how == "close":
        return f"not said here, but “{one_line(match.closest)}” means nearly the same", "$soft"
    return "not here", "$warning"


def figures(why: Explanation) -> dict[str, str]:
    """The figures by their names in the field, for each part of the score that has one."""
    return {
        "meaning": f"cosine {why.cosine:.2f}",
        "words": f"lexical {why.lexical:.2f}",
        "closeness": f"closeness {why.closeness:.2f}",
    }


def bars(parts: Sequence[Part], known: dict[str, str]) -> Iterator[TwoColumns]:
    """A row for each part: a bar as long as it counts, for (+) or against (−)."""
    most = max((abs(part.counts) for part in parts), default=1.0)
    for part in parts:
        cells = max(1, round(BAR * abs(part.counts) / most))
        sign, line, style = ("+", "━", "$accent") if part.counts > 0 else ("−", "╌", "$warning")
        figure = f"  {known[part.name]}" if part.name in known else ""
        yield TwoColumns(
            Content.styled(f"{sign} {line * cells}", style),
            Content.assemble((one_line(part.plain), "$foreground"), (figure, "$faint")),
        )
