"""Spreadsheets: rows as lines, the places, and sheets that are damaged or far too large."""

import datetime
import zipfile
from pathlib import Path

import pytest

from qa_bot.documents.formats.spreadsheets import cell_words
from qa_bot.documents.readers import read_document
from qa_bot.errors import DocumentError
from tests.documents.formats.conftest import FILES, place

SHEET = "xl/worksheets/sheet1.xml"


def sheet_replaced(file: Path, sheet: str, part: str = SHEET, made: str = "desks.xlsx") -> None:
    """A copy of a spreadsheet with another first sheet."""
    with zipfile.ZipFile(FILES / made) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == part else old.read(name))


def rows(*cells: str) -> str:
    inside = "".join(
        f'<row><c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c></row>'
        for cell, words in (one.split("=") for one in cells)
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{inside}</sheetData></worksheet>"
    )


@pytest.mark.parametrize("name", ["desks.xlsx", "desks.xls", "desks.ods"])
def test_the_rows_of_all_sheets_say_their_header(name: str) -> None:
    read = read_document(FILES, name)
    assert read.text.removesuffix("\n\nAuthor: Iris Vale") == (
        "Desks\n\nDesks of the reading room\n\n"
        "Name: Ottilie Marsh; Desk: 4; Since: 2019-02-11\nName: Piers Quill; Desk: 7; Since: 2020-09-01\n\n"
        "Keys\n\nKey: cellar; Kept by: Rosa Thorne; Deposit: 12.5\nKey: attic; Kept by: Silas Wren; Deposit: 20"
    )
    assert place(read, "Piers") == "sheet Desks, row 5"
    assert place(read, "attic") == "sheet Keys, row 3"
    named = (
        ("desks", None) if name.endswith(".xls") else ("Desks and keys", "2023-05-06")
    )  # XLS keeps no properties here
    assert (read.title, read.date) == named


def test_a_cell_says_what_a_spreadsheet_shows() -> None:
    day = datetime.datetime(2019, 2, 11)
    cells = (4.0, 0.1 + 0.2, 1e300, True, day, day.replace(hour=9, minute=30), datetime.time(9, 30), "Ada", 12)
    assert [cell_words(cell) for cell in cells] == [
        *("4", "0.3", "1e+300", "TRUE", "2019-02-11", "2019-02-11 09:30", "09:30", "Ada", "12")
    ]


def test_a_cell_over_many_rows_is_said_in_each(tmp_path: Path) -> None:
    sheet = rows("A1=Pier", "B1=Day", "A2=North", "B2=Monday", "B3=Friday")
    sheet_replaced(
        tmp_path / "a.xlsx",
        sheet.replace("</worksheet>", '<mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>'),
    )
    assert "Pier: North; Day: Monday\nPier: North; Day: Friday" in read_document(tmp_path, "a.xlsx").text


def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_laid_out(tmp_path: Path) -> None:
    sheet_replaced(tmp_path / "a.xlsx", rows("A1=one", "XFD1048576=two"))
    with pytest.raises(DocumentError, match=r"more than 20,000,000 cells; save the part that matters as \.csv"):
        read_document(tmp_path, "a.xlsx")
    with zipfile.ZipFile(FILES / "desks.ods") as archive:
        content = archive.read("content.xml").decode()
    far = "<table:table-row table:number-rows-repeated='900000'><table:table-cell/></table:table-row>"
    wide = content.replace("<table:table-row ", f"{far}<table:table-row ", 1).replace(
        "<table:table-cell ", "<table:table-cell table:number-columns-repeated='100' ", 1
    )
    sheet_replaced(tmp_path / "a.ods", wide, "content.xml", "desks.ods")
    with pytest.raises(DocumentError, match="more than 20,000,000 cells"):
        read_document(tmp_path, "a.ods")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xlsx", b"PK\x03\x04 no archive", "is damaged, or no spreadsheet; open it"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "is damaged, or no spreadsheet"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is damaged"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=reason):
        read_document(tmp_path, name)


def test_a_spreadsheet_without_words_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(FILES / "desks.xlsx") as old:
        second = [name for name in old.namelist() if name.startswith("xl/worksheets/sheet")]
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
            for name in old.namelist():
                new.writestr(name, rows() if name in second else old.read(name))
    with pytest.raises(DocumentError, match="holds no words; fill its cells"):
        read_document(tmp_path, "a.xlsx")
