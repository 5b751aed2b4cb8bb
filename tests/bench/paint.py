"""The chat's first picture, from the shell, against that of a bare Textual app: one line of text and nothing else.

Each runs on a terminal of its own; the picture is there when its first words have been written to it.

    python -m tests.bench.paint
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence

from .measure import QA_BOT, REPOSITORY, Row, against, alternate, environment, folder, options, print_rows, run

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("first picture")

Bare().run()
"""
ROWS, COLUMNS = 30, 100
PATIENCE = 60
"""Seconds."""


def measure(times: int) -> list[Row]:
    """Wall."""
    with folder() as here:
        where = ["--seeds", str(REPOSITORY / "seeds"), "--index", str(here / "index")]
        run([*QA_BOT, "index", *where])
        chat, bare = alternate(
            times,
            lambda: first_words([*QA_BOT, "chat", *where], b"Ask your documents"),
            lambda: first_words([sys.executable, "-c", BARE], b"first picture"),
        )
    return [against("chat, first picture", chat, bare, "s", "a bare Textual app's", 1.3, 1.15)]


def first_words(command: Sequence[str], words: bytes) -> float:
    """Seconds until the command has written these words to its terminal; then it is killed."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execvpe(command[0], list(command), environment() | {"TERM": "xterm-256color"})
    written = b""
    try:
        while words not in written:
            if not select.select([terminal], [], [], PATIENCE)[0]:
                raise RuntimeError(f"{command}: no picture in {PATIENCE} s, only {written!r}")
            written += os.read(terminal, 65536)
        return time.perf_counter() - began
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


if __name__ == "__main__":
    print_rows("paint", measure(options(__doc__).parse_args().times))
