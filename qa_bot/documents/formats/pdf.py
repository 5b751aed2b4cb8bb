"""PDF files: pdfium tells the letters of each page and where they stand; lines, columns and blocks are found from that."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import pypdfium2

from qa_bot.documents.dating import FILE_MADE
from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.pdf_columns import columns_of
from qa_bot.documents.formats.pdf_furniture import without_furniture
from qa_bot.documents.formats.pdf_headings import body_size
from qa_bot.documents.formats.pdf_layout import Laying
from qa_bot.documents.formats.pdf_lines import Line, Run, rows_of, runs_of
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError

_PDFIUM = Lock()
"""pdfium may be called by one thread at a time."""

_PASSWORD = 4
"""The number of pdfium's error for a file that needs a password."""

_UNKNOWN = 0.3
"""Share of a page's letters without a meaning, from which on the page cannot be read."""

_LONGEST_LABEL = 12
_FILE_NAME = re.compile(r"\.\w{2,5}\Z|[\\/]|\A(?:untitled|document\d*|microsoft \w+ - .*)\Z", re.IGNORECASE)
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


class PdfReader(ComposedReader):
    """Reads PDF files. The places are pages, by the labels that the file gives them."""

    def read(self, path: Path) -> FileText:
        """The text of the file; DocumentError for a file with a password, a damaged one, and one with pictures only."""
        data = bytes_of(path)
        with _PDFIUM:
            try:
                document = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError as error:
                if error.err_code == _PASSWORD:
                    raise DocumentError("is encrypted; save a copy without the password") from None
                raise DocumentError("is damaged, or no PDF; save it anew in its own program") from None
            try:
                return _Reading(document).file_text()
            finally:
                document.close()


class _Reading:
    """One file while it is read."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._labels = [document.get_page_label(page).strip() for page in range(len(document))]
        self._pictures: list[int] = []
        self._unknown: list[int] = []
        self._damaged: list[int] = []

    def file_text(self) -> FileText:
        pages = [self._runs(page) for page in range(len(self._document))]
        body = body_size([Line([run], 0, 0) for runs in pages for run in runs])
        pages, furniture = without_furniture(pages, body)
        composer = Composer()
        laying = Laying(list(_lines(pages)), composer, self._place)
        laying.lay()
        for page, words in furniture:
            composer.mark(self._place(page), page + 1)
            composer.add(Kind.PARAGRAPH, words)
            composer.residue()
        note = self._note()
        if not any(pages):
            raise DocumentError(note or "holds no text; take it out of the folder")
        return composer.file_text(note, self._fields(laying.title, pages))

    def _runs(self, number: int) -> list[Run]:
        """The runs of a page; [] for one without words that can be read, which is remembered for the note."""
        try:
            page = self._document[number]
        except pypdfium2.PdfiumError:
            self._damaged.append(number)
            return []
        try:
            textpage = page.get_textpage()
            try:
                runs, unknown = runs_of(textpage.raw)
            finally:
                textpage.close()
            if not runs and _has_picture(page):
                self._pictures.append(number)
            elif unknown > _UNKNOWN:
                self._unknown.append(number)
            return runs
        finally:
            page.close()

    def _place(self, page: int) -> str:
        """What a person calls the page."""
        label = self._labels[page]
        return f"page {label if label and len(label) <= _LONGEST_LABEL else page + 1}"

    def _note(self) -> str:
        """What cannot be read of the file, and what can be done."""
        told = (
            (self._pictures, "pictures only; run OCR (ocrmypdf) first"),
            (self._unknown, "letters without a meaning; run OCR (ocrmypdf --force-ocr) first"),
            (self._damaged, "what cannot be read; save the file anew in its own program"),
        )
        return "; ".join(
            f"{_pages_in_words(pages)} {'holds' if len(pages) == 1 else 'hold'} {what}" for pages, what in told if pages
        )

    def _fields(self, heading: str, pages: list[list[Run]]) -> dict[str, object]:
        facts = self._document.get_metadata_dict()
        opening = " ".join(run.text for runs in pages[:2] for run in runs).lower()
        given = " ".join(facts.get("Title", "").split())
        title = given if _is_title(given, opening) else heading
        fields: dict[str, object] = {"title": title} if title else {}
        made = _DATE.match(facts.get("CreationDate", ""))
        if made:
            fields[FILE_MADE] = "-".join(made.groups())
        return fields


def _lines(pages: list[list[Run]]) -> Iterator[Line]:
    """The lines of all pages in the order in which they are read."""
    column = 0
    for page, runs in enumerate(pages):
        for found in columns_of(runs):
            column += 1
            edge = max(run.right for run in found)
            for row in rows_of(found):
                yield Line(row, page, column, edge)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])), None) is not None


def _is_title(given: str, opening: str) -> bool:
    """Whether the title in the file's properties is one: no file's name, and for the most part in the opening's words."""
    words = re.findall(r"[^\W_]+", given.lower())
    if not any(len(word) > 2 for word in words) or _FILE_NAME.search(given):
        return False
    return sum(word in opening for word in words) >= 0.5 * len(words)


def _pages_in_words(pages: list[int]) -> str:
    """ "page 3", "pages 3 to 9 and 12", for pages that are counted from 0."""
    stretches: list[list[int]] = []
    for page in pages:
        if stretches and stretches[-1][-1] == page - 1:
            stretches[-1].append(page)
        else:
            stretches.append([page])
    told = [f"{one[0] + 1}" + (f" to {one[-1] + 1}" if len(one) > 1 else "") for one in stretches]
    words = " and ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)
    return f"page{'s' * (len(pages) > 1)} {words}"
