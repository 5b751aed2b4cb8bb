"""Spreadsheets (XLSX, XLS, ODS): a row is a line that says the header's words with each cell; a place is a row of a sheet."""

import datetime
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.office import bytes_of_archive, facts_of, finished
from qa_bot.documents.formats.tables import add_rows
from qa_bot.documents.text import bytes_of
from qa_bot.documents.titles import telling_name
from qa_bot.errors import DocumentError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_CELLS = 20_000_000
"""Cells between the first and the last of a sheet, empty ones too. Two cells far apart make a small file as large as this."""

_CHUNK = 1 << 20
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^<>]{0,80}?\br="([A-Z]{1,3})(\d{1,7})"')
_OVERLAP = 120
"""Bytes. A reference to a cell is shorter."""

_NAMELESS = re.compile(r"(?:sheet|table|tabelle|feuil|hoja|foglio) ?\d*\Z", re.IGNORECASE)
"""Names of sheets that a program has given."""

_SAVE = "open it in its own program and save it anew, as .xlsx or .csv"


class SpreadsheetReader(ComposedReader):
    """Reads `.xlsx`, `.xlsm`, `.xls` and `.ods`: the values of the cells, hidden sheets too. Rows are counted as shown."""

    def read(self, path: Path) -> FileText:
        """A line for each row; DocumentError for what is damaged, protected, too large, or has no words in its cells."""
        data = bytes_of(path)
        facts: dict[str, object] = {}
        if data.startswith(b"PK") or path.suffix.lower() != ".xls":
            data = bytes_of_archive(path, "spreadsheet")
            _check_cells(data)
            facts = facts_of(data)
        composer = Composer()
        for sheet, rows, alone in _sheets(data):
            if not (alone and _NAMELESS.match(sheet)):
                composer.mark(f"sheet {sheet}")
                composer.add(Kind.HEADING, sheet, level=2)
            add_rows(composer, rows, sheet)
        name = facts.get("title") or telling_name(path.name)
        return finished(
            composer, facts | ({"title": name} if name else {}), "fill its cells or take it out of the folder"
        )


def _sheets(data: bytes) -> Iterator[tuple[str, list[list[str]], bool]]:
    """The name and the rows of each sheet that has cells, and whether it is the only one."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            full = [sheet for name in book.sheet_names if (sheet := book.get_sheet_by_name(name)).end is not None]
            for sheet in full:
                yield sheet.name, _rows(sheet), len(full) == 1
    except PasswordError:
        raise DocumentError("is protected with a password; save it without one") from None
    except CalamineError as error:
        raise DocumentError(f"is damaged, or no spreadsheet ({str(error)[:80]}); {_SAVE}") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # what the library raises for its own faults is no Exception
            raise DocumentError(f"is damaged; {_SAVE}") from None
        raise


def _rows(sheet: "CalamineSheet") -> list[list[str]]:
    """The words of the cells; a cell that reaches over many rows is said in each of them."""
    rows = [[cell_words(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = row[left] or rows[top][left]
    return rows


def cell_words(cell: object) -> str:
    """What a cell says: 4 for 4.0, 2019-02-11 for a day, 09:30 for a time."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.time):
        return cell.isoformat("minutes" if not cell.second else "seconds")
    return str(cell)


def _check_cells(data: bytes) -> None:
    """DocumentError where a sheet reaches over more cells than memory should hold."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for part in archive.namelist():
            with archive.open(part) as opened:
                reach = 0
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    reach = _reach(opened)
                elif part == "content.xml":
                    reach = _repeated(opened)
            if reach > MOST_CELLS:
                raise DocumentError(
                    f"has a sheet of more than {MOST_CELLS:,} cells; save the part that matters as .csv"
                )


def _reach(sheet: IO[bytes]) -> int:
    """The cells between the corner of an XLSX sheet and its last row and column."""
    rows, columns, before = 0, b"", b""
    while chunk := sheet.read(_CHUNK):
        for column, row in _REFERENCE.findall(before + chunk):
            rows = max(rows, int(row))
            columns = max(columns, column.rjust(3, b"@"))
        before = chunk[-_OVERLAP:]
    wide = 0
    for letter in columns:
        wide = wide * 26 + letter - ord("@")
    return rows * wide


def _repeated(content: IO[bytes]) -> int:
    """The cells between the corner of an ODS sheet and its last row and column, those that the file repeats counted too."""
    largest = rows = columns = down = across = 0
    filled = False
    try:
        for _, element in ElementTree.iterparse(content):
            name = element.tag.rpartition("}")[2]
            if name in ("table-cell", "covered-table-cell"):
                across += _times(element, "columns")
                if len(element) or any(key.endswith("value") for key, _ in element.items()):
                    columns, filled = max(columns, across), True
            elif name == "table-row":
                down += _times(element, "rows")
                rows = down if filled else rows
                across, filled = 0, False
                element.clear()
            elif name == "table":
                largest = max(largest, rows * columns)
                rows = columns = down = 0
    except ElementTree.ParseError as error:
        raise DocumentError(f"is damaged ({error}); {_SAVE}") from None
    return largest


def _times(element: ElementTree.Element, what: str) -> int:
    said = next((value for name, value in element.items() if name.endswith(f"}}number-{what}-repeated")), "1")
    return int(said) if said.isdecimal() and len(said) < 12 else 1
