"""What a document is called: the name a person would use for it in a citation."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from qa_bot.documents.contact import is_contact
from qa_bot.documents.dating import date_of_changed_line, date_of_line
from qa_bot.documents.formats.blocks import Block, Kind, words_in
from qa_bot.documents.sentences import sentence_spans
from qa_bot.documents.text import BOM
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

LONGEST = 120
"""Characters. A first sentence that has to serve as the title is cut at a clause or a word to fit."""

_SHORTEST_CLAUSE = 40
"""Characters. A sentence is cut at a clause only where at least this much is left."""

_LATEST = 150
"""The first heading is the title only where at most this many words stand before it (a letterhead, a summary)."""

_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—-]\s")


def title_of(
    text: str, blocks: list[Block], fields: Mapping[str, object], path: str, language: Language = ENGLISH
) -> str:
    """The title: of the front matter, else the first heading, else a telling file name, else the first sentence."""
    named = {name.lower(): value for name, value in fields.items()}
    given = next((value for name in ("title", *language.title_fields) if (value := named.get(name))), None)
    if isinstance(given, (str, int, float)) and str(given).strip():
        return _fitting(" ".join(str(given).split()), 2 * LONGEST)
    heading = title_heading(text, blocks)
    if heading and heading.label:
        return _fitting(heading.label, 2 * LONGEST)
    return telling_name(path, language) or _first_sentence(text, blocks, language) or PurePosixPath(path).stem


def title_heading(text: str, blocks: list[Block]) -> Block | None:
    """The heading that names the document, if it has one: the first, unless much comes before it."""
    before = 0.0
    for block in blocks:
        if block.kind is Kind.HEADING:
            return None if block.residue else block
        if block.kind is not Kind.FIELD:
            before += words_in(text[block.start : block.end])
        if before > _LATEST:
            return None
    return None


def telling_name(path: str, language: Language = ENGLISH) -> str:
    """The file's name as words ("1937 franklin d roosevelt"), or "" if it tells a reader nothing (a number, a hash)."""
    parts = [part for part in re.split(r"[-_.+ ]+", PurePosixPath(path).stem) if part]
    words = [part for part in parts if len(part) > 2 and part.isalpha() and part.lower() not in language.tells_nothing]
    hashes = [part for part in parts if len(part) > 6 and re.search(r"\d\D|\D\d", part)]
    if not words or hashes or not any(re.search(r"[aeiouy]|[^\x00-\x7f]", word.lower()) for word in words):
        return ""
    return " ".join(parts)


def _first_sentence(text: str, blocks: list[Block], language: Language) -> str:
    """The first sentence of the first block that can stand for the document, cut to fit."""
    for block in blocks:
        line = " ".join(text[block.start : block.end].split())
        if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or len(line.split()) < 3:
            continue
        if len(line) < LONGEST and (
            is_contact(line, language) or date_of_line(line, language) or date_of_changed_line(line, language)
        ):
            continue
        first = sentence_spans(text, block.start, min(block.end, block.start + 1000), language)[0]
        return _fitting(" ".join(text[first.start : first.end].removeprefix(BOM).split()), LONGEST)
    return ""


def _fitting(words: str, longest: int) -> str:
    """The words, cut at the last clause that fits, or else at a word, if they are longer than `longest` characters."""
    if len(words) <= longest:
        return words
    ends = [found.start() for found in _CLAUSE.finditer(words, _SHORTEST_CLAUSE, longest)]
    if ends:
        return words[: ends[-1]]
    return words[:longest].rsplit(None, 1)[0] + "…"
