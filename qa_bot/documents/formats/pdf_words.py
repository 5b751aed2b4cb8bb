"""Words that a PDF file has cut at the ends of its lines."""

import re
from collections.abc import Iterable

_CUT = re.compile(r"(?:\A|.*?)([^\W\d_]+)([-\u2010\u00ad])\Z", re.DOTALL)
_BEGIN = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_HYPHENS = ("-", "\u2010", "\u00ad")

_WHOLE = 4
"""Letters. Two parts that both stand alone elsewhere are two words of a compound ("long-term") only from this length on."""


class Words:
    """The words of a file, by which a hyphen at the end of a line is taken for a part of the word or for the printer's."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: set[str] = set()
        cut = False
        for line in lines:
            found = list(_WORD.finditer(line))[int(cut) :]
            cut = _CUT.match(line) is not None
            self._known.update(word[0].lower() for word in (found[:-1] if cut else found))

    def is_cut(self, before: str, line: str) -> bool:
        """Whether a word goes over the end of the line."""
        return _CUT.match(before) is not None and line[:1].islower()

    def joined(self, before: str, line: str) -> str:
        """What stands before the words of the line in the text: `before` without the printer's hyphen, or with a space."""
        if not before.endswith(_HYPHENS):
            return before + " "
        cut = _CUT.match(before[-60:])
        begin = _BEGIN.match(line)
        if before.endswith("\u00ad"):
            return before[:-1]
        if not cut:
            return before if before[-2:-1].isdigit() and line[:1].isdigit() else before + " "
        if not begin or not (line[0].islower() or (cut[1].isupper() and begin[0].isupper() and len(begin[0]) > 1)):
            return before
        return before if self._is_compound(cut[1].lower(), begin[0].lower()) else before[:-1]

    def _is_compound(self, first: str, second: str) -> bool:
        """Whether the hyphen belongs to the word."""
        if first + second in self._known:
            return False
        if f"{first}-{second}" in self._known:
            return True
        return min(len(first), len(second)) >= _WHOLE and first in self._known and second in self._known
