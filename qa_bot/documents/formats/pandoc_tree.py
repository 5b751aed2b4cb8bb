"""The tree that pandoc makes of a document, as paragraphs and tables."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from qa_bot.documents.formats.docx_styles import numeral
from qa_bot.documents.formats.flow import Paragraph, Table

_NUMERALS = {
    "LowerAlpha": "lowerLetter",
    "UpperAlpha": "upperLetter",
    "LowerRoman": "lowerRoman",
    "UpperRoman": "upperRoman",
}
_AROUND = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}
_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_NOT_READ = ("Strikeout", "RawInline")
"""Text that was deleted while changes were tracked comes as struck out."""


class Tree:
    """Walks a tree; counts the footnotes of the document."""

    def __init__(self) -> None:
        self._noted = 0

    def blocks(self, nodes: list[Any], depth: int = -1) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables of these nodes; `depth` counts the lists around them, from 0."""
        for node in nodes:
            kind, content = node["t"], node.get("c")
            if kind in ("Para", "Plain"):
                yield from self._paragraph(content)
            elif kind == "Header":
                yield from (replace(one, level=min(9, content[0]) + 1) for one in self._paragraph(content[2]))
            elif kind == "LineBlock":
                yield from self._paragraph([one for line in content for one in (*line, {"t": "LineBreak"})])
            elif kind == "CodeBlock":
                yield Paragraph(content[1])
            elif kind == "BulletList":
                for item in content:
                    yield from self._item(item, "-", depth + 1)
            elif kind == "OrderedList":
                (start, style, delimiter), items = content
                before, behind = _AROUND.get(delimiter["t"], ("", "."))
                for number, item in enumerate(items, start):
                    shown = numeral(number, _NUMERALS.get(style["t"], "decimal"))
                    yield from self._item(item, f"{before}{shown}{behind}", depth + 1)
            elif kind == "DefinitionList":
                for term, meanings in content:
                    yield from self._paragraph(term)
                    yield from self.blocks([one for meaning in meanings for one in meaning], depth)
            elif kind == "Table":
                yield from self._table(content)
            elif kind in ("BlockQuote", "Div", "Figure"):
                yield from self.blocks(content if kind == "BlockQuote" else content[-1], depth)

    def _paragraph(self, inlines: list[Any]) -> Iterator[Paragraph]:
        notes: list[str] = []
        words = self._words(inlines, notes).strip()
        if words:
            bold = all(one["t"] == "Strong" or one["t"] in _SPACES for one in inlines)
            yield Paragraph(words, notes=tuple(notes), bold=bold)

    def _item(self, nodes: list[Any], number: str, depth: int) -> Iterator[Paragraph | Table]:
        """The blocks of an item of a list, the first of them with its number."""
        for at, block in enumerate(self.blocks(nodes, depth)):
            if at == 0 and isinstance(block, Paragraph) and block.item_level < 0:
                yield replace(block, number=number, item_level=depth)
            else:
                yield block

    def _table(self, content: list[Any]) -> Iterator[Paragraph | Table]:
        notes: list[str] = []
        head = content[3][1]
        body = [row for one in content[4] for row in (*one[2], *one[3])]
        rows = [tuple(self._cells(row, notes)) for row in (*head, *body, *content[5][1])]
        full = [row for row in rows if any(row)]
        headed = bool(head) and bool(full) and rows[0] is full[0]
        if len(full) < 2 or max(map(len, full)) < 2:
            yield from (Paragraph(cell) for row in full for cell in row if cell)
        else:
            yield Table(tuple(full), headed)
        yield from map(Paragraph, notes)

    def _cells(self, row: Any, notes: list[str]) -> Iterator[str]:
        for cell in row[1]:
            yield " ".join(one for block in cell[4] for one in self._said(block, notes))
            yield from [""] * (min(100, cell[3]) - 1)

    def _said(self, block: Any, notes: list[str]) -> Iterator[str]:
        """The words of a block on its own, such as one in a cell or a footnote."""
        for one in self.blocks([block]):
            if isinstance(one, Paragraph):
                notes += one.notes
                yield " ".join(f"{one.number} {one.words}".split())
            else:
                yield from (cell for row in one.rows for cell in row if cell)

    def _words(self, inlines: list[Any], notes: list[str]) -> str:
        return "".join(self._inline(one, notes) for one in inlines)

    def _inline(self, node: Any, notes: list[str]) -> str:
        kind, content = node["t"], node.get("c")
        if kind in _SPACES:
            return _SPACES[kind]
        if kind == "Str":
            return str(content)
        if kind in ("Code", "Math"):
            return str(content[1])
        if kind == "Quoted":
            marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            return f"{marks[0]}{self._words(content[1], notes)}{marks[1]}"
        if kind == "Note":
            self._noted += 1
            mark = f"[{self._noted}]"
            said = " ".join(one for block in content for one in self._said(block, notes))
            notes.append(f"{mark} {said}")
            return mark
        if kind in _NOT_READ or not isinstance(content, list):
            return ""
        return self._words(next((one for one in (content, *content) if _are_inlines(one)), []), notes)


def _are_inlines(nodes: object) -> bool:
    return isinstance(nodes, list) and bool(nodes) and isinstance(nodes[0], dict) and "t" in nodes[0]


def meta_of(tree: dict[str, Any]) -> dict[str, object]:
    """Title and author that the document names."""
    found: dict[str, object] = {}
    for name in ("title", "author"):
        said = tree.get("meta", {}).get(name, {})
        if said.get("t") == "MetaInlines":
            found[name] = " ".join(Tree()._words(said["c"], []).split())
    return {name: words for name, words in found.items() if words}
