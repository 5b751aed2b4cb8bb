"""What stands in for the terminal of a chat that a browser shows."""

from contextlib import suppress

from textual import events, messages
from textual.drivers.web_driver import WebDriver

NAME = f"{__name__}:BrowserDriver"
"""The value of TEXTUAL_DRIVER that chooses this driver."""


class BrowserDriver(WebDriver):
    """Textual's driver, except that the chat ends when its server ends, in whatever way the server ended."""

    def start_application_mode(self) -> None:
        """Begin with the focus on the page: in a page without the focus, Textual would never give the focus to a widget."""
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())

    def run_input_thread(self) -> None:
        """Read keys until the server is gone."""
        super().run_input_thread()
        with suppress(RuntimeError):  # the chat has ended already
            self._app.post_message(messages.ExitApp())
