"""The README says what the program does: its commands are run, its figures, tables and names are held to the code."""

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

import qa_bot
from qa_bot.answers.ranking.retrieval import CLOSENESS, DENSE, LEXICAL
from qa_bot.answers.refusing.confidence import REFUSE_BELOW, SURE_FROM, band
from qa_bot.chat.session import Turn
from qa_bot.cli import ANSWERED, ERROR, NOTHING_ANSWERS, parser
from qa_bot.config import Settings
from qa_bot.documents import find_files
from qa_bot.showing.citation import STRONG
from qa_bot.showing.markdown import save, to_markdown

from .conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PROSE = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
CODE = re.findall(r"`([^`\n]+)`", PROSE)
BIN = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def commands() -> list[str]:
    """The lines of the shell blocks, each with those it goes on on."""
    return [line for block in blocks("sh") for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def table(first: str) -> list[list[str]]:
    """The rows of the table whose first heading this is."""
    (found,) = re.findall(rf"^\| {first} \|.*\n\| -.*\n((?:\|.*\n)+)", README, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in found.splitlines()]


def subcommands() -> dict[str, list[str]]:
    """The options of each command, "" for those of none."""

    def options(*command: str) -> list[str]:
        run = subprocess.run([BIN / "qa-bot", *command, "--help"], capture_output=True, text=True, check=True)
        return re.findall(r"^  (?:-h, )?(--?[a-z][a-z-]*)", run.stdout, re.MULTILINE)

    (names,) = re.findall(r"\ncommands:\n.*\n((?:    .*\n?)+)", parser().format_help())
    return {name: options(*name.split()) for name in ["", *re.findall(r"^    (\w+)", names, re.MULTILINE)]}


@pytest.fixture
def folder(own: Settings) -> Path:
    """A folder as the README supposes it: seeds and an index, letters and questions of one's own."""
    home = own.index.parent
    (home / "letters").mkdir()
    (home / "letters" / "mayor.md").write_text(
        "# From the mayor\n\n4 May 1931\n\nThe bridge was opened on 2 May 1931. It crosses the river at the old mill.\n"
    )
    (home / "letters" / "baker.txt").write_text("The baker to his sister\n\nWe sell more rye than wheat this winter.\n")
    (home / "questions.jsonl").write_text("".join(blocks("jsonl")), encoding="utf-8")
    with qa_bot.open(own.seeds, own.index, update=False) as bot:
        turn = Turn(1, "Who is the Lead Member?", answer=bot.ask("Who is the Lead Member?"))
    save(to_markdown([turn], datetime.now()), home / "conversation.md")
    return home


def environment() -> dict[str, str]:
    """Ours, with qa-bot to be found and a terminal of some size."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    return kept | {"PATH": path, "TERM": "xterm-256color", "COLUMNS": "110", "LINES": "30"}


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


def opens_chat(command: str) -> bool:
    words = shlex.split(command, comments=True)
    return words[0] == "qa-bot" and not {"ask", "index", "status", "eval", "verify", "serve"} & set(words)


@pytest.mark.timeout(100)
@pytest.mark.parametrize("command", [c for c in commands() if not c.startswith("make ")])
def test_the_commands_run(command: str, folder: Path) -> None:
    said = re.search(r"# exit code (\d+)$", command)
    if opens_chat(command):
        assert quit_when_ready(command, folder) == 0
        return
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment(), capture_output=True, text=True
    )
    assert run.returncode == (int(said[1]) if said else 0), run.stderr
    assert run.stdout


def test_the_blocks_are_of_known_kinds() -> None:
    assert {name for name, _ in BLOCKS} == {"sh", "json", "jsonl", "python", "text"}
    assert any(opens_chat(c) for c in commands() if not c.startswith("make "))


@pytest.mark.parametrize(
    ("target", "runs"),
    [
        ("chat", ["pip install", "bin/qa-bot index", "bin/qa-bot chat"]),
        ("test", ["pip install", "-m pytest"]),
        ("check", ["ruff check", "ruff format --check", "mypy", "lint-imports"]),
    ],
)
def test_make_does_what_is_said(target: str, runs: list[str]) -> None:
    assert any(re.match(rf"make {target}\b", command) for command in commands())
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
    assert {c.split()[1] for c in commands() if c.startswith("make ")} == {"chat", "test", "check", "bench"}
    ci = (REPOSITORY / ".ci" / "run").read_text()
    assert "\nmake test\nmake check\n" in ci
    assert 'requires-python = ">=3.11"' in (REPOSITORY / "pyproject.toml").read_text()
    assert "Python 3.11 or newer" in README


def test_the_table_of_commands_is_that_of_the_program() -> None:
    listed = [shlex.split(code) for row in table("command") for code in re.findall(r"`(qa-bot[^`]*)`", row[0])]
    known = subcommands()
    for words in listed:
        assert parser().parse_args(words[1:]).run
    assert {words[1] if len(words) > 1 else "" for words in listed} == set(known)
    told = " ".join([row[0] + row[-1] for row in table("command")] + [row[0] for row in table("option")])
    for name, options in known.items():
        for option in set(options) - {"-h", "--help", "--version"}:
            assert re.search(rf"(?<![\w-]){option}\b", told), f"{option} of qa-bot {name} is not in the tables"


def test_the_table_of_options_is_that_of_the_settings() -> None:
    rows = table("option")
    defaults = Settings()
    names = [field.name for field in fields(Settings)]
    assert {row[1].strip("`") for row in rows} == {f"QA_BOT_{name.upper()}" for name in names}
    assert set(re.findall(r"QA_BOT_\w+", README)) == {f"QA_BOT_{name.upper()}" for name in names}
    for option, variable, default, _ in rows:
        name = variable.strip("`").removeprefix("QA_BOT_").lower()
        assert re.match(rf"`--?{name}\b", option, re.IGNORECASE)
        assert default.strip("`") == str(getattr(defaults, name)).replace("False", "off").replace(
            "None", "your user data folder"
        )


def test_the_exit_codes_are_those_of_the_program(folder: Path) -> None:
    assert [int(row[0]) for row in table("code")] == [ANSWERED, NOTHING_ANSWERS, ERROR, 130]
    run = subprocess.run(
        [BIN / "qa-bot", "ask", "--seeds", "nowhere", "What?"], cwd=folder, capture_output=True, text=True
    )
    assert run.returncode == ERROR
    assert len(run.stderr.splitlines()) == 1


def test_the_json_is_the_answer_s(built: Settings) -> None:
    (example,) = map(json.loads, blocks("json"))
    (asked,) = [c for c in commands() if "--json" in c]
    words = shlex.split(asked)
    assert words[-1] == example["question"]
    with qa_bot.open(built.seeds, built.index, k=int(words[words.index("-k") + 1]), update=False) as bot:
        answer = bot.ask(words[-1]).to_json()
    answer = json.loads(json.dumps(answer))
    assert example.pop("confidence") == pytest.approx(answer.pop("confidence"), abs=0.02)
    for shown, real in zip(example["quotes"], answer["quotes"], strict=True):
        assert shown.pop("score") == pytest.approx(real.pop("score"), abs=0.02)
    assert example == answer
    told = {name for row in table("field") for name in re.findall(r"`(\w+)`", row[0])}
    assert told == {*answer, "confidence", *answer["quotes"][0], "score"}


def test_the_python_prints_what_it_says(folder: Path) -> None:
    (code,) = blocks("python")
    expected = re.findall(r"print\(.*\)  # -> (.*)", code)
    assert len(expected) == code.count("print(")
    run = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == expected


def test_the_names_of_the_python_api_are_there() -> None:
    for code in CODE:
        owner, _, name = code.partition("(")[0].partition(".")
        if owner in ("bot", "answer") and name:
            assert hasattr({"bot": qa_bot.Bot, "answer": qa_bot.Answer}[owner], name) or name == "py", code
    assert {"model", "k", "update", "progress"} <= set(qa_bot.open.__annotations__)


def test_links_and_pictures_point_to_something() -> None:
    headings = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in re.findall(r"^#+ (.*)$", PROSE, re.M)}
    links = re.findall(r"\]\(([^)]+)\)", PROSE)
    assert any(link.endswith(".svg") for link in links)
    for link in links:
        path, _, heading = link.partition("#")
        assert (REPOSITORY / path).exists(), link
        assert not heading or heading in headings, link


def test_paths_point_to_something() -> None:
    paths = [code for code in CODE if re.match(r"(qa_bot|tests|seeds|index|\.ci)/[\w/.]*$", code)]
    assert len(paths) > 15
    for path in [*paths, "pyproject.toml"]:
        assert (REPOSITORY / path).exists(), path


def test_the_diagram_names_what_is_there() -> None:
    (diagram,) = blocks("text")
    for name in re.findall(r"\b([a-z_]+)/", diagram):
        assert (REPOSITORY / "qa_bot" / name).is_dir() or name == "seeds", name
    modules = set(re.findall(r"\b([a-z_]+)(?=:| ◄|, confidence)", diagram))
    assert len(modules) > 4
    for name in modules:
        assert list((REPOSITORY / "qa_bot").glob(f"*/{name}.py")), name


def test_the_figures_of_ranking_and_refusing_are_the_code_s() -> None:
    assert f"{DENSE} · meaning + {LEXICAL} · words + {CLOSENESS} · closeness" in README
    rows = {row[1].strip("`"): row for row in table("confidence")}
    assert {name: row[0] for name, row in rows.items()} == {
        "answered": f"from {SURE_FROM}",
        "unsure": f"from {REFUSE_BELOW}",
        "refused": f"below {REFUSE_BELOW}",
    }
    assert f"from {STRONG} the chat" in rows["answered"][2]
    assert [band(p) for p in (SURE_FROM, REFUSE_BELOW, REFUSE_BELOW - 0.001)] == list(rows)


def test_the_kinds_of_files_are_those_that_are_read(tmp_path: Path) -> None:
    (told,) = re.findall(r"^- \*\*Files\.\*\* (.*?)\.\s", README, re.MULTILINE)
    (tmp_path / "below").mkdir()
    (tmp_path / ".hidden").mkdir()
    for kind in ("txt", "text", "md", "markdown", "rst", "html", "csv", "pdf", "docx"):
        (tmp_path / "below" / f"a.{kind}").write_text("Text.")
        (tmp_path / ".hidden" / f"a.{kind}").write_text("Text.")
    assert set(find_files(tmp_path)) == {f"below/a{kind}" for kind in re.findall(r"`(\.\w+)`", told)}
