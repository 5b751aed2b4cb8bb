"""`qa-bot index` and `qa-bot status` as a user calls them."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qa_bot.config import DEFAULT_MODEL
from tests.commands.run_command import QA_BOT, call, on_terminal
from tests.conftest import REPOSITORY


@pytest.fixture
def small(tmp_path: Path, tiny: Path) -> Path:
    """Two documents in ./seeds, not indexed; models chosen by QA_BOT_MODEL take no time."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "cats.txt").write_text("On cats\n\nCats purr.")
    (tmp_path / "seeds" / "dogs.md").write_text("# On dogs\n\nDogs bark.\n")
    return tmp_path


@pytest.fixture
def env(tiny: Path) -> dict[str, str]:
    return {"QA_BOT_MODEL": str(tiny)}


def test_plain_lines_and_a_closing_report(small: Path, env: dict[str, str]) -> None:
    run = call("index", cwd=small, env=env)
    assert run.returncode == 0
    assert run.stderr.splitlines() == ["reading 0/2", "embedding 0/2", "embedding 2/2", "saving"]
    report, holds = run.stdout.splitlines()
    assert re.fullmatch(r"2 added; 2 passages embedded in \d+\.\d s", report)
    assert holds == "the index holds 2 documents, 2 passages"


def test_what_was_added_changed_removed_and_failed_is_told(small: Path, env: dict[str, str]) -> None:
    call("index", cwd=small, env=env)
    (small / "seeds" / "cats.txt").write_text("On cats\n\nCats sleep.")
    (small / "seeds" / "dogs.md").unlink()
    (small / "seeds" / "owls.txt").write_text("Owls hoot.")
    (small / "seeds" / "latin.txt").write_bytes("Übergrößenträger fährt über die Straße. ".encode("cp1252") * 5)
    (small / "seeds" / "bad.txt").write_bytes(b"\0")
    status = call("status", cwd=small, env=env).stdout.splitlines()
    assert status[5] == "vectors    exact search"
    assert status[6] == "state      the seeds have changed (qa-bot index)"
    changes = [line.split() for line in status[7:]]
    assert changes == [
        *(["added", f"{name}.txt"] for name in ("bad", "latin", "owls")),
        ["changed", "cats.txt"],
        ["removed", "dogs.md"],
    ]
    run = call("index", cwd=small, env=env)
    assert run.returncode == 0
    assert run.stdout.startswith("2 added, 1 changed, 1 removed, 1 failed; 3 passages embedded in ")
    assert re.search(r"^note: latin.txt: read as ", run.stderr, re.MULTILINE)
    assert re.search(r"^qa-bot: not indexed: bad.txt: .*; save it as UTF-8 text$", run.stderr, re.MULTILINE)
    assert "  failed   bad.txt: " in call("status", cwd=small, env=env).stdout


def test_the_report_as_json(small: Path, env: dict[str, str]) -> None:
    (small / "seeds" / "bad.txt").write_bytes(b"\0")
    run = call("index", "--json", cwd=small, env=env)
    report = json.loads(run.stdout)
    assert (report["added"], report["unchanged"], report["documents"]) == (["cats.txt", "dogs.md"], 0, 2)
    assert [failure["path"] for failure in report["failed"]] == ["bad.txt"]
    again = json.loads(call("index", "--json", "--quiet", cwd=small, env=env).stdout)
    assert (again["added"], again["unchanged"], again["embedded"]) == ([], 2, 0)


def test_full_and_quiet(small: Path, env: dict[str, str]) -> None:
    call("index", cwd=small, env=env)
    assert "nothing to do" not in call("index", cwd=small, env=env).stdout
    run = call("index", "--full", cwd=small, env=env)
    assert run.stdout.startswith("made anew: asked for\n2 unchanged; 2 passages embedded")
    run = call("--quiet", "index", "--full", cwd=small, env=env)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    run = call("index", "--full", cwd=small, env=env | {"QA_BOT_QUIET": "1"})
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_bar_on_a_terminal(small: Path, env: dict[str, str]) -> None:
    code, written = on_terminal("index", cwd=small, env=env)
    assert code == 0
    for word in ("reading", "embedding", "saving", "2/2"):
        assert word in written
    assert "\x1b[?25l" in written  # the cursor is hidden while the bar moves
    assert "\x1b[?25h" in written  # and shown again
    assert "2 added; 2 passages embedded" in written
    code, written = on_terminal("index", cwd=small, env=env)
    assert "\x1b" not in written
    assert written.startswith("2 unchanged; 0 passages embedded")


