"""The conversation on the screen: turns from old to new, and notes between them."""

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from qa_bot.chat.session import Turn
from qa_bot.chat.widgets.welcome import Welcome
from qa_bot.showing.text import counted, visible

if TYPE_CHECKING:  # not needed for the first picture
    from qa_bot.chat.widgets.quote import QuoteView
    from qa_bot.chat.widgets.turn import TurnView

STEP = 5
"""Turns shown again at a time: as many as can be laid out without a noticeable pause."""
WINDOW = 2 * STEP
"""Turns shown at the end of the conversation, at most. Each costs time at every layout, change of theme and garbage collection:
with a hundred, every question would freeze the chat for a third of a second."""
MOST = WINDOW + STEP
"""Turns shown while the user scrolls through the conversation, at most."""


class Elsewhere(Static):
    """Stands for turns that are not shown. Scrolling to this line, or a click on it, shows some of them again."""

    async def on_click(self) -> None:
        """Show some of the turns again."""
        if isinstance(self.parent, ConversationView):
            await self.parent.bring_back(earlier=isinstance(self, Earlier))


class Earlier(Elsewhere):
    """The turns before the first one shown."""

    def __init__(self, turns: int) -> None:
        super().__init__(Content(f"↑ {counted(turns, 'earlier question')}"))


class Later(Elsewhere):
    """The turns after the last one shown."""

    def __init__(self, turns: int) -> None:
        super().__init__(Content(f"↓ {counted(turns, 'later question')}"))


