"""The keys that do something here, on the last line.

Textual's own Footer makes a widget of every key, anew at every change of focus, and keeps each of them for ever: a
conversation gets slower with every step through it. This is one line of text.
"""

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

KEY, DOES = "bold $footer-key-foreground", "$footer-description-foreground"
LAST = 4
"""Cells around the key at the right end: what sets it apart, and the edge of the screen."""


class KeyLine(Widget):
    """Each key with what it does, as many as there is room for; a click on one presses it."""

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen.app.app_focus:
            self.refresh()

    def render(self) -> Content:
        """The keys from left to right, and at the right end the one that leads to all the others."""
        active = self.screen.active_bindings
        palette = self.app.COMMAND_PALETTE_BINDING
        last = self._key(active[palette]) if palette in active and self.app.ENABLE_COMMAND_PALETTE else Content("")
        room = self.content_size.width - (last.cell_length + LAST if last else 0)
        shown: dict[str, Content] = {}
        for bound in active.values():
            if bound.binding.show and bound.binding.action not in shown:
                key = self._key(bound)
                room -= key.cell_length + 1
                if room < 0:
                    break
                shown[bound.binding.action] = key
        line = Content(" ").join(shown.values())
        if not last:
            return line
        gap = max(1, self.content_size.width - line.cell_length - last.cell_length - LAST + 1)
        return Content.assemble(line, " " * gap, ("▏", "$foreground 20%"), last)

    def _key(self, bound: ActiveBinding) -> Content:
        binding = bound.binding
        meta = Style.from_meta({"key": binding.key, "tooltip": bound.tooltip or binding.description})
        key = Content.assemble((self.app.get_key_display(binding), KEY), (f" {binding.description}", DOES))
        return key.stylize(meta) if bound.enabled else key.stylize("dim")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that is clicked."""
        if key := event.style.meta.get("key"):
            self.app.simulate_key(key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the key that is pointed at."""
        tooltip = event.style.meta.get("tooltip")
        if tooltip != self.tooltip:
            self.tooltip = tooltip
