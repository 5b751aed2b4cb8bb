"""Style sheets are installed with the program, and each rule is written once."""

import re
import tomllib
from pathlib import Path

from qa_bot.chat.screens import chat, document, export, sides, why
from tests.conftest import REPOSITORY

SHEETS = sorted((REPOSITORY / "qa_bot").rglob("*.tcss"))


def test_every_style_sheet_is_installed() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["qa_bot"]
    installed = {path for pattern in patterns for path in (REPOSITORY / "qa_bot").glob(pattern)}
    assert set(SHEETS) <= installed
    assert len(SHEETS) > 5


def test_a_screen_s_style_is_beside_it() -> None:
    for module in (chat, document, export, sides, why):
        assert module.__file__ is not None
        assert Path(module.__file__).with_suffix(".tcss") in SHEETS


def test_no_rule_is_written_twice() -> None:
    rules = [
        (selector.strip(), body.strip())
        for sheet in SHEETS
        if sheet.stem != "opening"  # lays out the chat before its styles are loaded
        for selector, body in re.findall(r"^([^/\n{]+){([^}]*)}", sheet.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len({selector for selector, _ in rules}) == len(rules)
    long = [body for _, body in rules if body.count(";") > 2]
    assert len(set(long)) == len(long)
