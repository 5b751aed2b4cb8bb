"""One turn on the screen: a question and its answer."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from qa_bot.answers.model import Answer
from qa_bot.chat.session import Turn
from qa_bot.chat.widgets.quote import QuoteView
from qa_bot.chat.widgets.searched import SearchedLine
from qa_bot.chat.widgets.suggestion import AskAll, Suggestion
from qa_bot.showing.citation import nothing_answers, warning
from qa_bot.showing.text import one_line, visible


class TurnView(Vertical):
    """The question, how it was interpreted, and its quotes or refusal."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(id=f"turn-{turn.number}")
        self.turn = turn
        # An answer can come before this widget is composed: so the line is kept here, and the outcome is shown once.
        self._searched = SearchedLine(turn)
        self._tell()
        self._composed = False
        self._outcome_shown = False

    def compose(self) -> ComposeResult:
        """The question, the line below it, and the outcome: quotes, a refusal or an error."""
        self._composed, self._outcome_shown = True, self.turn.done
        yield Static(Content(visible(self.turn.question)), classes="question")
        yield self._searched
        yield from self._outcome()

    def wait(self, why: str) -> None:
        """Say what the question is waiting for."""
        self.set_class(not self._searched.wait(why), "-plain")

    def _tell(self) -> None:
        """Show how the question was interpreted; without anything to say the line is left out."""
        self.set_class(not self._searched.tell(self.turn.remark), "-plain")

    async def finish(self) -> None:
        """Show the turn's answer or error, which has come now."""
        self._tell()
        if self._composed and not self._outcome_shown:
            self._outcome_shown = True
            await self.mount_all(self._outcome())

    def _outcome(self) -> list[Widget]:
        if self.turn.answer is not None:
            found = answer_widgets(self.turn.answer, self.turn.scope, self.turn.not_read)
            for view in found:
                if isinstance(view, QuoteView) and self.turn.moved:
                    view.restate(view.answer, view.quote, self.turn.moved)
            return found + suggestion_widgets(self.turn)
        return [Static(Content(visible(self.turn.error)), classes="error")] if self.turn.error else []

    async def suggest(self) -> None:
        """Show the suggestions, which were found after the refusal was shown."""
        if self._outcome_shown and not self.query(".offer"):
            await self.mount_all(suggestion_widgets(self.turn))

    def restate(self) -> None:
        """Show the quotes with the states that the turn has now."""
        if (answer := self.turn.answer) is not None:
            for view in self.query(QuoteView):
                view.restate(answer, self.turn.quotes[view.number - 1], self.turn.moved)

    def late(self) -> None:
        """Say that the index has changed since the answer was given."""
        self._tell()

    @property
    def first_quote(self) -> QuoteView | None:
        """The best quote of the turn, if it has any."""
        return next(iter(self.query(QuoteView)), None)


def answer_widgets(answer: Answer, scope: Sequence[str] = (), not_read: str = "") -> list[Widget]:
    """What an answer shows, top to bottom. `scope` names the documents that were asked; none: all.

    The quotes of a refusal are folded: nothing in them answers. `not_read` says how many files could not be read.
    """
    if not answer.answered:
        return refusal_widgets(answer, scope, not_read)
    widgets: list[Widget] = []
    if doubt := warning(answer):
        widgets.append(Static(Content(doubt), classes="verdict -unsure"))
    widgets += [QuoteView(answer, quote, number, number > 1) for number, quote in enumerate(answer.quotes, 1)]
    return widgets


def refusal_widgets(answer: Answer, scope: Sequence[str] = (), not_read: str = "") -> list[Widget]:
    """A refusal: the words that were not found, what was not read, the nearest passages, and where only some documents were
    asked, a way to all."""
    said = Content.styled(nothing_answers(len(scope)), "bold")
    if answer.missing:
        words = " · ".join(one_line(word) for word in answer.missing)
        said = Content("\n").join([said, Content.styled(f"not found  {words}", "$soft")])
    if not_read:
        said = Content("\n").join([said, Content.styled(f"{not_read}: f2", "$soft")])
    nearest: list[Widget] = [Static(Content("nearest passages"), classes="nearest")] if answer.nearest else []
    nearest += [QuoteView(answer, quote, number, True) for number, quote in enumerate(answer.nearest, 1)]
    all_ = [AskAll(answer.question)] if scope else []
    return [Static(said, classes="verdict -refused"), *nearest, *all_]


def suggestion_widgets(turn: Turn) -> list[Widget]:
    """The suggested questions under a heading, if there are any."""
    if not turn.suggestions:
        return []
    offer = Static(
        Content(f"answered by {'this document' if len(turn.scope) == 1 else 'these documents'}"), classes="offer"
    )
    return [offer, *(Suggestion(question) for question in turn.suggestions)]
