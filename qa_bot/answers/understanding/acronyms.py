"""Acronyms, where the documents explain them: "multi-agency safeguarding hub (MASH)" makes either ask for the other too.

The long form is found as Schwartz and Hearst do (A simple algorithm for identifying abbreviation definitions in biomedical
text, 2003): the short form's letters, last to first, in the words before the parenthesis, the first at a word's start.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from qa_bot.answers.understanding.question import Question
from qa_bot.language.analysis import terms, word_terms

EXPLAINED = re.compile(r"\(([A-Z][A-Za-z0-9&.-]{1,9})\)")
"""A short form in parentheses, behind its long form."""
CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]+s?\b")
TextsWith = Callable[[Sequence[Sequence[str]]], Iterable[str]]
"""For several lists of terms, the texts of the passages that hold most of each."""


class Acronym(NamedTuple):
    """A short form and what it stands for, as written."""

    short: str
    long: str


def also_called(question: Question, texts_with: TextsWith) -> list[str]:
    """The other names that the documents have for what the question asks about.

    An explanation is looked for in the passages with most of the question's words, and of each acronym in the question.
    """
    acronyms = [] if question.text.isupper() else CAPITALS.findall(question.text)
    asked = [question.terms, *(word_terms(acronym, question.language) for acronym in acronyms)]
    return aliases(question, explained_in(texts_with(asked)))


def explained_in(texts: Iterable[str]) -> list[Acronym]:
    """The acronyms that the texts explain, each once."""
    found: dict[str, Acronym] = {}
    for text in texts:
        for match in EXPLAINED.finditer(text):
            short = match[1]
            if sum(map(str.isupper, short)) > 1 and (long := long_form(short, text[: match.start()])):
                found.setdefault(short.casefold(), Acronym(short, long))
    return list(found.values())


def long_form(short: str, before: str) -> str:
    """The words at the end of `before` that `short` stands for; "" where they are not told."""
    if short.endswith("s") and short[:-1].isupper():
        short = short[:-1]
    words = list(re.finditer(r"[^\s]+", before))[-min(len(short) + 5, 2 * len(short)) :]
    if not words:
        return ""
    text = before[words[0].start() :].rstrip()
    at = len(text)
    for i, letter in enumerate(reversed([c for c in short if c.isalnum()])):
        first = i == sum(map(str.isalnum, short)) - 1
        at -= 1
        while at >= 0 and not (text[at].lower() == letter.lower() and not (first and at and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long = text[at:]
    return "" if re.search(r"[.!?;:()]\s", long) or short.casefold() == long.casefold() else " ".join(long.split())


def aliases(question: Question, known: Sequence[Acronym]) -> list[str]:
    """What the question's words are also called: the long form of each short one it has, the short form of each long one."""
    words = {word.casefold() for word in question.words}
    words |= {word[:-1] for word in words if word.endswith("s")}
    asked = f" {' '.join(question.terms)} "
    also: list[str] = []
    for short, long in known:
        whole = f" {' '.join(terms(long, question.language))} "
        if short.rstrip("s").casefold() in words:
            also += [long] if whole not in asked else []
        elif len(whole.split()) > 1 and whole in asked:
            also.append(short)
    return also
