"""`qa-bot help` shows the pages of the guide."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from qa_bot.cli import main
from qa_bot.showing.guide import TOPICS, nearest, page


def test_the_topics_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert listed == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_is_plain_text_in_a_pipe(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", topic]) == 0
    out = capsys.readouterr().out
    assert out == page(topic)
    assert out.startswith("# ")
    assert "](" not in out
    assert "<!--" not in out


def test_a_link_names_the_command_that_shows_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "start"]) == 0
    assert "Where to read on: `qa-bot help asking` for what can be asked" in capsys.readouterr().out
    assert "A follow-up (`qa-bot help follow-ups`) is searched" in page("how-it-answers")
    assert "[asking](asking.md)" in page("start", linked=True)


def test_an_unknown_topic_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "ask"]) == 2
    assert capsys.readouterr().err == "qa-bot: the guide has no page 'ask'; perhaps qa-bot help asking\n"
    assert main(["help", "zebra"]) == 2
    assert "qa-bot help lists the topics" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "first"), [("json", "batch-and-json"), ("Trouble", "troubleshooting"), ("verfy", "verify")]
)
def test_the_nearest_topics(word: str, first: str) -> None:
    assert nearest(word)[0] == first


def test_a_terminal_gets_the_page_laid_out(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).with_name("qa-bot")), "help", "verify"]
    with subprocess.Popen(command, stdout=theirs, cwd=tmp_path, env=os.environ | {"TERM": "xterm-256color"}):
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65536):
                written += part
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert b"Verifying quotes" in written
    assert b"# Verifying" not in written
    assert b"\x1b[" in written
