"""Formats whose files are text already: nothing is extracted, and a place is a line."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa_bot.documents.formats.format import FileText, Layout
from qa_bot.documents.text import BOM, read_text
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

if TYPE_CHECKING:
    from qa_bot.documents.formats.blocks import Block


@dataclass(frozen=True)
class TextReader:
    """Reads the files of a text format, which may begin with a byte order mark and with front matter."""

    body: "Callable[[str, int, Language], list[Block]]"
    """The blocks of a text in this language, from an offset on. Called for documents that are
    indexed, not for quotes that are checked."""

    def read(self, path: Path) -> FileText:
        """The text exactly as it stands; DocumentError for NUL bytes, an unknown encoding or an empty file."""
        return FileText(*read_text(path))

    def layout(self, file: FileText, language: Language = ENGLISH) -> Layout:
        """The blocks of front matter and body; the first block holds the byte order mark."""
        from qa_bot.documents.formats.frontmatter import front_matter

        text = file.text
        head = front_matter(text)
        marked = text.startswith(BOM) and text[1:].strip() != ""
        blocks = [*head.blocks, *self.body(text, head.end or int(marked), language)]
        if blocks and marked:
            blocks[0] = replace(blocks[0], start=0)
        return Layout(blocks, head.fields)
