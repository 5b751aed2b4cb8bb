"""Questions about a numbered part of a text: "What does clause 4.2 say?" is about what begins with that number.

The number stands behind a word for a part ("section 12", "rule 7(b)", "§ 3a"). A sentence is that part's where it begins with the
number, with or without the word, and so is what follows up to the next number that is not one below it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from qa_bot.language.analysis import terms
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

LONGEST = 8
"""Sentences of a part at most."""
MARKUP = re.compile(r"[#*_>\s]*")
"""What may stand before the number of a part."""
NUMBERED = re.compile(
    r"(\d{1,3}(?:\.\d{1,3})+[a-z]?(?!\w)|(?:\d{1,3}[a-z]?|[IVXL]{1,6})(?=[.):]|[*_]|\s*[—–-]|\s*(?:\n|\Z)))"
)
"""What a numbered part begins with: "4.2 ", "7. ", "7) ", "IV.", "7 - "; "7 days" is none."""
POINT = re.compile(r"\s*\(?([a-z0-9]{1,4})[.)]\s")
"""What a point of a part begins with."""


class Clause(NamedTuple):
    """The numbered part that a question is about."""

    number: str
    """As documents write it ("4.2"), in lower case."""
    points: tuple[str, ...]
    """The letters of the point, outermost first: of "4.2(b)(ii)" b and ii."""
    only: bool
    """Whether the question asks what the part says, and for nothing in particular."""


def clause_in(question: str, language: Language = ENGLISH) -> Clause | None:
    """The part that the question names; None where it names none, or several."""
    found = list(language.clause.finditer(question))
    if len(found) != 1:
        return None
    (match,) = found
    others = set(terms(f"{question[: match.start()]} {question[match.end() :]}", language))
    points = tuple(re.findall(r"\((\w+)\)", match["points"].lower()))
    return Clause(match["number"].lower(), points, not others - set(terms(" ".join(language.clause_verbs), language)))


def sentences_of(clause: Clause, texts: Sequence[str], language: Language = ENGLISH) -> list[int]:
    """The sentences of a passage (its `texts`) that are the part's; empty where the part does not begin in the passage."""
    numbers = [number_of(text, language) for text in texts]
    begin = next((at for at, number in enumerate(numbers) if number == clause.number), None)
    if begin is None:
        return []
    end = next((at for at in range(begin + 1, len(texts)) if ends(clause.number, numbers[at], texts[at])), len(texts))
    whole = list(range(begin, min(end, begin + LONGEST)))
    for letter in clause.points:
        starts = [at for at in whole if (found := POINT.match(texts[at])) and found[1] == letter]
        whole = starts[:1] or whole
    return whole


def number_of(text: str, language: Language = ENGLISH) -> str:
    """The number that a sentence begins with as a part of a text, in lower case; "" where it begins with none."""
    markup = MARKUP.match(text)
    bare = text[markup.end() :] if markup else text
    if worded := language.clause.match(bare):
        return worded["number"].lower()
    found = NUMBERED.match(bare)
    if found is None and bare != text and text.startswith("#"):
        found = re.match(r"(\d{1,3}[a-z]?)(?=\s)", bare)
    return found[1].lower() if found else ""


def ends(number: str, other: str, text: str) -> bool:
    """Whether a part with this number has ended before a sentence that begins with the other."""
    return (bool(other) or text.startswith("#")) and not other.startswith(f"{number}.")
