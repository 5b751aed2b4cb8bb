"""Presentations (PPTX): the title of a slide is a heading; a place is a slide, or the notes to a slide."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml import parse_xml

from qa_bot.documents.formats.blocks import Kind, ends_sentence
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.office import bytes_of_archive, facts_of, finished
from qa_bot.documents.formats.records import add_row_lines
from qa_bot.errors import DocumentError

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST_TITLE_WORDS = 15
_LEVEL = 2
"""The level of a slide's title as a heading: the presentation has the title."""

_MARGINS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER)
_SAVE = "open it in its own program and save it anew"


class PptxReader(ComposedReader):
    """Reads `.pptx` and `.pptm`: titles, text, tables, diagrams and notes, hidden slides too."""

    def read(self, path: Path) -> FileText:
        """The words of the slides; DocumentError for what is damaged, protected, or holds no words."""
        data = bytes_of_archive(path, "presentation")
        try:
            slides = list(Presentation(BytesIO(data)).slides)
        except (KeyError, ValueError, SyntaxError, PackageNotFoundError) as error:  # SyntaxError: broken XML
            raise DocumentError(f"is damaged, or no presentation ({type(error).__name__}); {_SAVE}") from None
        composer = Composer()
        writer = _Writer(composer)
        for number, slide in enumerate(slides, 1):
            writer.write(slide, number)
        return finished(composer, facts_of(data), "if its slides are pictures, make a text of them (OCR)")


class _Writer:
    """Hands the words of slides to a composer."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._group = 0
        self._margins: set[str] = set()

    def write(self, slide: Any, number: int) -> None:
        self._composer.mark(f"slide {number}", number)
        shapes = list(_shapes(slide.shapes))
        title = _title(slide, shapes)
        if title is not None:
            self._composer.add(Kind.HEADING, " ".join(_words(title).split()), level=_LEVEL)
        for shape in shapes:
            if title is None or shape.shape_id != title.shape_id:
                self._add(shape)
        for words in _diagrams(slide):
            self._composer.add(Kind.PARAGRAPH, words)
        if slide.has_notes_slide:
            self._composer.mark(f"slide {number}, notes", number)
            for shape in _shapes(slide.notes_slide.shapes):
                if shape.has_text_frame and _placeholder(shape) not in (*_MARGINS, PP_PLACEHOLDER.SLIDE_NUMBER):
                    self._add_text(shape)

    def _add(self, shape: Any) -> None:
        kind = _placeholder(shape)
        if kind is PP_PLACEHOLDER.SLIDE_NUMBER:
            return
        if getattr(shape, "has_table", False):
            self._group += 1
            rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
            add_row_lines(self._composer, rows, self._group, headed=shape.table.first_row)
        elif shape.has_text_frame and kind in _MARGINS:
            words = _words(shape)
            if words not in self._margins and any(map(str.isalpha, words)):
                self._margins.add(words)
                self._composer.add(Kind.PARAGRAPH, words)
                self._composer.residue()
        elif shape.has_text_frame:
            self._add_text(shape)

    def _add_text(self, shape: Any) -> None:
        """The paragraphs of a shape: the items of a list where there are many."""
        said = [one for one in shape.text_frame.paragraphs if one.text.strip()]
        self._group += 1
        for one in said:
            words = one.text.replace("\v", "\n")
            if len(said) > 1:
                self._composer.add(Kind.ITEM, words, level=one.level, group=self._group)
            else:
                self._composer.add(Kind.PARAGRAPH, words)


def _shapes(shapes: Any) -> Iterator[Any]:
    """The shapes, those in groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _title(slide: Any, shapes: list[Any]) -> Any | None:
    """The shape with the title: the one that is made for it, else the first of many where it is a short line."""
    named = slide.shapes.title
    if named is not None and _words(named):
        return named
    with_words = [shape for shape in shapes if getattr(shape, "has_table", False) or _words(shape)]
    first = with_words[0] if len(with_words) > 1 else None
    if first is None or not first.has_text_frame:
        return None
    words = _words(first)
    is_line = "\n" not in words and len(words.split()) <= _MOST_TITLE_WORDS and not ends_sentence(words)
    return first if is_line else None


def _words(shape: Any) -> str:
    return shape.text_frame.text.replace("\v", "\n").strip() if shape.has_text_frame else ""


def _placeholder(shape: Any) -> Any | None:
    """What the shape is made for in the layout of the slide; None where it is free."""
    return shape.placeholder_format.type if shape.is_placeholder else None


def _diagrams(slide: Any) -> Iterator[str]:
    """The words of diagrams (SmartArt), which lie beside the slide."""
    for relation in slide.part.rels.values():
        if relation.reltype.endswith("/diagramData"):
            for paragraph in parse_xml(relation.target_part.blob).iter(f"{_A}p"):
                yield "".join(one.text or "" for one in paragraph.iter(f"{_A}t"))
