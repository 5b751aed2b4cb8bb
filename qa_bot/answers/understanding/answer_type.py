"""What kind of thing would answer the question: a person, a time, a number, a place, a reason."""

import calendar
import re

KINDS = {
    "number": r"\bhow (?:many|much|long|old|far|big|large|often|tall|fast|high|deep|soon|late|early)\b|\bper ?cent"
    r"|\b(?:what|which) (?:\w+ )?(?:number|amount|proportion|share|percentage|size|version|release)\b"
    r"|\bversions? (?:is|was|are|were|do|does|did)\b",
    "time": r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time|hour)\b|\bhow recently\b|\bsince when\b",
    "person": r"\bwho(?:se|m)?\b|\bwhich (?:person|man|woman|author|\w+(?:or|er|ent|ian|ist))\b|\b(?:by|to) whom\b",
    "place": r"\bwhere\b|\b(?:what|which) (?:city|country|state|place|town|county|region|continent|street|address)\b",
    "reason": r"\bwhy\b|\bhow come\b|\bwhat (?:caused|causes|made|(?:is|was) the (?:reason|cause|point))\b",
}
MAY = re.compile(
    r"\b(?:can|could|may|must|should|shall|do|did|will|would) (?:I|we)\b(?! (?:know|tell|say|find|see|learn)\b)",
    re.IGNORECASE,
)
"""Asks whether or how something is done; what is asked after it ("can I change how many …") is what it is done to."""
MONTH = "|".join(name for name in [*calendar.month_name, *calendar.month_abbr] if name)
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
ANSWERS = {
    "number": rf"\d[\d.,:]*|\b(?:{NUMBER_WORDS})\b",
    "time": rf"\b[12]\d{{3}}\b|\b(?:{MONTH})\b|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}} ?[ap]m\b"
    r"|\b(?:yesterday|today|century|decade|month|week)s?\b",
    "person": r"\b[A-Z][\w'’-]+|@\w+|\bauthor\b",
    "place": r"\b[A-Z][\w'’-]+|/\w+/",
    "reason": r"\b(?:because|due to|since|as a result|caus\w+|therefore|so that|in order|reasons?|owing|led to|so|means? that)\b",
}


def kind_expected(question: str) -> str | None:
    """The kind of thing asked for, by the first word that asks; None where any sentence may do."""
    found = {
        kind: match.start() for kind, pattern in KINDS.items() if (match := re.search(pattern, question, re.IGNORECASE))
    }
    may = MAY.search(question)
    found = {kind: at for kind, at in found.items() if not may or at < may.start()}
    return min(found, key=lambda kind: found[kind]) if found else None


def asks_exactly(question: str) -> bool:
    """Whether something exact is asked for: a person, a time, a number, a place, a name, an address, a price."""
    return kind_expected(question) not in (None, "reason") or bool(EXACT.search(question))


def offers(sentence: str, kind: str | None, asked: frozenset[str]) -> bool:
    """Whether the sentence has something of that kind which is not among the words asked with, in lower case."""
    if kind is None:
        return False
    if kind == "number":
        sentence = NO_NUMBER.sub(" ", sentence)
    flags = re.NOFLAG if kind in ("person", "place") else re.IGNORECASE
    found = re.finditer(ANSWERS[kind], sentence, flags)
    if kind in ("person", "place"):  # a capital at the start is no name
        return any(match.start() > 1 and match[0].lower() not in asked for match in found)
    return any(match[0].lower() not in asked for match in found)
