"""Labels: the sentences of a passage that say what is asked about and not what answers, and what stands below each.

A label is a heading of any level, a question in the text (of a list of questions and answers, of an interview), the header of a
table, or a line without words. What answers stands below a label, up to the next label. No question is answered by a question.
"""

import re
from collections.abc import Sequence
from typing import Literal

from qa_bot.documents import headings
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

Label = Literal["heading", "question", "header", "blank"]

HEADER_ROW = re.compile(r"[|│┃¦].*\n\s*(?:\|?\s*:?-{3,}:?\s*(?:\||$)|[|+├╞╠]\s*[-=─━═]{2})", re.MULTILINE)
"""The header row of a table, with the line below the row, which belongs to it."""
WORDS = re.compile(r"[^\W_]+")
UNSEEN = re.compile(r"(?<=\])\([^()\s]*\)|(?<=\])\[[^\[\]]*\]|</?\w[^<>]*>|\{[#:.][^{}]*\}")
"""What of a heading no reader of the page sees: the target of a link, a tag, an anchor."""
MARKED_UP = re.compile(r"#{1,6}\s|\s*(?:\*\*|__)[^*\n]{1,120}(?:\*\*|__):?\s*\Z")
"""A heading of Markdown, or a line all in bold type."""
ASKS = re.compile(
    r"[?？][!！?？]*(?:[*_`\s]|</\w+>|\]\([^()\s]*\))*\Z|\A\W*[\"“«„‘'][^\"”»]*[?？][!！?？]*[\"”»’'][*_\s]*\Z"
)
"""A sentence that asks, in quotation marks as a whole or without; not one that ends with what somebody asked, nor with a doubt
in brackets ("some thirty (perhaps?)")."""


def labels(texts: Sequence[str], title: str, context: str, language: Language = ENGLISH) -> list[Label | None]:
    """For each sentence of a passage what label the sentence is; None for a sentence that may answer."""
    above = {words_of(part) for part in [title, *headings.split(context)]} - {()}
    asked, answered = asked_and_answered(texts, language)
    found: list[Label | None] = []
    for at, text in enumerate(texts):
        if not words_of(text):
            found.append("blank")
        elif at in asked or (at not in answered and ASKS.search(text)):
            found.append("question")
        elif is_heading(text, above):
            found.append("heading")
        else:
            found.append("header" if HEADER_ROW.search(text) else None)
    return found


def asked_and_answered(texts: Sequence[str], language: Language) -> tuple[set[int], set[int]]:
    """The sentences from each "Q:" to its "A:" (or to the mark that ends the question), and the sentence of each "A:"."""
    asked: set[int] = set()
    answered: set[int] = set()
    begin = -1
    for at, text in enumerate(texts):
        if language.question_label.match(text):
            asked.add(at)
            begin = at
        elif begin >= 0 and language.answer_label.match(text):
            asked.update(range(begin, at))
            answered.add(at)
            begin = -1
    return asked, answered


def is_heading(text: str, above: set[tuple[str, ...]]) -> bool:
    """Whether the sentence is one of the headings above the passage, given by their words, or is marked up as one.

    A first sentence that had to serve as the title is none: that sentence ends as a sentence does.
    """
    if MARKED_UP.match(text):
        return True
    return words_of(text) in above and not text.rstrip().endswith((".", "!", "。"))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a heading, in lower case, without its markup."""
    return tuple(word.casefold() for word in WORDS.findall(UNSEEN.sub(" ", text)))


def below(at: int, kinds: Sequence[Label | None]) -> range:
    """The sentences below the label `at`: from the next sentence that is no label up to the label after that."""
    first = next((i for i in range(at + 1, len(kinds)) if kinds[i] is None), len(kinds))
    last = next((i for i in range(first, len(kinds)) if kinds[i] not in (None, "blank")), len(kinds))
    return range(first, last)
