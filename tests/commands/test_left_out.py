"""Nothing is left out in silence: what could not be read is told by every command that could be asked why."""

import json
from pathlib import Path

import pytest

from tests.commands.run_command import call, only_line


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two documents, one of them bad, and four files that are never read."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "cats.txt").write_text("On cats\n\nCats purr when they are content.")
    (seeds / "bad.txt").write_bytes(b"\0")
    for name in ("a.jpg", "b.jpg", "all.zip", "old.doc"):
        (seeds / name).write_bytes(b"\x89")
    (seeds / ".hidden.txt").write_text("Hidden.")
    return tmp_path


@pytest.fixture
def env(tiny: Path) -> dict[str, str]:
    return {"QA_BOT_MODEL": str(tiny)}


def test_index_and_status_name_what_was_not_read(mixed: Path, env: dict[str, str]) -> None:
    run = call("index", cwd=mixed, env=env)
    assert run.stdout.startswith("1 added, 1 failed, 4 not read; ")
    told = run.stderr.splitlines()
    assert any(line.startswith("not read: a.jpg and 1 more .jpg: is a picture; ") for line in told)
    assert any(line.startswith("not read: all.zip: is an archive; ") for line in told)
    report = json.loads(call("index", "--json", cwd=mixed, env=env).stdout)
    assert [one["path"] for one in report["unread"]] == ["a.jpg", "all.zip", "b.jpg", "old.doc"]
    assert report["files"] == 6
    status = call("status", cwd=mixed, env=env).stdout
    assert "state      up to date" in status
    assert "  not read a.jpg and 1 more .jpg: is a picture; " in status
    assert "  failed   bad.txt: " in status
    assert len(json.loads(call("status", "--json", cwd=mixed, env=env).stdout)["unread"]) == 4


def test_status_lists_every_file_and_what_became_of_it(mixed: Path, env: dict[str, str]) -> None:
    call("index", cwd=mixed, env=env)
    (mixed / "seeds" / "new.txt").write_text("New.")
    *listed, counts = call("status", "--files", cwd=mixed, env=env).stdout.splitlines()[7:]
    assert [line[2:].split(":")[0].rsplit(None, 1) for line in listed] == [
        ["left out", ".hidden.txt"],
        ["not read", "a.jpg"],
        ["not read", "all.zip"],
        ["not read", "b.jpg"],
        ["failed", "bad.txt"],
        ["indexed", "cats.txt"],
        ["added", "new.txt"],
        ["not read", "old.doc"],
    ]
    assert counts.strip() == "4 not read, 1 left out, 1 failed, 1 indexed, 1 added"
    every = json.loads(call("status", "--files", "--json", cwd=mixed, env=env).stdout)["every_file"]
    assert {"path": ".hidden.txt", "state": "left out", "reason": "hidden"} in every
    assert len(every) == 8


def test_a_refusal_says_how_many_files_could_not_be_read(mixed: Path) -> None:
    for arguments in ([], ["--no-update"]):
        run = call("ask", *arguments, "What is the capital of France?", cwd=mixed)
        assert run.returncode == 1
        assert "5 of 6 files could not be read: qa-bot status tells why" in run.stdout
    run = call("ask", "When do cats purr?", cwd=mixed)
    assert run.returncode == 0
    assert "5 of 6 files could not be read (2 .jpg, 1 .zip, 1 .txt, 1 .doc); qa-bot status tells why" in run.stderr
    assert "could not be read" not in run.stdout


def test_a_folder_with_nothing_to_read_says_what_was_seen(mixed: Path, env: dict[str, str]) -> None:
    for name in ("cats.txt", "bad.txt"):
        (mixed / "seeds" / name).unlink()
    for command in (["index"], ["status"], ["ask", "why?"]):
        line = only_line(call(*command, cwd=mixed, env=env))
        assert "holds no documents; 2 .jpg, 1 .zip, 1 .doc cannot be read (a.jpg is a picture; " in line


def test_files_beyond_the_size_limit_are_named(mixed: Path, env: dict[str, str]) -> None:
    (mixed / "seeds" / "long.txt").write_text("Cats purr. " * 100_000)
    run = call("index", "--max-size", "1", cwd=mixed, env=env)
    assert "not read: long.txt: is larger than 1 MB; divide it, or raise the limit with --max-size" in run.stderr
    assert "the index holds 1 documents" in run.stdout
    assert "must be a whole number" in only_line(call("index", "--max-size", "few", cwd=mixed))


def test_many_bad_files_do_not_flood_a_question(mixed: Path, env: dict[str, str]) -> None:
    for number in range(9):
        (mixed / "seeds" / f"bad{number}.txt").write_bytes(b"\0")
    run = call("ask", "When do cats purr?", cwd=mixed, env=env)
    assert run.stderr.count("qa-bot: not indexed: bad") == 5
    assert "qa-bot: not indexed: 5 more; qa-bot status names them" in run.stderr
    assert call("index", cwd=mixed, env=env).stderr.count("qa-bot: not indexed: bad") == 10
