"""The lines of a PDF file become headings, paragraphs, list items, table rows and code."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from qa_bot.documents.formats.blocks import Kind, ends_sentence
from qa_bot.documents.formats.composing import Composer
from qa_bot.documents.formats.pdf_headings import BULLET, LARGER, LEADER, SMALLER, Headings, usual_leading
from qa_bot.documents.formats.pdf_lines import Line
from qa_bot.documents.formats.pdf_tables import rows_in, table_ends
from qa_bot.documents.formats.pdf_words import Words

_LOOSE = 1.3
"""Times the usual distance of lines. A wider one parts paragraphs."""

_INDENT = 0.8
"""Font sizes. A line that begins so much further right begins a paragraph."""

_SLACK = 0.1
"""Share of a column's width that a line may leave free inside a sentence."""

_CONTENTS = 1
"""The group of the rows of the table of contents."""

_COUNTED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")


@dataclass(slots=True)
class _Open:
    """The block that lines are added to."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    group: int = 0


class Laying:
    """Adds the lines of all pages, in order, to a composer. `place` names a page, which is counted from 0."""

    def __init__(self, lines: list[Line], composer: Composer, place: Callable[[int], str]) -> None:
        self._lines = lines
        self._composer = composer
        self._place = place
        self._words = Words(line.text for line in lines)
        self._headings = Headings(lines)
        self._leading = usual_leading(lines)
        self._open: _Open | None = None
        self._notes: list[_Open] = []
        self._group = _CONTENTS
        self._bullets: list[float] = []
        self._page = -1

    def lay(self) -> None:
        """Add all lines."""
        at = 0
        while at < len(self._lines):
            end = self._column_end(at)
            notes = self._notes_begin(at, end)
            self._lay(self._lines[at:notes])
            self._keep_notes(self._lines[notes:end])
            at = end
        self._close()

    @property
    def title(self) -> str:
        """The largest heading of the first page, or ""."""
        first = [line for line in self._lines if line.page == self._lines[0].page] if self._lines else []
        largest = max((line.size for line in first if self._headings.level(line)), default=0.0)
        if largest < LARGER * self._headings.body:
            return ""
        return " ".join(line.text for line in first if abs(line.size - largest) < 0.5 and self._headings.level(line))

    def _lay(self, lines: list[Line]) -> None:
        at = 0
        while at < len(lines):
            plain = self._headings.level(lines[at]) or LEADER.search(lines[at].text)
            end = at if plain else table_ends(lines, at)
            if end > at:
                self._lay_table(lines[at:end])
                at = end
                continue
            self._lay_line(lines[at])
            at += 1

    def _lay_table(self, lines: list[Line]) -> None:
        self._close()
        self._group += 1
        header = ""
        for number, (row, first) in enumerate(rows_in(lines)):
            words = " | ".join(row.cells)
            header = words if row.header else header
            self._mark(first.page)
            level = int(row.header and number == 0)
            self._composer.add(Kind.ROW, words, level=level, group=self._group, label=header)

    def _lay_contents(self, line: Line) -> None:
        """A line of the table of contents only repeats a heading, so that it is boilerplate."""
        self._close()
        self._mark(line.page)
        self._composer.add(Kind.ROW, LEADER.sub(" | ", line.text), group=_CONTENTS)
        self._composer.residue()

    def _lay_line(self, line: Line) -> None:
        if LEADER.search(line.text):
            self._lay_contents(line)
            return
        level = self._headings.level(line)
        if level:
            self._lay_heading(line, level)
        elif line.fixed:
            self._add(line, Kind.CODE, goes_on=self._is_below(line) and self._is_open(Kind.CODE))
        elif self._begins_item(line):
            self._lay_item(line)
        elif self._open is not None and self._goes_on(self._open, line):
            self._open.lines.append(line)
        else:
            self._add(line, Kind.PARAGRAPH, goes_on=False)

    def _lay_heading(self, line: Line, level: int) -> None:
        opened = self._open
        same = opened is not None and opened.kind is Kind.HEADING and opened.level == level
        close = same and self._is_below(line, 1.7 * line.size)
        if (
            opened is not None
            and close
            and (line.size > LARGER * self._headings.body or _is_full(opened.lines[-1], line))
        ):
            opened.lines.append(line)
            return
        self._close()
        self._open = _Open(Kind.HEADING, [line], level)

    def _lay_item(self, line: Line) -> None:
        in_list = self._open is not None and self._open.kind is Kind.ITEM
        self._close()
        if not in_list:
            self._group += 1
            self._bullets = []
        self._bullets = [left for left in self._bullets if left < line.left - 2] + [line.left]
        self._open = _Open(Kind.ITEM, [line], len(self._bullets) - 1, self._group)

    def _add(self, line: Line, kind: Kind, *, goes_on: bool) -> None:
        if goes_on and self._open is not None:
            self._open.lines.append(line)
            return
        self._close()
        self._open = _Open(kind, [line])

    def _is_open(self, kind: Kind) -> bool:
        return self._open is not None and self._open.kind is kind

    def _is_below(self, line: Line, most: float = 0.0) -> bool:
        """Whether the line stands right below the last one, at most so many points away."""
        before = self._open.lines[-1] if self._open else None
        if before is None or before.column != line.column:
            return False
        return line.y - before.y <= (most or _LOOSE * max(self._leading, before.size))

    def _begins_item(self, line: Line) -> bool:
        if BULLET.match(line.text):
            return not line.text[1:2].isalnum()
        if not _COUNTED.match(line.text):
            return False
        before = self._open.lines[-1] if self._open else None
        return before is None or not self._is_below(line) or self._is_open(Kind.ITEM) or ends_sentence(before.text)

    def _goes_on(self, opened: _Open, line: Line) -> bool:
        """Whether the line is the next of the open block."""
        before = opened.lines[-1]
        if opened.kind not in (Kind.PARAGRAPH, Kind.ITEM) or before.fixed:
            return False
        inside = line.text[:1].islower() and not ends_sentence(before.text)
        if before.column != line.column:
            indented = line.left > self._column_left(line) + _INDENT * line.size
            full = _is_full(before, line) and not indented and not ends_sentence(before.text)
            return inside or full or self._words.is_cut(before.text, line.text)
        if not self._is_below(line) or not line.shares_size(before):
            return False
        if inside:
            return True
        if opened.kind is Kind.ITEM and line.left < opened.lines[0].left + 2:
            return False
        further = line.left - before.left
        if len(opened.lines) == 1 and (opened.kind is Kind.ITEM or further < 0):
            further = 0.0
        return abs(further) <= _INDENT * line.size and _is_full(before, line)

    def _column_left(self, line: Line) -> float:
        return min(other.left for other in self._lines if other.column == line.column)

    def _close(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            self._compose(opened)
        if opened is None or opened.kind is not Kind.HEADING:
            notes, self._notes = self._notes, []
            for note in notes:
                self._compose(note)

    def _compose(self, opened: _Open) -> None:
        self._mark(opened.lines[0].page)
        if opened.kind is Kind.CODE:
            left = min(line.left for line in opened.lines)
            words = "\n".join(" " * round((line.left - left) / (0.6 * line.size)) + line.text for line in opened.lines)
            self._composer.add(Kind.CODE, words)
            return
        words = ""
        marks: list[tuple[int, str, int]] = []
        for line in opened.lines:
            text = line.text
            if opened.kind is Kind.ITEM and not words and "\ue000" <= text[0] <= "\uf8ff":
                text = "•" + text[1:]
            words = self._words.joined(words, text) if words else ""
            if line.page != self._page:
                marks.append((len(words), self._place(line.page), line.page + 1))
                self._page = line.page
            words += text
        self._composer.add(opened.kind, words, level=opened.level, group=opened.group, marks=marks)

    def _mark(self, page: int) -> None:
        if page != self._page:
            self._composer.mark(self._place(page), page + 1)
            self._page = page

    def _column_end(self, at: int) -> int:
        column = self._lines[at].column
        return next((end for end in range(at, len(self._lines)) if self._lines[end].column != column), len(self._lines))

    def _notes_begin(self, at: int, end: int) -> int:
        """Where the footnotes of a column begin: its last lines, if they are smaller than the others."""
        begin = end
        while begin > at and self._lines[begin - 1].size <= SMALLER * self._headings.body:
            begin -= 1
        return begin if begin > at else end

    def _keep_notes(self, lines: list[Line]) -> None:
        """Footnotes wait for the end of the paragraph that goes over the page break above them."""
        for line in lines:
            last = self._notes[-1] if self._notes else None
            if last is not None and self._goes_on(last, line) and not _starts_note(line):
                last.lines.append(line)
            else:
                self._notes.append(_Open(Kind.PARAGRAPH, [line]))


def _starts_note(line: Line) -> bool:
    return re.match(r"[\d*†‡§]", line.text) is not None


def _is_full(before: Line, line: Line) -> bool:
    """Whether the first word of the line did not fit on the one before. Inside a sentence, two words may
    have to stay together.
    """
    first = line.text.split(None, 1)[0]
    width = (line.right - line.left) * (len(first) + 1) / max(len(line.text), 1)
    slack = 0.5 * before.size if ends_sentence(before.text) else _SLACK * (before.edge - before.left)
    return before.right + width > before.edge - slack
