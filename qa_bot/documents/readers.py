"""A file of the seeds folder becomes a Document; all that is particular to a file or a format begins here."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qa_bot.documents.dating import document_date
from qa_bot.documents.files import FORMATS, suffix_of
from qa_bot.documents.formats.blocks import Block, Kind, lines_of
from qa_bot.documents.formats.frontmatter import front_matter
from qa_bot.documents.formats.plain import plain_blocks
from qa_bot.documents.model import Document
from qa_bot.documents.passages import passages_of
from qa_bot.documents.residue import with_residue
from qa_bot.documents.text import BOM, read_text
from qa_bot.documents.titles import title_heading, title_of


def read_document(seeds: Path, path: str) -> Document:
    """The document at `path` below the folder. DocumentError says why a file cannot be one."""
    text, note = read_text(seeds / path)
    return document_of(text, path, note)


def document_of(text: str, path: str, note: str = "") -> Document:
    """The document that a file with this text would be; the end of its name says how it is laid out."""
    head = front_matter(text)
    reader = _READERS[FORMATS.get(suffix_of(path), "plain")]
    marked = text.startswith(BOM) and text[1:].strip() != ""
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


def _date(text: str, blocks: list[Block], fields: dict[str, object], path: str) -> str | None:
    begin = next((block.start for block in blocks if block.kind is not Kind.FIELD), 0)
    lines = [text[line.start : line.end] for line in lines_of(text, begin, len(text)) if line.start < line.end]
    heading = title_heading(text, blocks)
    return document_date(fields, lines, heading.label if heading else "", path)


def _markdown_blocks(text: str, start: int) -> list[Block]:
    from qa_bot.documents.formats.markdown import markdown_blocks

    return markdown_blocks(text, start)


_READERS: dict[str, Callable[[str, int], list[Block]]] = {"plain": plain_blocks, "markdown": _markdown_blocks}
"""How a file becomes blocks, by its format."""
