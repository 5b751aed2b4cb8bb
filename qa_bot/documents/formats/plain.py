"""Plain text to blocks. Its structure is only in its line ends, blank lines, bullets and short lines: rules of thumb."""

import re
from dataclasses import replace

from qa_bot.documents.contact import is_contact
from qa_bot.documents.dating import date_of_changed_line, date_of_line
from qa_bot.documents.formats.blocks import Block, Kind, Line, covering, ends_sentence, lines_of, rejoined, words_in
from qa_bot.documents.formats.line_records import header_of, line_records
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

_WRAPPED = 120
"""Columns. Lines of a stanza longer than this are not wrapped at a column: each is a paragraph."""

_ROOM_LEFT = 0.8
"""Share of the stanza's width. A line that ends a sentence is the last of its paragraph where the next line's first word would
have fitted within this share: whoever wrapped the text had no need to break there."""

_SHORT_FIRST, _WIDE_STANZA, _LONG_SECOND = 0.6, 50, 0.75
"""A first line that, with the next word, fills at most _SHORT_FIRST of a stanza at least _WIDE_STANZA columns wide is a line of
its own (a heading, a name) where the line below fills at least _LONG_SECOND. Like _ROOM_LEFT chosen by hand, on letters,
minutes and news articles wrapped at 60 to 80 columns."""

_BULLET = re.compile(r"(?:[-*+•‣◦▪·–]|\d{1,3}[.)]|\([a-z0-9]{1,2}\)|[a-z]\))\s+(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.)\s+(?=\S)")
_CODE_INDENT = 4
"""Columns. A line that begins with a number sign so far in is a comment."""
_ATX = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\Z")
_WIKI = re.compile(r"(=(?: ?=)*) ?([^=\s](?:.*[^=\s])?) ?=(?: ?=)*\Z")
_UNDERLINE = re.compile(r"([=\-~^])\1{2,}\Z")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_KEYED = re.compile(r"[^\W\d_][^\s:.,]*(?: [^\s:.,]+){0,3}:(?:\s|\Z)")
_BARS = re.compile(r"[|│┃¦]")
"""What stands between the cells of a table drawn in letters."""
_EDGES = "|│┃¦"
_RULED = re.compile(r"[|│┃¦+┌┬┐├┼┤└┴┘╞╪╡╔╦╗╠╬╣╚╩╝\s:=─━═-]*[-=─━═]{2}[|│┃¦+┌┬┐├┼┤└┴┘╞╪╡╔╦╗╠╬╣╚╩╝\s:=─━═-]*")
"""A line between the rows of such a table."""
_CUT_SHORT = re.compile(r"\[(?:\.\.\.|…)\]")


def plain_blocks(text: str, start: int, language: Language = ENGLISH) -> list[Block]:
    """The blocks of the text from `start` on; together they hold everything in it but white space."""
    lines = list(lines_of(text, start, len(text)))
    rough = _Layout(text, lines).blocks()
    whole = rejoined(text, covering(text, start, len(text), rough), language)
    return _with_headings(text, whole, language, isolated=_isolated(lines))


