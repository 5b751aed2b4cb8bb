"""Whatever goes wrong is one line on standard error that names the remedy, exit code 2, and never a traceback."""

import subprocess
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.documents.formats.registry import suffixes_in_words
from qa_bot.index.schema import FILE
from tests.commands.run_command import QA_BOT, call, only_line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "the chat needs a terminal; elsewhere use: qa-bot ask"),
        (["chat", "--seeds", "index"], "the chat needs a terminal; elsewhere use: qa-bot ask"),
        (["bogus"], "invalid choice: 'bogus'"),
        (["--bogus"], "unrecognized arguments: --bogus; see qa-bot --help"),
        (["status", "--bogus"], "unrecognized arguments: --bogus; see qa-bot --help"),
        (["index", "--seeds"], "expected one argument; see qa-bot index --help"),
        (["ask"], 'for example: qa-bot ask "What needs to improve?"'),
        (["ask", ""], 'the question is empty; for example: qa-bot ask "What'),
        (["ask", " \n "], 'the question is empty; for example: qa-bot ask "What'),
        (["ask", "--batch", "-", "why?"], "either a question or --batch FILE"),
        (["ask", "why?", "--batch", "-"], "either a question or --batch FILE"),
        (["ask", "two", "questions"], 'put it in quotation marks, for example: qa-bot ask "two questions"'),
        (["ask", "-k", "1", "What", "is", "MASH?"], 'for example: qa-bot ask "What is MASH?"'),
        (["ask", "-k", "0", "why?"], "the number of quotes must be at least 1, not 0"),
        (["ask", "-k", "many", "why?"], "the number of quotes must be a whole number, not 'many'"),
        (["ask", "--batch", "nowhere.jsonl"], "the batch nowhere.jsonl cannot be read"),
        (["status", "-k", "3"], "unrecognized arguments: -k 3"),
        (["--seeds", "", "status"], "the seeds folder has no name; give one with --seeds"),
        (["index"], f"there is no seeds folder seeds; make it and put your {suffixes_in_words('and')} documents there"),
        (["status"], "there is no seeds folder seeds"),
        (["ask", "why?"], "there is no seeds folder seeds"),
        (["ask", "--no-update", "why?"], "there is no index in index; build it with: qa-bot index"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], told: str) -> None:
    run = call(*arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    assert told in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("qa-bot")
    assert not any(tmp_path.iterdir())


def test_seeds_that_hold_no_documents(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    assert f"the seeds folder seeds holds no documents; put {suffixes_in_words()} files there" in only_line(
        call("index", cwd=tmp_path)
    )


def test_nothing_that_could_be_indexed(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "binary.txt").write_bytes(b"\0")
    for arguments in (["index"], ["index", "--quiet"], ["ask", "why?"]):
        run = call(*arguments, cwd=tmp_path)
        assert run.returncode == 2
        first, last = run.stderr.splitlines()[-2:]
        assert first.startswith("qa-bot: not indexed: binary.txt: holds binary data")
        assert (
            last == f"qa-bot: nothing in seeds could be indexed; put {suffixes_in_words()} files there that hold text"
        )


@pytest.mark.parametrize("content", [b"", b"garbage", b"SQLite format 3\0" + b"\1" * 9000])
def test_a_damaged_index(own: Settings, content: bytes) -> None:
    folder = own.index.parent
    (own.index / FILE).write_bytes(content)
    for arguments in (["index"], ["status"], ["ask", "why?"], ["ask", "--no-update", "why?"]):
        line = only_line(call(*arguments, cwd=folder))
        assert "the index in index is damaged" in line
        assert line.endswith("; build it anew with: qa-bot index --full")
    assert call("index", "--full", cwd=folder).returncode == 0
    assert call("status", cwd=folder).stdout.splitlines()[-1].split() == ["state", "up", "to", "date"]


def test_an_index_cut_short(own: Settings) -> None:
    file = own.index / FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert "is damaged" in only_line(call("ask", "why?", cwd=own.index.parent))


@pytest.mark.parametrize(
    ("model", "told"),
    [("./nowhere", "there is no model folder ./nowhere; give the folder"), ("seeds", "is not an embedding model")],
)
def test_a_model_folder_that_is_none(own: Settings, model: str, told: str) -> None:
    for command in (["index"], ["status"], ["ask", "why?"]):
        assert told in only_line(call(*command, "--model", model, cwd=own.index.parent))


def test_an_unknown_model(own: Settings, tmp_path: Path) -> None:
    nowhere = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path / "hub")}
    line = only_line(call("ask", "--model", "no/such-model", "why?", cwd=own.index.parent, env=nowhere))
    assert "the model 'no/such-model' cannot be loaded" in line
    assert "leave it out for all-MiniLM-L6-v2" in line
    assert call("ask", "--quiet", "Who is the Lead Member?", cwd=own.index.parent).stdout  # the index is as it was


def test_an_index_folder_that_cannot_be_made(own: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = only_line(call("index", "--index", "file", cwd=tmp_path))
    assert "the index folder file cannot be written" in line
    assert "--index" in line


def test_output_that_cannot_be_written(own: Settings) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run([QA_BOT, "status"], cwd=own.index.parent, stdout=full, stderr=subprocess.PIPE, text=True)
    assert run.returncode == 2
    (line,) = run.stderr.splitlines()
    assert "No space left on device" in line


def test_a_reader_that_has_seen_enough(own: Settings) -> None:
    process = subprocess.Popen(
        [QA_BOT, "status", "--json"], cwd=own.index.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(300) == 0
