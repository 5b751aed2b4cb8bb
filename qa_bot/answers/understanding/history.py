"""The turns of a conversation, the names in them, and which of them a later question leaves standing."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_bot.answers.model import Answer
from qa_bot.answers.understanding.timeframe import CURRENT
from qa_bot.index.lexical import LexicalIndex
from qa_bot.language.analysis import WORD, terms

MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
YEAR = re.compile(r"[12]\d{3}")
NEW_SUBJECT = re.compile(
    r"\b(?:(?:different|another|new|next|other|unrelated|separate)\s+(?:topic|subject|question|note|matter|thing)"
    r"|(?:change|changing|switch|switching)\s+(?:of\s+|the\s+)?(?:topic|subject)s?"
    r"|something\s+(?:\w+\s+)?(?:else|different|new)(?=\s*(?:[:,.;!–—]|$))|moving\s+on|enough\s+(?:of|about)|^\W*enough\s+\w+(?=[.!;])|forget\s+(?:about\s+)?(?:that|it|this))\b",
    re.IGNORECASE,
)
"""Words with which people announce that the question has nothing to do with the last one."""


@dataclass(frozen=True)
class Turn:
    """A question as it was asked, and the words of it that name documents."""

    question: str
    names: tuple[str, ...]
    """As written."""


@dataclass
class History:
    """The turns of a conversation so far, oldest first."""

    turns: list[Turn] = field(default_factory=list)
    quoted: str | None = None
    """The document of the last answer's first quote."""
    quoted_at: int = 0
    """Where in it that quote starts."""

    def take_in(self, turn: Turn) -> None:
        """The next turn; where it announces another subject, what came before is over."""
        if NEW_SUBJECT.search(turn.question):
            self.turns.clear()
            self.quoted = None
        self.turns.append(turn)

    def heard(self, answer: Answer) -> None:
        """What was quoted is what the next question may go on about; a refusal leaves that as it was."""
        if answer.quotes:
            self.quoted, self.quoted_at = answer.quotes[0].document, answer.quotes[0].start


def names_in(question: str, lexical: LexicalIndex) -> list[str]:
    """The words of the question that name some documents and not others, as written.

    A writer who uses capitals writes names with them; one who uses none may mean a name by any word that is one. A year is
    always one, and so is a name that no document has: it takes the place of the one asked about before, and nothing answers.
    """
    small = question in (question.lower(), question.upper())
    unknown = unknown_names(question, lexical)
    return [
        word
        for word in WORD.findall(question)
        if YEAR.fullmatch(word)
        or word in unknown
        or ((small or word[0].isupper() or word[0].isdigit()) and any(lexical.name_idf(t) for t in terms(word)))
    ]


def carried(turn: Turn, earlier: Sequence[Turn]) -> list[str]:
    """The earlier questions, oldest first, without the names whose place a later one has taken."""
    taken = {kind(name) for name in turn.names} | ({"time"} if CURRENT.search(turn.question) else set())
    kept: list[str] = []
    for before in reversed(earlier):
        kept.append(
            without(
                NEW_SUBJECT.sub("", before.question),
                {n for n in before.names if kind(n) in taken and n not in turn.names},
            )
        )
        taken |= {kind(name) for name in before.names}
    return kept[::-1]


def without(question: str, gone: set[str]) -> str:
    """The question less these words."""
    return " ".join(WORD.sub(lambda match: "" if match[0] in gone else match[0], question).split())


def kind(name: str) -> str:
    """Names take the place of names of their own kind: times and numbers, or all others."""
    return "time" if name.lower() in MONTHS or name[0].isdigit() else "name"


def unknown_names(question: str, lexical: LexicalIndex) -> list[str]:
    """Words written as names inside a sentence of the question that no document has."""
    if question.isupper():  # who shouts writes no names
        return []
    return [
        m[0]
        for m in WORD.finditer(question)
        if m[0][0].isupper()
        and question[: m.start()].rstrip(" \"'“‘(")[-1:] not in ("", ".", "?", "!", ":")
        and (its := terms(m[0]))
        and not any(lexical.holds(t) for t in its)
    ]
