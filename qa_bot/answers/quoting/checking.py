"""Checks quotes against the files on disk: the file must have the same words at the same place. Imports nothing heavy."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from qa_bot.answers.model import State
from qa_bot.documents import text_of
from qa_bot.documents.formats.registry import file_of, is_extracted
from qa_bot.errors import DocumentError
from qa_bot.models.finding import sha256

if TYPE_CHECKING:
    from qa_bot.index.records import FileRecord

Stamp = tuple[int, int] | None
"""Size in bytes and modification time in nanoseconds; None for no file."""


class Cited(Protocol):
    """Words, and the document and offset that they are quoted from."""

    @property
    def document(self) -> str:
        """The path of the document."""

    @property
    def start(self) -> int:
        """The offset of the first character."""

    @property
    def text(self) -> str:
        """The words."""


class Indexed(Protocol):
    """The documents as an index holds them."""

    def file(self, path: str) -> "FileRecord | None":
        """The file as it was when it was indexed; None where there is no such document."""

    def text(self, path: str) -> str:
        """The text that was indexed."""


class FilesRead:
    """The files of a seeds folder, each read once, when a quote from it is first asked about.

    A file whose text is taken out with effort is not read where the index knows its text: where size and time are those
    of the file that was indexed, or else its hash is.
    """

    def __init__(self, seeds: Path, index: Indexed | None = None):
        self._seeds = seeds
        self._index = index
        self._texts: dict[str, str | None] = {}

    def state(self, document: str, start: int, text: str) -> State:
        """Whether the document holds these words at this place."""
        now = self.text(document)
        if now is None:
            return "gone"
        return "verbatim" if now[start : start + len(text)] == text else "changed"

    def text(self, document: str) -> str | None:
        """The document's text; "" where it cannot be read as a document, None where there is no such file."""
        if document not in self._texts:
            self._texts[document] = self._read(document)
        return self._texts[document]

    def _read(self, document: str) -> str | None:
        path = PurePosixPath(document)
        if path.is_absolute() or ".." in path.parts:  # from a file that is not ours: there are no documents outside
            return None
        file = self._seeds / path
        try:
            if (
                self._index is not None
                and is_extracted(document)
                and unchanged(self._seeds / file_of(document), self._index.file(document))
            ):
                return self._index.text(document)
            return text_of(file).text
        except (DocumentError, OSError, ValueError):  # a name may hold a NUL, as one from such a file
            return "" if file.exists() else None


class Recheck:
    """Checks quotes against the files again and again; a file is read only if its size or time has changed since last time."""

    def __init__(self, seeds: Path):
        self._seeds = seeds
        self._known: dict[tuple[str, int, str], tuple[Stamp, State]] = {}

    def states(self, quotes: Sequence[Cited]) -> list[State]:
        """The state of each quote, by its file as it is now."""
        files, stamps = FilesRead(self._seeds), {q.document: stamp(self._seeds / file_of(q.document)) for q in quotes}
        known: dict[tuple[str, int, str], tuple[Stamp, State]] = {}
        for quote in quotes:
            words, now = (quote.document, quote.start, quote.text), stamps[quote.document]
            before = self._known.get(words)
            same = before is not None and before[0] == now
            known[words] = before if before and same else (now, files.state(*words))
        self._known = known
        return [known[q.document, q.start, q.text][1] for q in quotes]


def unchanged(file: Path, indexed: "FileRecord | None") -> bool:
    """Whether the file is the one that was indexed: of the same size and time, or else of the same hash."""
    if indexed is None or (now := stamp(file)) is None or now[0] != indexed.size:
        return False
    return now[1] == indexed.mtime_ns or sha256(file) == indexed.sha256


def stamp(file: Path) -> Stamp:
    """Size and modification time: a cheap sign that the file has changed."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns
