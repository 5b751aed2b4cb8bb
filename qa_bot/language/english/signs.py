"""The vaguest signs that an English sentence tells a time, a reason, a person, a place or a number.

Ranking looks for things of a kind ("May 2019", "because"). These signs are wider: where a sentence has not even one of them, the
sentence does not tell what was asked for.
"""

import re

from qa_bot.language.language import AnswerType

_TIME = (
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:spring|summer|autumn|fall|winter|noon|midnight|mornings?|afternoons?|evenings?|nights?|tonight|tomorrow|now"
    r"|immediately|annual(?:ly)?|yearly|monthly|weekly|daily|quarter(?:ly)?|hourly|once|every|before|after|until|till|within|upon"
    r"|during|prior|days?|hours?|minutes?|years?|soon|when|whenever|while|at the (?:end|start|beginning|time|moment)|deadline"
    r"|dates?|already|first|later|o['’]clock|(?:at|of|the) \d+"
    r"|at (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}[/.]\d{1,2}\b"
)
_REASON = (
    r"\b(?:as|for|given|after|thus|hence|thanks to|prevent\w*|ensur\w+|avoid\w*|allow\w*|help\w*|enabl\w+)\b"
    r"|\bto (?!(?:the|an?|be|his|her|their|its|our|this|that)\b)[a-z]+"
)
_PERSON = (
    r"\b(?:I|we|you|they|he|she|staff|teams?|members?|people|persons?|(?:any|every|some)(?:one|body)|nobody|no one|committee"
    r"|board|council|trustees?|owners?|managers?|directors?|officers?|users?|admin\w*|maintainers?|employees?|employers?|applicants?"
    r"|parents?|child(?:ren)?|department|office|agency|company|bank|court|police|government|chair\w*|secretary|treasurer"
    r"|presidents?|leads?|leaders?|volunteers?|editors?|authors?|reviewers?|doctors?|nurses?|teachers?|students?|contacts?|groups?"
    r"|panel|inspectors?|councillors?|residents?|tenants?|customers?|families|neighbours?|friends?)\b"
)
_PLACE = (
    r"\b(?:in|at|on|under|near|behind|beside|above|below|opposite|along|around|across|next|inside|outside"
    r"|between|from|to|via|into|here|there)\b|[/@]"
)
_NUMBER = (
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|daily|weekly|monthly|yearly|annually|quarterly|single|both|no|each|every"
    r"|couple|pair|free|once|unlimited|first|second|third)\b"
)
_SIGNS: dict[AnswerType, str] = {
    "time": _TIME,
    "reason": _REASON,
    "person": _PERSON,
    "place": _PLACE,
    "number": _NUMBER,
}
SIGNS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _SIGNS.items()}
"""Match the vaguest signs of each kind of thing."""

PRICE = re.compile(
    r"\bhow much (?:does|do|did|is|are|was|were|will|would)\b"
    r"|\bwhat(?:['’]s| is| are| was| were) (?:the|its|their|your) (?:\w+ ){0,3}"
    r"(?:costs?|prices?|fees?|fares?|salary|budget|rent|fine)\b"
    r"|\bwhat (?:do|does|did) .*\bcosts?\W*$",
    re.IGNORECASE,
)
"""Asks for an amount of money."""
