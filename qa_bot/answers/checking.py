"""Quotes held against the files on disk: what is quoted must stand there, word for word. Imports nothing heavy."""

from pathlib import Path, PurePosixPath

from qa_bot.answers.model import State
from qa_bot.documents import read_text
from qa_bot.errors import DocumentError


class FilesRead:
    """The files of a seeds folder, each read once, when a quote from it is first asked about."""

    def __init__(self, seeds: Path):
        self._seeds = seeds
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
            return read_text(file)[0]
        except (DocumentError, OSError, ValueError):  # a name may hold a NUL, as one from such a file
            return "" if file.exists() else None
