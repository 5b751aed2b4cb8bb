"""A file that makes its reader crash, hang or take all memory costs that file alone."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.documents import isolating
from qa_bot.documents.formats.registry import register, unregister
from qa_bot.documents.isolating import FileReading, ahead
from qa_bot.errors import Cancelled, DocumentError
from qa_bot.index.report import Progress
from qa_bot.index.store import Store
from qa_bot.index.updating import update
from qa_bot.language.english import ENGLISH
from tests.conftest import REPOSITORY
from tests.documents.hostile import HOSTILE

WORKER = "qa_bot.documents.worker"
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The format is known here and in the processes, which find the tests."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")]))
    register(HOSTILE)
    yield
    unregister(HOSTILE)


def write(folder: Path, *kinds: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    names = [f"{number:02}-{kind}.hostile" for number, kind in enumerate(kinds)]
    for name, kind in zip(names, kinds, strict=True):
        (folder / name).write_text(kind)
    return names


def outcomes(folder: Path, names: list[str]) -> list[str]:
    """What came of each file, in order: its last line, or why it has none."""
    told = []
    with closing(FileReading(folder, ENGLISH)) as files:
        for begun in [files.begin(name, 10) for name in names]:
            try:
                told.append(begun()[0][0].text.split("\n")[-2])
            except (DocumentError, OSError) as error:
                told.append(str(error))
    return told


def test_a_crash_costs_one_file_and_the_others_come_in_order(tmp_path: Path) -> None:
    told = outcomes(tmp_path, write(tmp_path, "one", "exit", "two", "segfault", "three", "noise", "broken", "four"))
    assert told[0::2] == ["one words.", "two words.", "three words.", told[6]]
    assert told[1] == "cannot be read (its reader crashed: exit code 7); save it anew in its own program, or as text"
    assert "its reader crashed: SIGSEGV" in told[3]
    assert told[5] == "noise words."
    assert told[6].startswith("cannot be read (OSError: not what it seems); save it anew")
    assert told[7] == "four words."


def test_what_hangs_is_ended_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolating, "SECONDS", 2)
    monkeypatch.setattr(isolating, "PROCESSES", 1)
    began = time.monotonic()
    sleep = f"sleep 600.{os.getpid()}"
    told = outcomes(tmp_path, write(tmp_path, "one", "hang", sleep, "two"))
    assert [told[0], told[3]] == ["one words.", "two words."]
    assert told[1] == told[2] == "takes longer than 2 seconds to read; divide it, or save it anew in its own program"
    assert time.monotonic() - began < 30
    assert not processes(sleep)


def test_what_takes_all_memory_is_told_with_the_limit(tmp_path: Path) -> None:
    told = outcomes(tmp_path, write(tmp_path, "bomb", "one"))
    assert told[0].startswith("takes more than 4.0 GB of memory to read; divide it")
    assert told[1] == "one words."


def test_a_process_stays_for_the_next_file(tmp_path: Path) -> None:
    names = write(tmp_path, *["good"] * 12)
    with closing(FileReading(tmp_path, ENGLISH)) as files:
        read = [begun()[0][0].text for begun in [files.begin(name, 10) for name in names]]
        assert own_processes(WORKER)
    readers = {found[0] for text in read if (found := re.findall(r"process (\d+)", text))}
    assert 1 <= len(readers) <= isolating.PROCESSES
    assert str(os.getpid()) not in readers
    assert not own_processes(WORKER)


def test_an_update_names_the_bad_files_and_takes_in_the_others(tmp_path: Path, tiny: Path) -> None:
    settings = Settings(seeds=tmp_path / "seeds", index=tmp_path / "index", model=str(tiny))
    names = write(settings.seeds, "one", "exit", "bomb", "two")
    (settings.seeds / "note.txt").write_text("A text beside them.\n")
    report = update(settings)
    assert report.added == (names[0], names[3], "note.txt")
    assert [failure.path for failure in report.failed] == names[1:3]
    with closing(Store.open(settings.index)) as store:
        assert [row[0] for row in store.documents()] == [names[0], names[3], "note.txt"]
        order = [row[0] for row in store.connection.execute("SELECT path FROM documents ORDER BY id")]
    assert order == [names[0], names[3], "note.txt"]


def test_an_update_can_be_stopped_while_a_file_hangs(tmp_path: Path, tiny: Path) -> None:
    settings = Settings(seeds=tmp_path / "seeds", index=tmp_path / "index", model=str(tiny))
    write(settings.seeds, "hang", "one")
    heard: list[Progress] = []
    began = time.monotonic()
    with pytest.raises(Cancelled):
        update(settings, progress=heard.append, cancelled=lambda: len(heard) > 5)
    assert time.monotonic() - began < 20
    assert not own_processes(WORKER)


def test_text_files_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "note.txt").write_text("A text.\n")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with closing(FileReading(tmp_path, ENGLISH)) as files:
        [(document, _)] = files.begin("note.txt", 8)()
    assert document.text == "A text.\n"


def test_a_few_items_are_taken_ahead() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(5):
            taken.append(number)
            yield number

    given = ahead(items(), 2)
    assert next(given) == 0
    assert taken == [0, 1]
    assert list(given) == [1, 2, 3, 4]


def own_processes(words: str) -> list[str]:
    """Those of them that this process has started."""
    return [line for line in processes(words) if line.split()[0] == str(os.getpid())]


def processes(words: str) -> list[str]:
    """The processes that run with these words."""
    listed = subprocess.run(["ps", "-eo", "ppid=,args="], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if words in line]
