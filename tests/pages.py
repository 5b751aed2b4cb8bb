"""The pages that tell of the program, taken apart: their blocks of code, commands, tables, links and prose."""

import os
import pty
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .conftest import REPOSITORY

BIN = Path(sys.executable).parent
GUIDE = REPOSITORY / "qa_bot" / "guide"


@dataclass(frozen=True)
class Page:
    """A page of Markdown."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def _blocks(self) -> list[tuple[str, str]]:
        return re.findall(r"^```(\w*)\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL)

    @cached_property
    def prose(self) -> str:
        """All but the blocks of code."""
        return re.sub(r"^```.*?^```$", "", self.text, flags=re.MULTILINE | re.DOTALL)

    @cached_property
    def code(self) -> list[str]:
        """What stands between backticks in the prose."""
        return re.findall(r"`([^`\n]+)`", self.prose)

    @cached_property
    def links(self) -> list[str]:
        return re.findall(r"\]\(([^)]+)\)", self.prose)

    @cached_property
    def headings(self) -> set[str]:
        """As they are linked to."""
        headings = re.findall(r"^#+ (.*)$", self.prose, re.MULTILINE)
        return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}

    def blocks(self, language: str) -> list[str]:
        return [text for name, text in self._blocks if name == language]

    def kinds(self) -> set[str]:
        """The languages of the blocks."""
        return {name for name, _ in self._blocks}

    def commands(self) -> list[str]:
        """The lines of the shell blocks, each with those that continue it."""
        return [line for block in self.blocks("sh") for line in block.replace("\\\n", " ").splitlines() if line.strip()]

    def table(self, first: str) -> list[list[str]]:
        """The rows of the table whose first heading this is."""
        (found,) = re.findall(rf"^\| {first} \|.*\n\| -.*\n((?:\|.*\n)+)", self.text, re.MULTILINE)
        return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in found.splitlines()]


def page(topic: str) -> Page:
    """A page of the guide."""
    return Page(GUIDE / f"{topic}.md")


def environment() -> dict[str, str]:
    """Ours, with qa-bot to be found and a terminal of some size."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    return kept | {"PATH": path, "TERM": "xterm-256color", "COLUMNS": "110", "LINES": "30"}


def run(command: str, folder: Path) -> None:
    """Run a command of a page in a folder; it must end as the page says, with something printed.

    A comment "# exit code N" says another exit code than 0.
    """
    if opens_chat(command):
        assert quit_when_ready(command, folder) == 0
        return
    said = re.search(r"# exit code (\d+)$", command)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == (int(said[1]) if said else 0), done.stderr
    assert done.stdout or done.returncode == 2


def opens_chat(command: str) -> bool:
    words = shlex.split(command, comments=True)
    options = {"ask", "index", "status", "eval", "verify", "serve", "help", "--help"}
    return words[0] == "qa-bot" and not options & set(words)


def quit_when_ready(command: str, folder: Path) -> int:
    """The exit code of a chat that is left with Ctrl-Q once its index is up to date."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        written = b""
        try:
            while b"up to date" not in written:
                written += os.read(ours, 65536)
            os.write(ours, b"\x11")
            while os.read(ours, 65536):
                pass
        except OSError:  # the other end is closed
            pass
        finally:
            os.close(ours)
    assert b"up to date" in written, written.decode(errors="replace")
    return process.returncode
