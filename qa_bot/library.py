"""The one door to a folder of documents: what the chat, the commands and the Python API all go through.

Importing this loads nothing heavy: each call imports what it needs, so the chat paints its first screen and `--help` prints
before numpy and faiss are there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Self

from qa_bot.config import Settings
from qa_bot.errors import DocumentError, SeedsError

if TYPE_CHECKING:
    from qa_bot.answers.json_form import answer_of
    from qa_bot.answers.model import Answer, Quote, State
    from qa_bot.answers.quoting.checking import Cited, Recheck
    from qa_bot.bot import Bot, Conversation
    from qa_bot.documents.formats.format import FileText
    from qa_bot.index.known import Known, forget_folder, known_folders
    from qa_bot.index.report import Failure, Listener, Progress, Report
    from qa_bot.index.status import Status

__all__ = [
    "Conversation",
    "Failure",
    "FileText",
    "IndexSize",
    "Known",
    "Library",
    "Listed",
    "Listener",
    "Progress",
    "Report",
    "SeedsState",
    "Status",
    "answer_of",
    "forget_folder",
    "known_folders",
]


def __getattr__(name: str) -> Any:
    """The names of other modules that front ends need, each loaded when it is first used."""
    from importlib import import_module

    homes = {
        "answer_of": "answers.json_form",
        "Conversation": "bot",
        "FileText": "documents.formats.format",
        **dict.fromkeys(("Known", "forget_folder", "known_folders"), "index.known"),
        "Status": "index.status",
    }
    if name not in homes and name not in ("Failure", "Listener", "Progress", "Report"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"qa_bot.{homes.get(name, 'index.report')}"), name)


FIRST = 60
"""The number of files of a large new index that are indexed first, so that they can be asked while the rest is indexed.
Never more than a fifth of all files."""
LARGE = 5 * FIRST
"""From this many new files on, some are indexed first. With fewer, loading the model twice costs more than it gains."""
LARGE_BYTES = 300_000
"""From this many bytes of new files on, some are indexed first, however few they are: about 1,400 passages, half a minute's
work."""
LOOK_EVERY = 5.0
"""Seconds between two looks at the seeds folder where the file system reports no changes."""
SILENCE = 60.0
"""Seconds without a reported change after which the seeds folder is looked at anyway: some file systems report none."""


@dataclass(frozen=True)
class IndexSize:
    """How much the open index holds."""

    documents: int
    passages: int


@dataclass(frozen=True)
class SeedsState:
    """How far the seeds folder and the index are apart."""

    found: int
    """Files in the folder that could be indexed."""
    outdated: int
    """Files added, changed or removed since the index was made."""
    must_rebuild: str = ""
    """Why the whole index has to be made anew; "" where it has not."""
    trouble: str = ""
    """Why the seeds cannot be indexed at all (no folder, no files); "" where they can."""
    not_read: int = 0
    """Files that were seen and cannot be read, as far as that is known."""
    files: int = 0
    """All files that were seen; those left out on purpose are not counted."""

    @property
    def needs_update(self) -> bool:
        """Whether an update would do anything."""
        return bool(self.outdated or self.must_rebuild)


@dataclass(frozen=True)
class Listed:
    """A document of the index, or a file that could not be indexed, with the reason."""

    path: str
    title: str = ""
    date: str | None = None
    passages: int = 0
    reason: str = ""

    def is_called(self, words: str) -> bool:
        """Whether all these words, or parts of words, are in title and path, however their letters are spelt."""
        from qa_bot.language.letters import typed

        called = typed(f"{self.title} {self.path}").casefold()
        return all(word in called for word in typed(words).casefold().split())


class Library:
    """A folder of documents and its index.

    Every call blocks. `open`, `ask`, `conversation`, `sides` and `suggestions` share the open index and must come from one
    thread; `update`, `look`, `watch` and `check` may each run in another thread meanwhile.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._bot: Bot | None = None
        self._recheck: Recheck | None = None

    def open(self) -> IndexSize:
        """Open the index, or if it is open, its newest generation. IndexFolderError where there is no index."""
        from qa_bot.bot import Bot

        if self._bot is None:
            self._bot = Bot.open(self.settings)
        else:
            self._bot.reload()
        return IndexSize(self._bot.documents, self._bot.passages)

    def ask(self, question: str, *, documents: Collection[str] | None = None) -> "Answer":
        """The answer to one question on its own, from all documents or from these paths only."""
        return self._opened().ask(question, documents=documents)

    def conversation(self, name: str = "", earlier: "Iterable[Answer]" = ()) -> "Conversation":
        """A new conversation; `earlier` holds the answers of a conversation to go on with, oldest first."""
        return self._opened().conversation(name, earlier)

    def sides(
        self, earlier: "Sequence[Answer]", question: str, documents: Collection[str] | None = None
    ) -> "Sequence[Quote]":
        """The best quote of each document for a question that follows these answers, the oldest document first."""
        return self.conversation(earlier=earlier).sides(question, documents=documents)

    def suggestions(self, refused: "Answer", documents: Collection[str] | None = None) -> Sequence[str]:
        """Questions that the documents near a refused question do answer."""
        return self._opened().suggestions(refused, documents=documents)

    def update(
        self,
        full: bool = False,
        progress: "Listener | None" = None,
        cancelled: Callable[[], bool] | None = None,
        partly: Callable[[], None] | None = None,
    ) -> "Report":
        """Bring the index up to date with the seeds; with `full`, embed everything again.

        With `partly`, a large new index is made in two steps, and `partly` is called when the first files can be asked.
        Raises SeedsError, ModelError, IndexFolderError, or Cancelled once `cancelled` returns True.
        """
        from qa_bot.index.report import both
        from qa_bot.index.updating import update

        first = None
        if partly is not None and self._bot is None and not full and (most := self._first()):
            first = update(self.settings, progress=progress, cancelled=cancelled, most=most)
            partly()
        report = update(self.settings, full=full, progress=progress, cancelled=cancelled)
        return report if first is None else both(first, report)

    def rebuild(self, progress: "Listener | None" = None) -> "Report":
        """Make the index anew, even in place of another folder's index."""
        from qa_bot.index.updating import update

        return update(self.settings, rebuild=True, progress=progress)

    def status(self) -> "Status":
        """The size of the index and what has changed since. SeedsError without seeds, IndexFolderError for a damaged index."""
        from qa_bot.index.status import status

        return status(self.settings)

    def look(self) -> SeedsState:
        """Compare the seeds folder with the index, cheaply."""
        try:
            state = self.status()
        except SeedsError as error:
            return SeedsState(0, 0, trouble=str(error))
        changes = state.changes
        outdated = len(changes.added) + len(changes.changed) + len(changes.removed)
        found = state.documents + len(changes.added) - len(changes.removed)
        return SeedsState(
            found, outdated, state.needs_rebuild or "", not_read=len(changes.not_read), files=changes.seen
        )

    def watch(self, stop: Event, *, every: float = LOOK_EVERY, silence: float = SILENCE) -> Iterator[bool]:
        """True whenever files in the seeds folder have changed, until `stop` is set.

        False after `silence` seconds without a reported change: then the folder is worth a look anyway. Where the file system
        reports nothing, the folder is looked at `every` so many seconds.
        """
        from qa_bot.index.watching import changes

        return changes(self.settings, stop, every=every, silence=silence)

    def check(self, quotes: "Sequence[Cited]") -> "list[State]":
        """Whether each quote still stands in its file, word for word; a file is read again only where it has changed."""
        from qa_bot.answers.quoting.checking import Recheck

        if self._recheck is None:
            self._recheck = Recheck(self.settings.seeds)
        return self._recheck.states(quotes)

    def documents(self) -> list[Listed]:
        """What the index holds, and which files could not be read, by path."""
        state = self.status()
        listed = [Listed(*row) for row in state.listing]
        left_out = [Listed(one.path, reason=one.reason) for one in state.changes.not_read]
        return sorted([*listed, *left_out], key=lambda one: one.path)

    def text(self, path: str) -> str:
        """A document's text as its file holds it now, the text that offsets count in. DocumentError where there is none."""
        return self.read(path).text

    def read(self, path: str) -> "FileText":
        """A document's text as its file holds it now, and where its pages begin. DocumentError where there is none."""
        from qa_bot.documents import text_of

        try:
            return text_of(self.settings.seeds / path)
        except DocumentError as error:
            raise DocumentError(f"{path} {error}") from error

    def stop_words(self) -> Set[str]:
        """The words, in lower case, that are too common in the documents' language to tell one text from another."""
        return self._opened().language.stop_words

    def indexed_paths(self) -> list[str]:
        """The paths of the documents in the open index, sorted."""
        return self._opened().paths()

    def indexed_text(self, path: str) -> str:
        """The text of a document as the open index holds it; "" where the index has no such document."""
        return self._opened().indexed_text(path)

    def file(self, path: str) -> Path:
        """The file on the disk that holds a document, perhaps with others."""
        from qa_bot.documents.formats.registry import file_of

        return (self.settings.seeds / file_of(path)).absolute()

    def close(self) -> None:
        """Close the index and stop the encoder."""
        if self._bot is not None:
            self._bot.close()
            self._bot = None

    def _opened(self) -> "Bot":
        if self._bot is None:
            self.open()
        assert self._bot is not None
        return self._bot

    def _first(self) -> int:
        """How many files of a new index to index first; 0 where the index is not large."""
        from qa_bot.answers.quoting.checking import stamp

        try:
            new = self.status().changes.added
        except SeedsError:
            return 0  # the update says why
        sizes = (found[0] for path in new if (found := stamp(self.file(path))))
        large = len(new) >= LARGE or (len(new) > 1 and sum(sizes) >= LARGE_BYTES)
        return max(1, min(FIRST, len(new) // 5)) if large else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
