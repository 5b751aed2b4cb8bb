"""What a file format must tell, so that its files can be indexed, quoted and opened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

if TYPE_CHECKING:
    from qa_bot.documents.formats.blocks import Block
    from qa_bot.documents.marks import Mark


class FileText(NamedTuple):
    """The text of a file. All offsets of passages and quotes count the characters of this text. Can be pickled."""

    text: str
    note: str = ""
    """What the user should know of the reading: "read as windows-1252", "pages 3 to 9 hold pictures only; run OCR (ocrmypdf)
    first"; "" where there is nothing to tell."""
    fields: Mapping[str, object] = {}
    """What the file itself says of the document, by name, such as `title` and `date`; front matter belongs to Layout."""
    marks: "tuple[Mark, ...]" = ()
    """Where its pages, slides or rows begin, in order; none where a place is a line."""
    blocks: "tuple[Block, ...]" = ()
    """What reading has found out about the layout; none where the layout is told by the text."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out."""

    blocks: "list[Block]"
    """In order, without overlap; together they hold every character of the text that is not white space."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """The fields of the front matter, by name."""


class Reader(Protocol):
    """Reads the files of one format. The same file must always give the same text: quotes are checked against it."""

    def read(self, path: Path) -> FileText:
        """The text of the file; DocumentError says why the file has none, and what the user can do."""

    def layout(self, file: FileText, language: Language = ENGLISH) -> Layout:
        """The blocks of a text that `read` has returned; the text is in this language."""


class ManyReader(Reader, Protocol):
    """Reads files that hold many documents, such as mailboxes.

    A document in the file `mails.mbox` goes by the path `mails.mbox#0f3a9c21`. `read` is given that path, though no such
    file lies on the disk.
    """

    def members(self, path: Path) -> Sequence[str]:
        """What stands behind the `#` for each document in the file: small letters and digits, the same for the same document
        whatever stands around it. DocumentError says why the file has none; afterwards `read` gives a text for each."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. Its reader is loaded when the first file of the format is met, and not before."""

    name: str
    """What the format is called: "Markdown"."""
    suffixes: tuple[str, ...]
    """How names of its files end, in lower case and with the dot; the commonest first."""
    load: Callable[[], Reader]
    """Imports the reader's module and returns the reader. Called once."""
    many: bool = False
    """Whether one of its files holds many documents. The reader is a ManyReader then."""
    extracted: bool = False
    """Whether the text is taken out of the file, so that its lines are not the file's: such a file is opened in its own
    program, not in an editor, and is read again only where it has changed."""
    module: str = ""
    """The module that makes the format known when it is imported, for a format that is no part of qa-bot: processes that read
    files import it. Where it has none, its files are read in the main process, without limits of time and memory."""
