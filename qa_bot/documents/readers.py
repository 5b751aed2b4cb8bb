"""A file of the seeds folder becomes a Document; all that is particular to a file or a format begins here."""

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qa_bot.documents.blocks import Block, Kind, lines_of
from qa_bot.documents.dating import document_date
from qa_bot.documents.files import FORMATS, suffix_of
from qa_bot.documents.frontmatter import front_matter
from qa_bot.documents.model import Document
from qa_bot.documents.passages import passages_of
from qa_bot.documents.plain import plain_blocks
from qa_bot.documents.residue import with_residue
from qa_bot.documents.titles import title_heading, title_of
from qa_bot.errors import DocumentError

_BOM = "\ufeff"

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks, which alone make it certain that NUL bytes are text."""


_COMMONEST = "cp1252"
"""The encoding to name where several give the same text."""


def read_document(seeds: Path, path: str) -> Document:
    """The document at `path` below the folder. DocumentError says why a file cannot be one."""
    text, note = read_text(seeds / path)
    return document_of(text, path, note)


def document_of(text: str, path: str, note: str = "") -> Document:
    """The document that a file with this text would be; the end of its name says how it is laid out."""
    head = front_matter(text)
    reader = _READERS[FORMATS.get(suffix_of(path), "plain")]
    marked = text.startswith(_BOM) and text[1:].strip() != ""
    blocks = [*head.blocks, *reader(text, head.end or int(marked))]
    if blocks and marked:
        blocks[0] = replace(blocks[0], start=0)
    blocks = with_residue(text, blocks)
    title = title_of(text, blocks, head.fields, path)
    return Document(
        path=path,
        text=text,
        title=title,
        date=_date(text, blocks, head.fields, path),
        passages=passages_of(text, blocks, title),
        note=note,
    )


def read_text(path: Path) -> tuple[str, str]:
    """The file's text, exactly, and what the user should know of the reading ("read as cp1252"), or ""."""
    data = _bytes(path)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding:
        text, note = _decoded(data, encoding)
    elif b"\x00" in data:
        raise DocumentError(f"holds binary data (a NUL byte at byte {data.index(0)}); save it as UTF-8 text")
    else:
        text, note = _decoded(data, "utf-8")
    if not text.lstrip(_BOM).strip():
        raise DocumentError("is empty; write something in it or take it out of the folder")
    return text, note


def _bytes(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a named pipe would be waited on for ever
            raise DocumentError("is not a file; put a text file in its place")
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError("is not there any more; bring it back or update the index") from None
    except PermissionError:
        raise DocumentError("may not be read; change its permissions") from None
    except OSError as error:
        raise DocumentError(f"cannot be read ({error.strerror}); check the disk and the path") from None


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), "" if encoding == "utf-8" else f"read as {encoding}"
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise DocumentError(f"is damaged {encoding} text; save it as UTF-8 text") from None
        return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    """The text of bytes that are not UTF-8, with the encoding that charset-normalizer finds likeliest."""
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise DocumentError("is not text in any encoding known here; save it as UTF-8 text")
    encoding = _COMMONEST if _COMMONEST in guess.could_be_from_charset else guess.encoding
    try:
        return data.decode(encoding), f"read as {_common_name(encoding)}"
    except (UnicodeDecodeError, LookupError):
        raise DocumentError("is not text in any encoding known here; save it as UTF-8 text") from None


def _common_name(encoding: str) -> str:
    """windows-1252 for Python's cp1252, iso-8859-1 for iso8859_1."""
    name = encoding.replace("_", "-")
    if name.startswith("cp12"):
        return "windows-" + name[2:]
    return name.replace("iso8859", "iso-8859")


def _date(text: str, blocks: list[Block], fields: dict[str, object], path: str) -> str | None:
    begin = next((block.start for block in blocks if block.kind is not Kind.FIELD), 0)
    lines = [text[line.start : line.end] for line in lines_of(text, begin, len(text)) if line.start < line.end]
    heading = title_heading(text, blocks)
    return document_date(fields, lines, heading.label if heading else "", path)


def _markdown_blocks(text: str, start: int) -> list[Block]:
    from qa_bot.documents.markdown import markdown_blocks

    return markdown_blocks(text, start)


_READERS: dict[str, Callable[[str, int], list[Block]]] = {"plain": plain_blocks, "markdown": _markdown_blocks}
"""How a file becomes blocks, by its format."""
