"""Word documents (DOCX): headings by their styles, numbered lists with their numbers, tables row by row, footnotes.

Tracked changes count as accepted: what was inserted is read, what was deleted is not.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.package import Package

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.docx_parts import Body, paragraphs_in
from qa_bot.documents.formats.docx_styles import Numbering, Styles, W
from qa_bot.documents.formats.flow import FlowWriter, title_in, with_bold_headings
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.office import bytes_of_archive, facts_of, finished
from qa_bot.errors import DocumentError

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
        blocks = with_bold_headings(list(body.blocks(root)))
        facts = facts_of(data)
        title = title_in(blocks)
        if title:
            facts["title"] = title
        composer = Composer()
        FlowWriter(composer).write(blocks)
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
