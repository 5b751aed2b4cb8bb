"""The conversation: turns from old to new, notes between them, and what to do when there is nothing yet."""

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from qa_bot.chat.session import Turn
from qa_bot.chat.text import visible
from qa_bot.chat.widgets.quote import QuoteView
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.chat.widgets.welcome import Welcome


class Conversation(VerticalScroll):
    """The scrolling part of the screen."""

    can_focus = False

    def begin(self, turn: Turn) -> TurnView:
        """Put a new question at the end, and go there."""
        for welcome in self.query(Welcome):
            welcome.remove()
        view = TurnView(turn)
        self.mount(view)
        self.call_after_refresh(self.go_to, view)
        return view

    def view(self, turn: Turn) -> TurnView | None:
        """The view of a turn, if it is still here."""
        return next(iter(self.query(f"#turn-{turn.number}").results(TurnView)), None)

    def note(self, text: str, kind: str = "note") -> None:
        """Say something between the turns: a note, a warning or an error."""
        line = Static(Content(visible(text)), classes=f"note -{kind}")
        self.mount(line)
        self.call_after_refresh(self.go_to, line)

    def go_to(self, widget: Widget) -> None:
        """Scroll so that the widget is at the top, or as near to it as there is conversation."""
        if widget.is_attached:
            self.scroll_to_widget(widget, top=True, animate=False)

    def newest_quote(self) -> QuoteView | None:
        """The best quote of the newest answer that has one."""
        for view in reversed(self.query(TurnView)):
            if (quote := view.first_quote) is not None:
                return quote
        return None
