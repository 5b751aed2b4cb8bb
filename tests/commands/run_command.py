"""The command line as a user calls it: in a process of its own, by pipes or on a terminal of its own."""

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

QA_BOT = str(Path(sys.executable).with_name("qa-bot"))


def call(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run qa-bot in a folder, everything piped."""
    return subprocess.run(
        [QA_BOT, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | dict(env or {}),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=500,
    )


def on_terminal(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Exit code and all that qa-bot wrote with a terminal for output, error and input."""
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    ours, theirs = pty.openpty()
    settings = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"} | dict(env or {})
    process = subprocess.Popen(
        [QA_BOT, *map(str, arguments)], cwd=cwd, env=plain | settings, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    return process.wait(500), written.decode()


def only_line(run: subprocess.CompletedProcess[str]) -> str:
    """The one line of standard error of a command that failed and printed nothing else."""
    assert run.returncode == 2, run
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert line.startswith("qa-bot: ")
    return line
