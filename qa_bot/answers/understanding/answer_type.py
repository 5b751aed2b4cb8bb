"""What kind of thing would answer the question: a person, a time, a number, a place, a reason."""

import re
from typing import Literal

from qa_bot.language.english import MONTH_ABBREVIATIONS, MONTHS

AnswerType = Literal["number", "time", "person", "place", "reason"]
NAMED: tuple[AnswerType, ...] = ("person", "place")
"""Kinds of things that have names, which are written with a capital."""
_KINDS: dict[AnswerType, str] = {
    "number": r"\bhow (?:many|much|long|old|far|big|large|often|tall|fast|high|deep|soon|late|early)\b|\bper ?cent"
    r"|\b(?:what|which) (?:\w+ )?(?:number|amount|proportion|share|percentage|size|version|release)\b"
    r"|\bversions? (?:is|was|are|were|do|does|did)\b",
    "time": r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time|hour)\b|\bhow recently\b|\bsince when\b",
    "person": r"\bwho(?:se|m)?\b|\bwhich (?:person|man|woman|author|\w+(?:or|er|ent|ian|ist))\b|\b(?:by|to) whom\b",
    "place": r"\bwhere\b|\b(?:what|which) (?:city|country|state|place|town|county|region|continent|street|address)\b",
    "reason": r"\bwhy\b|\bhow come\b|\bwhat (?:caused|causes|made|(?:is|was) the (?:reason|cause|point))\b",
}
KINDS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
"""The words that ask for each kind of thing."""
MAY = re.compile(
    r"\b(?:can|could|may|must|should|shall|do|did|will|would) (?:I|we)\b(?! (?:know|tell|say|find|see|learn)\b)",
    re.IGNORECASE,
)
"""Asks whether or how one may do something. A question word after these words asks nothing: in "Can I change how many
there are?" the answer is no number."""
MONTH = "|".join([*MONTHS, *MONTH_ABBREVIATIONS])
NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundreds? thousands? millions? billions? dozens half third quarter twice few several all none"
).replace(" ", "|")
EXACT = re.compile(
    r"\b(?:names?|called|numbers?|phone|e-?mail|address|cost|price|fee|salary|budget|age|version|release|date|exact(?:ly)?)\b",
    re.IGNORECASE,
)
"""Words that ask for something exact."""
NO_NUMBER = re.compile(
    r"\A\s*\d{1,3}[.)]\s|\]\([^)]*\)|https?://\S+|\b\d{1,2}:\d\d(?::\d\d)?\b|\b[12]\d{3}-\d\d-\d\d\b|\b(?:19|20)\d\d\b(?![.,:]\d)"
)
"""Digits that count nothing: a list's numbering, an address, a time of day, a date, a year."""
_ANSWERS: dict[AnswerType, str] = {
    "number": rf"\d[\d.,:]*|\b(?:{NUMBER_WORDS})\b",
    "time": rf"\b[12]\d{{3}}\b|\b(?:{MONTH})\b|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}} ?[ap]m\b"
    r"|\b(?:yesterday|today|century|decade|month|week)s?\b",
    "person": r"\b[A-Z][\w'’-]+|@\w+|\bauthor\b",
    "place": r"\b[A-Z][\w'’-]+|/\w+/",
    "reason": r"\b(?:because|due to|since|as a result|caus\w+|therefore|so that|in order|reasons?|owing|led to|so|means? that)\b",
}
ANSWERS = {
    kind: re.compile(pattern, re.NOFLAG if kind in NAMED else re.IGNORECASE) for kind, pattern in _ANSWERS.items()
}
"""What a thing of each kind looks like in a sentence."""


def answer_type_of(question: str) -> AnswerType | None:
    """The kind of thing asked for, by the first word that asks; None where any sentence may answer."""
    found = {kind: match.start() for kind, pattern in KINDS.items() if (match := pattern.search(question))}
    may = MAY.search(question) if found else None
    found = {kind: at for kind, at in found.items() if not may or at < may.start()}
    return min(found.items(), key=lambda item: item[1])[0] if found else None


def asks_exactly(question: str, kind: AnswerType | None) -> bool:
    """Whether something exact is asked for; `kind` is the question's answer type."""
    return kind not in (None, "reason") or bool(EXACT.search(question))


def offers(sentence: str, kind: AnswerType | None, asked: frozenset[str]) -> bool:
    """Whether the sentence has something of this kind that is not among the words of the question, in lower case."""
    if kind is None:
        return False
    if kind == "number":
        sentence = NO_NUMBER.sub(" ", sentence)
    found = ANSWERS[kind].finditer(sentence)
    if kind in NAMED:  # the first word of a sentence has a capital in any case
        return any(match.start() > 1 and match[0].lower() not in asked for match in found)
    return any(match[0].lower() not in asked for match in found)
