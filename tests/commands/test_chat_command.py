"""`qa-bot` opens the chat, with and without options; any question or folder name that looks like a command is none."""

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from qa_bot.config import Settings
from tests.commands.run_command import QA_BOT


def opened(arguments: list[str], cwd: Path) -> tuple[str, int]:
    """What the chat paints until its answer to the seeds shows, and how it ends on Ctrl-Q."""
    ours, theirs = pty.openpty()
    size = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    with subprocess.Popen(
        [QA_BOT, *arguments], cwd=cwd, env=os.environ | size, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        written = b""
        try:
            while b"5 documents" not in written:
                written += os.read(ours, 65536)
            os.write(ours, b"\x11")
            while piece := os.read(ours, 65536):
                written += piece
        except OSError:  # the other end is closed
            pass
        finally:
            os.close(ours)
    return written.decode(errors="replace"), process.returncode


@pytest.mark.parametrize(
    "arguments",
    [[], ["chat"], ["--seeds", "index"], ["chat", "--seeds", "index"], ["--seeds", "index", "chat", "-k", "2"]],
)
def test_the_chat_opens(own: Settings, arguments: list[str]) -> None:
    folder = own.index.parent
    if "index" in arguments:  # a seeds folder with the name of a command
        shutil.rmtree(own.index)  # it belongs to the seeds folder under its old name
        own.seeds.rename(folder / "index")
        arguments = [*arguments, "--index", "built"]
    written, code = opened(arguments, folder)
    assert "5 documents" in written
    assert "\x1b[?1049h" in written  # a screen of its own
    assert code == 0
