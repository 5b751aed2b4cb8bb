"""Word documents (DOCX): headings by their styles, numbered lists with their numbers, tables row by row, footnotes.

Tracked changes count as accepted: what was inserted is read, what was deleted is not.
"""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.package import Package

from qa_bot.documents import headings
from qa_bot.documents.formats.blocks import Kind, ends_sentence
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.docx_parts import Body, Paragraph, Table, paragraphs_in, table_rows
from qa_bot.documents.formats.docx_styles import Numbering, Styles, W
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.office import bytes_of_archive, facts_of, finished
from qa_bot.documents.formats.records import add_row_lines
from qa_bot.errors import DocumentError

_BOLD_LEVEL = 9
"""The level of a heading that is only a line in bold."""

_MOST_BOLD_WORDS = 12
_SAVE = "open it in its own program and save it anew"


class DocxReader(ComposedReader):
    """Reads `.docx`. A place is the path of headings, or the number of the paragraph where no heading stands above."""

    def read(self, path: Path) -> FileText:
        """The words of the document; DocumentError for what is damaged, protected, or holds no words."""
        data = bytes_of_archive(path, "Word document")
        try:
            part = Package.open(BytesIO(data)).main_document_part
            root = parse_xml(part.blob).find(f"{W}body")
        except (KeyError, ValueError, SyntaxError) as error:  # SyntaxError is lxml's word for broken XML
            raise DocumentError(f"is damaged, or no Word document ({type(error).__name__}); {_SAVE}") from None
        if root is None:
            raise DocumentError(f"is no Word document; {_SAVE}")
        parts = _parts(part)
        body = Body(Styles(_first(parts, "styles")), Numbering.of(_first(parts, "numbering")), _notes(parts))
        blocks = _with_bold_headings(list(body.blocks(root)))
        facts = facts_of(data)
        title = next((one.words for one in blocks if isinstance(one, Paragraph) and one.level == 1), "")
        if title:
            facts["title"] = " ".join(title.split())
        composer = Composer()
        _Writer(composer).write(blocks)
        if composer.length:
            _add_margins(composer, parts)
        return finished(composer, facts, "if it holds pictures of pages, make a text of them (OCR)")


def _parts(part: Any) -> dict[str, list[Any]]:
    """The roots of the parts that belong to the document, by their kind ("footnotes", "header")."""
    found: dict[str, list[Any]] = {}
    for relation in part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("styles", "numbering", "footnotes", "endnotes", "header", "footer", "comments"):
            found.setdefault(kind, []).append(parse_xml(relation.target_part.blob))
    return found


def _first(parts: dict[str, list[Any]], kind: str) -> Any | None:
    return next(iter(parts.get(kind, ())), None)


def _notes(parts: dict[str, list[Any]]) -> dict[tuple[str, str], str]:
    """The words of each footnote and endnote, by its kind and its identifier."""
    return {
        (kind, note.get(f"{W}id", "")): " ".join(paragraphs_in(note))
        for kind in ("footnote", "endnote")
        for root in parts.get(f"{kind}s", ())
        for note in root.iter(W + kind)
    }


def _with_bold_headings(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """The blocks; where no style makes a heading, short lines in bold above other text are headings."""
    if any(isinstance(block, Paragraph) and block.level > 1 for block in blocks):
        return blocks
    return [
        replace(block, level=_BOLD_LEVEL)
        if isinstance(block, Paragraph) and block.level == 0 and _heads(block, blocks[at + 1 : at + 2])
        else block
        for at, block in enumerate(blocks)
    ]


def _heads(block: Paragraph, below: list[Paragraph | Table]) -> bool:
    """Whether the paragraph is a line in bold that stands above something that is not bold."""
    if not block.bold or not below or len(block.words.split()) > _MOST_BOLD_WORDS or ends_sentence(block.words):
        return False
    return isinstance(below[0], Table) or not below[0].bold


class _Writer:
    """Hands the blocks to a composer, each with its place."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._above: list[Paragraph] = []
        self._paragraphs = 0
        self._group = 0
        self._place = ""

    def write(self, blocks: list[Paragraph | Table]) -> None:
        listed = False
        for block in blocks:
            if isinstance(block, Table):
                self._group += 1
                self._mark()
                self._add_table(block)
                listed = False
            else:
                self._paragraphs += 1
                item = block.item_level >= 0 and not block.level
                self._group += item and not listed
                listed = item
                self._add(block, item=item)

    def _add(self, block: Paragraph, *, item: bool) -> None:
        words = f"{block.number} {block.words}".strip()
        if block.level:
            self._above = [*(one for one in self._above if one.level < block.level), replace(block, words=words)]
        self._mark()
        if block.level:
            self._composer.add(Kind.HEADING, words, level=block.level)
        elif item:
            self._composer.add(Kind.ITEM, words, level=block.item_level, group=self._group)
        else:
            self._composer.add(Kind.PARAGRAPH, words)
        if block.contents:
            self._composer.residue()
        for note in block.notes:
            self._composer.add(Kind.PARAGRAPH, note)

    def _add_table(self, table: Table) -> None:
        add_row_lines(self._composer, table_rows(table), self._group, headed=table.headed)

    def _mark(self) -> None:
        """Tell the composer of the place, where it is another than before."""
        path = headings.join(" ".join(one.words.split()) for one in self._above if one.level > 1)
        place = path or f"paragraph {max(1, self._paragraphs)}"
        if place != self._place:
            self._composer.mark(place)
            self._place = place


def _add_margins(composer: Composer, parts: dict[str, list[Any]]) -> None:
    """Add what stands around the text, as boilerplate: the heads and feet of the pages, and comments."""
    said: set[str] = set()
    for kind, place in (("header", "head of the page"), ("footer", "foot of the page")):
        for words in (words for root in parts.get(kind, ()) for words in paragraphs_in(root)):
            if words not in said and any(letter.isalpha() for letter in words):
                said.add(words)
                composer.mark(place)
                composer.add(Kind.PARAGRAPH, words)
                composer.residue()
    for comment in (one for root in parts.get("comments", ()) for one in root.iter(f"{W}comment")):
        words = " ".join(paragraphs_in(comment))
        if words:
            composer.mark("comment")
            composer.add(Kind.PARAGRAPH, f"Comment by {comment.get(f'{W}author') or 'a reader'}: {words}")
            composer.residue()
