"""Where questions are typed: one line that grows with what is typed."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import TextArea

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.messages import Asked
from qa_bot.chat.past_questions import PastQuestions


class QuestionInput(TextArea):
    """The question being typed. Enter asks; up and down walk through the questions asked before."""

    ALLOW_MAXIMIZE = False
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("question")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self) -> None:
        super().__init__(
            soft_wrap=True,
            compact=True,
            highlight_cursor_line=False,
            placeholder="ask about your documents",
            id="question",
        )
        self.asked = PastQuestions()

    async def _on_key(self, event: events.Key) -> None:
        """Enter asks, where TextArea would take it as text.

        Not a priority binding: those overtake the letters typed just before them, and a question pasted with its enter
        would be asked without its end.
        """
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.action_ask()

    def put(self, question: str) -> None:
        """Show a question, ready to be changed."""
        self.text = question
        self.move_cursor(self.document.end)

    def action_ask(self) -> None:
        """Ask what is typed, if anything is."""
        question = self.text.strip()
        if not question:
            return
        self.asked.add(question)
        self.clear()
        self.post_message(Asked(question))

    def action_newline(self) -> None:
        """Put a line end into the question."""
        self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        """Up a line; on the first line, to the question before."""
        if not select and self.navigator.is_first_wrapped_line(self.selection.end):
            earlier = self.asked.earlier(self.text)
            if earlier is not None:
                self.put(earlier)
            return
        super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down a line; on the last line, to the question after."""
        if not select and self.navigator.is_last_wrapped_line(self.selection.end):
            later = self.asked.later()
            if later is not None:
                self.put(later)
            return
        super().action_cursor_down(select)
