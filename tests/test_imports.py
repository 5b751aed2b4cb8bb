"""Nothing heavy is imported before it is needed, and imports point one way: each is looked at in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qa_bot.config import Settings
from tests.conftest import REPOSITORY

HEAVY = {"torch", "sentence_transformers", "transformers", "faiss", "textual"}
TORCH = {"torch", "sentence_transformers", "transformers"}
LOOK = """
import contextlib, io, json, sys
with contextlib.redirect_stderr(io.StringIO()):
    sys.stdout, real = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), sys.stdout
    import qa_bot
    arguments = json.loads(sys.argv[1])
    code = 0
    if arguments is not None:
        from qa_bot.cli import main
        try:
            code = main(arguments)
        except SystemExit as end:
            code = end.code
    text = (sys.stdout.flush(), sys.stdout.buffer.getvalue().decode())[1]
print(json.dumps([code, text, sorted({name.partition(".")[0] for name in sys.modules})]), file=real)
"""


def look(arguments: list[str] | None, folder: Path) -> tuple[int, str, set[str]]:
    """Exit code, output and top-level modules loaded by a command, or by `import qa_bot` for None."""
    command = [sys.executable, "-c", LOOK, json.dumps(arguments)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=500)
    assert run.returncode == 0, run.stderr
    code, text, modules = json.loads(run.stdout)
    return code, text, set(modules)


@pytest.mark.parametrize(
    "arguments", [None, ["--help"], ["--version"], ["ask", "--help"], ["status"], ["status", "--json"]]
)
def test_what_needs_nothing_heavy_imports_nothing_heavy(built: Settings, arguments: list[str] | None) -> None:
    code, text, modules = look(arguments, built.index.parent)
    assert code == 0
    assert bool(text) == (arguments is not None)
    assert not modules & HEAVY


def test_an_update_with_nothing_to_do_imports_no_model(built: Settings) -> None:
    code, text, modules = look(["index"], built.index.parent)
    assert (code, text.split(";")[0]) == (0, "5 unchanged")
    assert not modules & HEAVY


def test_a_question_imports_no_torch(built: Settings) -> None:
    code, text, modules = look(["ask", "--json", "What needs to improve?"], built.index.parent)
    assert code in (0, 1)
    assert text.startswith("{")
    assert "faiss" in modules
    assert not modules & (TORCH | {"textual"})


def test_a_small_update_imports_no_torch(own: Settings) -> None:
    (own.seeds / "new.txt").write_text("A new document.")
    code, text, modules = look(["index"], own.index.parent)
    assert (code, text.split(";")[0]) == (0, "1 added, 5 unchanged")
    assert not modules & TORCH


def test_the_help_names_every_command_and_option() -> None:
    _, text, _ = look(["--help"], REPOSITORY)
    for word in ("chat", "ask", "index", "status", "--seeds", "--index", "--model", "--quiet", "-k", "QA_BOT_SEEDS"):
        assert word in text
    for command, words in {
        "ask": ("--json", "--batch", "--no-update", "-k", "--seeds"),
        "index": ("--full", "--watch", "--json", "--seeds"),
        "status": ("--json", "--seeds"),
        "chat": ("-k", "--seeds"),
    }.items():
        code, text, _ = look([command, "--help"], REPOSITORY)
        assert code == 0
        assert all(word in text for word in words)


def test_imports_point_one_way() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout
    assert ", 0 broken" in run.stdout.replace("\n", " ")
