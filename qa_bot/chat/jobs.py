"""The background jobs of the chat: in which thread each runs, and which message its result becomes."""

import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.message import Message

from qa_bot.chat.background import Lane
from qa_bot.chat.messages import (
    Answered,
    AskFailed,
    DocumentLoaded,
    DocumentsListed,
    IndexAbsent,
    IndexOpened,
    NotSaved,
    PartlyIndexed,
    QuotesChecked,
    Resumed,
    SavedListed,
    SeedsLooked,
    SeedsTouched,
    SidesFound,
    SuggestionsFound,
    UpdateFinished,
    UpdateProgressed,
    UpdateStopped,
)
from qa_bot.chat.session import Turn
from qa_bot.errors import IndexFolderError, QaBotError, SeedsError
from qa_bot.library import Library

if TYPE_CHECKING:  # not needed for the first picture
    from qa_bot.answers.model import Answer
    from qa_bot.chat.saved import Saved
    from qa_bot.library import Conversation, Progress, Report

Job = Coroutine[Any, Any, None] | Callable[[], Coroutine[Any, Any, None]]
"""Work for the background: a function, where other work may take its place before it begins."""

REPAINT = 0.1
"""Seconds between two progress messages: more would cost time and show nothing new."""
GRACE = 0.5
"""Seconds a cancelled update gets to put its files in order when the user quits."""


