"""Boilerplate: what a page carries for its site and not for its readers (footers, teasers, tables of links).

Boilerplate is found by its place at the end of the page and by its shape, never by words of a site. A block in doubt counts
as the document's own, because residue ranks below everything else.
"""

import re
from dataclasses import replace

from qa_bot.documents.contact import is_contact
from qa_bot.documents.dating import date_of_changed_line
from qa_bot.documents.formats.blocks import Block, Kind, ends_sentence, words_in
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

_CUT_SHORT = re.compile(r"\[(?:\.\.\.|…)\](?:\Z|(?=[^\W\d_]))")
_LINK = re.compile(r"\[[^\[\]]*\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_BARS = re.compile(r"\s[|»·•]\s")

_CODE = re.compile(r"[$={}<>`]")

_TEASER_REACH = 3
"""Blocks. How far above the first teaser that is cut short its headline may stand."""

_MOST_TEASERS = 0.5
"""Share of a document's words that teasers can make up; a larger share is the document's own matter."""

_MOST_FOOTER_WORDS = 60
"""Words. A footer's block is no longer than this."""


def with_residue(text: str, blocks: list[Block], language: Language = ENGLISH) -> list[Block]:
    """The blocks, boilerplate among them marked as residue; nothing is marked where nothing else would be left."""
    tail = min(_teasers_begin(text, blocks), _footer_begins(text, blocks, language))
    marked = [
        replace(block, residue=block.residue or at >= tail or block.kind is Kind.LINKS)
        for at, block in enumerate(blocks)
    ]
    own = [block for block in marked if not block.residue and block.kind not in (Kind.MARKUP, Kind.FIELD)]
    return marked if own else blocks


def _footer_begins(text: str, blocks: list[Block], language: Language) -> int:
    """The index of the first block of the footer: the last blocks, as long as each looks like part of one."""
    at = len(blocks)
    while at > 0 and _is_footer(text, blocks[at - 1], language):
        at -= 1
    if 0 < at < len(blocks) and blocks[at - 1].kind is Kind.HEADING:
        at += 1  # what stands under a heading of its own was meant to be read
    while at < len(blocks) and blocks[at].kind is Kind.MARKUP:
        at += 1
    return at


def _is_footer(text: str, block: Block, language: Language) -> bool:
    words = " ".join(text[block.start : block.end].split())
    if block.kind in (Kind.MARKUP, Kind.LINKS):
        return True
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or words_in(words) > _MOST_FOOTER_WORDS:
        return False
    if language.copyright.search(words) or date_of_changed_line(words, language):
        return True
    if block.kind is Kind.ITEM or ends_sentence(words):
        return False
    if _BARS.search(words) and not _CODE.search(words):
        return True
    return is_contact(words, language) and "http" not in words


def _teasers_begin(text: str, blocks: list[Block]) -> int:
    """The index of the first block that tells of other pages: the headline above the first text that is cut short."""
    cut_short = [at for at, block in enumerate(blocks) if _is_cut_short(text, block)]
    if not cut_short:
        return len(blocks)
    first = cut_short[0]
    for at in range(first, max(first - _TEASER_REACH - 1, 0), -1):
        if at < first and _is_headline(text, blocks[at]):
            first = at
            break
    said = [words_in(text[block.start : block.end]) for block in blocks]
    return first if sum(said[first:]) <= _MOST_TEASERS * sum(said) else len(blocks)


def _is_cut_short(text: str, block: Block) -> bool:
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return False
    words = text[block.start : block.end]
    return _CUT_SHORT.search(words) is not None and not _LINK.search(words)


def _is_headline(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    if block.kind is Kind.HEADING:
        return True
    unended = not ends_sentence(words) or words.rstrip().endswith(("…", "..."))
    return block.kind is Kind.PARAGRAPH and unended and words_in(words) <= 20
