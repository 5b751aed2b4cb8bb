"""Records (rows of a table, objects of JSON) as lines that can be read by themselves: "Name: Ada; Born: 1815"."""

from collections.abc import Iterable, Sequence

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import Composer


def record(pairs: Iterable[tuple[str, str]]) -> str:
    """One line of names and values; a value without a name stands alone, an empty value is left out."""
    said = ((" ".join(name.split()), " ".join(value.split())) for name, value in pairs)
    return "; ".join(f"{name.rstrip(':')}: {value}" if name else value for name, value in said if value)


def row_words(header: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a table, each cell with the words that stand above it in the header; more cells than the header has stand
    alone."""
    return record((header[at] if at < len(header) else "", cell) for at, cell in enumerate(cells))


def header_at(rows: Sequence[Sequence[str]], most: int = 10) -> int:
    """The index of the row that names the columns, among the first `most`; -1 where the table has none.

    A header has no numbers and no cell twice, and fills the columns; below it stands a row.
    """
    width = max((sum(map(bool, map(str.strip, row))) for row in rows[: 5 * most]), default=0)
    for at, row in enumerate(rows[:most]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2 or len(cells) < width - 1 - width // 4:
            continue
        names = len(set(cells)) == len(cells) and not any(is_number(cell) or len(cell) > 80 for cell in cells)
        return at if names and at + 1 < len(rows) else -1
    return -1


def is_number(cell: str) -> bool:
    """Whether the cell holds a number, an amount, a date in digits or a clock time."""
    digits = sum(map(str.isdecimal, cell))
    return digits > 0 and not any(letter.isalpha() for letter in cell.strip("€$£% "))


def add_row_lines(composer: Composer, rows: Sequence[Sequence[str]], group: int, *, headed: bool) -> None:
    """Add the rows of a table in running text: with the words of its header, or of its first column where it has two."""
    top = 0 if headed else header_at(rows, 1)
    width = max(map(len, rows), default=0)
    if not headed and width == 2 and not (top == 0 and all(is_number(row[-1]) for row in rows[1:] if row)):
        for row in rows:
            composer.add(Kind.ROW, record([(row[0], row[1])] if len(row) == 2 else [("", " ".join(row))]), group=group)
        return
    for row in rows[top + 1 :]:
        composer.add(Kind.ROW, row_words(rows[0] if top == 0 else (), row), group=group)