class _Layout:
    """One walk down the lines."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self.words = [text[line.start : line.end] for line in lines]
        self.width = _widths(self.words)
        self.records = line_records(self.words)
        self.made: list[Block] = []
        self.group = 0

    def blocks(self) -> list[Block]:
        at = 0
        while at < len(self.lines):
            at = self._next(at) if self.words[at] else at + 1
        return self.made

    def _next(self, at: int) -> int:
        """Makes the block that begins on line `at`; returns the line after it."""
        words = self.words[at]
        if fence := _FENCE.match(words):
            closing = self._closing_fence(at, fence.group())
            if closing:
                return self._make(Kind.CODE, at, closing + 1)
        if atx := self._atx(at):
            return self._make(Kind.HEADING, at, at + 1, level=len(atx[1]), label=atx[2])
        if wiki := _WIKI.fullmatch(words):
            return self._make(Kind.HEADING, at, at + 1, level=wiki[1].count("="), label=wiki[2])
        if not any(letter.isalnum() for letter in words):
            return self._make(Kind.MARKUP, at, at + 1)
        if (rule := _UNDERLINE.fullmatch(self._at(at + 1))) and len(words) <= 100 and not _BULLET.match(words):
            return self._make(Kind.HEADING, at, at + 2, level=1 if rule[1] == "=" else 2, label=words)
        if self._is_row(at):
            return self._table(at)
        return self._record(at) if at in self.records and not _BULLET.match(words) else self._paragraph(at)

    def _make(self, kind: Kind, at: int, stop: int, *, level: int = 0, label: str = "", group: int = 0) -> int:
        end = self.lines[stop - 1].end
        self.made.append(Block(kind, self.lines[at].start, end, level=level, label=label, group=group))
        return stop

    def _atx(self, at: int) -> re.Match[str] | None:
        """The heading with number signs that line `at` is; an indented line is a comment in some code."""
        return _ATX.fullmatch(self.words[at]) if self.lines[at].indent < _CODE_INDENT else None

    def _at(self, at: int) -> str:
        return self.words[at] if at < len(self.words) else ""

    def _closing_fence(self, at: int, fence: str) -> int:
        """The line of the closing fence, 0 if there is none near (then the fence is no fence)."""
        for closing in range(at + 1, min(at + 400, len(self.lines))):
            if self.words[closing].startswith(fence) and not self.words[closing].strip(fence[0]):
                return closing
        return 0

    def _is_row(self, at: int) -> bool:
        """Whether bars cut line `at` into as many cells as a line next to it; a ruled line may stand between."""
        bars = _bars(self._at(at))
        near = [at + step for step in (1, -1) if at + step >= 0]
        near += [at + 2 * step for step in (1, -1) if at + 2 * step >= 0 and _RULED.fullmatch(self._at(at + step))]
        return bars > 0 and any(_bars(self._at(other)) == bars for other in near)

    def _table(self, at: int) -> int:
        self.group += 1
        label = " | ".join(cell.strip() for cell in _BARS.split(self.words[at].strip(_EDGES)))
        header = 1
        while self._at(at) and (self._is_row(at) or (not header and _RULED.fullmatch(self._at(at)))):
            if not header and _RULED.fullmatch(self._at(at)):
                at = self._make(Kind.MARKUP, at, at + 1)
                continue
            ruled = header and _RULED.fullmatch(self._at(at + 1)) is not None
            at = self._make(Kind.ROW, at, at + 1 + ruled, level=header, group=self.group, label=label)
            header = 0
        return at

    def _record(self, at: int) -> int:
        """The records from line `at` on, each a row; the first may be their header."""
        self.group += 1
        stop = at
        while stop in self.records:
            stop = self._end_of_record(stop)
        starts = [line for line in range(at, stop) if line in self.records]
        rows = [line for line in starts if self.records[line].cells]
        header = header_of([self.records[line] for line in rows])
        label = " | ".join(cell.strip() for cell in header)
        for line in starts:
            own = label if self.records[line].cells else ""
            head = int(bool(header) and line == rows[0])
            self._make(Kind.ROW, line, self._end_of_record(line), level=head, group=self.group, label=own)
        return stop

    def _end_of_record(self, at: int) -> int:
        """The line after the record that begins on line `at`: lines that are no records go on with the one above them."""
        stop = at + 1
        while self._at(stop) and stop not in self.records:
            stop += 1
        return stop

    def _paragraph(self, at: int) -> int:
        """A paragraph or a list item: the lines from `at` on that run on from one another."""
        bullet = _BULLET.match(self.words[at])
        stop = at + 1
        while self._at(stop) and self._runs_on(stop, first=at, item=bullet is not None):
            stop += 1
        if not bullet:
            return self._make(Kind.PARAGRAPH, at, stop)
        last = self.made[-1] if self.made else None
        if last is None or last.kind is not Kind.ITEM:
            self.group += 1
        return self._make(Kind.ITEM, at, stop, level=self.lines[at].indent // 2, group=self.group)

    def _runs_on(self, at: int, *, first: int, item: bool) -> bool:
        """Whether line `at` belongs to the paragraph of the line before it."""
        before, words = self.words[at - 1], self.words[at]
        if _BULLET.match(words) or self._atx(at) or _FENCE.match(words) or self._is_row(at):
            return False
        if _UNDERLINE.fullmatch(self._at(at + 1)):
            return False
        if not any(letter.isalnum() for letter in words):
            return False
        if item and self.lines[at].indent > self.lines[first].indent:
            return True
        ended = ends_sentence(before)
        if self.width[at] > _WRAPPED:
            return not ended and words[:1].islower()
        if _KEYED.match(words) and _KEYED.match(before):
            return False
        room = len(before) + 1 + len(words.split(None, 1)[0])
        if ended:
            indented = self.lines[at].indent >= self.lines[at - 1].indent + 2 and not item
            return room > _ROOM_LEFT * self.width[at] and not indented
        short = at - 1 == first and room <= _SHORT_FIRST * self.width[at] and self.width[at] >= _WIDE_STANZA
        return not (short and not words[:1].islower() and len(words) >= _LONG_SECOND * self.width[at])


def _bars(words: str) -> int:
    return len(_BARS.findall(words))


def _widths(words: list[str]) -> list[int]:
    """For each line, the length of the longest line among those around it without a blank between."""
    widths = [0] * len(words)
    at = 0
    while at < len(words):
        stop = at
        while stop < len(words) and words[stop]:
            stop += 1
        widths[at:stop] = [max(map(len, words[at:stop]), default=0)] * (stop - at)
        at = stop + 1
    return widths


def _isolated(lines: list[Line]) -> frozenset[int]:
    """The offsets of lines that stand alone between blank lines (or the ends of the text)."""
    blank = [line.start == line.end for line in lines]
    return frozenset(
        line.start
        for at, line in enumerate(lines)
        if not blank[at] and (at == 0 or blank[at - 1]) and (at + 1 == len(lines) or blank[at + 1])
    )


def _with_headings(text: str, blocks: list[Block], language: Language, *, isolated: frozenset[int]) -> list[Block]:
    """The blocks with the paragraphs that are headings made such: short, unpunctuated, with something below them."""
    made: list[Block] = []
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        level = _heading_level(text, block, following, language, alone=block.start in isolated, first=at == 0)
        if level:
            label = " ".join(text[block.start : block.end].split())
            block = replace(block, kind=Kind.HEADING, level=level, label=label, group=0)
        made.append(block)
    return made


def _heading_level(
    text: str, block: Block, following: Block | None, language: Language, *, alone: bool, first: bool
) -> int:
    """1 for a heading at the top, 2 and up below it, 0 for a block that is no heading."""
    words = text[block.start : block.end]
    numbered = _NUMBER.match(words) if alone else None
    if block.kind is Kind.ITEM and (not numbered or (following and following.kind is Kind.ITEM)):
        return 0
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or following is None or not _is_heading_like(words, language):
        return 0
    below = text[following.start : following.end]
    letters = [letter for letter in words if letter.isalpha()]
    if numbered:
        return 2 + numbered.group().rstrip(". ").count(".") if _is_body(following, below, words) else 0
    if (
        len(letters) >= 4
        and all(letter.isupper() for letter in letters)
        and (alone or _is_body(following, below, words))
    ):
        return 1 if first else 2
    if first and alone and following.kind in (Kind.PARAGRAPH, Kind.ITEM) and not is_contact(below[:200], language):
        return 1
    return (1 if first else 2) if _is_body(following, below, words) else 0


def _is_heading_like(words: str, language: Language) -> bool:
    return (
        len(words) <= 90
        and "\n" not in words
        and "\r" not in words
        and len(words.split()) <= 14
        and not ends_sentence(words)
        and not words.endswith(",")
        and not words[:1].islower()
        and words[:1] not in "“\"‘'([#"
        and any(letter.isalpha() for letter in words)
        and not _KEYED.match(words)
        and not _CUT_SHORT.search(words)
        and not language.greeting.match(words)
        and not is_contact(words, language)
        and not (date_of_line(words, language) or date_of_changed_line(words, language))
    )


def _is_body(following: Block, below: str, heading: str) -> bool:
    """Whether the block below a short line is matter that a heading could stand over."""
    if following.kind in (Kind.ITEM, Kind.ROW):
        return True
    return (
        following.kind is Kind.PARAGRAPH and ends_sentence(below) and words_in(below) >= 8 and len(below) > len(heading)
    )
