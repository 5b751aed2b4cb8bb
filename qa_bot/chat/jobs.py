"""The chat's background work: what runs in which thread, and which message each result becomes."""

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from qa_bot.chat.background import Lane
from qa_bot.chat.core import Core
from qa_bot.chat.messages import (
    Answered,
    AskFailed,
    DocumentLoaded,
    DocumentsListed,
    IndexAbsent,
    IndexOpened,
    SeedsLooked,
    SidesFound,
    SuggestionsFound,
    UpdateFinished,
    UpdateProgressed,
    UpdateStopped,
)
from qa_bot.chat.session import Turn
from qa_bot.errors import IndexFolderError, QaBotError, SeedsError

if TYPE_CHECKING:  # the builder is heavy to import
    from qa_bot.answers.model import Answer
    from qa_bot.index.builder import Progress, Report

REPAINT = 0.1
"""Seconds between two progress messages: a bar that moves more often only costs."""
GRACE = 0.5
"""Seconds a cancelled update gets to put its files in order when the user quits."""


class Jobs:
    """Runs the core in two threads: one holds the open index and answers, the other looks at the seeds and updates.

    Every method is a coroutine for a Textual worker; it returns when the work is done and its message posted.
    """

    def __init__(self, core: Core, post: Callable[[Message], object]) -> None:
        self._core = core
        self._post_message = post
        self._answers = Lane("answers")
        self._index = Lane("index")
        self._cancel = threading.Event()

    async def start(self) -> None:
        """Open the index that is there, then see whether the seeds have changed."""
        await self._answers.run(self._open)
        await self.look(first=True)

    async def look(self, first: bool = False) -> None:
        """See how far the seeds folder and the index are apart."""
        await self._index.run(lambda: self._look(first))

    async def ask(self, conversation: int, turn: Turn) -> None:
        """Ask a turn's question."""
        number, question, documents = turn.number, turn.question, turn.scope or None
        await self._answers.run(lambda: self._ask(number, conversation, question, documents))

    async def update(self, full: bool, asked_for: bool) -> None:
        """Bring the index up to date and open what came of it."""
        self._cancel.clear()
        report = await self._index.run(lambda: self._update(full))
        if report is not None:
            await self._answers.run(lambda: self._reopen(report, asked_for))

    async def document(self, path: str) -> DocumentLoaded:
        """The text of a document, read by the thread that answers."""

        def read() -> DocumentLoaded:
            try:
                return DocumentLoaded(self._core.document(path))
            except QaBotError as error:
                return DocumentLoaded(None, str(error))

        return await self._answers.run(read)

    async def documents(self) -> DocumentsListed:
        """What the index holds."""

        def read() -> DocumentsListed:
            try:
                return DocumentsListed(self._core.documents())
            except QaBotError as error:
                return DocumentsListed([], str(error))

        return await self._answers.run(read)

    async def sides(self, earlier: "Sequence[Answer]", turn: Turn) -> SidesFound:
        """What each document says to a turn's question."""

        def find() -> SidesFound:
            try:
                return SidesFound(list(self._core.sides(earlier, turn.question, turn.scope or None)))
            except QaBotError as error:
                return SidesFound([], str(error))

        return await self._answers.run(find)

    async def suggestions(self, turn: Turn) -> None:
        """Find what might be asked instead of a refused question."""
        await self._answers.run(lambda: self._suggest(turn))

    def file(self, path: str) -> Path:
        """Where a document is on the disk."""
        return self._core.file(path)

    def cancel_update(self) -> None:
        """Ask a running update to stop; what it committed stays."""
        self._cancel.set()

    def stop(self) -> None:
        """Let go of everything; waits a moment at most."""
        self._cancel.set()
        self._answers.stop()
        self._index.stop(GRACE)

    def _open(self) -> None:
        try:
            self._post(IndexOpened(self._core.open()))
        except IndexFolderError as error:
            self._post(IndexAbsent(str(error)))
        except QaBotError as error:
            self._post(UpdateStopped(str(error)))

    def _look(self, first: bool) -> None:
        try:
            self._post(SeedsLooked(self._core.look(), first))
        except QaBotError as error:
            if first:  # the same line every few seconds would help nobody
                self._post(UpdateStopped(str(error)))

    def _ask(self, number: int, conversation: int, question: str, documents: Collection[str] | None) -> None:
        try:
            self._post(Answered(number, self._core.ask(conversation, question, documents)))
        except QaBotError as error:
            self._post(AskFailed(number, str(error)))

    def _suggest(self, turn: Turn) -> None:
        with suppress(QaBotError):  # nothing to offer, then
            if turn.answer is not None:
                found = self._core.suggestions(turn.answer, turn.scope or None)
                self._post(SuggestionsFound(turn.number, tuple(found)))

    def _reopen(self, report: "Report", asked_for: bool) -> None:
        try:
            self._post(UpdateFinished(report, self._core.open(), asked_for))
        except QaBotError as error:
            self._post(UpdateStopped(str(error)))

    def _update(self, full: bool) -> "Report | None":
        posted = 0.0

        def progress(step: "Progress") -> None:
            nonlocal posted
            now = monotonic()
            if now - posted >= REPAINT or step.done == step.total:
                posted = now
                self._post(UpdateProgressed(step))

        try:
            report = self._core.update(full, progress, self._cancel.is_set)
        except SeedsError as error:
            self._post(UpdateStopped(str(error), no_documents=True))
        except QaBotError as error:
            self._post(UpdateStopped("" if self._cancel.is_set() else str(error)))
        else:
            if not self._cancel.is_set():
                return report
            self._post(UpdateStopped())
        return None

    def _post(self, message: Message) -> None:
        # A thread may outlive the screen by a moment; then the event loop is closed and nobody is left to tell.
        with suppress(RuntimeError):
            self._post_message(message)
