"""One builder at a time: a lock on the index folder, which the system lets go of when its holder dies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qa_bot.index.trouble import unwritable

LOOK_EVERY = 0.2
"""Seconds between two looks at whether waiting is still wanted."""


@contextmanager
def build_lock(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of the index in `folder`, which is made where missing; `waiting` is called now and then until then.

    Readers take it only to make accelerators again that were lost.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "qa-bot.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while not lock.is_locked:
            try:
                lock.acquire(timeout=LOOK_EVERY)
            except Timeout:
                waiting()
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()
