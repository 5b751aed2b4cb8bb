"""Everything English: the words and patterns by which questions and answers are read."""

import re

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
