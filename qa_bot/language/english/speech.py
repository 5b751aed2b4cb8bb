"""English sentences that tell who says something, and names inside sentences."""

import re

_VERB = r"(?:sa(?:id|ys)|t(?:old|ells)|wr(?:ote|ites)|(?:add|not|explain|suggest|warn|argu)(?:e?s|ed))"
_NAME = r"[A-Z][\w'’-]+"

SAYS = re.compile(
    rf"\b{_NAME} {_NAME}\b[^.?!]*?\b{_VERB}\b|(?<=[\w,;] ){_NAME}\b[^.?!]*?\b{_VERB}\b"
    rf"|\b(?!(?:He|She|They|It|We|You|This|That|There)\b){_NAME} {_VERB}\b|\b(?:{_VERB}|according to)\b[^.?!]*? {_NAME}\b"
)
"""A name with a verb of saying; a capital at the start of a sentence is no name unless the verb follows it."""

SAID = re.compile(
    r"\b(?:said|says) (?:the|a|an|one|its|their)\b|\b(?:the|a|an) \w+ (?:said|says)\b|\baccording to\b", re.IGNORECASE
)
"""Somebody without a name who says it."""

LONG_NAME = re.compile(r"(?<=[\w,;’'\")] )[A-Z][\w&-]+(?: (?:(?:of|for|and|the) )?[A-Z][\w&-]+){1,3}(?![\w ]*[A-Z])")
"""Two to four capitalised words inside a sentence; at its start the first capital says nothing."""
