"""The blocks that a text is laid out in: readers of all formats make them, and passages are made from them.

Blocks carry offsets only. Whatever a reader leaves out is put back by `covering`, so that every word of a file can be
searched, even where a reader has mistaken the structure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language


class Kind(Enum):
    """What a block is, which decides how it becomes sentences."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    """The lines of one list item, its bullet included; an item inside an item is an ITEM of its own."""
    ROW = auto()
    """One row of a table."""
    CODE = auto()
    """A code block with its fences."""
    ENTRY = auto()
    """A term of a definition list with its definitions."""
    FIELD = auto()
    """A field of the front matter."""
    MARKUP = auto()
    """Lines that say nothing to a reader: rules, lone tags, comments."""
    LINKS = auto()
    """Link reference definitions."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the text, `text[start:end]`, that begins and ends with something other than white space."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 for the title, more for what is below it. Of a list item: how deep it is nested, from 0.
    Of a table row: 1 for the header."""
    group: int = 0
    """The number of the list or table that the block belongs to, 0 for none."""
    label: str = ""
    """Of a heading: its words without markup. Of a table row: the cells of the header in words."""
    residue: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line end and the white space around it; a blank one has `start == end`."""

    start: int
    end: int
    indent: int
    """Columns of white space before it."""


_LETTERS_A_WORD = 9
"""Characters of code or of a long address that count as a word. English prose has about 6, so prose counts by its words."""

_WIDE_LETTERS_A_WORD = 2
"""Chinese, Japanese and Korean characters that count as a word."""

_PROSE_WIDTH = 45
"""Characters. A block whose lines are shorter on average is verse or an address, and goes on nowhere. Chosen by hand on
letters and speeches."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TERMINAL = re.compile(r"[.!?…。！？:;][\"”’'»)\]}*_`」』）】]*(?:\[\d+\])*\Z")
_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>|\{[{%<:][^{}]*\}+", re.DOTALL)
_WORDS = re.compile(r"[^\W_]")
_LINK_DEFINITION = re.compile(r"\[[^\]\n]+\]:\s*\S")
_LETTERED = re.compile(r"\((?:[^\W\d_]|[ivx]{1,5}|\d{1,2})\)\s|[a-z]\)\s")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def words_in(text: str) -> float:
    """How long a text is, in words. Long addresses, code and scripts without spaces count by their characters."""
    wide = 0 if text.isascii() else len(_CJK.findall(text))
    return max(len(text.split()), (len(text) - wide) / _LETTERS_A_WORD) + wide / _WIDE_LETTERS_A_WORD


def lines_of(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines of `text[start:end]`, ended by \\r\\n, \\n or \\r."""
    while start < end:
        found = _LINE.match(text, start, end)
        stop = found.end() if found and found.end() > start else end
        whole = text[start:stop]
        bare = whole.strip()
        lead = len(whole) - len(whole.lstrip())
        if bare:
            yield Line(start + lead, start + lead + len(bare), len(whole[:lead].expandtabs(4)))
        else:
            yield Line(start, start, 0)
        start = stop


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence, or as the lead-in of a list, does."""
    return _TERMINAL.search(text[-40:]) is not None


def says_something(text: str) -> bool:
    """Whether anything but tags, comments and punctuation is in the text."""
    return _WORDS.search(_TAGS.sub(" ", text)) is not None


def covering(text: str, start: int, end: int, blocks: list[Block]) -> list[Block]:
    """The blocks in order, without overlap, and with blocks for whatever of `text[start:end]` none of them holds."""
    covered: list[Block] = []
    at = start
    for block in sorted(blocks, key=lambda block: (block.start, block.end)):
        trimmed = _trimmed(text, block, max(block.start, at))
        if trimmed is None:
            continue
        covered.extend(_left_over(text, at, trimmed.start))
        covered.append(trimmed)
        at = trimmed.end
    covered.extend(_left_over(text, at, end))
    return covered


def rejoined(text: str, blocks: list[Block], language: Language = ENGLISH) -> list[Block]:
    """The blocks with paragraphs that a page break cut in two made one again (with a page number between, too)."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1:]
        if (
            len(joined) > 1
            and joined[-1].kind is Kind.PARAGRAPH
            and language.page_number.match(_words(text, joined[-1]))
        ):
            before = joined[-2:]
        if before and block.kind is Kind.PARAGRAPH and _goes_on(text, before[0], block):
            joined[-len(before) :] = [replace(before[0], end=block.end)]
        else:
            joined.append(block)
    return joined


def lettered(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks with paragraphs that are the points of a list, "(a) ..." and below it "(b) ...", made items of one list."""
    group = max((block.group for block in blocks), default=0)
    made: list[Block] = []
    for at, block in enumerate(blocks):
        if _is_point(text, block) and any(
            _is_point(text, other) for other in (*blocks[at - 1 : at], *blocks[at + 1 : at + 2])
        ):
            group += not (made and made[-1].group == group and _is_point(text, blocks[at - 1]))
            block = replace(block, kind=Kind.ITEM, group=group)
        made.append(block)
    return made


def _is_point(text: str, block: Block) -> bool:
    return block.kind is Kind.PARAGRAPH and not block.group and _LETTERED.match(text, block.start) is not None


def _goes_on(text: str, first: Block, second: Block) -> bool:
    """Whether the second block is the rest of the first one's last sentence."""
    if first.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return False
    begin = text[second.start : second.start + 2]
    if not begin[:1].islower() or begin[1:].isupper():
        return False
    broken = _words(text, first)
    if ends_sentence(broken) or len(broken.split()) < 4 or broken.endswith(("|", "]", ">")):
        return False
    lines = broken.splitlines()
    if len(lines) > 1 and len(broken) / len(lines) < _PROSE_WIDTH:
        return False  # verse, or an address
    return any(letter.isupper() for letter in broken)  # a page in small letters throughout tells nothing


def _words(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _trimmed(text: str, block: Block, start: int) -> Block | None:
    """The block from `start` on, without white space around it; None where nothing is left."""
    body = text[start : block.end]
    bare = body.strip()
    if not bare:
        return None
    start += len(body) - len(body.lstrip())
    return replace(block, start=start, end=start + len(bare))


def _left_over(text: str, start: int, end: int) -> Iterator[Block]:
    """Blocks for a stretch that the reader passed over: one for each run of lines of one kind."""
    last: Block | None = None
    for line in lines_of(text, start, end):
        if line.start == line.end:
            if last:
                yield last
            last = None
            continue
        words = text[line.start : line.end]
        kind = Kind.MARKUP
        if _LINK_DEFINITION.match(words):
            kind = Kind.LINKS
        elif says_something(words):
            kind = Kind.PARAGRAPH
        opens = kind is Kind.MARKUP and re.match(r"<\w", words) is not None
        if last and last.kind is kind is not Kind.LINKS and not opens:
            last = replace(last, end=line.end)
        else:
            if last:
                yield last
            last = Block(kind, line.start, line.end)
    if last:
        yield last
