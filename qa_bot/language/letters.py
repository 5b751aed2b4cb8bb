"""One spelling for letters that can be written in several ways, so that the same words match whoever wrote them.

A letter with its accent may be one character or two (macOS writes file names with two), "fi" may be one character, letters
and figures may be as wide as Chinese ones, a soft hyphen may stand in a word. A folded copy is what words are compared by; the
text itself stays as it stands, and so does every quote. Quotation marks and apostrophes stand between words and are part of
none, so only names that are compared as a whole need theirs made straight (`typed`).

Folding never makes two words of one, nor one of two: the n-th word of a text is the n-th word of its folded copy.
"""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"
"""Characters inside a word that are not seen: the soft hyphen, joiners, the byte order mark."""
BREAK = r"\u00ad[ \t]*(?:\r\n|\r|\n)[ \t]*(?=[^\W_])"
"""A regular expression for a soft hyphen at the end of a line, which divides a word."""

_SIGNS = {
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u3000", " "),
}
"""Signs and the ones that keyboards have in their place."""
_QUOTES = str.maketrans("‘’‚‛′“”„‟″", "'''''" + '"' * 5)
_ODD = re.compile(
    rf"{BREAK}|[{INVISIBLE}{''.join(_SIGNS)}\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2160-\u2188\U0001d400-\U0001d7ff]"
    r"|[\uff01-\uff5e]"
)
"""What is folded beyond accents: invisible characters, signs, ligatures, wide letters and figures, Roman numerals that are one
character, letters and figures of formulas."""


_ACCENTS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """The text with each letter spelt in one way; the text itself where nothing in it can be spelt in two."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ODD.sub(lambda found: _plain(found[0]), text))


def typed(name: str) -> str:
    """The name as a keyboard writes it: folded, with straight quotation marks and apostrophes."""
    return folded(name).translate(_QUOTES)


def unaccented(text: str) -> str:
    """The folded text less its accents, as terms are."""
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", folded(text)))


@lru_cache(maxsize=2_000)
def _plain(character: str) -> str:
    """The spelling of a character that `_ODD` matches."""
    if character[0] in INVISIBLE:
        return ""
    return _SIGNS.get(character) or unicodedata.normalize("NFKC", character)
