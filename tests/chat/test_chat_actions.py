"""One table of actions: what is bound, told and offered comes from there, and can be done."""

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from textual.actions import parse
from textual.dom import DOMNode

import qa_bot.chat
from qa_bot.chat.actions import SECTIONS, TABLE, Action, actions_of, key_table, told
from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.chat import ChatScreen
from qa_bot.chat.screens.help import help_text
from qa_bot.config import Settings
from tests.chat.pilot import ask, chat, settle
from tests.conftest import REPOSITORY

BY_ID = {row.id: row for row in TABLE}


def classes() -> Iterator[type[Any]]:
    """The chat's own widgets, screens and its app."""
    for module in walk_packages(qa_bot.chat.__path__, "qa_bot.chat."):
        for _, found in getmembers(import_module(module.name), isclass):
            if issubclass(found, DOMNode) and found.__module__ == module.name:
                yield found


WITH_KEYS = [found for found in classes() if "BINDINGS" in vars(found)]
OWNERS = {found.ACTIONS[0].where: found for found in WITH_KEYS if "ACTIONS" in vars(found)}


def test_every_row_has_a_name_of_its_own_and_a_place() -> None:
    assert len(BY_ID) == len(TABLE)
    assert {row.where for row in TABLE} - {"mouse"} == set(OWNERS)
    assert {part for parts in SECTIONS.values() for part in parts} <= {row.where for row in TABLE}


@pytest.mark.parametrize("owner", WITH_KEYS, ids=lambda owner: owner.__name__)
def test_no_key_is_bound_outside_the_table(owner: type[Any]) -> None:
    assert all(binding.key == BY_ID[binding.id].keys for binding in owner.BINDINGS)


def test_only_the_table_makes_bindings() -> None:
    made = [path.name for path in Path(qa_bot.chat.__path__[0]).rglob("*.py") if "Binding(" in path.read_text()]
    assert made == ["actions.py"]


@pytest.mark.parametrize("row", [row for row in TABLE if row.runs], ids=lambda row: row.id)
def test_what_a_row_runs_exists_where_it_is_said_to_work(row: Action) -> None:
    target, name, _ = parse(row.runs)
    owner = {"": OWNERS[row.where], "screen": ChatScreen, "app": ChatApp}[target]
    assert callable(getattr(owner, f"action_{name}", None))


def test_one_key_does_one_thing_on_a_widget() -> None:
    for where in OWNERS:
        keys = [key for row in actions_of(where) if row.keys for key in row.keys.split(",")]
        assert len(keys) == len(set(keys)), where


def test_what_is_offered_or_in_the_footer_is_told() -> None:
    for row in TABLE:
        assert row.does or not row.palette, row.id
        assert row.does or not row.footer or row.id == "document.previous", row.id
    shown = {key for keys in told().values() for key, _ in keys}
    assert {row.key for row in TABLE if row.footer and row.does} <= shown


def test_what_is_told_fits_a_line_of_the_help() -> None:
    assert not [row.id for row in TABLE if len(row.does) > 51]


def test_the_help_and_the_readme_are_the_table_s() -> None:
    pages = [REPOSITORY / "qa_bot/guide/chat.md", *(REPOSITORY / "qa_bot").rglob("guide/*.md")]
    assert any(key_table() in page.read_text(encoding="utf-8") for page in pages)
    said = help_text().plain
    for heading, keys in told().items():
        assert re.search(rf"^{heading}$", said, re.MULTILINE)
        for key, does in keys:
            assert re.search(rf"^  {re.escape(key)} +{re.escape(does)}$", said, re.MULTILINE)


async def test_the_palette_offers_what_can_be_done_now(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 40)) as pilot:

        def offered() -> set[str]:
            return {command.title for command in chat(pilot).get_system_commands(pilot.app.screen)}

        await ask(pilot, "How is staff morale in North Tyneside?")
        assert {"Start a new conversation", "Rebuild the index from nothing", "Choose a theme", "Quit"} <= offered()
        assert "Ask before updating the index" in offered()
        assert not offered() & {"Keys", "Theme", "Screenshot", "Maximize"}  # Textual's own
        assert not offered() & {BY_ID["chat.cancel"].title, BY_ID["chat.all"].title, BY_ID["app.automatic"].title}
        await pilot.press("tab")
        assert {row.title for row in actions_of("quote") if row.palette} <= offered()
        await pilot.press("l")
        assert BY_ID["chat.all"].title in offered()
        await pilot.press("f2")
        await settle(pilot)
        assert {
            row.title for where in ("documents", "listing") for row in actions_of(where) if row.palette
        } <= offered()
        assert BY_ID["chat.new"].title not in offered()


async def test_a_question_mark_opens_the_help_wherever_nothing_is_typed(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await pilot.press(*"why", "question_mark")
        assert not pilot.app.screen.query("#help")
        await ask(pilot, "How is staff morale in North Tyneside?")
        await pilot.press("tab", "question_mark")
        await pilot.pause()
        assert pilot.app.screen.query("#help")
