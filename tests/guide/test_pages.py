"""The guide says what the program does: its commands are run over its letters, its tables and figures held to the code."""

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest

import qa_bot
from qa_bot.answers.model import State
from qa_bot.answers.ranking.retrieval import CANDIDATES, CLOSENESS, DENSE, LEXICAL
from qa_bot.answers.refusing.confidence import REFUSE_BELOW, SURE_FROM, band
from qa_bot.answers.understanding.query import TURNS
from qa_bot.chat.session import Turn
from qa_bot.commands.options import ANSWERED, ERROR, NOTHING_ANSWERS
from qa_bot.config import Settings
from qa_bot.documents import find_files
from qa_bot.documents.dating import TOP
from qa_bot.documents.formats.registry import FORMATS
from qa_bot.index.vectors import EXACT_UP_TO, RECALL_AT
from qa_bot.library import LARGE, LARGE_BYTES
from qa_bot.models.choosing import FEW_CHARACTERS
from qa_bot.showing.citation import STRONG
from qa_bot.showing.guide import TOPICS
from qa_bot.showing.markdown import save, to_markdown
from tests.conftest import REPOSITORY
from tests.pages import BIN, Page, environment, opens_chat, page, run
from tests.test_readme import prints_what_it_says, subcommands

COMMANDS = list(dict.fromkeys(c for topic in TOPICS for c in page(topic).commands() if not c.startswith("make ")))
"""Of all pages, each once."""


