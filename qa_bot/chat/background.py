"""Blocking work off the screen's thread.

Textual's thread workers run in the event loop's executor, whose threads the interpreter waits for at exit. The threads
here are daemons: quitting never waits for a model, a search or a slow disk.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")


class Lane:
    """One daemon thread that runs one job after another, so that SQLite connections stay in the thread that opened them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, work: Callable[[], Result]) -> Result:
        """Wait for the result of `work` without holding up the screen. Exceptions come through."""
        future: Future[Result] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - not handled here: raised again where the work is awaited
                future.set_exception(error)

        if self._thread is None:
            self._thread = threading.Thread(target=self._loop, name=f"qa-bot {self._name}", daemon=True)
            self._thread.start()
        self._jobs.put(job)
        return await asyncio.wrap_future(future)

    def stop(self, grace: float = 0.0) -> None:
        """Take no more jobs; wait up to `grace` seconds for the running one to end."""
        self._jobs.put(None)
        if self._thread is not None and grace:
            self._thread.join(grace)

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
