"""The tables of a PDF page: lines with wide gaps between their cells, one below the other."""

import itertools
from dataclasses import dataclass

from qa_bot.documents.formats.pdf_lines import Line, Run

_NEAR = 4.0
"""Points. Cells that begin (or end, or have their middles) this near to one another stand in one column."""

_APART = 1.2
"""Times the distance of the lines of one cell. Rows that have room around them stand further apart."""

_MOST_APART = 4.0
"""Font sizes between the lines of one table."""


@dataclass(slots=True)
class TableRow:
    """The words of the cells of a row."""

    cells: list[str]
    header: bool = False


def table_ends(lines: list[Line], start: int) -> int:
    """The index behind the last line of the table that begins at `start`; `start` where none begins there."""
    if len(lines[start].cells) < 2 or _is_marker(lines[start]):
        return start
    table = [lines[start]]
    full = start + 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.column != table[0].column or line.y - table[-1].y > _MOST_APART * line.size:
            break
        if _is_marker(line) or not _stands_in(line, table):
            break
        table.append(line)
        if len(line.cells) > 1:
            full = at + 1
    while full < start + len(table) and _is_rest(lines[full], table):
        full += 1
    return full if sum(len(line.cells) > 1 for line in lines[start:full]) > 1 else start


def rows_in(lines: list[Line]) -> list[tuple[TableRow, Line]]:
    """The rows of a table, each with its first line. A row takes several lines where a cell does."""
    gaps = [line.y - before.y for before, line in itertools.pairwise(lines)]
    least = min(gaps)
    padded = sum(gap > _APART * least for gap in gaps) >= 0.3 * len(gaps)
    left = min(line.left for line in lines)
    rows: list[list[Line]] = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        first_filled = line.left <= left + _NEAR
        if gap > _APART * least or (first_filled and not padded):
            rows.append([line])
        else:
            rows[-1].append(line)
    found = [(TableRow(_cells(row)), row[0]) for row in rows]
    found[0][0].header = _is_header(rows, [row for row, _ in found])
    return found


def _cells(lines: list[Line]) -> list[str]:
    """The words of the cells of one row, those of the lines of one cell together."""
    cells: list[tuple[Run, str]] = []
    for line in lines:
        for cell in line.cells:
            at = next(
                (at for at, (above, _) in enumerate(cells) if line is not lines[0] and _is_under(cell, above)), None
            )
            if at is None:
                cells.append((cell, cell.text))
            else:
                cells[at] = (cells[at][0], f"{cells[at][1]} {cell.text}")
    return [words for _, words in sorted(cells, key=lambda cell: cell[0].left)]


def _is_header(lines: list[list[Line]], rows: list[TableRow]) -> bool:
    if len(rows) < 2:
        return False
    if all(line.bold for line in lines[0]) and not all(line.bold for line in lines[1]):
        return True
    counted = sum(_has_digit(row) for row in rows[1:])
    return not _has_digit(rows[0]) and counted >= 0.5 * (len(rows) - 1)


def _has_digit(row: TableRow) -> bool:
    return any(letter.isdigit() for cell in row.cells for letter in cell)


def _is_marker(line: Line) -> bool:
    """Whether the line is an item of a list, with its bullet or number for a first cell."""
    return len(line.cells) == 2 and len(line.cells[0].text) <= 4 and not line.cells[0].text.isalnum()


def _stands_in(line: Line, table: list[Line]) -> bool:
    """Whether the cells of the line stand in columns of the table."""
    known = [cell for other in table[-4:] for cell in other.cells]
    if len(line.cells) == 1:
        return any(_is_under(line.cells[0], cell) for cell in known) and line.right - line.left < 0.6 * _width(table)
    return sum(any(_is_aligned(cell, other) for other in known) for cell in line.cells) >= 1


def _is_rest(line: Line, table: list[Line]) -> bool:
    """Whether a line with one cell is the rest of a cell of the last row, and not of the first column."""
    return line.left > min(other.left for other in table) + _NEAR


def _width(table: list[Line]) -> float:
    return max(line.right for line in table) - min(line.left for line in table)


def _is_under(cell: Run, above: Run) -> bool:
    return cell.left < above.right and above.left < cell.right and _is_aligned(cell, above)


def _is_aligned(cell: Run, other: Run) -> bool:
    middle = (cell.left + cell.right) / 2 - (other.left + other.right) / 2
    return min(abs(cell.left - other.left), abs(cell.right - other.right), abs(middle)) <= _NEAR
