"""Writing without spaces between words: Chinese and Japanese, Thai, Lao, Khmer and Burmese, and Korean, where endings stick to
the words. No dictionary is needed to find the same words again: a run is cut into pairs of neighbouring characters, as
tests on such languages have long been run (Nie and Ren 1999, Chinese information retrieval: using characters or words?).
"""

import re
from itertools import pairwise

_LETTERS = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"  # Thai, Lao
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3"  # Burmese, Khmer
    "\u1100-\u11ff\uac00-\ud7a3"  # Korean
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
)
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u3099\u309a"
"""Vowels and tones that are characters of their own, behind their letter."""

CHARACTER = re.compile(rf"[{_LETTERS}][{_MARKS}]*")
RUN = re.compile(rf"(?:[{_LETTERS}][{_MARKS}]*)+")


def is_unspaced(text: str) -> bool:
    """Whether the text has a character of such a writing."""
    return not text.isascii() and CHARACTER.search(text) is not None


def characters(run: str) -> list[str]:
    """The characters of a run, each with its marks."""
    return CHARACTER.findall(run)


def pairs(run: str) -> list[str]:
    """Each two neighbouring characters of a run; the character alone where it has only one."""
    found = characters(run)
    return [a + b for a, b in pairwise(found)] or found


def paired(text: str) -> str:
    """The text with each run cut into overlapping pairs, spaces between them."""
    if not is_unspaced(text):
        return text
    return RUN.sub(lambda run: f" {' '.join(pairs(run[0]))} ", text)
