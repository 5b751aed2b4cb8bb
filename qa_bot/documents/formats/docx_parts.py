"""The body of a DOCX file as paragraphs and tables, in the order in which they are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from qa_bot.documents.formats.docx_styles import Numbering, Styles, W, heading_level, is_on, names_of, value
from qa_bot.documents.formats.flow import Paragraph, Table

_PASSED_OVER = frozenset("del moveFrom instrText delText pPr rPr sectPr tblPr tblGrid Fallback txbxContent rt".split())
"""Elements without words that are read: deleted text, commands, properties, a second form of the same drawing."""

_BREAKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONG_CELL = 60
"""Words. A table with a longer cell lays out the page, and is read cell by cell."""


@dataclass
class Body:
    """Reads the elements of a document."""

    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], str]
    _noted: int = 0
    _torn: str = field(default="")
    """The words of a paragraph whose end was deleted: the next paragraph goes on with them."""

    def blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables in an element, text boxes after the paragraph that they hang on."""
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraphs(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name not in _PASSED_OVER:
                yield from self.blocks(element)

    def _paragraphs(self, element: Any) -> Iterator[Paragraph | Table]:
        notes: list[str] = []
        words = self._torn + self._words(element, notes)
        self._torn = ""
        properties = element.find(f"{W}pPr")
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._torn = words
            words = ""
        if words.strip():
            yield self._described(element, words.strip(), tuple(notes))
        for box in _boxes(element):
            yield from self.blocks(box)

    def _described(self, element: Any, words: str, notes: tuple[str, ...]) -> Paragraph:
        chain = self.styles.chain(element)
        number = self.numbering.label(element, chain)
        level = heading_level(element, chain)
        made = Paragraph(words, level, notes=notes, bold=_is_bold(element, chain), contents=_is_contents(chain))
        if number is None:
            return made
        label = "" if level and number[0] == "-" else number[0]
        return replace(made, number=label, item_level=number[1])

    def _words(self, element: Any, notes: list[str]) -> str:
        """The words as they stand with all changes accepted; the footnotes go into `notes`."""
        name = _name(element)
        if name in _PASSED_OVER or (name == "r" and is_on(element.find(f"{W}rPr"), "vanish")):
            return ""
        if name == "t":
            return element.text or ""
        if name in ("footnoteReference", "endnoteReference"):
            said = self.notes.get((name.removesuffix("Reference"), element.get(f"{W}id", "")), "")
            if not said:
                return ""
            self._noted += 1
            notes.append(f"[{self._noted}] {said}")
            return f"[{self._noted}]"
        return _BREAKS.get(name) or "".join(self._words(child, notes) for child in element)

    def _table(self, table: Any) -> Iterator[Paragraph | Table]:
        rows = [row for row in _within(table, "tr") if value(row, "trPr", "del") is None]
        notes: list[str] = []
        cells = [[self._cell(cell, notes) for cell in _within(row, "tc")] for row in rows]
        wide = max(map(len, cells), default=0)
        if wide < 2 or len(rows) < 2 or any(len(cell.split()) > _LONG_CELL for row in cells for cell in row):
            for cell in (cell for row in rows for cell in _within(row, "tc")):
                yield from self.blocks(cell)
            return
        headed = value(rows[0], "trPr", "tblHeader") is not None or self._bold_alone(rows)
        yield Table(tuple(_spread(rows, cells)), headed)
        for note in notes:
            yield Paragraph(note)

    def _cell(self, cell: Any, notes: list[str]) -> str:
        said = (self._words(one, notes).strip() for one in cell.iter(f"{W}p"))
        return " ".join(words for words in said if words)

    def _bold_alone(self, rows: list[Any]) -> bool:
        """Whether the first row is in bold and the second is not."""
        bold = [
            all(_is_bold(one, self.styles.chain(one)) for one in row.iter(f"{W}p") if _has_words(one))
            for row in rows[:2]
        ]
        return bold[0] and not bold[1]


def paragraphs_in(parent: Any) -> list[str]:
    """The words of all paragraphs in an element, those without any left out."""
    reader = Body(Styles(None), Numbering(), {})
    said = (" ".join(reader._words(one, []).split()) for one in parent.iter(f"{W}p"))
    return [words for words in said if words]


def _spread(rows: list[Any], cells: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """The cells column by column: a cell over many columns stands in the first, one over many rows in each of them."""
    above: list[str] = []
    for row, said in zip(rows, cells, strict=True):
        spread: list[str] = []
        for cell, words in zip(_within(row, "tc"), said, strict=True):
            merged = value(cell, "tcPr", "vMerge")
            at = len(spread)
            if merged is not None and merged != "restart" and at < len(above):
                words = above[at]
            span = value(cell, "tcPr", "gridSpan") or "1"
            width = min(100, int(span)) if span.isdecimal() else 1
            spread += [words, *[""] * (width - 1)]
        above = spread
        yield tuple(spread)


def _within(parent: Any, name: str) -> Iterator[Any]:
    """The elements of this name below `parent`, also inside content controls, but not inside one another."""
    for child in parent:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(child, name)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph."""
    for child in element:
        if _name(child) == "txbxContent":
            yield child
        elif _name(child) not in _PASSED_OVER:
            yield from _boxes(child)


def _is_bold(paragraph: Any, chain: list[Any]) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if any((one.text or "").strip() for one in run.iter(f"{W}t"))]
    by_style = any(is_on(style.find(f"{W}rPr"), "b") for style in chain)
    return bool(runs) and all(
        is_on(run.find(f"{W}rPr"), "b") if value(run, "rPr", "b") is not None else by_style for run in runs
    )


def _has_words(paragraph: Any) -> bool:
    return any((one.text or "").strip() for one in paragraph.iter(f"{W}t"))


def _is_contents(chain: list[Any]) -> bool:
    return any(name.startswith("toc ") and name[4:].isdecimal() for name in names_of(chain))


def _name(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
