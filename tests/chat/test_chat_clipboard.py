"""Copying: to the terminal's clipboard, and to the system's where there is one."""

import base64
import sys
from pathlib import Path

import pytest

from qa_bot.chat import clipboard
from qa_bot.chat.app import ChatApp
from qa_bot.config import Settings
from qa_bot.showing import citation
from tests.chat.pilot import ask, notices, quotes, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a clipboard program of Linux is put in place"),
]
IMPROVE = "What needs to improve in South Tyneside's social work practice?"


@pytest.fixture
def display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for clipboard programs, with a display that they could talk to."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return folder


def program(folder: Path, lines: str) -> None:
    (folder / "xclip").write_text(f"#!/bin/sh\n{lines}\n")
    (folder / "xclip").chmod(0o755)


async def test_a_quote_goes_to_both_clipboards_with_its_citation(
    built: Settings, display: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = display / "copied"
    program(display, f'cat > "{copied}.new" && mv "{copied}.new" "{copied}"')
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        sent: list[str] = []
        assert pilot.app._driver is not None
        monkeypatch.setattr(pilot.app._driver, "write", sent.append)
        quote = quotes(pilot)[0].quote
        await pilot.press("tab", "c")
        expected = citation.quote_with_citation(quote)
        assert expected.startswith(quote.text)
        assert f"{quote.document}:{quote.line}" in expected
        assert pilot.app.clipboard == expected
        (osc,) = [code for code in sent if code.startswith("\x1b]52;c;")]
        assert base64.b64decode(osc.removeprefix("\x1b]52;c;").rstrip("\a")).decode() == expected
        await until(pilot, copied.exists)
        assert copied.read_bytes().decode() == expected
        assert "Copied: " in notices(pilot)


@pytest.mark.parametrize(
    "text", ["a\r\nb\n", "“é” \U0001f600\0", "half \udce9", "x" * 300_000], ids=["lines", "signs", "half", "long"]
)
def test_any_text_arrives_as_it_is(display: Path, text: str) -> None:
    program(display, f'cat > "{display}/copied"')
    clipboard.copy(text).join(20)
    assert (display / "copied").read_bytes() == text.encode(errors="replace")


@pytest.mark.parametrize("lines", [None, "echo cannot open display >&2; echo so >&1; exit 1", "sleep 60"])
def test_without_one_nothing_is_said(
    display: Path, lines: str | None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE", 0.5)
    if lines is not None:
        program(display, lines)
    clipboard.copy("words").join(20)
    assert capfd.readouterr() == ("", "")
