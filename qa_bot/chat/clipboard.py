"""The clipboard of the system, used besides that of the terminal (OSC 52), which not every terminal supports."""

import subprocess
import sys
from contextlib import suppress
from threading import Thread

PATIENCE = 5.0
"""Seconds that the program for the clipboard may take; without a display, it may wait for ever."""

# In a process of its own: what such programs have to say must not be written across the screen.
_COPY = "import sys, pyperclip; pyperclip.copy(sys.stdin.buffer.read().decode())"


def copy(text: str) -> Thread:
    """Put the text on the clipboard, in the background. Without a clipboard nothing happens."""

    def run() -> None:
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                [sys.executable, "-P", "-c", _COPY],
                input=text.encode(errors="replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
                start_new_session=True,
            )

    thread = Thread(target=run, name="qa-bot clipboard", daemon=True)
    thread.start()
    return thread
