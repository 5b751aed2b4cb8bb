"""Lines of plain text that are records: rows of a table, entries of a log, messages of a chat, lines of a timetable.

A record is a sentence of its own, however it ends. Lines without a blank line between them are records where they are alike:

- cells: at least three lines, all cut into as many cells by commas, semicolons or tabs, or by runs of spaces at the same columns;
- stamps: at least two lines, and half of all, begin with a date, a time, a log level or a speaker's <name>; a line without one
  goes on with the line above it;
- figures: at least three lines narrower than prose, each with a number, none ended like a sentence or begun with a small letter.
"""

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

from qa_bot.documents.formats.blocks import ends_sentence
from qa_bot.documents.formats.records import header_at

_FEWEST_ROWS = 3
_ALIKE = 0.8
"""Share of the rows of aligned columns that have as many cells as the first, and of the cells that begin at a common column."""
_NARROW = 60
"""Columns. Lines of prose are wrapped at more."""
_LONGEST_ROW = 400
"""Characters."""

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?"
_DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?|[A-Z][a-z]{2} {1,2}\d{1,2}(?:,? \d{4})?(?= ))"
_STAMP = re.compile(
    rf"[\[(]?(?:{_DAY}[T,]? ?(?:at )?{_CLOCK}|{_CLOCK}|{_DAY}(?=[\])]? ?[-–—:|,\t\]]))"
    r"|[\[(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b|<[^<>\s][^<>\n]{0,30}> \S"
)
_GAP = re.compile(r"\t+| {2,}")
_SPACED_COMMA = re.compile(r",\s")
_DIGIT = re.compile(r"\d")


class Record(NamedTuple):
    """A line that is a record, or the first line of one."""

    cells: tuple[str, ...]
    """Of a row of a table; empty for any other record."""


def line_records(lines: Sequence[str]) -> dict[int, Record]:
    """The records among the lines, by the number of the line; the lines are without white space around them."""
    found: dict[int, Record] = {}
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and lines[stop]:
            stop += 1
        if stop - at > 1:
            found.update({at + i: record for i, record in _of_stanza(lines[at:stop]).items()})
        at = stop + 1
    return found


def header_of(rows: Sequence[Record]) -> tuple[str, ...]:
    """The cells of the first row, where that row names the columns; else ()."""
    cells = [row.cells for row in rows]
    return cells[0] if cells and cells[0] and header_at(cells, 1) == 0 else ()


def _of_stanza(stanza: Sequence[str]) -> dict[int, Record]:
    stamped = [at for at, line in enumerate(stanza) if _STAMP.match(line)]
    if len(stamped) >= max(2, len(stanza) / 2):
        return {at: Record(()) for at in {0, *stamped}}
    for skip in (0, 1):  # the first line may be a caption
        if rows := _rows(stanza[skip:]):
            return {0: Record(()), **{at: Record(tuple(row)) for at, row in enumerate(rows, skip)}}
    return {at: Record(()) for at in range(len(stanza))} if _is_list_of_figures(stanza) else {}


def _rows(stanza: Sequence[str]) -> list[list[str]]:
    """The cells of each line; [] where the lines are no table."""
    if len(stanza) < _FEWEST_ROWS or max(map(len, stanza)) > _LONGEST_ROW:
        return []
    for delimiter in ",;\t":
        if all(delimiter in line for line in stanza):
            rows = list(csv.reader(stanza, delimiter=delimiter, skipinitialspace=True))
            if len(rows) == len(stanza) and _are_cells(rows, stanza, delimiter):
                return rows
    return _aligned(stanza)


def _are_cells(rows: Sequence[Sequence[str]], stanza: Sequence[str], delimiter: str) -> bool:
    """Whether the delimiter cuts all lines into as many cells, and the lines are not prose with as many commas each."""
    width = len(rows[0])
    if any(len(row) != width for row in rows) or width < (2 if delimiter == "\t" else 3):
        return False
    tight = not any(map(_SPACED_COMMA.search, stanza)) or delimiter != ","
    return tight or not (any(map(ends_sentence, stanza)) or any(line[:1].islower() for line in stanza))


def _aligned(stanza: Sequence[str]) -> list[list[str]]:
    """The cells of lines with runs of spaces between them, where most begin or end at the columns that others do."""
    rows = [_GAP.split(line) for line in stanza]
    width = max(map(len, rows))
    if width < 2 or sum(len(row) == width for row in rows) < _ALIKE * len(rows) or any(len(row) < 2 for row in rows):
        return []
    begins = [{found.end() for found in _GAP.finditer(line)} for line in stanza]
    ends = [{found.start() for found in _GAP.finditer(line)} | {len(line)} for line in stanza]
    columns = [column for its in begins for column in its]
    common = sum(sum(column in its for its in begins) >= _ALIKE * len(stanza) for column in columns)
    closing = [column for its in ends for column in its]
    common_ends = sum(sum(column in its for its in ends) >= _ALIKE * len(stanza) for column in closing)
    return rows if max(common / len(columns), common_ends / len(closing)) >= 0.5 else []


def _is_list_of_figures(stanza: Sequence[str]) -> bool:
    return (
        len(stanza) >= _FEWEST_ROWS
        and max(map(len, stanza)) <= _NARROW
        and all(_DIGIT.search(line) and not line[:1].islower() for line in stanza)
        and not any(map(ends_sentence, stanza))
    )
