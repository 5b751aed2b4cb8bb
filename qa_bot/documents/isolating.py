"""Files become documents, and a file whose text is taken out cannot harm the others: processes of their own read such files.

The parent's side of the protocol that `worker.py` describes. A process stays for the next file; one that crashed, hung or
ran out of memory is started again. Files that are text are read here, and where there is nothing else no process starts.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from pathlib import Path
from queue import LifoQueue
from threading import Event, Lock, Timer
from typing import IO, TYPE_CHECKING, TypeVar

from qa_bot.documents.formats.registry import is_isolated, modules
from qa_bot.documents.guarding import REMEDY
from qa_bot.documents.readers import documents_and_subjects
from qa_bot.errors import DocumentError
from qa_bot.language.language import Language

if TYPE_CHECKING:
    from qa_bot.documents.model import Document
    from qa_bot.documents.subject import Subject
    from qa_bot.documents.worker import Reply

T = TypeVar("T")
Begun = Callable[[], "list[tuple[Document, Subject]]"]
"""Waits for the documents of a file; DocumentError or OSError says why it has none."""

SECONDS, SECONDS_A_MEGABYTE = 60, 2
"""How long the reading of a file may take."""
MEMORY = 4 * 2**30
"""Bytes that a process may have while it reads."""
PROCESSES = min(2, os.cpu_count() or 1)
AHEAD = 4 * PROCESSES
"""Files that are begun before they are needed: enough for every process to have the next at hand, and few to hold."""
MOMENT = 0.1
"""Seconds after which one who waits for a file is asked whether to go on."""


class FileReading:
    """Reads the files of one update. `waiting` is called again and again while a file is waited for, and may raise."""

    def __init__(self, seeds: Path, language: Language, waiting: Callable[[], None] = lambda: None):
        self._seeds, self._language, self._waiting = seeds, language, waiting
        self._workers: list[Worker] = []
        self._idle: LifoQueue[Worker] = LifoQueue()
        self._threads: ThreadPoolExecutor | None = None

    def begin(self, path: str, size: int) -> Begun:
        """Begin to read the file of so many bytes; where it is read here, that is left until its documents are asked for."""
        if not is_isolated(path):
            return lambda: documents_and_subjects(self._seeds, path, self._language)
        if self._threads is None:
            self._threads = ThreadPoolExecutor(PROCESSES, "reading")
            self._workers = [Worker(MEMORY) for _ in range(PROCESSES)]
            for worker in self._workers:
                self._idle.put(worker)
        seconds = SECONDS + SECONDS_A_MEGABYTE * (size / 10**6)
        future = self._threads.submit(self._read, path, seconds)
        return lambda: self._awaited(future)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            worker.stop()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.end()

    def _read(self, path: str, seconds: float) -> "list[tuple[Document, Subject]]":
        worker = self._idle.get()
        try:
            return worker.read(self._seeds, path, self._language, seconds)
        finally:
            self._idle.put(worker)

    def _awaited(self, future: "Future[list[tuple[Document, Subject]]]") -> "list[tuple[Document, Subject]]":
        while not wait([future], timeout=MOMENT).done:
            self._waiting()
        return future.result()


class Worker:
    """A process that reads one file after the other. It starts with the first, and anew after one that it did not survive."""

    def __init__(self, memory: int):
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._changing = Lock()

    def read(self, seeds: Path, path: str, language: Language, seconds: float) -> "list[tuple[Document, Subject]]":
        """The documents of the file at `path` below the folder, and what each is about; see `documents_and_subjects`."""
        request = {"seeds": str(seeds), "path": path, "language": language.name, "seconds": seconds}
        process, late = self._running(), Event()

        def stop() -> None:
            late.set()
            kill(process)

        timer = Timer(seconds, stop)
        timer.start()
        try:
            reply = exchanged(process, request)
        finally:
            timer.cancel()
        if reply is None or reply.out_of_memory:
            self.end()
        if reply is None and late.is_set():
            raise DocumentError(
                f"takes longer than {seconds:.0f} seconds to read; divide it, or save it anew in its own program"
            )
        if reply is None:
            raise DocumentError(f"cannot be read (its reader crashed: {ending(process.returncode)}); {REMEDY}")
        if reply.out_of_memory:
            raise DocumentError(
                f"takes more than {self._memory / 2**30:.1f} GB of memory to read; divide it, or save it anew in its own program"
            )
        if reply.error is not None:
            raise OSError(*reply.error)
        if reply.documents is None:
            raise DocumentError(reply.reason)
        return reply.documents

    def stop(self) -> None:
        """Let what it reads end at once, and start no process any more."""
        with self._changing:
            self._closed = True
            if self._process is not None:
                kill(self._process)

    def end(self) -> None:
        """End the process and forget it."""
        with self._changing:
            process, self._process = self._process, None
        if process is not None:
            kill(process)
            process.wait()
            for pipe in pipes(process):
                with suppress(OSError):  # what was not written yet cannot be
                    pipe.close()

    def _running(self) -> "subprocess.Popen[bytes]":
        with self._changing:
            if self._closed:
                raise DocumentError("was not read: the update was stopped")
            if self._process is None:
                self._process = subprocess.Popen(
                    # -P: without it, a json.py in the current folder would be run.
                    [sys.executable, "-P", "-m", "qa_bot.documents.worker", str(self._memory), *modules()],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # so that programs that a reader starts end with it
                )
            return self._process


def exchanged(process: "subprocess.Popen[bytes]", request: dict[str, object]) -> "Reply | None":
    """What the process replies; None where it ends instead."""
    stdin, stdout = pipes(process)
    try:
        stdin.write(json.dumps(request).encode() + b"\n")
        stdin.flush()
        reply: Reply = pickle.load(stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        return None
    return reply


def pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    """What it reads from and what it writes to."""
    assert process.stdin is not None  # made with PIPE, both
    assert process.stdout is not None
    return process.stdin, process.stdout


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Send the process, and those that it has started, to their end."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):  # gone already
            os.killpg(process.pid, signal.SIGKILL)


def ending(code: int) -> str:
    """How a process has ended, in words."""
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"


def ahead(items: Iterator[T], number: int) -> Iterator[T]:
    """The items in order, each taken while `number` are still to be given before it."""
    held = deque(islice(items, number))
    while held:
        yield held.popleft()
        held.extend(islice(items, 1))
