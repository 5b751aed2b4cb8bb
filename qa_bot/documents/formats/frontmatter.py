"""The head of a page as static-site tools write it: fields between two `---` (YAML) or `+++` (TOML) lines."""

import re
import tomllib
from dataclasses import dataclass, field

from qa_bot.documents.formats.blocks import Block, Kind, lines_of

_HEAD = re.compile(r"\ufeff?\s*(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_KEY = re.compile(r"[\"']?[^\s:=#\"'{}\[\]-][^:=\n]{0,60}[\"']?\s*[:=](?:\s|\Z)")

_LONGEST = 50_000
"""Characters. A head longer than this is no head."""

_MOST_BRACKETS = 400
"""A head with more brackets than this is read line by line, because parsing nested brackets takes too long."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of the head, where it stands, and where the page proper begins."""

    fields: dict[str, object] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    end: int = 0


def front_matter(text: str) -> FrontMatter:
    """The front matter of the text, blank lines before it allowed; without fields and with `end` 0 where there is none."""
    head = _HEAD.match(text)
    if not head:
        return FrontMatter()
    fence = head[1]
    lines = [
        line for line in lines_of(text, head.end(), min(len(text), head.end() + _LONGEST)) if line.start < line.end
    ]
    closing = (fence, "...") if fence == "---" else (fence,)
    last = next((at for at, line in enumerate(lines) if not line.indent and text[line.start : line.end] in closing), -1)
    if last < 1:
        return FrontMatter()
    fields = _fields(text[head.end() : lines[last].start], fence)
    if not fields:
        return FrontMatter()
    starts = [line.start for line in lines[:last] if not line.indent and _KEY.match(text[line.start : line.end])]
    starts[:1] = [head.start(1)]
    ends = [*starts[1:], lines[last].end]
    blocks = tuple(
        Block(Kind.FIELD, start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)
    )
    return FrontMatter(fields, blocks, lines[last].end)


def _fields(body: str, fence: str) -> dict[str, object]:
    """The fields of the front matter; {} where it is neither YAML nor TOML nor lines of "name: value"."""
    import yaml

    if body.count("[") + body.count("{") > _MOST_BRACKETS:  # the time to parse them grows with the square
        return _simple_fields(body)
    try:
        read: object = tomllib.loads(body.replace("\r\n", "\n")) if fence == "+++" else yaml.safe_load(body)
        str(read)  # a number may have more digits than can be written
    except (yaml.YAMLError, ValueError, LookupError, ArithmeticError, RecursionError, TypeError, AttributeError):
        read = _simple_fields(body)
    return {str(name): value for name, value in read.items()} if isinstance(read, dict) else {}


def _simple_fields(body: str) -> dict[str, object]:
    """Fields of front matter that is nearly YAML (a colon in a title, braces of a template); {} where a line is no field."""
    fields: dict[str, object] = {}
    for line in body.splitlines():
        if not line.strip() or line[0].isspace() or line.startswith(("#", "-")):
            continue
        name, colon, value = line.partition(":")
        if not colon or len(name) > 60:
            return {}
        fields[name.strip()] = value.strip().strip("\"'")
    return fields
