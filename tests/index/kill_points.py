"""Kills an update at every instant that matters and says what it left: `python -m tests.index.kill_points WORK SCENARIO MODEL`.

An instant is before each SQL statement and each change of a file below the index folder, as Python's audit hooks see
them. Each update is a process of its own, forked so that a hundred of them take seconds. Prints a JSON line a kill.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from qa_bot.config import Settings
from qa_bot.errors import IndexFolderError
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.updating import update

WRITES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "tempfile.mkdtemp")


def main() -> None:
    work, scenario, model = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    prepare(work / "template", scenario, model)
    folder = work / "killed"
    settings = Settings(folder / "seeds", folder / "index", model)

    def begin(at: int) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(work / "template", folder)
        forked(lambda: run(settings, scenario, at, work / "instants"))

    begin(-1)
    instants = int((work / "instants").read_text())
    for at in sorted({*range(0, instants, -(-instants // 15)), *range(instants - 15, instants)}):
        begin(at)
        forked(lambda at=at: look(settings, at))


def prepare(folder: Path, scenario: str, model: str) -> None:
    """Seeds, indexed and changed since unless the scenario is the first update."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    for name in ("a", "b", "c"):
        paragraphs = [f"{name.upper()} {number} says {name} words of its own. " * 10 for number in range(22)]
        (seeds / f"{name}.txt").write_text(f"Document {name}\n\n" + "\n\n".join(paragraphs))
    if scenario != "first":
        (seeds / "old.txt").write_text("This one will go.")
        forked(lambda: update(Settings(seeds, folder / "index", model)))
        (seeds / "old.txt").unlink()
        (seeds / "new.txt").write_text("This one has come.")
        (seeds / "a.txt").write_text((seeds / "a.txt").read_text().replace("A 7 says", "A 7 now says"))


def run(settings: Settings, scenario: str, at: int, instants: Path) -> None:
    """The update, killed at its instant number `at`; for -1 it lives to write how many there are."""
    passed, index = 0, str(settings.index)

    def instant(*_: object) -> None:
        nonlocal passed
        if passed == at:
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in WRITES and any(isinstance(a, str | Path) and str(a).startswith(index) for a in args[:2]):
            instant()

    class Traced(sqlite3.Connection):
        def __init__(self, *args: Any, **options: Any):
            super().__init__(*args, **options)
            self.set_trace_callback(instant)

    sqlite3.connect = partial(sqlite3.connect, factory=Traced)  # type: ignore[assignment]
    sys.addaudithook(hook)
    update(settings, full=scenario == "full")
    instants.write_text(str(passed))


def look(settings: Settings, at: int) -> None:
    """What a reader finds after the kill, and what the next update does."""
    found = passages(settings)
    report = update(settings)
    print(json.dumps([at, found, passages(settings), report.embedded, report.passages]), flush=True)


def passages(settings: Settings) -> str | None:
    """What the index answers from: "old" or "new"; None where there is none yet."""
    try:
        snapshot = Snapshot.open(settings)
    except IndexFolderError as error:
        if "build it with" not in str(error):
            raise
        return None
    said = {p.document: p.text for p in snapshot.store.passages()}
    assert len(snapshot.vectors) == len(snapshot.lexical) == snapshot.passages
    words = [bool(snapshot.lexical.search({term: 1.0}, 5)) for term in ("gone", "come", "go")]
    if "old.txt" in said:
        assert words == [False, False, True], words
        return "old"
    assert "new.txt" not in said or words == [False, True, False], words
    return "new"


def forked(work: Callable[[], object]) -> None:
    """A process that does the work; an exception in it ends everything, a kill does not."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            if code:
                sys.excepthook(*sys.exc_info())
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit("a child failed")


if __name__ == "__main__":
    main()
