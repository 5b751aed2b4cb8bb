"""Markdown to blocks. markdown-it-py says on which lines each block stands; the words stay those of the file."""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from qa_bot.documents.formats.blocks import Block, Kind, Line, covering, lettered, rejoined, says_something
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

_LONE_TAG = re.compile(
    r"(?:</?(?:div|section|article|aside|figure|figcaption|details|main|header|footer|nav|center|p|span)\b[^<>]*>\s*)+\Z"
    r"|<br\s*/?>\Z|\{:[^{}]*\}\Z|\^\Z|:::+.*\Z|\{\{[%<].*[%>]\}\}\Z|\{%.*%\}\Z",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING_LENGTH = 1000
"""Characters. What of a heading can stand in a path."""

_TEMPLATE = re.compile(r"\{[:#][^{}]*\}|\{[{%<][^{}]*\}+")
"""Attributes and template commands of static-site tools, which no reader of the page sees: "{: .note}", "{% raw %}"."""

_TYPE_PARAMETER = re.compile(r"<([A-Z]\w*)>\Z")
"""What looks like a tag to Markdown and is none: the "<T>" of "Set<T>"."""

_SPOKEN = ("text", "text_special", "code_inline")
"""Kinds of inline tokens whose content a reader sees."""

_LINE_BREAK = re.compile(r"<br\s*/?>\Z", re.IGNORECASE)


def markdown_blocks(text: str, start: int, language: Language = ENGLISH) -> list[Block]:
    """The blocks of the text from `start` on; together they hold everything in it but white space."""
    lines = list(_lines(text, start))
    references: dict[str, object] = {}
    tokens = _parser().parse("\n".join(_without_lone_tags(text, lines)), references)
    found = [_placed(text, lines, block) for block in _blocks(tokens, references)]
    return lettered(text, rejoined(text, covering(text, start, len(text), found), language))


def without_markup(markdown: str, references: MutableMapping[str, object] | None = None) -> str:
    """The words of a heading or a table cell as a reader of the page sees them, on one line.

    `references` is the environment of the parse that found the heading; with it, `[words][reference]` is a link.
    """
    tokens: list[Token] = []
    parser = _parser()
    parser.inline.parse(markdown, parser, references if references is not None else {}, tokens)
    return " ".join("".join(map(_said, tokens)).split())


def _said(token: Token) -> str:
    """The words of an inline token that a reader sees; those of an image are the words in its place."""
    if token.type == "image":
        return "".join(map(_said, token.children or []))
    if token.type in ("softbreak", "hardbreak") or _LINE_BREAK.match(token.content):
        return " "
    return token.content if token.type in _SPOKEN or _TYPE_PARAMETER.match(token.content) else ""


@cache
def _parser() -> MarkdownIt:
    """The parser for blocks; its inline parser is for headings and cells alone, for the words of blocks stay as they are."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(deflist_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.inline.ruler.before("escape", "template", _template)
    return parser


def _template(state: StateInline, silent: bool) -> bool:
    """An inline rule: passes over a template command outside code spans."""
    found = _TEMPLATE.match(state.src, state.pos)
    if found:
        state.pos = found.end()
    return found is not None


def _lines(text: str, start: int) -> Iterator[Line]:
    """Every line as markdown-it-py counts them, its line end included in none."""
    while start < len(text):
        found = _LINE.match(text, start)
        end = found.end() if found else len(text)
        yield Line(start, start + len(text[start:end].rstrip("\r\n")), 0)
        start = end


def _without_lone_tags(text: str, lines: list[Line]) -> Iterator[str]:
    """The lines; a line that is only the tag of a container becomes blank, or the parser would take its contents for HTML."""
    fence = ""
    for line in lines:
        words = text[line.start : line.end].replace("\r", " ")
        opened = _FENCE.match(words)
        if opened and not fence:
            fence = opened[1]
        elif fence and words.strip().startswith(fence) and not words.strip().strip(fence[0]):
            fence = ""
        yield "" if not fence and _is_lone_tag(text, line) else words


def _is_lone_tag(text: str, line: Line) -> bool:
    words = text[line.start : line.end].strip()
    return not words or _LONE_TAG.match(words) is not None


def _blocks(tokens: list[Token], references: MutableMapping[str, object]) -> Iterator[Block]:
    """The blocks that the tokens name, with line numbers for offsets."""
    group = depth = 0
    row_label = ""
    entry: list[int] = []
    fresh_item = False
    for at, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            group += not depth
            depth += token.type != "table_open"
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            fresh_item = True
        if token.type == "thead_open":
            row_label = ""
        if token.type in ("dt_open", "dl_close"):
            if entry:
                yield Block(Kind.ENTRY, entry[0], entry[1], group=group)
            entry = []
        if not token.map:
            continue
        first, stop = token.map
        if token.type in ("dt_open", "dd_open"):
            entry = [entry[0] if entry else first, stop]
        elif entry:
            continue
        elif token.type == "heading_open":
            yield Block(
                Kind.HEADING,
                first,
                stop,
                int(token.tag[1:]),
                label=without_markup(tokens[at + 1].content[:_HEADING_LENGTH], references),
            )
        elif token.type in ("fence", "code_block"):
            yield Block(Kind.CODE, first, stop)
        elif token.type == "tr_open":
            header = int(not row_label)
            row_label = row_label or _cells(tokens, at, references) or " "
            yield Block(Kind.ROW, first, stop + header, level=header, group=group, label=row_label)
        elif token.type == "paragraph_open":
            kind = Kind.ITEM if fresh_item else Kind.PARAGRAPH
            yield Block(kind, first, stop, level=max(0, depth - 1), group=group if depth else 0)
            fresh_item = False
        elif token.type in ("hr", "html_block"):
            yield Block(Kind.MARKUP, first, stop)


def _cells(tokens: list[Token], at: int, references: MutableMapping[str, object]) -> str:
    """The words of the table row that opens at token `at`."""
    stop = next((end for end in range(at, len(tokens)) if tokens[end].type == "tr_close"), len(tokens))
    return " | ".join(without_markup(token.content, references) for token in tokens[at:stop] if token.type == "inline")


def _placed(text: str, lines: list[Line], block: Block) -> Block:
    """The block with offsets for its line numbers, and as MARKUP only if it says nothing."""
    start = lines[min(block.start, len(lines) - 1)].start
    stop = min(block.end, len(lines))
    while block.kind is Kind.ENTRY and stop - 1 > block.start and _is_lone_tag(text, lines[stop - 1]):
        stop -= 1
    end = lines[stop - 1].end
    kind = block.kind
    silent = not says_something(text[start:end])
    if kind is Kind.MARKUP and not silent:
        kind = Kind.PARAGRAPH
    elif kind is Kind.PARAGRAPH and silent:
        kind = Kind.MARKUP
    return replace(block, kind=kind, start=start, end=end)
