"""The chat's door to the core: the few blocking calls that the jobs make, each from a thread.

Nothing heavy is imported before it is needed, so the screen is painted first.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from qa_bot.config import Settings
from qa_bot.errors import DocumentError, SeedsError

if TYPE_CHECKING:
    from qa_bot.answers.model import Answer, Quote, State
    from qa_bot.answers.quoting.checking import Recheck
    from qa_bot.bot import Bot, Conversation
    from qa_bot.index.report import Progress, Report


FIRST = 60
"""Files of a large new index that are indexed first, a fifth of all at most, so that they can be asked while the rest is."""
LARGE = 5 * FIRST
"""Files from which on that is worth its while: it loads the model a second time."""
LARGE_BYTES = 300_000
"""Bytes in all of them from which on it is too: some 1,400 passages, half a minute's work."""
LOOK_EVERY = 5.0
"""Seconds between two looks at the seeds folder where nothing tells of changes in it."""
SILENCE = 60.0
"""Seconds without a change heard of after which it is looked at all the same: some file systems tell of none."""


@dataclass(frozen=True)
class IndexSize:
    """How much the open index holds."""

    documents: int
    passages: int


@dataclass(frozen=True)
class SeedsState:
    """The seeds folder against the index."""

    found: int
    """Files there that could be indexed."""
    outdated: int
    """New, changed and removed ones since the index was made."""
    must_rebuild: str = ""
    """Why the whole index does not fit, where it does not."""
    trouble: str = ""
    """Why the seeds cannot be indexed at all: no folder, nothing in it."""

    @property
    def needs_update(self) -> bool:
        """Whether an update would do anything."""
        return bool(self.outdated or self.must_rebuild)


@dataclass(frozen=True)
class Listed:
    """A document of the index, or a file that could not be indexed and why."""

    path: str
    title: str = ""
    date: str | None = None
    passages: int = 0
    reason: str = ""


class Core(Protocol):
    """What the chat needs of the core. All calls block; all but `update` and `look` come from one thread."""

    def open(self) -> IndexSize:
        """Open the index as it is, or its newer generation; IndexFolderError where there is none."""

    def look(self) -> SeedsState:
        """Compare the seeds folder with the index, cheaply."""

    def ask(
        self,
        conversation: int,
        question: str,
        documents: Collection[str] | None = None,
        earlier: "Iterable[Answer]" = (),
    ) -> "Answer":
        """Ask in a conversation, of all documents or of these; a number not seen before starts one, after `earlier`."""

    def check(self, quotes: "Sequence[Quote]") -> "list[State]":
        """How each quote stands to its file as it is now. From one thread, but not that of the others."""

    def changes(self, stop: Event) -> Iterator[bool]:
        """True whenever files in the seeds folder have changed; False now and then where none was heard to; until `stop`."""

    def sides(self, earlier: "Sequence[Answer]", question: str, documents: Collection[str] | None) -> "Sequence[Quote]":
        """What each document says to a question asked after these answers, oldest first."""

    def suggestions(self, refused: "Answer", documents: Collection[str] | None) -> Sequence[str]:
        """Questions that the documents near a refused one do answer."""

    def update(
        self,
        full: bool,
        progress: "Callable[[Progress], None]",
        cancelled: Callable[[], bool],
        partly: Callable[[], None],
    ) -> "Report":
        """Bring the index up to date, or make it again from nothing.

        `partly` is called when the first files of a large new index can be asked.
        """

    def document(self, path: str) -> str:
        """The text that a document's offsets count in, as it is now."""

    def documents(self) -> list[Listed]:
        """What the index holds, by path, and what it had to leave out."""

    def file(self, path: str) -> Path:
        """Where a document is on the disk."""

    def close(self) -> None:
        """Let go of the index."""


