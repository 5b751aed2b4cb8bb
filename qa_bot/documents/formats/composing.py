"""For formats whose text is taken out of the file: the text grows block by block, with its marks."""

from collections.abc import Iterable
from dataclasses import replace

from qa_bot.documents.formats.blocks import Block, Kind, covering
from qa_bot.documents.formats.format import FileText, Layout
from qa_bot.documents.marks import Mark
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

_TOGETHER = (Kind.ITEM, Kind.ROW, Kind.CODE)
"""Kinds of blocks that stand on lines one below the other, without a blank line between, where they are of one group."""


class Composer:
    """Puts the text of a file together: blocks in their order, a blank line between them, items and rows line by line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._pending: list[tuple[str, int | None]] = []

    def mark(self, place: str, page: int | None = None) -> None:
        """The next block begins a page, a slide, a row or the like."""
        self._pending = [(place, page)]

    @property
    def length(self) -> int:
        """The characters of the text so far."""
        return self._length

    def add(
        self,
        kind: Kind,
        words: str,
        *,
        level: int = 0,
        group: int = 0,
        label: str = "",
        marks: Iterable[tuple[int, str] | tuple[int, str, int]] = (),
    ) -> None:
        """Add a block, see `Block`; white space around it and a block without words are left out.

        The label of a heading is its words where none is given. `marks` are places within the block: an offset into `words`,
        which then begin without white space, what a person calls the place, and the page where there are pages.
        """
        words = words.strip()
        if not words:
            return
        before = self._blocks[-1] if self._blocks else None
        if before is not None:
            together = kind in _TOGETHER and kind is before.kind and group == before.group
            self._append("\n" if together else "\n\n")
        for place, page in self._pending:
            self._marks.append(Mark(self._length, place, page))
        self._pending = []
        start = self._length
        self._marks += (Mark(start + offset, *place) for offset, *place in marks)
        self._append(words)
        if kind is Kind.HEADING and not label:
            label = " ".join(words.split())
        self._blocks.append(Block(kind, start, self._length, level=level, group=group, label=label))

    def residue(self) -> None:
        """The last block is boilerplate: it can be found, but ranks below the document's own matter."""
        if self._blocks:
            self._blocks[-1] = replace(self._blocks[-1], residue=True)

    def file_text(self, note: str = "", fields: dict[str, object] | None = None) -> FileText:
        """What a reader's `read` returns."""
        return FileText("".join(self._parts), note, fields or {}, tuple(self._marks), tuple(self._blocks))

    def _append(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)


class ComposedReader:
    """The half of a reader that is the same for all formats whose reading tells the blocks; `read` is the format's own."""

    def layout(self, file: FileText, language: Language = ENGLISH) -> Layout:
        """The blocks that reading has found, and blocks for whatever they leave out."""
        return Layout(covering(file.text, 0, len(file.text), list(file.blocks)))
