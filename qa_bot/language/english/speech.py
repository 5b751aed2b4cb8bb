"""English speech: sentences that tell who says something, the labels of questions and of speakers, names inside sentences."""

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

QUESTION_LABEL = re.compile(r"[\W_]*(?:Q|Question|QUESTION)\s*#?\d{0,3}\s*[:.)](?:[*_]*\s)")
"""What a question of a list of questions begins with: "Q:", "**Q1.**", "Question 3:"."""

ANSWER_LABEL = re.compile(r"[\W_]*(?:A|Ans|Answer|ANSWER)\s*#?\d{0,3}\s*[:.)](?:[*_]*\s)")
"""What its answer begins with."""

SPEAKING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|think(?:s|ing)?|thought|believe[sd]?|feel[s]?|felt|mean[st]?|spoke|speak[s]?"
    r"|(?:ask|answer|mention|suggest|explain|argu|propos|complain|warn|promis|claim|object|agree|disagree|offer|want|request"
    r"|recommend|prefer|joke|report|remark|comment|respond|wonder|admit|insist|point|volunteer|call|describe?|reply|replie)(?:e?[sd]|t?ed|ing)?"
    r"|(?:opinion|view|answer|reply|response|position|objection)s?)\b",
    re.IGNORECASE,
)
"""Words of a question about what somebody says or thinks."""

NO_SPEAKERS = frozenset(
    """
    note notes warning tip hint example examples source date time place venue location present apologies attendees absent subject
    from to cc re question answer summary title author version status address phone email tel important caution remember
    agenda action actions decision decisions resolved scene act chapter section part step update edit ps nb see also
    """.split()
)
"""Words that a label ("Note:") has in the place of a speaker, in lower case."""
