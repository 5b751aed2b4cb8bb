"""Tables as text (CSV, TSV): a row is a sentence that says the header's words with each cell; a place is a row."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.records import header_at, row_words
from qa_bot.documents.text import BOM, read_text
from qa_bot.errors import DocumentError

_DELIMITERS = ",;\t|"
_LOOKED_AT = 60
"""Lines at the beginning by which the delimiter is chosen."""

_LARGEST_CELL = 1_000_000
"""Characters. A quotation mark that nobody closed makes a cell of the rest of the file."""


class TableReader(ComposedReader):
    """Reads `.csv` and `.tsv`. Rows are counted as a spreadsheet counts them, the header too."""

    def read(self, path: Path) -> FileText:
        """A line for each row; DocumentError where the file has no cells."""
        text, note = read_text(path)
        text = text.removeprefix(BOM)
        rows = list(_rows(text, delimiter_of(text, path.suffix.lower())))
        composer = Composer()
        add_rows(composer, rows)
        if not composer.length:
            raise DocumentError("holds no words in its cells; fill the table or take the file out of the folder")
        return composer.file_text(note)


def add_rows(composer: Composer, rows: Sequence[Sequence[str]], sheet: str = "") -> None:
    """Add a line for each row that says something, with the place "row 17", or "sheet Costs, row 17"."""
    before = f"sheet {sheet}, " if sheet else ""
    top = header_at(rows)
    header = rows[top] if top >= 0 else ()
    for number, row in enumerate(rows, 1):
        if number - 1 == top:
            continue
        composer.mark(f"{before}row {number}")
        above = number - 1 < top
        composer.add(Kind.PARAGRAPH if above else Kind.ROW, row_words(() if above else header, row), group=not above)


def delimiter_of(text: str, suffix: str) -> str:
    """What separates the cells: what cuts the first lines most evenly, and into the most cells."""
    lines = [line for line in text[:200_000].splitlines()[:_LOOKED_AT] if line.strip()]
    if suffix == ".tsv" and any("\t" in line for line in lines):
        return "\t"

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in _rows("\n".join(lines), delimiter) if row]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(common) / max(1, len(widths)), common) if common > 1 else (0.0, 1)

    return max(_DELIMITERS, key=evenness)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows; a file that breaks the rules of quoting is cut at line ends and delimiters alone."""
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield from list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        yield from (line.split(delimiter) for line in text.splitlines())
    finally:
        csv.field_size_limit(before)
