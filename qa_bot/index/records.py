"""What a passage store gives and takes: files as they were indexed, stored passages, passages that wait for vectors."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qa_bot.span import Span


class FileRecord(NamedTuple):
    """A file as it was when it was indexed, or when it failed to be indexed."""

    path: str
    size: int
    mtime_ns: int
    sha256: str = ""
    reason: str = ""
    """Why it could not be indexed; empty where it was."""


class StoredPassage(NamedTuple):
    """A passage with its document's name: what ranking and quoting need, without the whole text."""

    id: int
    document: str
    title: str
    date: str | None
    names: str
    """The names and dates its whole document is about."""
    subject: str
    """The other words of its document's title and path."""
    context: str
    residue: bool
    start: int
    end: int
    sentences: "tuple[Span, ...]"
    text: str
    """The document's text[start:end]."""


class Wanted(NamedTuple):
    """A passage that has no vectors yet."""

    key: bytes
    title: str
    context: str
    text: str
