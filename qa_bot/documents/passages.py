"""Blocks to passages: the pieces of a document that are searched and quoted.

A section is divided where the division costs least (see `costs`): a passage should hold 60 to 130 words, and a cut should
fall between paragraphs, not between a list and its lead-in or inside a speech. The cheapest division is found exactly.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_bot.documents import costs, headings
from qa_bot.documents.costs import FEWEST, IDEAL, LIMIT, size_cost
from qa_bot.documents.formats.blocks import Block, Kind, ends_sentence, lines_of, words_in
from qa_bot.documents.model import Passage
from qa_bot.documents.sentences import sentence_spans, shortened
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.span import Span

_CODE_LIMIT = 160
"""Words. A longer code block is cut between lines."""

_SILENT = 20
"""Words. Tags and rules up to this long add nothing to the length of a passage."""

_MOST_SENTENCES = 50
"""A passage is cut after so many sentences, however short, so that the time to divide a section stays linear."""

_WHOLE_LIST = 160
"""Words. A list with its lead-in up to this long is worth keeping in one passage."""

_MOST_HELD = 12
"""Headings and markup with one sentence below them that stay together beyond LIMIT."""

_OPENING_QUOTE = re.compile(r"[\"“„«]")
_OPENING_TAG = re.compile(r"<[^\W\d_]|\{\{[%<]\s*[^\W\d_]")
_LEADS_IN = re.compile(r":\Z|\A[^.!?？]{1,160}[?？][*_]*\Z")
"""A paragraph that says nothing without the one below: a lead-in, or a question alone, whose answer stands there."""

_CUT_SHORT = re.compile(r"[\w,;:–—-]\Z")
"""The end of a piece that was cut out of an overlong sentence."""

_LEAD_IN_LENGTH = 160
"""Characters. A longer lead-in is not repeated in the context of the passages below it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence with what it costs to cut before it."""

    span: Span
    words: float
    cut: float
    block: Block
    lead: str
    """What a passage that begins with this piece needs as context: the lead-in of its list, the header of its table."""


def passages_of(text: str, blocks: list[Block], title: str, language: Language = ENGLISH) -> tuple[Passage, ...]:
    """The passages of a document, in order, which together hold every block."""
    return tuple(
        passage
        for path, section in _sections(text, blocks, title)
        for passage in _divided(list(_pieces(text, section, language)), path)
    )


def _sections(text: str, blocks: list[Block], title: str) -> Iterator[tuple[str, list[Block]]]:
    """Heading path and blocks of each section. A heading without words of its own stays with the heading below it."""
    above: list[Block] = []
    section: list[Block] = []
    opening = _opening_tags(text, blocks)
    for at, block in enumerate(blocks):
        if section and _is_break(section, block, opens=at in opening and at - 1 not in opening):
            yield _path(above, title), section
            section = []
        if block.kind is Kind.HEADING:
            above = [*(heading for heading in above if heading.level < block.level), block]
        section.append(block)
    if section:
        yield _path(above, title), section


def _opening_tags(text: str, blocks: list[Block]) -> set[int]:
    """The indexes of the opening tags that stand right above a heading, and so belong to its section."""
    opening: set[int] = set()
    for at in range(len(blocks) - 2, -1, -1):
        below = blocks[at + 1].kind is Kind.HEADING or at + 1 in opening
        if below and blocks[at].kind is Kind.MARKUP and _OPENING_TAG.match(text, blocks[at].start):
            opening.add(at)
    return opening


def _is_break(section: list[Block], block: Block, *, opens: bool) -> bool:
    """Whether a new section begins with the block."""
    before = section[-1]
    if before.residue != block.residue or (before.kind is Kind.FIELD) != (block.kind is Kind.FIELD):
        return True
    if block.kind is Kind.HEADING:
        return any(_holds_more(other, block.level) for other in section)
    return opens and any(other.kind not in (Kind.HEADING, Kind.MARKUP) for other in section)


def _holds_more(block: Block, level: int) -> bool:
    """Whether a section with the block in it is complete when a heading of the level comes."""
    return block.level >= level if block.kind is Kind.HEADING else block.kind is not Kind.MARKUP


def _path(above: list[Block], title: str) -> str:
    return headings.join(heading.label for heading in above if heading.label != title)


def _pieces(text: str, section: list[Block], language: Language) -> Iterator[_Piece]:
    """The sentences of a section, each with the cost of a cut before it."""
    lengths = _group_lengths(text, section)
    lead_in = ""
    said: Block | None = None
    for at, block in enumerate(section):
        grouped = said is not None and block.group > 0 and said.group == block.group
        if not grouped:
            lead_in = _lead_in(text, said, language) if block.group else ""
        lead = f"{lead_in} {block.label}".strip() if block.kind is Kind.ROW else lead_in
        cut = _cut_between(text, section[at - 1], block, lengths.get(block.group, 0.0)) if at else 0.0
        spans = list(_spans(text, block, language))
        for number, span in enumerate(spans):
            words = words_in(text[span.start : span.end])
            if block.kind is Kind.MARKUP:
                words = words if words > _SILENT else 0.0
            if number:
                cut = _cut_within(text, block, spans[number - 1])
            yield _Piece(span, words, cut, block, lead if grouped or number else "")
        said = said if block.kind is Kind.MARKUP else block


def _cut_within(text: str, block: Block, before: Span) -> float:
    """The cost of ending a passage inside a block, after one of its sentences."""
    if block.kind in (Kind.ENTRY, Kind.FIELD):
        return costs.IN_ENTRY
    if block.kind in (Kind.CODE, Kind.ROW):
        return costs.IN_PARAGRAPH
    cut_short = _CUT_SHORT.search(text, max(before.start, before.end - 3), before.end)
    return costs.IN_OVERLONG_SENTENCE if cut_short else costs.IN_PARAGRAPH


def _spans(text: str, block: Block, language: Language) -> Iterator[Span]:
    """The sentences of a block."""
    whole = Span(block.start, block.end)
    words = words_in(text[block.start : block.end])
    prose = block.kind in (Kind.PARAGRAPH, Kind.ITEM) or (block.kind is Kind.ENTRY and words > FEWEST)
    if prose:
        yield from sentence_spans(text, block.start, block.end, language)
    elif words > _CODE_LIMIT:
        yield from _by_lines(text, block)
    else:
        yield whole


def _by_lines(text: str, block: Block) -> Iterator[Span]:
    """An overlong block of lines (code, a table's row, a field) in stretches of some IDEAL words, cut between lines."""
    start, end, words = block.start, block.start, 0.0
    for line in lines_of(text, block.start, block.end):
        more = words_in(text[line.start : line.end])
        if words and words + more > IDEAL:
            yield from shortened(text, Span(start, end))
            start, words = line.start, 0.0
        if more:
            end = line.end
            words += more
    yield from shortened(text, Span(start, end))


def _group_lengths(text: str, section: list[Block]) -> dict[int, float]:
    """The words of each list and table of the section, by its number."""
    lengths: dict[int, float] = {}
    for block in section:
        lengths[block.group] = lengths.get(block.group, 0.0) + words_in(text[block.start : block.end])
    return lengths


def _lead_in(text: str, before: Block | None, language: Language) -> str:
    """The line that leads in to a list or table, if the block before it is one."""
    if before is None or before.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return ""
    words = " ".join(text[before.start : before.end].split())
    if not words.endswith((":", ":**", "：")):
        return ""
    sentence = sentence_spans(text, before.start, before.end, language)[-1]
    words = " ".join(text[sentence.start : sentence.end].split())
    return words if len(words) <= _LEAD_IN_LENGTH else ""


def _cut_between(text: str, before: Block, block: Block, group_length: float) -> float:
    """The cost of ending a passage between two blocks."""
    if before.kind is Kind.HEADING:
        return costs.AFTER_HEADING
    if Kind.MARKUP in (before.kind, block.kind):
        markup = before if before.kind is Kind.MARKUP else block
        opens = _OPENING_TAG.match(text, markup.start) is not None
        return costs.AT_TAG if opens == (markup is before) else costs.NONE
    if block.group and block.group == before.group:
        if block.kind is Kind.ROW:
            return costs.AFTER_TABLE_HEADER if before.level else costs.IN_TABLE
        if group_length <= _WHOLE_LIST:
            return costs.IN_SHORT_LIST
        return costs.IN_LONG_LIST + costs.PER_LEVEL * block.level
    opening = text[before.start : before.end]
    if _LEADS_IN.search(opening) or (block.kind is Kind.CODE and not ends_sentence(opening)):
        return costs.AFTER_LEAD_IN
    if block.kind in (Kind.CODE, Kind.ROW):
        return costs.BEFORE_CODE
    return costs.IN_SPEECH if _is_speech_going_on(opening, text[block.start : block.end]) else costs.NONE


def _is_speech_going_on(before: str, words: str) -> bool:
    """Whether a quotation that the block before left open goes on: each of its paragraphs opens with a quote mark."""
    if not _OPENING_QUOTE.match(words):
        return False
    return before.count("“") > before.count("”") if "“" in before else before.count('"') % 2 == 1


def _divided(pieces: list[_Piece], path: str) -> Iterator[Passage]:
    """The cheapest division of a section into passages."""
    best = [0.0] + [float("inf")] * len(pieces)
    begin = [0] * (len(pieces) + 1)
    for end in range(1, len(pieces) + 1):
        words = 0.0
        for start in range(end - 1, -1, -1):
            words += pieces[start].words
            too_much = words > LIMIT or end - start > _MOST_SENTENCES
            if too_much and start < end - 1 and not _must_hold(pieces, start, end):
                break
            cost = best[start] + size_cost(words) + (pieces[start].cut if start else 0.0)
            if cost < best[end]:
                best[end], begin[end] = cost, start
    bounds = [len(pieces)]
    while bounds[-1]:
        bounds.append(begin[bounds[-1]])
    bounds.reverse()
    for start, end in itertools.pairwise(bounds):
        run = pieces[start:end]
        context = headings.join((path, run[0].lead))
        yield Passage(
            run[0].span.start,
            run[-1].span.end,
            context,
            tuple(piece.span for piece in run),
            residue=run[0].block.residue,
        )


def _must_hold(pieces: list[_Piece], start: int, end: int) -> bool:
    """Whether the pieces stay together though too long: headings and markup with the first sentence below them."""
    said = [piece for piece in pieces[start:end] if piece.block.kind not in (Kind.HEADING, Kind.MARKUP)]
    return len(said) <= 1 and end - start <= _MOST_HELD