class ConversationView(VerticalScroll):
    """The scrolling part of the screen, with the views of some of the session's turns: the newest, or where the user reads."""

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
        """Show a new question at the end, and scroll there."""
        for welcome in self.query_children(Welcome):
            welcome.remove()
        if self.query_children(Later):
            self.show_newest(before=turn)
        elif len(self._views) >= WINDOW:
            self._drop(list(self._views)[: 1 - WINDOW], Earlier)
        view = self._views[turn.number] = new_view(turn)
        self.mount(view)
        self.call_after_refresh(self.go_to, view)
        return view

    def show_newest(self, before: Turn | None = None) -> AwaitMount:
        """Show the newest turns only; with `before`, the newest of those before that turn."""
        turns = [turn for turn in self._turns if before is None or turn.number < before.number]
        shown = turns[-STEP:]
        self.remove_children()
        self._views = {turn.number: new_view(turn) for turn in shown}
        rest = len(turns) - len(shown)
        return self.mount_all([*([Earlier(rest)] if rest else []), *self._views.values()])

    def view(self, turn: Turn) -> "TurnView | None":
        """The view of a turn, if it is shown."""
        return self._views.get(turn.number)

    def note(self, text: str, kind: str = "note", go: bool = True) -> None:
        """Say something between the turns: a note, a warning or an error. With `go`, scroll there."""
        line = Static(Content(visible(text)), classes=f"note -{kind}")
        self.mount(line)
        if go:
            self.call_after_refresh(self.go_to, line)

    def restart(self, welcome: Welcome) -> None:
        """Show the welcome only."""
        self._views.clear()
        self.remove_children()
        self.mount(welcome)

    def resume(self, note: str) -> None:
        """Show the newest turns of a resumed conversation, and a note below them."""
        self.show_newest()
        self.note(note)

    def go_to(self, widget: Widget) -> None:
        """Scroll so that the widget is at the top, or as near the top as the conversation's length allows."""
        if widget.is_attached:
            self.scroll_to_widget(widget, top=True, animate=False, immediate=True)
            self._gone_to = widget

    def still_at(self, widget: Widget) -> None:
        """After a widget has grown: scroll to it again, if it was scrolled to last and the user has not scrolled since."""
        if self._gone_to is widget:
            self.call_after_refresh(self.go_to, widget)

    async def newest_quote(self) -> "QuoteView | None":
        """The best quote of the newest answer that has one."""
        if self.query_children(Later):
            await self.show_newest()
        for view in reversed(self._views.values()):
            if (quote := view.first_quote) is not None:
                return quote
        return None

    def _elsewhere(self, earlier: bool) -> list[Turn]:
        """The turns before the first one shown, or after the last one."""
        if not self._views:
            return []
        if earlier:
            return list(takewhile(lambda turn: turn.number not in self._views, self._turns))
        return list(takewhile(lambda turn: turn.number not in self._views, reversed(self._turns)))[::-1]

    def _drop(self, numbers: Sequence[int], kind: "type[Earlier | Later]") -> None:
        """Take turns at one end off the screen, with the notes between them. The session keeps the turns."""
        if not numbers:
            return
        for number in numbers:
            del self._views[number]
        earlier = kind is Earlier
        last = list(self._views.values())[0 if earlier else -1]
        children = list(self.children) if earlier else list(reversed(self.children))
        gone = list(takewhile(lambda child: child is not last, children))
        if (focused := self.screen.focused) is not None and any(one in gone for one in focused.ancestors):
            # Otherwise Textual would move the focus to another turn and scroll there.
            self.screen.set_focus(self.screen.query_one("#question"), scroll_visible=False)
        for child in gone:
            for widget in child.walk_children(Widget, with_self=True):
                widget.refresh()  # clears what was drawn, which Textual's caches would keep in memory
            child.remove()
        self.mount(kind(len(self._elsewhere(earlier))), **{"before" if earlier else "after": last})

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """At the very top show earlier turns again, at the very bottom later ones."""
        super().watch_scroll_y(old_value, new_value)
        if self.size == self._arranged:  # otherwise a resize has scrolled, not the user
            self._gone_to, self._top = None, self._row_at_top()
        if new_value <= 0 < old_value and self.query_children(Earlier):
            self.call_later(self.bring_back, earlier=True)
        elif new_value >= self.max_scroll_y > old_value and self.query_children(Later):
            self.call_later(self.bring_back, earlier=False)

    def on_resize(self) -> None:
        """Keep at the top the widget that was scrolled to, or else what was at the top; keep the focused quote in sight."""
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
        """The widget at the top, and the share of its height that is above the top, 0 to 1."""
        top = self.scroll_offset.y
        for child in self.children:
            for widget in child.children or [child]:
                region = widget.virtual_region.translate((0, child.virtual_region.y if widget is not child else 0))
                if region.bottom > top and region.height:
                    return widget, max(0, top - region.y) / region.height
        return None

    async def bring_back(self, earlier: bool) -> None:
        """Show again turns before the first one shown, or after the last. The rows on the screen stay where they are."""
        hidden = self._elsewhere(earlier)
        if self._growing or not hidden:
            return
        self._growing = True
        edge = list(self._views.values())[0 if earlier else -1]
        row = edge.virtual_region.y - self.scroll_offset.y
        back = {turn.number: new_view(turn) for turn in (hidden[-STEP:] if earlier else hidden[:STEP])}
        self._views = {**back, **self._views} if earlier else {**self._views, **back}
        kind, other = (Earlier, Later) if earlier else (Later, Earlier)
        await self.query_children(kind).remove()
        rest = [kind(len(hidden) - len(back))] if len(hidden) > len(back) else []
        if earlier:
            await self.mount_all([*rest, *back.values()], before=edge)
        else:
            await self.mount_all([*back.values(), *rest], after=edge)
        if len(self._views) > MOST:
            await self.query_children(other).remove()
            self._drop(list(self._views)[MOST:] if earlier else list(self._views)[:-MOST], other)

        def stay() -> None:
            self.scroll_to(y=edge.virtual_region.y - row, animate=False, immediate=True)
            self._growing = False

        self.call_after_refresh(stay)


def new_view(turn: Turn) -> "TurnView":
    """A widget that shows a turn."""
    from qa_bot.chat.widgets.turn import TurnView  # not needed for the first picture

    return TurnView(turn)
