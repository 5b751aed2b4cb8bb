"""Styles and numbering of a DOCX file: which paragraph is a heading, and which number stands before it."""

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ?([1-9])\Z", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"%([1-9])")
_MOST_BASES = 20
"""Styles that a style may be based on, one on the other; more are a circle."""

_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                   "M CM D CD C XC L XL X IX V IV I".split(), strict=True))  # fmt: skip


def value(element: Any, *path: str) -> str | None:
    """The `w:val` of the element at the end of this path of children; "" where it has none, None where it is not there."""
    for name in path:
        element = element.find(W + name) if element is not None else None
    return None if element is None else element.get(f"{W}val", "")


def is_on(properties: Any, name: str) -> bool:
    """Whether a switch such as `b` (bold) or `vanish` (hidden) is on."""
    said = value(properties, name)
    return said is not None and said not in ("0", "false", "off", "none")


class Styles:
    """The paragraph styles by their identifiers."""

    def __init__(self, root: Any | None) -> None:
        self._styles = {} if root is None else {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
        self._default = next((name for name, style in self._styles.items() if _is_default(style)), None)

    def chain(self, paragraph: Any) -> list[Any]:
        """The style of a paragraph and the styles that it is based on."""
        name = value(paragraph, "pPr", "pStyle") or self._default
        found: list[Any] = []
        while name in self._styles and len(found) < _MOST_BASES:
            found.append(self._styles[name])
            name = value(found[-1], "basedOn")
        return found


def _is_default(style: Any) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def names_of(chain: list[Any]) -> list[str]:
    """The names of styles, in small letters."""
    return [(value(style, "name") or "").lower() for style in chain]


def heading_level(paragraph: Any, chain: list[Any]) -> int:
    """1 for the title of the document, 2 for a heading of the first level and so on; 0 for what is no heading."""
    outlines = [value(paragraph, "pPr", "outlineLvl"), *(value(style, "pPr", "outlineLvl") for style in chain)]
    for name in names_of(chain):
        if name == "title":
            return 1
        found = _HEADING.match(name)
        if found:
            return int(found[1]) + 1
    outline = next((said for said in outlines if said), "")
    return int(outline) + 2 if outline.isdecimal() and int(outline) < 9 else 0


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs as a word processor does, so that each has the number that a reader sees."""

    _lists: dict[str, str] = field(default_factory=dict)
    """The kind of list (abstractNum) of each list (num)."""
    _levels: dict[tuple[str, int], Any] = field(default_factory=dict)
    _starts: dict[tuple[str, int], int] = field(default_factory=dict)
    """Where a list begins to count at a level, other than its kind does."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any | None) -> "Numbering":
        """The numbering that the part `numbering.xml` lays down."""
        made = cls()
        for kind in root.findall(f"{W}abstractNum") if root is not None else ():
            for level in kind.findall(f"{W}lvl"):
                made._levels[kind.get(f"{W}abstractNumId", ""), _number(level.get(f"{W}ilvl"))] = level
        for one in root.findall(f"{W}num") if root is not None else ():
            name = one.get(f"{W}numId", "")
            made._lists[name] = value(one, "abstractNumId") or ""
            for changed in one.findall(f"{W}lvlOverride"):
                start = value(changed, "startOverride")
                if start:
                    made._starts[name, _number(changed.get(f"{W}ilvl"))] = _number(start)
        return made

    def label(self, paragraph: Any, chain: list[Any]) -> tuple[str, int] | None:
        """What stands before the paragraph ("1.2", "(a)", "-"; "" for nothing) and its level; None for no list's."""
        name, level = self._place(paragraph, chain)
        kind = self._lists.get(name)
        if kind is None:
            return None
        described = self._levels.get((kind, level))
        if described is None or value(described, "numFmt") == "bullet":
            return "-", level
        counts = self._counts.setdefault(kind, [None] * 9)
        if name not in self._begun:
            self._begun.add(name)
            for (other, at), start in self._starts.items():
                if other == name:
                    counts[at] = start - 1
        before = counts[level]
        counts[level] = self._start(kind, level) if before is None else before + 1
        counts[level + 1 :] = [None] * (8 - level)
        words = _PLACEHOLDER.sub(
            lambda found: self._shown(kind, int(found[1]) - 1, counts, described), value(described, "lvlText") or ""
        )
        return words.strip(), level

    def _place(self, paragraph: Any, chain: list[Any]) -> tuple[str, int]:
        """The list of the paragraph, "" for none, and the level in it."""
        name = level = None
        for properties in (paragraph, *chain):
            name = value(properties, "pPr", "numPr", "numId") if name is None else name
            level = value(properties, "pPr", "numPr", "ilvl") if level is None else level
        return name or "", min(8, _number(level))

    def _start(self, kind: str, level: int) -> int:
        said = value(self._levels.get((kind, level)), "start")
        return _number(said) if said else 1

    def _shown(self, kind: str, level: int, counts: list[int | None], described: Any) -> str:
        count = counts[level]
        count = self._start(kind, level) if count is None else count
        numerals = value(self._levels.get((kind, level)), "numFmt") or "decimal"
        return str(count) if is_on(described, "isLgl") else numeral(count, numerals)


def numeral(count: int, numerals: str) -> str:
    """The number as a list shows it: 4, iv, IV, d, D, 04."""
    if numerals == "none":
        return ""
    if numerals.endswith("Letter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min(9, (count - 1) // 26 + 1)
        return letter.upper() if numerals.startswith("upper") else letter
    if numerals.endswith("Roman") and 0 < count < 4000:
        return _roman(count) if numerals.startswith("upper") else _roman(count).lower()
    return f"{count:02}" if numerals == "decimalZero" else str(count)


def _roman(count: int) -> str:
    shown = ""
    for worth, letters in _ROMAN:
        shown += letters * (count // worth)
        count %= worth
    return shown


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 9 else 0
