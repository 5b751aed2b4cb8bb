"""Every file format that is read. A new format needs a module of its own with a Reader, and a line in FORMATS.

Importing this module imports no reader: looking for changed files must stay cheap.
"""

import os
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from qa_bot.documents.formats.format import FileText, Format, ManyReader, Reader
from qa_bot.documents.guarding import guarded
from qa_bot.language.language import Language

if TYPE_CHECKING:
    from qa_bot.documents.formats.blocks import Block


def _plain_blocks(text: str, start: int, language: Language) -> "list[Block]":
    from qa_bot.documents.formats.plain import plain_blocks

    return plain_blocks(text, start, language)


def _markdown_blocks(text: str, start: int, language: Language) -> "list[Block]":
    from qa_bot.documents.formats.markdown import markdown_blocks

    return markdown_blocks(text, start, language)


def _plain() -> Reader:
    from qa_bot.documents.formats.text_files import TextReader

    return TextReader(_plain_blocks)


def _markdown() -> Reader:
    from qa_bot.documents.formats.text_files import TextReader

    return TextReader(_markdown_blocks)


def _notation(body: str) -> Callable[[], Reader]:
    """Loads the reader of a notation in text files by the name of the function that makes its blocks."""

    def load() -> Reader:
        from qa_bot.documents.formats import source_text
        from qa_bot.documents.formats.text_files import TextReader

        return TextReader(getattr(source_text, body))

    return load


def _reader(module: str, name: str) -> Callable[[], Reader]:
    """Loads a reader by its name from its module."""

    def load() -> Reader:
        return cast(Reader, getattr(import_module(f"qa_bot.documents.formats.{module}"), name)())

    return load


PLAIN = Format("text", (".txt", ".text", ".rst"), _plain)

FORMATS = (
    PLAIN,
    Format("Markdown", (".md", ".markdown"), _markdown),
    Format("HTML", (".html", ".htm", ".xhtml", ".mhtml", ".mht"), _reader("html", "HtmlReader"), extracted=True),
    Format("PDF", (".pdf",), _reader("pdf", "PdfReader"), extracted=True),
    Format("EPUB", (".epub",), _reader("epub", "EpubReader"), extracted=True),
    Format("mail", (".eml",), _reader("mail", "MailReader"), extracted=True),
    Format("mailbox", (".mbox",), _reader("mailbox", "MailboxReader"), many=True, extracted=True),
    Format("table", (".csv", ".tsv"), _reader("tables", "TableReader"), extracted=True),
    Format("Word", (".docx", ".docm", ".dotx"), _reader("docx", "DocxReader"), extracted=True),
    Format(
        "spreadsheet", (".xlsx", ".xlsm", ".xls", ".ods"), _reader("spreadsheets", "SpreadsheetReader"), extracted=True
    ),
    Format("presentation", (".pptx", ".pptm"), _reader("pptx", "PptxReader"), extracted=True),
    Format("OpenDocument", (".odt", ".rtf"), _reader("pandoc", "PandocReader"), extracted=True),
    Format("JSON", (".json", ".jsonl", ".ndjson"), _reader("json_files", "JsonReader"), extracted=True),
    Format("subtitle", (".srt", ".vtt"), _reader("subtitles", "SubtitlesReader"), extracted=True),
    Format("log", (".log",), _notation("log_blocks")),
    Format("AsciiDoc", (".adoc", ".asciidoc"), _notation("adoc_blocks")),
    Format("Org", (".org",), _notation("org_blocks")),
    Format("LaTeX", (".tex", ".latex"), _notation("tex_blocks")),
)
"""The formats that qa-bot brings along."""

_by_suffix: dict[str, Format] = {}

_MEMBER = re.compile(r"#[0-9a-z]+\Z")
"""The end of the path of a document whose file holds many documents."""


def register(new: Format) -> None:
    """Add a format for the rest of this process; ValueError where one of its suffixes is taken or has no dot."""
    for suffix in new.suffixes:
        if suffix in _by_suffix or suffix != suffix.lower() or not suffix.startswith("."):
            raise ValueError(
                f"{suffix!r} cannot be a suffix of {new.name}: it is taken, or not a dot and small letters"
            )
    _by_suffix.update(dict.fromkeys(new.suffixes, new))


def unregister(old: Format) -> None:
    """Take a format away again."""
    for suffix in old.suffixes:
        del _by_suffix[suffix]


for _format in FORMATS:
    register(_format)


def is_readable(path: str) -> bool:
    """Whether the file's name ends as one of a known format does. No file is opened."""
    return _suffix(path) in _by_suffix


def reader_of(path: str) -> Reader:
    """The reader for a document of this name; that of plain text where the name tells of no known format."""
    return _loaded(_by_suffix.get(_suffix(file_of(path)), PLAIN))


def file_of(path: str) -> str:
    """The path of the file that holds the document: "mails.mbox" for "mails.mbox#0f3a9c21", most often the path itself."""
    file = _MEMBER.sub("", path)
    known = _by_suffix.get(_suffix(file))
    return file if known and known.many else path


def is_many(path: str) -> bool:
    """Whether a file of this name holds many documents."""
    return _by_suffix.get(_suffix(path), PLAIN).many


@guarded()
def names_in(seeds: Path, path: str) -> list[str]:
    """The paths of the documents in a file below the folder: the file's own, or one for each document of many."""
    known = _by_suffix.get(_suffix(path))
    if known is None or not known.many:
        return [path]
    return [f"{path}#{member}" for member in cast(ManyReader, _loaded(known)).members(seeds / path)]


def is_extracted(path: str) -> bool:
    """Whether the text of a file of this name is taken out of the file, so that its lines are not the file's."""
    return _by_suffix.get(_suffix(file_of(path)), PLAIN).extracted


def is_isolated(path: str) -> bool:
    """Whether a file of this name is read in a process of its own: its text is taken out, and the process knows how."""
    known = _by_suffix.get(_suffix(file_of(path)), PLAIN)
    return known.extracted and (known in FORMATS or bool(known.module))


def modules() -> list[str]:
    """The modules that make the formats known that are no part of qa-bot."""
    return sorted({known.module for known in _known() if known.module})


@guarded()
def text_of(path: Path) -> FileText:
    """The text of the file, in which the offsets of its document count; DocumentError says why there is none.

    What was taken out of a file with effort is kept for a while, as long as the file's size and time are the same.
    """
    if not is_extracted(path.name):
        return reader_of(path.name).read(path)
    try:
        found = path.with_name(file_of(path.name)).stat()
    except OSError:  # reading will say which
        return reader_of(path.name).read(path)
    return _extracted(path, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=4)
def _extracted(path: Path, _size: int, _mtime_ns: int) -> FileText:
    return reader_of(path.name).read(path)


def suffixes_in_words(conjunction: str = "or") -> str:
    """The commonest suffix of each format, for a sentence: ".txt or .md"."""
    return _listed([known.suffixes[0] for known in _known()], conjunction)


def _known() -> list[Format]:
    return list(dict.fromkeys(_by_suffix.values()))


def _listed(words: list[str], conjunction: str) -> str:
    return f" {conjunction} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


@cache
def _loaded(known: Format) -> Reader:
    return known.load()


def _suffix(path: str) -> str:
    """The end of the file's name, in lower case: ".txt"."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - many times as fast as a Path, and there are many
