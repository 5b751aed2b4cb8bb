"""The conversation: turns from old to new, notes between them, and what to do when there is nothing yet."""

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from qa_bot.chat.session import Turn, counted
from qa_bot.chat.text import visible
from qa_bot.chat.widgets.welcome import Welcome

if TYPE_CHECKING:  # not needed for the first picture
    from qa_bot.chat.widgets.quote import QuoteView
    from qa_bot.chat.widgets.turn import TurnView

WINDOW = 16
"""Turns kept on the screen: laying out a hundred takes a third of a second at every question, sixteen next to nothing."""


class Earlier(Static):
    """Stands for the turns before the first one shown; they come back when one scrolls up to it, or clicks it."""

    def __init__(self, turns: int) -> None:
        super().__init__(Content(f"↑ {counted(turns, 'earlier question')}"))

    async def on_click(self) -> None:
        """Bring some back."""
        if isinstance(self.parent, Conversation):
            await self.parent.show_earlier()


class Conversation(VerticalScroll):
    """The scrolling part of the screen. The turns are the session's; here are the views of the newest of them."""

    can_focus = False

    def __init__(self, turns: Sequence[Turn], *children: Widget) -> None:
        super().__init__(*children, id="conversation")
        self._turns = turns
        self._views: dict[int, TurnView] = {}
        self._growing = False
        self._gone_to: Widget | None = None
        self._top: tuple[Widget, float] | None = None
        self._arranged = Size(0, 0)

    def begin(self, turn: Turn) -> "TurnView":
        """Put a new question at the end, and go there."""
        from qa_bot.chat.widgets.turn import TurnView

        for welcome in self.query_children(Welcome):
            welcome.remove()
        self._trim()
        view = self._views[turn.number] = TurnView(turn)
        self.mount(view)
        self.call_after_refresh(self.go_to, view)
        return view

    def view(self, turn: Turn) -> "TurnView | None":
        """The view of a turn, if it is shown."""
        return self._views.get(turn.number)

    def note(self, text: str, kind: str = "note", go: bool = True) -> None:
        """Say something between the turns: a note, a warning or an error. Without `go` the reader is left undisturbed."""
        line = Static(Content(visible(text)), classes=f"note -{kind}")
        self.mount(line)
        if go:
            self.call_after_refresh(self.go_to, line)

    def restart(self, welcome: Welcome) -> None:
        """Nothing but a welcome."""
        self._views.clear()
        self.remove_children()
        self.mount(welcome)

    def go_to(self, widget: Widget) -> None:
        """Scroll so that the widget is at the top, or as near to it as there is conversation."""
        if widget.is_attached:
            self.scroll_to_widget(widget, top=True, animate=False, immediate=True)
            self._gone_to = widget

    def newest_quote(self) -> "QuoteView | None":
        """The best quote of the newest answer that has one."""
        for view in reversed(self._views.values()):
            if (quote := view.first_quote) is not None:
                return quote
        return None

    def _hidden(self) -> list[Turn]:
        """The turns before the first one shown."""
        return list(takewhile(lambda turn: turn.number not in self._views, self._turns)) if self._views else []

    def _trim(self) -> None:
        """Make room for one more: what comes before the newest turns leaves the screen, not the session."""
        if len(self._views) < WINDOW:
            return
        keep = dict(list(self._views.items())[1 - WINDOW :])
        first = next(iter(keep.values()))
        for child in takewhile(lambda child: child is not first, list(self.children)):
            child.remove()
        self._views = keep
        self.mount(Earlier(len(self._hidden())), before=first)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """At the very top, what came before is brought back."""
        super().watch_scroll_y(old_value, new_value)
        if self.size == self._arranged:  # else it is not the reader who scrolls, but a resize
            self._gone_to, self._top = None, self._row_at_top()
        if new_value <= 0 < old_value and self.query_children(Earlier):
            self.call_later(self.show_earlier)

    def on_resize(self) -> None:
        """What was gone to, or else what was at the top, stays there; so does the quote that has the focus."""
        self.call_after_refresh(self._stay)

    def _stay(self) -> None:
        if self._gone_to is not None and self._gone_to.is_attached:
            self.go_to(self._gone_to)
        elif self._top is not None and self._top[0].is_attached:
            widget, share = self._top
            y = widget.region.y - self.region.y + self.scroll_offset.y + round(share * widget.region.height)
            self.scroll_to(y=y, animate=False, immediate=True)
        self._arranged = self.size
        if self._views:
            from qa_bot.chat.widgets.quote import QuoteView

            quote = self.screen.focused
            if isinstance(quote, QuoteView):
                quote.call_after_refresh(quote.reveal)

    def _row_at_top(self) -> tuple[Widget, float] | None:
        """The widget at the top, and how much of it is above."""
        top = self.scroll_offset.y
        for child in self.children:
            for widget in child.children or [child]:
                region = widget.virtual_region.translate((0, child.virtual_region.y if widget is not child else 0))
                if region.bottom > top and region.height:
                    return widget, max(0, top - region.y) / region.height
        return None

    async def show_earlier(self) -> None:
        """Bring back the turns before the first one shown, as many as a window; what is being read stays where it is."""
        from qa_bot.chat.widgets.turn import TurnView

        hidden = self._hidden()
        if self._growing or not hidden:
            return
        self._growing = True
        first = next(iter(self._views.values()))
        back = {turn.number: TurnView(turn) for turn in hidden[-WINDOW:]}
        self._views = {**back, **self._views}
        await self.query_children(Earlier).remove()
        rest = len(hidden) - len(back)
        await self.mount_all([*([Earlier(rest)] if rest else []), *back.values()], before=first)

        def stay() -> None:
            self.scroll_to(y=first.virtual_region.y, animate=False, immediate=True)
            self._growing = False

        self.call_after_refresh(stay)