class LocalCore:
    """The core over the folders in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bot: Bot | None = None
        self._conversation: Conversation | None = None
        self._number: int | None = None
        self._recheck: Recheck | None = None

    def open(self) -> IndexSize:
        """Open the index as it is, or its newer generation; IndexFolderError where there is none."""
        from qa_bot.bot import Bot

        if self._bot is None:
            self._bot = Bot.open(self._settings)
        else:
            self._bot.reload()
        return IndexSize(self._bot.documents, self._bot.passages)

    def look(self) -> SeedsState:
        """Compare the seeds folder with the index, cheaply."""
        from qa_bot.index.status import status

        try:
            state = status(self._settings)
        except SeedsError as error:
            return SeedsState(0, 0, trouble=str(error))
        changes = state.changes
        outdated = len(changes.added) + len(changes.changed) + len(changes.removed)
        found = state.documents + len(changes.added) - len(changes.removed)
        return SeedsState(found, outdated, state.needs_rebuild or "")

    def ask(
        self,
        conversation: int,
        question: str,
        documents: Collection[str] | None = None,
        earlier: "Iterable[Answer]" = (),
    ) -> "Answer":
        """Ask in a conversation, of all documents or of these; a number not seen before starts one, after `earlier`."""
        if self._bot is None:
            self.open()
        assert self._bot is not None
        if self._conversation is None or self._number != conversation:
            self._conversation = self._bot.conversation(f"chat-{conversation}", earlier)
            self._number = conversation
        return self._conversation.ask(question, documents=documents)

    def sides(self, earlier: "Sequence[Answer]", question: str, documents: Collection[str] | None) -> "Sequence[Quote]":
        """What each document says to a question asked after these answers, oldest first."""
        if self._bot is None:
            self.open()
        assert self._bot is not None
        return self._bot.conversation(earlier=earlier).sides(question, documents=documents)

    def suggestions(self, refused: "Answer", documents: Collection[str] | None) -> Sequence[str]:
        """Questions that the documents near a refused one do answer."""
        return self._bot.suggestions(refused, documents=documents) if self._bot is not None else ()

    def check(self, quotes: "Sequence[Quote]") -> "list[State]":
        """How each quote stands to its file as it is now."""
        from qa_bot.answers.quoting.checking import Recheck

        if self._recheck is None:
            self._recheck = Recheck(self._settings.seeds)
        return self._recheck.states(quotes)

    def changes(self, stop: Event) -> Iterator[bool]:
        """True whenever files in the seeds folder have changed; False now and then where none was heard to; until `stop`."""
        from qa_bot.index.watching import changes

        return changes(self._settings, stop, every=LOOK_EVERY, silence=SILENCE)

    def update(
        self,
        full: bool,
        progress: "Callable[[Progress], None]",
        cancelled: Callable[[], bool],
        partly: Callable[[], None],
    ) -> "Report":
        """Bring the index up to date, or make it again from nothing; a large new one in two steps."""
        from qa_bot.index.updating import update

        first = None
        if self._bot is None and not full and (most := self._first()):
            first = update(self._settings, progress=progress, cancelled=cancelled, most=most)
            partly()
        report = update(self._settings, full=full, progress=progress, cancelled=cancelled)
        return report if first is None else both(first, report)

    def _first(self) -> int:
        """How many files of a new index are worth indexing first; 0 where it is not large."""
        from qa_bot.answers.quoting.checking import stamp
        from qa_bot.index.status import status

        try:
            new = status(self._settings).changes.added
        except SeedsError:
            return 0  # the update says why
        sizes = (found[0] for path in new if (found := stamp(self.file(path))))
        large = len(new) >= LARGE or (len(new) > 1 and sum(sizes) >= LARGE_BYTES)
        return max(1, min(FIRST, len(new) // 5)) if large else 0

    def document(self, path: str) -> str:
        """The text that a document's offsets count in, as it is now."""
        from qa_bot.documents import read_document

        try:
            return read_document(self._settings.seeds, path).text
        except DocumentError as error:
            raise DocumentError(f"{path} {error}") from error

    def documents(self) -> list[Listed]:
        """What the index holds, by path, and what it had to leave out."""
        from qa_bot.index.status import status

        state = status(self._settings)
        listed = [Listed(*row) for row in state.listing]
        failed = [Listed(record.path, reason=record.reason) for record in state.changes.failed]
        return sorted([*listed, *failed], key=lambda one: one.path)

    def file(self, path: str) -> Path:
        """Where a document is on the disk."""
        return (self._settings.seeds / path).absolute()

    def close(self) -> None:
        """Let go of the index."""
        if self._bot is not None:
            self._bot.close()
            self._bot = None


def both(first: "Report", rest: "Report") -> "Report":
    """What two updates in a row did."""
    return replace(
        rest,
        added=(*first.added, *rest.added),
        notes=(*first.notes, *rest.notes),
        unchanged=0,
        rebuilt=first.rebuilt,
        embedded=first.embedded + rest.embedded,
        seconds=first.seconds + rest.seconds,
    )
