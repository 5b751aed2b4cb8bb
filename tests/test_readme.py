"""README, CONTRIBUTING and CHANGELOG say what the program does: commands are run, tables and names are held to the code."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from qa_bot import __version__
from qa_bot.cli import parser
from qa_bot.config import Settings
from qa_bot.showing.guide import TOPICS

from .conftest import REPOSITORY
from .pages import BIN, GUIDE, Page, environment, page, run

README = Page(REPOSITORY / "README.md")
CONTRIBUTING = Page(REPOSITORY / ".github" / "CONTRIBUTING.md")
CHANGELOG = Page(REPOSITORY / ".github" / "CHANGELOG.md")
INDEX = Page(REPOSITORY / "index" / "README.md")
PAGES = [README, CONTRIBUTING, CHANGELOG, INDEX, *(page(topic) for topic in TOPICS)]


def subcommands() -> dict[str, list[str]]:
    """The options of each command, "" for those of none."""

    def options(*command: str) -> list[str]:
        run = subprocess.run([BIN / "qa-bot", *command, "--help"], capture_output=True, text=True, check=True)
        return re.findall(r"^  (?:-h, )?(--?[a-z][a-z-]*)", run.stdout, re.MULTILINE)

    (names,) = re.findall(r"\ncommands:\n.*\n((?:    .*\n?)+)", parser().format_help())
    return {name: options(*name.split()) for name in ["", *re.findall(r"^    (\w+)", names, re.MULTILINE)]}


def told_elsewhere() -> set[str]:
    """The commands of the guide, which its own tests run."""
    return {command for topic in TOPICS for command in page(topic).commands()}


@pytest.fixture
def folder(own: Settings) -> Path:
    """A folder as the README supposes it: seeds and an index."""
    return own.index.parent


@pytest.mark.parametrize(
    "command", [c for c in README.commands() if not c.startswith("make ") and c not in told_elsewhere()]
)
def test_the_commands_run(command: str, folder: Path) -> None:
    run(command, folder)


def test_the_blocks_are_of_known_kinds() -> None:
    assert README.kinds() == {"sh", "python"}


@pytest.mark.parametrize(
    ("target", "runs"),
    [
        ("chat", ["pip install", "bin/qa-bot index", "bin/qa-bot chat"]),
        ("test", ["pip install", "-m pytest"]),
        ("check", ["ruff check", "ruff format --check", "mypy", "lint-imports"]),
    ],
)
def test_make_does_what_is_said(target: str, runs: list[str]) -> None:
    assert any(re.match(rf"make {target}\b", command) for command in README.commands())
    makefile = (REPOSITORY / "Makefile").read_text()
    # Everything made anew (-B), so that the set-up shows on a machine that has it already.
    made = subprocess.run(
        ["make", "-n", "-B", target], cwd=REPOSITORY, env=environment(), capture_output=True, text=True, check=True
    ).stdout
    assert re.search(rf"^\.PHONY:.*\b{target}\b", makefile, re.MULTILINE)
    at = [made.find(step) for step in runs]
    assert -1 not in at
    assert at == sorted(at)


def test_every_make_command_is_looked_at() -> None:
    makefile = (REPOSITORY / "Makefile").read_text()
    told = {c.split()[1] for where in PAGES for c in where.commands() if c.startswith("make ")}
    assert told >= {"chat", "test", "check", "bench"}
    for target in told:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    ci = (REPOSITORY / ".ci" / "run").read_text()
    assert "\nmake test\nmake check\n" in ci
    assert 'requires-python = ">=3.11"' in (REPOSITORY / "pyproject.toml").read_text()
    assert "Python 3.11 or newer" in README.text


def test_the_tables_of_commands_are_those_of_the_program() -> None:
    rows = README.table("command") + page("index").table("command")
    listed = [shlex.split(code) for row in rows for code in re.findall(r"`(qa-bot[^`]*)`", row[0])]
    known = subcommands()
    for words in listed:
        assert parser().parse_args(words[1:]).run
    assert {words[1] if len(words) > 1 else "" for words in listed} == set(known)
    told = " ".join([row[0] + row[-1] for row in rows] + [row[0] for row in page("settings").table("option")])
    for name, options in known.items():
        for option in set(options) - {"-h", "--help", "--version"}:
            assert re.search(rf"(?<![\w-]){option}\b", told), f"{option} of qa-bot {name} is not in the tables"


def test_the_options_named_first_are_those_of_the_settings() -> None:
    assert f"(default: `{Settings().seeds}` and `{Settings().index}`)" in README.text
    assert f"the most quotes in an answer (default: {Settings().k})" in README.text


def test_the_python_prints_what_it_says(folder: Path) -> None:
    prints_what_it_says(README, folder)


def prints_what_it_says(where: Page, folder: Path) -> None:
    """The Python of a page prints what the comments behind each print say."""
    (code,) = where.blocks("python")
    expected = re.findall(r"print\(.*\)  # -> (.*)", code)
    assert len(expected) == code.count("print(")
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == expected


@pytest.mark.parametrize("where", PAGES, ids=lambda where: where.path.name)
def test_links_and_pictures_point_to_something(where: Page) -> None:
    for link in where.links:
        if link.startswith("https://"):
            continue
        name, _, heading = link.partition("#")
        target = (where.path.parent / name).resolve() if name else where.path
        assert target.exists(), link
        assert not heading or heading in Page(target).headings, link


def test_the_tour_has_pictures() -> None:
    assert sum(link.endswith(".svg") for link in README.links) == 3


def test_every_page_of_the_guide_is_listed() -> None:
    assert [row[0] for row in README.table("page")] == [f"[{t}](qa_bot/guide/{t}.md)" for t in TOPICS]
    assert {path.stem for path in GUIDE.glob("*.md")} == set(TOPICS)


def test_paths_point_to_something() -> None:
    paths = {c for where in PAGES for c in where.code if re.match(r"(qa_bot|tests|seeds|\.ci|\.github)/[\w/.]*$", c)}
    ours = {c for c in paths if not c.startswith("seeds/") or c == "seeds/"}
    assert len(ours) > 30
    for path in [*ours, "pyproject.toml"]:
        assert (REPOSITORY / path).exists(), path


def test_the_layout_names_every_package_and_nothing_else() -> None:
    told = {row[0].strip("`").strip("/") for row in CONTRIBUTING.table("package")}
    there = {
        path.parent.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "qa_bot").rglob("__init__.py")
        if path.parent.name != "qa_bot"
    }
    assert told == there


def test_the_changelog_tells_of_this_version() -> None:
    versions = re.findall(r"^## \[(.+?)\]", CHANGELOG.text, re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert versions[1] == __version__


def test_the_diagram_names_what_is_there() -> None:
    (diagram,) = CONTRIBUTING.blocks("text")
    for name in re.findall(r"\b([a-z_]+)/", diagram):
        assert (REPOSITORY / "qa_bot" / name).is_dir() or name == "seeds", name
    for name in re.findall(r"\b([a-z_]+)(?=\.py|: embed|: SQLite| \(FAISS| \(tantivy)", diagram):
        assert list((REPOSITORY / "qa_bot").rglob(f"{name}.py")), name
