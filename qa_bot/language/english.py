"""Everything English: the words and patterns by which questions and answers are read."""

import re

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The names of the months, the first at index 0."""

MONTH_ABBREVIATIONS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The three letters that stand for each month, in the same order. September has a second abbreviation, "Sept"."""

MONTH = (
    "(?:"
    + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS).replace("Sep(?:tember)?", "Sept?(?:ember)?")
    + r")\.?"
)
"""A regular expression for a month, in full or abbreviated, with or without a full stop. Compile with IGNORECASE."""

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
"""A regular expression for a day of the week, in full or abbreviated. Compile with IGNORECASE."""

VERB = r"(?:sa(?:id|ys)|t(?:old|ells)|wr(?:ote|ites)|(?:add|not|explain|suggest|warn|argu)(?:e?s|ed))"


NAME = r"[A-Z][\w'’-]+"


SAYS = re.compile(
    rf"\b{NAME} {NAME}\b[^.?!]*?\b{VERB}\b|(?<=[\w,;] ){NAME}\b[^.?!]*?\b{VERB}\b"
    rf"|\b(?!(?:He|She|They|It|We|You|This|That|There)\b){NAME} {VERB}\b|\b(?:{VERB}|according to)\b[^.?!]*? {NAME}\b"
)
"""A name with a verb of saying; a capital at the start of a sentence is no name unless the verb follows it."""


SAID = re.compile(
    r"\b(?:said|says) (?:the|a|an|one|its|their)\b|\b(?:the|a|an) \w+ (?:said|says)\b|\baccording to\b", re.IGNORECASE
)
"""Somebody without a name who says it."""
