"""Waiting for the seeds to change: real files, heard of by the system."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest

from qa_bot.config import Settings
from qa_bot.index.watching import changes

SOON, NEVER = 0.02, 1000.0
LONG = 240
"""Seconds that a wait may last where the machine is busy; nothing waits so long that is heard of."""
Listen = Callable[..., "SimpleQueue[bool]"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "seeds" / "below").mkdir(parents=True)
    (tmp_path / "seeds" / "index").mkdir()
    return Settings(tmp_path / "seeds", tmp_path / "seeds" / "index")


@pytest.fixture
def listen(settings: Settings) -> Iterator[Listen]:
    """Listens in a thread of its own until the test ends; what is heard comes in a queue."""
    stop, threads = Event(), []

    def start(every: float, silence: float) -> "SimpleQueue[bool]":
        heard: SimpleQueue[bool] = SimpleQueue()

        def run() -> None:
            for told in changes(settings, stop, every=every, silence=silence):
                heard.put(told)

        threads.append(Thread(target=run))
        threads[-1].start()
        return heard

    yield start
    stop.set()
    for thread in threads:
        thread.join(LONG)
        assert not thread.is_alive()


def touch_until_heard(file: Path, heard: "SimpleQueue[bool]") -> None:
    """The first changes may be made before the listening has begun."""
    for number in range(1000):
        file.write_text(f"{number}")
        try:
            assert heard.get(timeout=0.3)
        except Empty:
            continue
        return
    pytest.fail("never heard of it")


def test_changes_are_heard_at_any_depth(settings: Settings, listen: Listen) -> None:
    heard = listen(NEVER, NEVER)
    touch_until_heard(settings.seeds / "a.txt", heard)
    for change in (
        lambda: (settings.seeds / "below" / "b.txt").write_text("new"),
        lambda: (settings.seeds / "a.txt").rename(settings.seeds / "c.txt"),
        lambda: (settings.seeds / "c.txt").unlink(),
    ):
        change()
        assert heard.get(timeout=LONG)


def test_reading_and_the_index_s_own_files_are_none(settings: Settings, listen: Listen) -> None:
    heard = listen(NEVER, NEVER)
    touch_until_heard(settings.seeds / "a.txt", heard)
    for number in range(5):
        (settings.index / f"{number}.sqlite").write_text("of the index")
        (settings.seeds / "a.txt").read_text()
    (settings.seeds / "a.txt").write_text("last")
    assert heard.get(timeout=LONG)
    assert heard.empty()


def test_silence_is_told_too(listen: Listen) -> None:
    heard = listen(SOON, SOON)
    assert [heard.get(timeout=LONG) for _ in range(3)] == [False] * 3


def test_a_folder_that_is_not_there_yet_or_is_put_anew_is_listened_to(settings: Settings, listen: Listen) -> None:
    away = settings.seeds.rename(settings.seeds.with_name("away"))
    heard = listen(SOON, NEVER)
    assert heard.get(timeout=LONG) is False
    for _ in range(2):
        shutil.copytree(away, settings.seeds)
        while not heard.empty():
            heard.get()
        file = settings.seeds / "new.txt"
        for number in range(1000):
            file.write_text(f"{number}")
            if heard.get(timeout=LONG):
                break
        shutil.rmtree(settings.seeds)
        while heard.get(timeout=LONG):
            pass  # what is heard of the removal; then only silence
