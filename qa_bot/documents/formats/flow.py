"""Running text with headings, lists, tables and footnotes, as word processors keep it, put together with its places."""

from dataclasses import dataclass, replace

from qa_bot.documents import headings
from qa_bot.documents.formats.blocks import Kind, ends_sentence
from qa_bot.documents.formats.composing import Composer
from qa_bot.documents.formats.records import add_row_lines

_BOLD_LEVEL = 9
"""The level of a heading that is only a line in bold."""

_MOST_BOLD_WORDS = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with words in it."""

    words: str
    level: int = 0
    """1 for the title of the document, 2 for a heading of the first level and so on; 0 for what is no heading."""
    number: str = ""
    """What the list puts before the words."""
    item_level: int = -1
    """Of an item of a list, from 0; -1 for what is none."""
    bold: bool = False
    """Whether all of its words are."""
    contents: bool = False
    """Whether it is a line of the table of contents."""
    notes: tuple[str, ...] = ()
    """The footnotes that it refers to."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each with its words."""

    rows: tuple[tuple[str, ...], ...]
    headed: bool
    """Whether the file marks the first row as the header, or sets it alone in bold."""


def with_bold_headings(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """The blocks; where no style makes a heading, short lines in bold above other text are headings."""
    if any(isinstance(block, Paragraph) and block.level > 1 for block in blocks):
        return blocks
    return [
        replace(block, level=_BOLD_LEVEL)
        if isinstance(block, Paragraph) and block.level == 0 and _heads(block, blocks[at + 1 : at + 2])
        else block
        for at, block in enumerate(blocks)
    ]


def _heads(block: Paragraph, below: list[Paragraph | Table]) -> bool:
    """Whether the paragraph is a line in bold that stands above something that is not bold."""
    if not block.bold or not below or len(block.words.split()) > _MOST_BOLD_WORDS or ends_sentence(block.words):
        return False
    return isinstance(below[0], Table) or not below[0].bold


def title_in(blocks: list[Paragraph | Table]) -> str:
    """The words of the paragraph that is set as the title, "" where none is."""
    title = next((one.words for one in blocks if isinstance(one, Paragraph) and one.level == 1), "")
    return " ".join(title.split())


class FlowWriter:
    """Hands running text to a composer. A place is the path of headings, or the number of the paragraph above the first."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._above: list[Paragraph] = []
        self._paragraphs = 0
        self._group = 0
        self._place = ""

    def write(self, blocks: list[Paragraph | Table]) -> None:
        """Add all blocks."""
        listed = False
        for block in blocks:
            if isinstance(block, Table):
                self._group += 1
                self._mark()
                add_row_lines(self._composer, block.rows, self._group, headed=block.headed)
                listed = False
            else:
                self._paragraphs += 1
                item = block.item_level >= 0 and not block.level
                self._group += item and not listed
                listed = item
                self._add(block, item=item)

    def _add(self, block: Paragraph, *, item: bool) -> None:
        words = f"{block.number} {block.words}".strip()
        if block.level:
            self._above = [*(one for one in self._above if one.level < block.level), replace(block, words=words)]
        self._mark()
        if block.level:
            self._composer.add(Kind.HEADING, words, level=block.level)
        elif item:
            self._composer.add(Kind.ITEM, words, level=block.item_level, group=self._group)
        else:
            self._composer.add(Kind.PARAGRAPH, words)
        if block.contents:
            self._composer.residue()
        for note in block.notes:
            self._composer.add(Kind.PARAGRAPH, note)

    def _mark(self) -> None:
        """Tell the composer of the place, where it is another than before."""
        path = headings.join(" ".join(one.words.split()) for one in self._above if one.level > 1)
        place = path or f"paragraph {max(1, self._paragraphs)}"
        if place != self._place:
            self._composer.mark(place)
            self._place = place
