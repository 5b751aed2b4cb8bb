"""Word documents: what is read, the places, what is damaged."""

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qa_bot.documents.formats.docx_styles import numeral
from qa_bot.documents.formats.office import LARGEST
from qa_bot.documents.readers import read_document
from qa_bot.errors import DocumentError
from tests.documents.conftest import passage_with
from tests.documents.formats.conftest import FILES, place


def saved(folder: Path, made: Any) -> Path:
    made.save(folder / "a.docx")
    return folder / "a.docx"


def text_of(folder: Path, made: Any) -> str:
    return read_document(folder, saved(folder, made).name).text


def test_a_word_document_is_read_with_its_structure() -> None:
    read = read_document(FILES, "handbook.docx")
    assert (read.title, read.date) == ("Handbook of the Alder boathouse", "2022-03-14")
    assert "three hours.[1] The deposit is sixty crowns.\n\n[1] Members of the rowing guild" in read.text
    assert "forty" not in read.text
    assert "1. Sign the green ledger.\n2. Check the bung and the rowlocks.\n(a) Replace a cracked" in read.text
    assert "Boat: Heron; Seats: 4; Fee in crowns: 48" in read.text
    assert read.text.endswith("Author: Greta Holm")
    assert place(read, "This handbook") == "paragraph 2"
    assert place(read, "Take a whistle") == "Hiring boats › Before you leave"
    assert passage_with(read, "Take a whistle").context == "Hiring boats › Before you leave"


def test_what_stands_around_the_text_is_boilerplate(tmp_path: Path) -> None:
    made = docx.Document()
    made.styles.add_style("toc 1", 1)
    made.add_paragraph("Moorings ..... 3", style="toc 1")
    made.add_heading("Moorings", 1)
    lamp = made.add_paragraph("The lamp of the jetty is lit at dusk.")
    made.add_comment(lamp.runs, text="Is this still so?", author="Ann Muir")
    made.sections[0].header.paragraphs[0].text = "Harbour office of Skerry"
    made.sections[0].footer.paragraphs[0].text = "12"
    read = read_document(tmp_path, saved(tmp_path, made).name)
    assert read.title == "Moorings"
    assert read.date is None
    assert "\n12" not in read.text
    around = {read.text[p.start : p.end] for p in read.passages if p.residue}
    for words in ("Moorings ..... 3", "Harbour office of Skerry", "Comment by Ann Muir: Is this still so?"):
        assert any(words in one for one in around)
    assert not any("lamp" in one for one in around)
    assert place(read, "Harbour office") == "head of the page"


def test_headings_are_told_by_lines_in_bold_where_no_style_tells_them(tmp_path: Path) -> None:
    made = docx.Document()
    for heading, words in (("Opening times", "The baths open at seven."), ("Prices", "A towel costs two pounds.")):
        made.add_paragraph().add_run(heading).bold = True
        made.add_paragraph(words)
    read = read_document(tmp_path, saved(tmp_path, made).name)
    assert place(read, "A towel") == "Prices"


def test_numbers_of_headings_and_lists_are_those_that_a_reader_sees(tmp_path: Path) -> None:
    made = docx.Document()
    for level, words in (("List Number", "Saw the step."), ("List Number", "Drill it."), ("List Bullet", "Sand it.")):
        made.add_paragraph(words, style=level)
    assert text_of(tmp_path, made) == "1. Saw the step.\n2. Drill it.\n- Sand it."
    assert [numeral(n, kind) for n, kind in ((28, "lowerLetter"), (14, "upperRoman"), (4, "decimalZero"))] == [
        "bb",
        "XIV",
        "04",
    ]


def test_inserted_text_is_in_and_deleted_text_is_out_wherever_it_stands(tmp_path: Path) -> None:
    paragraphs = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>The gate is </w:t></w:r>"
        "<w:del><w:r><w:delText>red</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom></w:p>",
        "<w:p><w:ins><w:r><w:t>green</w:t></w:r></w:ins><w:hyperlink><w:r><w:tab/><w:t>and new.</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Filled in.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    made = docx.Document()
    for at, markup in enumerate(paragraphs):
        made.element.body.insert(at, parse_xml(markup.replace(">", f" {nsdecls('w')}>", 1)))
    assert text_of(tmp_path, made) == "The gate is green and new.\n\nFilled in."


def test_a_table_without_a_header_names_its_values_by_the_first_column_and_layout_is_no_table(tmp_path: Path) -> None:
    made = docx.Document()
    form = made.add_table(2, 2)
    for at, words in enumerate(("Keeper", "Alma Reed", "Island", "Skerry")):
        form.cell(at // 2, at % 2).text = words
    made.add_paragraph("Between.")
    made.add_table(1, 2).cell(0, 0).text = "A column of the page."
    merged = made.add_table(3, 3)
    for at, words in enumerate(("Pier", "Day", "Hour", "North", "Monday", "7", "North", "Friday", "9")):
        merged.cell(at // 3, at % 3).text = words
    merged.cell(2, 0).text = ""
    merged.cell(1, 0).merge(merged.cell(2, 0))
    assert text_of(tmp_path, made) == (
        "Keeper: Alma Reed\nIsland: Skerry\n\nBetween.\n\nA column of the page.\n\n"
        "Pier: North; Day: Monday; Hour: 7\nPier: North; Day: Friday; Hour: 9"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 no archive", "is damaged, or no Word document; open it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WordDocument", "file of an older program; save it anew as .docx"),
        (b"", "is damaged, or no Word document"),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(DocumentError, match=reason):
        read_document(tmp_path, "a.docx")


def test_an_archive_without_a_document_or_one_without_words_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("a.xml", "<a/>")
    with pytest.raises(DocumentError, match="no Word document"):
        read_document(tmp_path, "a.docx")
    with pytest.raises(DocumentError, match="holds no words; if it holds pictures"):
        text_of(tmp_path, docx.Document())


def test_an_archive_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    packed = zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED)
    with packed as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(LARGEST // 10_000_000 + 1):
            part.write(bytes(10_000_000))
    with pytest.raises(DocumentError, match="holds more than 200 MB when unpacked; split"):
        read_document(tmp_path, "a.docx")
