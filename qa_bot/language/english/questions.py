"""English questions: what they ask for, how they lean on earlier ones, and what the things they ask for look like."""

import re

from qa_bot.language.english.times import MONTH_ABBREVIATIONS, MONTHS
from qa_bot.language.language import NAMED, YEAR, AnswerType

QUESTION_WORDS = "who|whom|whose|what|when|where|why|how|which"

_AUXILIARY = "am|is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might|must|shall|should"
_KINDS: dict[AnswerType, str] = {
    "number": r"\bhow (?:many|much|long|old|far|big|large|often|tall|fast|high|deep|soon|late|early)\b|\bper ?cent"
    r"|\b(?:what|which) (?:\w+ )?(?:number|amount|proportion|share|percentage|size|version|release)\b"
    r"|\bversions? (?:is|was|are|were|do|does|did)\b",
    "time": rf"(?:^|[,;:.?!]|\b(?:and|or|but|by|since|until|till|from|so|exactly|to|just)\b)\W*when"
    rf"(?: (?:exactly|else|then|again|next|last|first))*(?: (?:{_AUXILIARY})\b|['’]s\b|\W*$)|\bwhen\W*$"
    r"|\b(?:what|which) (?:year|date|day|month|century|decade|time|hour)\b|\bhow recently\b",
    "person": r"\bwho(?:se|m)?\b|\bwhich (?:person|man|woman|author|\w+(?:or|er|ent|ian|ist))\b|\b(?:by|to) whom\b",
    "place": r"\bwhere\b|\b(?:what|which) (?:city|country|state|place|town|county|region|continent|street|address)\b",
    "reason": r"\bwhy\b|\bhow come\b|\bwhat (?:caused|causes|made|(?:is|was) the (?:reason|cause|point))\b",
}
KINDS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
"""The words that ask for each kind of thing."""

SAYING = frozenset(
    """
    say says said tell told write wrote written mean means meant happen happened mention mentioned matter matters thanks thank
    please hello hi sorry okay since until exactly else
    """.split()
)
"""Words that ask about a quote, or are only polite, and say nothing of the subject."""

CLAUSE = re.compile(
    r"(?:\b(?:(?:sub-?)?(?:clause|section|paragraph|rule|article|chapter|regulation)|sec\.|art\.|para\.|by-?law|point|item|condition"
    r"|standing order|schedule|part|step|principle|requirement|provision)s? (?:no\.? |number )?|§+ ?)"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?|(?-i:[IVXL]{1,6}))(?![\w%]|\.\d)(?P<points>(?: ?\([a-z0-9]{1,4}\))*)",
    re.IGNORECASE,
)
"""A numbered part of a text, as a question names it: "clause 4.2", "Rule 7(b)", "§ 3a", "Article IV"."""

CLAUSE_VERBS = SAYING | frozenset(
    """
    state states stated cover covers covered contain contains provide provides deal deals require requires give read reads set
    sets lay out text content wording agreement contract document policy rules terms act quote show cite
    """.split()
)
"""Words of a question that asks what such a part says, and for nothing in particular."""

MAY = re.compile(
    r"\b(?:can|could|may|must|should|shall|do|did|will|would) (?:I|we)\b(?! (?:know|tell|say|find|see|learn)\b)",
    re.IGNORECASE,
)
"""Asks whether or how one may do something. A question word after these words asks nothing: in "Can I change how many
there are?" the answer is no number."""

EXACT = re.compile(
    r"\b(?:names?|called|numbers?|phone|e-?mail|address|cost|price|fee|salary|budget|age|version|release|date|exact(?:ly)?)\b",
    re.IGNORECASE,
)
"""Words that ask for something exact."""

_MONTH = "|".join([*MONTHS, *MONTH_ABBREVIATIONS])
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundreds? thousands? millions? billions? dozens half third quarter twice few several all none"
).replace(" ", "|")
_ANSWERS: dict[AnswerType, str] = {
    "number": rf"\d[\d.,:]*|\b(?:{_NUMBER_WORDS})\b",
    "time": rf"\b{YEAR}\b|\b(?:{_MONTH})\b|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}} ?[ap]m\b"
    r"|\b(?:yesterday|today|century|decade|month|week)s?\b",
    "person": r"\b[A-Z][\w'’-]+|@\w+|\bauthor\b",
    "place": r"\b[A-Z][\w'’-]+|/\w+/",
    "reason": r"\b(?:because|due to|since(?! \d| then\b)|as a result|caus\w+|therefore|so that|in order|reasons?|owing|led to|so"
    r"|means? that)\b",
}
ANSWERS = {
    kind: re.compile(pattern, re.NOFLAG if kind in NAMED else re.IGNORECASE) for kind, pattern in _ANSWERS.items()
}
"""What a thing of each kind looks like in a sentence."""

NO_NUMBER = re.compile(
    r"\A\s*\d{1,3}[.)]\s|\]\([^)]*\)|https?://\S+|\b\d{1,2}:\d\d(?::\d\d)?\b|\b[12]\d{3}-\d\d-\d\d\b|\b(?:19|20)\d\d\b(?![.,:]\d)"
)
"""Digits that count nothing: a list's numbering, an address, a time of day, a date, a year."""