def letters(folder: Path) -> None:
    """Write the documents that the guide shows into a folder."""
    start = page("start")
    names = re.findall(r"^.*`seeds/([\w.-]+)`:$", start.text, re.MULTILINE)
    texts = re.findall(r"^```(?:md|txt)\n(.*?)^```$", start.text, re.MULTILINE | re.DOTALL)
    folder.mkdir()
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the guide supposes it, for tests that only read."""
    home = tmp_path_factory.mktemp("guide")
    letters(home / "seeds")
    letters(home / "letters")
    (home / "questions.jsonl").write_text("".join(page("evaluate").blocks("jsonl")), encoding="utf-8")
    with qa_bot.open(home / "seeds", home / "index") as bot:
        turn = Turn(1, "Who opened the bridge?", answer=bot.ask("Who opened the bridge?"))
    save(to_markdown([turn], datetime.now()), home / "conversation.md")
    return home


@pytest.fixture
def folder(example: Path, tmp_path: Path) -> Path:
    """The same, to change at will."""
    return Path(shutil.copytree(example, tmp_path / "home"))


def printed(command: str, folder: Path) -> str:
    """What a command prints."""
    return subprocess.run(command, shell=True, cwd=folder, env=environment(), capture_output=True, text=True).stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_run(command: str, folder: Path) -> None:
    run(command, folder)


def test_commands_that_open_the_chat_are_among_them() -> None:
    assert sum(map(opens_chat, COMMANDS)) >= 2


def test_what_commands_print_is_what_they_are_said_to(example: Path) -> None:
    (said,) = page("start").blocks("text")
    assert printed(page("start").commands()[-1], example).strip() == said.strip()
    (said,) = page("index").blocks("text")
    size = re.compile(r"[\d.]+ MB")
    assert size.sub("", printed("qa-bot status", example)) == size.sub("", said)
    refused = printed(page("quotes-and-refusals").commands()[0], example)
    assert refused.startswith("Nothing in these documents answers that.\nFound nowhere near: built, railway\n")
    assert "Nothing in these documents answers that" in page("quotes-and-refusals").text


def test_the_questions_are_answered_as_said(example: Path) -> None:
    with qa_bot.open(example / "seeds", example / "index", update=False) as bot:
        for command in page("asking").commands():
            assert bot.ask(shlex.split(command)[-1]).answered
        assert bot.ask("What does it cost to cross?").quotes[0].document == "mayor-1931.md"
        assert bot.ask(shlex.split(page("asking").commands()[-1])[-1]).quotes[0].document == "mayor-1934.md"
        assert bot.ask("Who opend the brige?").answered
        chat = bot.conversation()
        chat.ask("What was the toll in 1931?")
        assert chat.ask("And in 1934?").quotes[0].document == "mayor-1934.md"
        assert not bot.ask("Who built the railway?").answered


def test_the_evaluation_finds_everything(example: Path) -> None:
    figures = json.loads(printed("qa-bot eval questions.jsonl --json --no-update", example))
    assert figures["misses"] == []


def test_the_table_of_options_is_that_of_the_settings() -> None:
    rows = page("settings").table("option")
    defaults = Settings()
    names = [field.name for field in fields(Settings)]
    assert {row[1].strip("`") for row in rows} == {f"QA_BOT_{name.upper()}" for name in names}
    for option, variable, default, _ in rows:
        name = variable.strip("`").removeprefix("QA_BOT_").lower()
        assert re.match(rf"`--?{name.replace('_', '-')}\b", option, re.IGNORECASE)
        assert default.strip("`") == str(getattr(defaults, name)).replace("False", "off").replace(
            "None", "your user data folder"
        )


def test_the_exit_codes_are_those_of_the_program(folder: Path) -> None:
    assert [int(row[0]) for row in page("batch-and-json").table("code")] == [ANSWERED, NOTHING_ANSWERS, ERROR, 130]
    done = subprocess.run(
        [BIN / "qa-bot", "ask", "--seeds", "nowhere", "What?"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == ERROR
    assert len(done.stderr.splitlines()) == 1


def test_the_json_is_the_answer_s(example: Path) -> None:
    where = page("batch-and-json")
    (shown,) = map(json.loads, where.blocks("json"))
    answer = json.loads(printed(where.commands()[0], example))
    assert shown.pop("confidence") == pytest.approx(answer.pop("confidence"), abs=0.02)
    for quote, real in zip(shown["quotes"], answer["quotes"], strict=True):
        assert quote.pop("score") == pytest.approx(real.pop("score"), abs=0.02)
    assert shown == answer
    told = {name for row in where.table("field") for name in re.findall(r"`(\w+)`", row[0])}
    assert told == {*answer, "confidence", *answer["quotes"][0], "score"}


def test_the_json_of_verify_is_as_said(example: Path) -> None:
    where = page("verify")
    found = json.loads(printed("qa-bot verify --json conversation.md", example))
    assert set(found) == {"quotes", *get_args(State)}
    assert set(found["quotes"][0]) == {name for row in where.table("key") for name in re.findall(r"`(\w+)`", row[0])}


def test_the_python_prints_what_it_says(folder: Path) -> None:
    prints_what_it_says(page("python"), folder)


def test_the_names_of_the_python_api_are_there() -> None:
    with_names = {"bot": qa_bot.Bot, "answer": qa_bot.Answer, "chat": qa_bot.Conversation, "quote": qa_bot.Quote}
    for code in page("python").code:
        owner, _, name = code.partition("(")[0].partition(".")
        if owner in with_names:
            assert hasattr(with_names[owner], name), code
    assert {"model", "k", "update", "progress"} <= set(qa_bot.open.__annotations__)


def test_the_bands_are_the_code_s() -> None:
    rows = {row[1].strip("`"): row for row in page("quotes-and-refusals").table("confidence")}
    assert {name: row[0] for name, row in rows.items()} == {
        "answered": f"from {SURE_FROM}",
        "unsure": f"from {REFUSE_BELOW}",
        "refused": f"below {REFUSE_BELOW}",
    }
    assert f"from {STRONG} the chat" in rows["answered"][2]
    assert [band(p) for p in (SURE_FROM, REFUSE_BELOW, REFUSE_BELOW - 0.001)] == list(rows)
    assert {row[0].strip("`") for row in page("quotes-and-refusals").table("state")} == set(get_args(State))


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("how-it-answers", f"{DENSE} · meaning + {LEXICAL} · words + {CLOSENESS} · closeness"),
        ("how-it-answers", f"united, {CANDIDATES} of each"),
        ("how-it-answers", f"Up to {EXACT_UP_TO:,} passages the FAISS search is exact"),
        ("index", f"Up to {EXACT_UP_TO:,} passages the search is exact"),
        ("index", f"the share of the {RECALL_AT} nearest passages"),
        ("follow-ups", f"At most the last {TURNS} are taken into account"),
        ("documents", f"one of the first {TOP})"),
        ("chat", f"large from {LARGE} files or {LARGE_BYTES // 1000} kB of text"),
        ("models", f"more than {FEW_CHARACTERS:,} characters"),
        ("asking", f"at most {['no', 'one', 'two', 'three'][Settings().k]} quotes"),
    ],
)
def test_a_figure_is_the_code_s(where: str, words: str) -> None:
    assert words in " ".join(page(where).text.split())


def test_the_figure_of_the_index_folder_is_the_code_s() -> None:
    assert f"Exact up to {EXACT_UP_TO:,} passages" in Page(REPOSITORY / "index" / "README.md").text


def test_the_kinds_of_files_are_those_that_are_read(tmp_path: Path) -> None:
    (told,) = re.findall(r"^- \*\*Files\.\*\* (.*?)\.\s", page("documents").text, re.MULTILINE | re.DOTALL)
    (tmp_path / "below").mkdir()
    (tmp_path / ".hidden").mkdir()
    for kind in ("jpg", "zip", *(suffix[1:] for one in FORMATS for suffix in one.suffixes)):
        (tmp_path / "below" / f"a.{kind}").write_text("Text.")
        (tmp_path / ".hidden" / f"a.{kind}").write_text("Text.")
    assert set(find_files(tmp_path)) == {f"below/a{kind}" for kind in re.findall(r"`(\.\w+)`", told)}


def test_the_pages_name_options_that_there_are() -> None:
    known = {option for options in subcommands().values() for option in options}
    for topic in TOPICS:
        for code in page(topic).code:
            assert set(re.findall(r"(?<![\w-])--[a-z-]+", code)) <= known, f"{topic}: {code}"


def test_an_installed_qa_bot_has_every_page_and_style_sheet() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    package = REPOSITORY / "qa_bot"
    shipped = {
        path
        for name, patterns in project["tool"]["setuptools"]["package-data"].items()
        for pattern in patterns
        for path in REPOSITORY.joinpath(*name.split(".")).glob(pattern)
    }
    assert {path for kind in ("md", "tcss", "html") for path in package.rglob(f"*.{kind}")} <= shipped
    assert "urls" not in project["project"]
