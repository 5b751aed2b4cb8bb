"""A question that the documents answer, offered below a refusal."""

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.messages import Asked, EditWanted, ScopeWanted
from qa_bot.showing.text import one_line


class Suggestion(Static):
    """Enter or a click asks the question; up and down lead to the quotes above and back."""

    can_focus = True
    ALLOW_MAXIMIZE = False
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("suggestion")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, question: str, shown: str = "") -> None:
        """`shown` is what stands on the screen in place of the question."""
        super().__init__(Content.assemble(("? ", "$accent"), (one_line(shown or question), "")), classes="stop")
        self.question = question

    def action_ask(self) -> None:
        """Ask the question on its own, because on its own it was found to be answered."""
        self.post_message(Asked(self.question, alone=True))

    def action_edit(self) -> None:
        """Put the question into the input."""
        self.post_message(EditWanted(self.question))

    def action_step(self, by: int) -> None:
        """Go to the next or previous suggestion or quote."""
        step(self, by)

    def on_click(self) -> None:
        """Ask on a click."""
        self.action_ask()


class AskAll(Suggestion):
    """The way back from a refusal by a few chosen documents: asks all documents the same question."""

    def __init__(self, question: str) -> None:
        super().__init__(question, "ask all documents")

    def action_ask(self) -> None:
        """Choose no document, which means all of them, and ask again."""
        self.post_message(ScopeWanted(()))
        self.post_message(Asked(self.question))


def step(widget: Static, by: int) -> bool:
    """Move the focus to the next or previous quote or suggestion; False where there is none."""
    around = next((one for one in widget.ancestors if isinstance(one, VerticalScroll)), None)
    stops = list(around.query(".stop").results(Static)) if around is not None else []
    to = stops.index(widget) + by if widget in stops else -1
    if not 0 <= to < len(stops):
        return False
    stops[to].focus()
    return True
