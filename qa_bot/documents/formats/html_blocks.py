"""The elements of a web page to blocks. Also for formats that are web pages inside: EPUB, mails, converted Word files."""

import re
from dataclasses import dataclass, replace

from resiliparse.parse.html import ElementNode, Node, TextNode

from qa_bot.documents.formats import html_elements as page
from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import Composer
from qa_bot.documents.headings import join

_SPACE = re.compile(r"[ \t\n\r\f\v\u200b\u2060]+")
_INVISIBLE = re.compile("[\u00ad\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00]")

_DEEPEST = 150
"""Elements inside one another. What lies deeper becomes one paragraph."""


@dataclass(frozen=True, slots=True)
class _Where:
    """What the words at some place of the page belong to."""

    depth: int = 0
    within: bool = False
    """Whether the page says that this is a part of its main matter."""
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    group: int = 0


class BlockWriter:
    """Walks down the elements of a page and adds its blocks to a composer."""

    def __init__(self, composer: Composer, *, site: bool = True) -> None:
        """`site`: whether there may be navigation and the like on the page, which is then put at the end as boilerplate."""
        self._composer = composer
        self._site = site
        self._length = 0
        self._words: list[str] = []
        self._bullet = ""
        self._groups = 0
        self._above = ""
        self._headings: list[tuple[int, str]] = []
        self._around: list[ElementNode] = []
        self._boilerplate = False

    def write(self, root: ElementNode, above: str = "") -> None:
        """Add the blocks below the element. Places are named by the path of headings, which begins with `above`."""
        self._above, self._headings, self._around = above, [], []
        self._length = len(root.text or "")
        if above:
            self._composer.mark(above)
        own = self._composer.length
        self._children(root, _Where())
        self._end(_Where())
        around, site, self._site = self._around, self._site, False
        self._boilerplate = self._composer.length > own
        for node in around:
            self._children(node, _Where())
            self._end(_Where())
        self._site, self._boilerplate = site, False

    def boilerplate(self, root: ElementNode) -> None:
        """Add the blocks below the element as boilerplate."""
        site, self._site, self._boilerplate = self._site, False, True
        self._children(root, _Where())
        self._end(_Where())
        self._site, self._boilerplate = site, False

    def _children(self, node: ElementNode, where: _Where) -> None:
        below = replace(where, depth=where.depth + 1)
        for child in node.child_nodes:
            self._node(child, below)

    def _node(self, node: Node, where: _Where) -> None:
        if isinstance(node, TextNode):
            self._say(node.text or "")
        if not isinstance(node, ElementNode):
            return
        tag = node.tag or ""
        if tag in page.SILENT or page.is_dropped(node, tag):
            return
        if self._site and page.is_around(node, tag, within=where.within, page=self._length):
            self._around.append(node)
        elif where.depth > _DEEPEST:
            self._say(node.text or "")
        elif tag in page.BLOCKS:
            self._end(where)
            self._block(node, tag, where)
            self._end(where)
        elif tag == "br":
            self._words.append("\0")
        elif tag == "img":
            self._say(f" {node.getattr('alt') or ''} ")
        else:
            self._children(node, where)

    def _say(self, words: str) -> None:
        self._words.append(_INVISIBLE.sub("", words))

    def _said(self) -> str:
        """What was gathered, as a browser shows it: runs of white space made one space, but for the line ends of `<br>`."""
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(self._words).split("\0"))
        self._words = []
        return "\n".join(line for line in lines if line)

    def _end(self, where: _Where) -> None:
        """What was gathered becomes a block."""
        if self._words and (words := self._said()):
            self._add(where.kind, self._bullet + words, level=where.level, group=where.group)
            self._bullet = ""

    def _add(self, kind: Kind, words: str, *, level: int = 0, group: int = 0, label: str = "") -> None:
        self._composer.add(kind, words, level=level, group=group, label=label)
        if self._boilerplate:
            self._composer.residue()

    def _block(self, node: ElementNode, tag: str, where: _Where) -> None:
        if tag in page.HEADINGS:
            self._heading(node, page.HEADINGS[tag], where)
        elif tag in page.LISTS:
            self._list(node, where)
        elif tag in page.CODE:
            self._code(node, where)
        elif tag == "dl":
            self._definitions(node, where)
        elif tag == "table":
            self._table(node, where)
        else:
            self._children(node, replace(where, within=where.within or tag in ("main", "article")))

    def _heading(self, node: ElementNode, level: int, where: _Where) -> None:
        words = " ".join(self._flat(node, where).split()).rstrip("¶# ")
        if not words:
            return
        if not self._boilerplate:
            self._headings = [*(one for one in self._headings if one[0] < level), (level, words)]
            labels = (label for _, label in self._headings if label != self._above)
            self._composer.mark(join((self._above, *labels)))
        self._add(Kind.HEADING, words, level=level)

    def _code(self, node: ElementNode, where: _Where) -> None:
        self._gather(node, where.depth)
        words = "".join(self._words).replace("\0", "\n").replace("\r\n", "\n").strip("\n").rstrip()
        self._words = []
        self._add(Kind.CODE, words)

    def _list(self, node: ElementNode, where: _Where) -> None:
        inner = where.kind is Kind.ITEM
        self._groups += not inner
        item = replace(where, kind=Kind.ITEM, level=where.level + 1 if inner else 0, group=self._groups)
        numbered = page.numbers(node) if node.tag == "ol" else None
        outer = self._bullet
        for child in page.elements(node):
            self._bullet = (next(numbered) if numbered else "- ") if child.tag == "li" else ""
            self._node(child, replace(item, depth=where.depth + 1))
        self._bullet = outer

    def _definitions(self, node: ElementNode, where: _Where) -> None:
        lines: list[str] = []
        defined = False
        for part in page.definitions(node):
            if part.tag == "dt" and defined:
                self._add(Kind.ENTRY, "\n".join(lines))
                lines, defined = [], False
            if part.tag == "dd" and part.query_selector("p, ul, ol, dl, table, pre") is not None:
                self._add(Kind.ENTRY, "\n".join(lines))
                lines = []
                self._children(part, where)
                self._end(where)
            elif words := self._flat(part, where):
                lines.append(words if part.tag == "dt" else f"  {words}")
            defined = defined or part.tag == "dd"
        self._add(Kind.ENTRY, "\n".join(lines))

    def _table(self, node: ElementNode, where: _Where) -> None:
        found = page.rows(node)
        if not page.is_data(node, found):
            self._children(node, where)
            return
        for caption in page.elements(node):
            if caption.tag == "caption":
                self._node(caption, replace(where, depth=where.depth + 1))
        self._groups += 1
        group, header = self._groups, ""
        for cells in found:
            words = " | ".join(" ".join(self._flat(cell, where).split()) for cell in cells)
            if words.strip(" |"):
                heads = not header and page.is_header(cells)
                header = words if heads else header
                self._add(Kind.ROW, words, level=int(heads), group=group, label=header)

    def _flat(self, node: ElementNode, where: _Where) -> str:
        """The words of the element on lines as `<br>` ends them, its blocks run together."""
        self._gather(node, where.depth)
        return self._said()

    def _gather(self, node: ElementNode, depth: int) -> None:
        for child in node.child_nodes:
            tag = child.tag or ""
            if isinstance(child, TextNode) or depth > _DEEPEST:
                self._say(child.text or "")
            elif not isinstance(child, ElementNode) or tag in page.SILENT or page.is_dropped(child, tag):
                continue
            elif tag == "br":
                self._words.append("\0")
            elif tag == "img":
                self._say(f" {child.getattr('alt') or ''} ")
            else:
                space = " " if tag in page.BLOCKS else ""
                self._words.append(space)
                self._gather(child, depth + 1)
                self._words.append(space)
