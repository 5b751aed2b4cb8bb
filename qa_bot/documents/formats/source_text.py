"""Files of text that follow a notation: logs line by line; the headings of AsciiDoc, Org and LaTeX, the rest as plain text."""

import re
from dataclasses import replace

from qa_bot.documents.formats.blocks import Block, Kind, lines_of
from qa_bot.documents.formats.plain import plain_blocks
from qa_bot.language.language import Language

_LATEX = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_HEADINGS = {
    ".adoc": re.compile(r"^(?P<level>={1,6}) (?P<words>\S.*)$", re.MULTILINE),
    ".org": re.compile(r"^(?P<level>\*{1,8}) (?P<words>\S.*)$", re.MULTILINE),
    ".tex": re.compile(
        rf"^[ \t]*\\(?P<name>{'|'.join(_LATEX)})\*?(?:\[[^\]\n]*\])?\{{(?P<words>[^\n]*?)\}}[ \t]*"
        r"(?:\\label\{[^}\n]*\})?[ \t]*$",
        re.MULTILINE,
    ),
}


def log_blocks(text: str, start: int, language: Language) -> list[Block]:
    """Each line of a log is a block; an indented line goes on with the line before, as the lines of a trace do."""
    blocks: list[Block] = []
    for line in lines_of(text, start, len(text)):
        if line.start == line.end:
            continue
        if line.indent and blocks:
            blocks[-1] = replace(blocks[-1], end=line.end)
        else:
            blocks.append(Block(Kind.ROW, line.start, line.end, group=1))
    return blocks


def adoc_blocks(text: str, start: int, language: Language) -> list[Block]:
    """The blocks of AsciiDoc."""
    return _with_headings(text, start, language, ".adoc")


def org_blocks(text: str, start: int, language: Language) -> list[Block]:
    """The blocks of Org."""
    return _with_headings(text, start, language, ".org")


def tex_blocks(text: str, start: int, language: Language) -> list[Block]:
    """The blocks of LaTeX, its commands as they stand."""
    return _with_headings(text, start, language, ".tex")


def _with_headings(text: str, start: int, language: Language, notation: str) -> list[Block]:
    """The lines that the notation makes headings, and between them the blocks of plain text."""
    blocks: list[Block] = []
    at = start
    for found in _HEADINGS[notation].finditer(text, start):
        blocks += _plain(text, at, found.start(), language)
        said = found.groupdict()
        level = _LATEX.index(said["name"]) + 1 if "name" in said else len(said["level"])
        line = found.group()
        begin = found.start() + len(line) - len(line.lstrip())
        label = " ".join(said["words"].split())
        blocks.append(Block(Kind.HEADING, begin, begin + len(line.strip()), level=level, label=label))
        at = found.end()
    return blocks + _plain(text, at, len(text), language)


def _plain(text: str, start: int, end: int, language: Language) -> list[Block]:
    """The blocks of a stretch of the text. Lists and tables keep numbers of their own."""
    found = plain_blocks(text[start:end], 0, language)
    return [
        replace(
            block, start=start + block.start, end=start + block.end, group=block.group and start * 1000 + block.group
        )
        for block in found
    ]