POINTING = re.compile(
    r"^\s*(?:and|but|so|or|then|also|ok(?:ay)?|what about|how about|why|when|where|who)\b[^\w]*\s*\S*\s*\S*[?.]?\s*$"
    r"|^\s*(?:and|but|so|or|then|also)\b"
    r"|\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|one|ones|other|others|same|too"
    r"|instead|else)\b",
    re.IGNORECASE,
)
"""Words by which a question leans on what was said before."""

REFERRING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers)\b|\b(?:this|that|these|those)(?=\W*$)", re.IGNORECASE
)
"""Words that stand for what was spoken of before."""

DANGLING = re.compile(r"\b(?:they|them|their|theirs|he|him|his|she|her|hers)\b", re.IGNORECASE)
"""Such words that always stand for somebody or something; "it" need not ("Is it allowed to swim?")."""

ASKS_NOTHING = re.compile(
    r"(?:\W*\b(?:hi|hiya|hello|hey|greetings|good (?:morning|afternoon|evening|day|night)|(?:many )?thank(?:s|you| you)"
    r"|(?:so|very) much|a lot|cheers|bye|goodbye|see you|ok(?:ay)?|great|nice|cool|perfect|wonderful|got it|i see|understood"
    r"|how are (?:you|things)|how do you do|doing|today|sorry|there|again|then|everyone|all|bot|yes|no|quit|exit)\b)+\W*"
    r"|\W*/\w+(?: \S+)?\s*",
    re.IGNORECASE,
)
"""The whole of what only greets or thanks ("Good morning!"), and commands ("/help")."""

DEFINING = re.compile(
    r"^\W*(?i:what|who)(?:['’]s|\s+(?:is|are|was|were))\s+(?:(?:a|an|the)\s+)?(?!(?:[Ii]t|[Tt]hat|[Tt]his|[Tt]he(?:re|y|se)|[Hh]e|[Ss]he)\b)[A-Z]"
)
"""Asks what a name is ("What is the MASH?"): such a question needs no earlier one, though all its words are names."""

NEW_SUBJECT = re.compile(
    r"\b(?:(?:different|another|new|next|other|unrelated|separate)\s+(?:topic|subject|question|note|matter|thing)"
    r"|(?:change|changing|switch|switching)\s+(?:of\s+|the\s+)?(?:topic|subject)s?"
    r"|something\s+(?:\w+\s+)?(?:else|different|new)(?=\s*(?:[:,.;!–—]|$))|moving\s+on|enough\s+(?:of|about)|^\W*enough\s+\w+(?=[.!;])|forget\s+(?:about\s+)?(?:that|it|this))\b",
    re.IGNORECASE,
)
"""Words with which people announce that the question has nothing to do with the last one."""

SECOND_QUESTION = re.compile(rf",?\s+(?:and|or|but)\s+(?=(?:{QUESTION_WORDS})\b)|(?<=\?)\s+", re.IGNORECASE)
"""Where a second question begins in a question."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\banyways?\b[\s,:;–—-]*")
"""Where a sentence of a question ends; "anyway" ends a story."""

ASKING = re.compile(rf"(?:{QUESTION_WORDS}|is|are|was|were|do|does|did|can|could|should|will|would)\b", re.IGNORECASE)
"""What a heading that is a question begins with."""

WHAT_IS_SAID = "What is said about {}?"
"""A question about any subject."""

HOLLOW = frozenset("much many lot get got say says said tell find know want let thing things".split())
"""Words that are never reported as missing."""

_DOCUMENT = (
    r"(?:this|that|it|(?:the|this|that|which|what) (?:\w+ ){0,3}?(?:document|page|note|post|article|file|text|entry|guide|policy"
    r"|report|memo|letter|paper|minutes))"
)
_WRITING = (
    r"(?:wr[io]t\w+|author\w*|publish\w*|post(?:ed|s)?|updat\w+|modif\w+|revis\w+|edit\w*"
    r"|last (?:changed|reviewed|touched))"
)
FIELD_QUESTIONS = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(names))
    for asks, names in (
        (
            rf"\bauthors?\b|\bwhose name\b|\b(?:who|whom)\b.*\b(?:{_WRITING}\b|(?:made|created|maintains|owns) {_DOCUMENT}\b)",
            r"(?:author|writer|creator|editor|maintainer|owner|contributor)s?|by|written[ _-]by",
        ),
        (
            rf"\b(?:when|how recently|what (?:day|date|year|month))\b.*\b(?:{_WRITING}\b|releas\w+|announc\w+|launch\w+"
            rf"|c[ao]me out\b|{_DOCUMENT} (?:made|created)\b|made\b.*{_DOCUMENT})"
            rf"|\b(?:date|age) of {_DOCUMENT}|\bhow old is {_DOCUMENT}\W*$",
            r"(?:last[ _-]?)?(?:date|creat\w*|updat\w*|mod(?:ified)?|modified|publish\w*|pubdate|posted|revised|reviewed|edited)"
            r"(?:[ _-]?(?:at|on|date))?",
        ),
        (rf"\b(?:title|name) of {_DOCUMENT}|\bwhat is {_DOCUMENT} called", r"(?:sub|short)?[ _-]?title|name|slug"),
        (
            r"\b(?:tag|keyword)(?:s|ged)?\b|\bcategor(?:y|ies|ised|ized)\b",
            r"(?:tag|keyword|topic|label)s?|categor(?:y|ies)",
        ),
    )
)
"""Pairs: what asks for a fact about a document, and the names of the fields in its front matter that tell it."""
