"""What stands in for the terminal of a chat that a browser shows."""

from contextlib import suppress

from textual import events, messages
from textual.drivers.web_driver import WebDriver

NAME = f"{__name__}:BrowserDriver"
"""What TEXTUAL_DRIVER is set to for it."""


class BrowserDriver(WebDriver):
    """Textual's own, but one that ends with its server: however that went away, no chat stays behind."""

    def start_application_mode(self) -> None:
        """Begin as a page that has the focus: in one that has not, Textual gives it to no widget, and never makes up for it."""
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())

    def run_input_thread(self) -> None:
        """Read keys until there is nobody left to send any."""
        super().run_input_thread()
        with suppress(RuntimeError):  # the chat has ended already
            self._app.post_message(messages.ExitApp())