def test_status_before_the_first_update(small: Path, env: dict[str, str]) -> None:
    run = call("status", cwd=small, env=env)
    assert run.returncode == 0
    assert "state      needs building: there is no index yet (qa-bot index)" in run.stdout
    assert not (small / "index").exists()


def test_status_as_json(small: Path, env: dict[str, str]) -> None:
    call("index", cwd=small, env=env)
    status = json.loads(call("status", "--json", cwd=small, env=env).stdout)
    assert status["up_to_date"] is True
    assert status["needs_rebuild"] is None
    assert (status["documents"], status["passages"], status["generation"]) == (2, 2, 1)
    assert status["bytes"] > 0
    assert [row["title"] for row in status["listing"]] == ["On cats", "On dogs"]
    (small / "seeds" / "new.txt").write_text("New.")
    status = json.loads(call("status", "--json", cwd=small, env=env).stdout)
    assert (status["up_to_date"], status["added"]) == (False, ["new.txt"])


def test_status_of_an_index_by_another_model(small: Path, env: dict[str, str]) -> None:
    call("index", cwd=small, env=env)
    assert "needs building: the index was made with the model" in call("status", cwd=small).stdout


@pytest.mark.parametrize("name", ["index", "status", "ask", "chat"])
def test_folders_called_like_commands(small: Path, env: dict[str, str], name: str) -> None:
    (small / "seeds").rename(small / name)
    for arguments in (["--seeds", name, "index", "--index", "i"], ["index", "--seeds", name, "--index", "i"]):
        assert call(*arguments, cwd=small, env=env).returncode == 0
    assert "up to date" in call(f"--seeds={name}", "--index", "i", "status", cwd=small, env=env).stdout


def test_names_that_no_locale_can_show(small: Path, env: dict[str, str]) -> None:
    (small / "seeds" / "ünïcödé 世界.txt").write_text("Named.")
    (small / "seeds" / "ünïcödé leer.txt").write_text("")
    Path(os.fsdecode(os.fsencode(small / "seeds") + b"/caf\xe9.txt")).write_text("Named otherwise.")
    for ascii_only in ({}, {"PYTHONIOENCODING": "ascii"}):
        for command in (["index"], ["status"], ["index", "--json"], ["status", "--json"]):
            run = call(*command, cwd=small, env=env | ascii_only)
            assert run.returncode == 0, run
            assert "Traceback" not in run.stderr
    assert "ünïcödé 世界.txt" in call("status", "--json", cwd=small, env=env).stdout


def test_watching_updates_until_interrupted(small: Path, env: dict[str, str]) -> None:
    with subprocess.Popen(
        [QA_BOT, "index", "--watch"],
        cwd=small,
        env=os.environ | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            seen = []
            for line in process.stdout:
                seen.append(line)
                if line.startswith("watching"):
                    (small / "owls").write_text(
                        "Owls hoot."
                    )  # moved there whole: a file still empty would be left out first
                    (small / "owls").rename(small / "seeds" / "owls.txt")
                if line.startswith("1 added"):
                    process.send_signal(signal.SIGINT)
        finally:
            process.kill()
    assert process.returncode == 0
    assert [line for line in seen if line.startswith("1 added")]
    assert "Traceback" not in "".join(seen)


def test_status_tells_how_a_large_index_is_searched(tmp_path: Path, env: dict[str, str]) -> None:
    script = """
import sys
from pathlib import Path
from qa_bot.index import vectors
from tests.bench import synthetic
vectors.EXACT_UP_TO = 500
synthetic.build(Path(sys.argv[1]), 600)
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=REPOSITORY, check=True, capture_output=True)
    default = {**env, "QA_BOT_MODEL": DEFAULT_MODEL}
    (line,) = [x for x in call("status", cwd=tmp_path, env=default).stdout.splitlines() if x.startswith("vectors")]
    assert re.fullmatch(
        r"vectors    IVF,SQ8, \d+ of 48 lists searched; recall@100 (0\.99\d|1\.000), measured at 600 passages", line
    )
    told = json.loads(call("status", "--json", cwd=tmp_path, env=default).stdout)["vectors"]
    assert (told["kind"], told["lists"], told["made_for"]) == ("IVF,SQ8", 48, 600)
    assert 0.98 <= told["recall"] <= 1
    assert 1 <= told["nprobe"] <= 48
