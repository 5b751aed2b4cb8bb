"""Presentations: titles, text, tables, notes, the places, what is damaged."""

from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.util import Inches

from qa_bot.documents.readers import read_document
from qa_bot.errors import DocumentError
from tests.documents.conftest import passage_with
from tests.documents.formats.conftest import FILES, place

INCH = Inches(1)


def box(slide: Any, words: str) -> None:
    slide.shapes.add_textbox(INCH, INCH, INCH, INCH).text_frame.text = words


def saved(folder: Path, made: Any) -> str:
    made.save(folder / "a.pptx")
    return "a.pptx"


def test_a_presentation_is_read_slide_by_slide() -> None:
    read = read_document(FILES, "slides.pptx")
    assert (read.title, read.date) == ("Bees on the roof", "2021-06-07")
    assert "The hives stand on the east side of the roof.\nNobody may smoke" in read.text
    assert "Year: 2020; Jars: 44; Taste: clover" in read.text
    assert place(read, "Nobody may smoke") == "slide 2"
    assert place(read, "Mention that Olga") == "slide 2, notes"
    assert place(read, "Year: 2020") == "slide 3"
    assert [mark.page for mark in read.marks if mark.place.startswith("slide")] == [1, 2, 2, 3]
    assert passage_with(read, "Year: 2020").context == "Harvest"


def test_the_title_of_a_slide_comes_first_and_groups_and_line_breaks_are_read(tmp_path: Path) -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    title, body = slide.placeholders
    body.text_frame.text = "The ferry leaves\vat seven."
    group = slide.shapes.add_group_shape()
    box(group, "A ticket is two pounds.")
    title.text_frame.text = "The ferry"
    slide.shapes._spTree.append(title._element)
    slide.notes_slide.notes_text_frame.text = "Ask about dogs."
    read = read_document(tmp_path, saved(tmp_path, made))
    assert read.text == "The ferry\n\nThe ferry leaves\nat seven.\n\nA ticket is two pounds.\n\nAsk about dogs."
    assert (read.title, read.date) == ("The ferry", None)


def test_a_first_box_that_is_a_sentence_is_no_title(tmp_path: Path) -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    box(slide, "The ferry leaves at seven.")
    box(slide, "Dogs sail free of charge")
    read = read_document(tmp_path, saved(tmp_path, made))
    assert read.passages[0].context == ""
    assert read.title == "The ferry leaves at seven."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 no archive", "is damaged, or no presentation; open it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        ((FILES / "handbook.docx").read_bytes(), "is damaged, or no presentation"),
        ((FILES / "desks.xlsx").read_bytes(), "is damaged, or no presentation"),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.pptx").write_bytes(data)
    with pytest.raises(DocumentError, match=reason):
        read_document(tmp_path, "a.pptx")


def test_a_presentation_without_words_says_so(tmp_path: Path) -> None:
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[6])
    with pytest.raises(DocumentError, match="holds no words; if its slides are pictures"):
        read_document(tmp_path, saved(tmp_path, made))
