"""A kill at any instant leaves the old index or the new one, and the next update goes on from there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.parametrize("scenario", ["first", "update", "full"])
def test_a_kill_leaves_the_old_index_or_the_new_one(tmp_path: Path, tiny: Path, scenario: str) -> None:
    command = [sys.executable, "-m", "tests.index.kill_points", str(tmp_path), scenario, str(tiny)]
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}  # what forks should have but one of
    run = subprocess.run(
        command, cwd=REPOSITORY, env=os.environ | one_thread, capture_output=True, text=True, timeout=550
    )
    assert run.returncode == 0, run.stderr
    kills = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(kills) >= 20
    found = [before for _, before, _, _, _ in kills]
    old = None if scenario == "first" else "old"
    assert found == [old] * found.count(old) + ["new"] * found.count("new")  # once it is there it stays
    assert {"first": None, "update": "old", "full": "old"}[scenario] == found[0]
    assert found[-1] == "new"  # the last instants are the taking away of the old files
    assert {after for _, _, after, _, _ in kills} == {"new"}
    embedded = [again for _, _, _, again, _ in kills]
    assert embedded == sorted(embedded, reverse=True)  # what was embedded before the kill is not embedded again
    assert embedded[-1] == 0


def test_a_first_update_killed_goes_on_where_it_was(tmp_path: Path, tiny: Path) -> None:
    from qa_bot.config import Settings
    from qa_bot.index.updating import update

    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("\n\n".join(f"Number {n} is a number of its own. " * 10 for n in range(300)))
    script = """
import os, signal, sys
from pathlib import Path
from qa_bot.config import Settings
from qa_bot.index.updating import update

def killed(p):
    if (p.stage, p.done) == ("embedding", 256):
        os.kill(os.getpid(), signal.SIGKILL)

update(Settings(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]), progress=killed)
"""
    command = [sys.executable, "-c", script, str(seeds), str(tmp_path / "index"), str(tiny)]
    assert subprocess.run(command, timeout=500).returncode == -9
    report = update(Settings(seeds, tmp_path / "index", str(tiny)))
    assert (report.passages, report.embedded) == (300, 44)