class Jobs:
    """Calls the library from three threads: the first holds the open index and answers; the second looks at the seeds and updates
    the index; the third reads files, and waits for neither of the others.

    Every method is a coroutine for a Textual worker; it returns when the work is done and its message posted.
    """

    def __init__(
        self, library: Library, post: Callable[[Message], object], saved: "Callable[[], Saved] | None" = None
    ) -> None:
        """`saved` makes the store of conversations when it is first needed; None: conversations are not saved."""
        self._library = library
        self._make_saved = saved
        self._opened: Saved | None = None
        self._post_message = post
        self._answers = Lane("answers")
        self._index = Lane("index")
        self._files = Lane("files")
        self._cancel = threading.Event()
        self._stopped = threading.Event()
        self._watching: threading.Thread | None = None
        self._conversation: tuple[int, Conversation] | None = None

    async def start(self) -> None:
        """Open the index, if there is one; compare the seeds with it, and from then on watch the seeds."""
        await self._answers.run(self._open)
        await self.look(first=True)
        self._watch()

    async def check(self, answers: "Sequence[Answer]") -> None:
        """Compare the quotes of the answers with today's files."""
        await self._files.run(lambda: self._check(answers))

    async def reopen(self) -> None:
        """Open the index as it is now."""
        await self._answers.run(self._open)

    async def look(self, first: bool = False) -> None:
        """Compare the seeds folder with the index."""
        await self._index.run(lambda: self._look(first))

    async def ask(self, conversation: int, turn: Turn, earlier: "Sequence[Answer]", key: str) -> None:
        """Ask a turn's question, with the earlier answers as context; save the answer under the key of its conversation."""
        await self._answers.run(lambda: self._ask(conversation, turn, earlier, key))

    async def update(self, full: bool, asked_for: bool) -> None:
        """Bring the index up to date and open it."""
        self._cancel.clear()
        report = await self._index.run(lambda: self._update(full))
        if report is not None:
            await self._answers.run(lambda: self._reopen(report, asked_for))

    async def document(self, path: str) -> DocumentLoaded:
        """The text of a document, read by the thread that answers."""

        def read() -> DocumentLoaded:
            try:
                return DocumentLoaded(self._library.read(path))
            except QaBotError as error:
                return DocumentLoaded(None, str(error))

        return await self._answers.run(read)

    async def documents(self) -> DocumentsListed:
        """The documents of the index."""

        def read() -> DocumentsListed:
            try:
                return DocumentsListed(self._library.documents())
            except QaBotError as error:
                return DocumentsListed([], str(error))

        return await self._answers.run(read)

    async def sides(self, earlier: "Sequence[Answer]", turn: Turn) -> SidesFound:
        """The best quote of each document for a turn's question."""

        def find() -> SidesFound:
            from qa_bot.showing.citation import answering_lines
            from qa_bot.showing.differing import differing

            try:
                quotes = list(self._library.sides(earlier, turn.question, turn.scope or None))
                common = self._library.stop_words()
            except QaBotError as error:
                return SidesFound([], [], str(error))
            return SidesFound(quotes, differing([answering_lines(quote) for quote in quotes], common))

        return await self._answers.run(find)

    async def suggestions(self, turn: Turn) -> None:
        """Find questions to offer in place of a refused one."""
        await self._answers.run(lambda: self._suggest(turn))

    async def saved(self) -> SavedListed:
        """The saved conversations."""

        def read() -> SavedListed:
            try:
                return SavedListed(self._saved.entries() if self._saved is not None else [])
            except QaBotError as error:
                return SavedListed([], str(error))

        return await self._files.run(read)

    async def delete_saved(self, key: str) -> SavedListed:
        """Delete a saved conversation; returns the conversations that are left."""

        def delete() -> str:
            try:
                if self._saved is not None:
                    self._saved.delete(key)
            except QaBotError as error:
                return str(error)
            return ""

        reason = await self._files.run(delete)
        listed = await self.saved()
        return SavedListed(listed.entries, reason or listed.reason)

    async def resume(self, key: str) -> None:
        """Bring a saved conversation back, its quotes compared with today's files."""
        await self._files.run(lambda: self._resume(key))

    def file(self, path: str) -> Path:
        """Where a document is on the disk."""
        return self._library.file(path)

    def cancel_update(self) -> None:
        """Ask a running update to stop; what it committed stays."""
        self._cancel.set()

    def stop(self) -> None:
        """Stop all threads and close all files; takes a moment at most."""
        self._cancel.set()
        self._stopped.set()
        self._answers.stop()
        self._files.stop()
        self._index.stop(GRACE)
        if self._watching is not None:
            self._watching.join(GRACE)  # it runs foreign code, which must not outlive the interpreter
        if self._opened is not None:
            self._opened.close()

    @property
    def _saved(self) -> "Saved | None":
        """The store of conversations, opened when it is first used; None where nothing is kept."""
        if self._opened is None and self._make_saved is not None:
            self._opened = self._make_saved()
        return self._opened

    def _open(self) -> None:
        try:
            self._post(IndexOpened(self._library.open()))
        except IndexFolderError as error:
            self._post(IndexAbsent(str(error)))
        except QaBotError as error:
            self._post(UpdateStopped(str(error)))

    def _watch(self) -> None:
        """From now on post a message for each change in the seeds folder."""

        def watch() -> None:
            for heard in self._library.watch(self._stopped):
                self._post(SeedsTouched(heard))

        self._watching = threading.Thread(target=watch, name="qa-bot watch", daemon=True)
        self._watching.start()

    def _check(self, answers: "Sequence[Answer]") -> None:
        from qa_bot.showing.states import moved, quotes_of, standing

        quotes = quotes_of(answers)
        states = standing(quotes, self._library.check(quotes))
        self._post(QuotesChecked(states, moved(states, self._library.read)))

    def _look(self, first: bool) -> None:
        try:
            self._post(SeedsLooked(self._library.look(), first))
        except QaBotError as error:
            if first:  # the same line every few seconds would help nobody
                self._post(UpdateStopped(str(error)))

    def _ask(self, conversation: int, turn: Turn, earlier: "Sequence[Answer]", key: str) -> None:
        try:
            if self._conversation is None or self._conversation[0] != conversation:
                self._conversation = conversation, self._library.conversation(f"chat-{conversation}", earlier)
            answer = self._conversation[1].ask(turn.question, documents=turn.scope or None)
        except QaBotError as error:
            self._post(AskFailed(turn.number, str(error)))
            return
        try:
            if self._saved is not None:  # before it is shown: what was seen is not lost
                self._saved.add(key, answer, alone=turn.alone, scope=turn.scope)
        except QaBotError as error:
            self._post(NotSaved(str(error)))
        self._post(Answered(turn.number, answer))

    def _resume(self, key: str) -> None:
        from qa_bot.showing.states import quotes_of, standing, with_states

        try:
            turns, unread = self._saved.read(key) if self._saved is not None else ([], 0)
            quotes = quotes_of(turn.answer for turn in turns)
            states = standing(quotes, self._library.check(quotes))
        except QaBotError as error:
            self._post(NotSaved(str(error)))
        else:
            now = [replace(turn, answer=with_states(turn.answer, states)) for turn in turns]
            self._post(Resumed(key, now, unread))

    def _suggest(self, turn: Turn) -> None:
        with suppress(QaBotError):  # nothing to offer, then
            if turn.answer is not None:
                found = self._library.suggestions(turn.answer, turn.scope or None)
                self._post(SuggestionsFound(turn.number, tuple(found)))

    def _reopen(self, report: "Report", asked_for: bool) -> None:
        try:
            self._post(UpdateFinished(report, self._library.open(), asked_for))
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
            report = self._library.update(full, progress, self._cancel.is_set, lambda: self._post(PartlyIndexed()))
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
