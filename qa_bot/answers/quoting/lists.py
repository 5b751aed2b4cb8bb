"""Lists in a passage: which sentences are points, and which sentence leads in to which points.

A point begins with a bullet, a number or a letter: "- ", "2. ", "(b) ", "iv) ". A sentence leads in to the points right below it
where it is not ended: "at once if:", "Needed". One that ends with a full stop says what it says, and the list below is another
matter, unless the sentence tells of the list ("The steps are as follows."). A list reaches to its last point, and ends before a
heading, another lead-in that is no point, a numbered clause, and a point with the first one's own letter or number.
"""

import re
from collections.abc import Sequence

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

LETTER = re.compile(r"\s*(?:\(([a-zA-Z]|[ivxIVX]{1,5}|\d{1,3})\)|([a-zA-Z]|[ivxIVX]{1,5})[.)])\s")
"""The letter or number of a point in the manner of rules: "(b)", "(iv)", "(2)", "b)", "iv."."""
ITEM = re.compile(rf"\s*(?:[-*+•‣◦▪·–]|\d{{1,3}}[.)])\s|{LETTER.pattern}")
"""What a point begins with."""
CLAUSE = re.compile(r"\s*(?:§+\s*)?\d{1,3}(?:\.\d{1,3})+\.?\s")
"""The number of a clause, in two or more parts: "9.2. "."""
ENDED = re.compile(r"[.!?。！？…][\"”’»)\]*_`]*\s*\Z")
OPEN = re.compile(r"[:：—–-][*_]*\s*\Z")
"""The end of a sentence that goes on below."""


def led_in(at: int, texts: Sequence[str], language: Language = ENGLISH) -> list[int]:
    """The points that the sentence `at` leads in to, with what stands between them; empty for any other sentence."""
    text = texts[at]
    following = at + 1 < len(texts) and ITEM.match(texts[at + 1])
    if not following or (ENDED.search(text) and not language.tells_of_list.search(text)):
        return []
    if is_inside(at, texts) and not (OPEN.search(text) and is_deeper(texts[at + 1], text)):
        return []
    return points_from(at + 1, texts)


def points_from(first: int, texts: Sequence[str]) -> list[int]:
    """The list that begins with the point `first`, with what stands between its points."""
    last = first
    for i in range(first + 1, len(texts)):
        if ends_list(first, i, texts):
            break
        if ITEM.match(texts[i]):
            last = i
    return list(range(first, last + 1))


def is_inside(at: int, texts: Sequence[str]) -> bool:
    """Whether the sentence is a point, or goes on with the one above it."""
    return bool(ITEM.match(texts[at])) or (any(map(ITEM.match, texts[:at])) and not OPEN.search(texts[at]))


def is_deeper(point: str, above: str) -> bool:
    """Whether a point with a letter stands below one of another manner: "(i)" below "(a)", "(a)" below "9."."""
    return bool(LETTER.match(point)) and manner(point) != manner(above)


def ends_list(first: int, i: int, texts: Sequence[str]) -> bool:
    """Whether the list that begins with the point `first` has ended before sentence `i`."""
    text, above = texts[i], texts[first - 1] if first else ""
    if not ITEM.match(text):
        return bool(OPEN.search(text) or CLAUSE.match(text) or text.startswith("#"))
    if LETTER.match(texts[first]) and mark(text) == mark(texts[first]):
        return True
    return bool(ITEM.match(above)) and manner(text) == manner(above) != manner(texts[first])


def mark(point: str) -> str:
    """The bullet, number or letter that a point begins with."""
    found = ITEM.match(point)
    return found[0].strip() if found else ""


def manner(point: str) -> str:
    """How the points of a list are marked: "(a)" for letters in brackets, "1." for numbers, the bullet itself."""
    letters = re.sub(r"[ivx]{2,}|[ivx](?=\W*\Z)", "i", mark(point).lower())
    return re.sub(r"\d+", "1", re.sub(r"[a-hj-z]", "a", letters))
