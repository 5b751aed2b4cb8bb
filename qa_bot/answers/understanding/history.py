"""The turns of a conversation, and what of the earlier ones a later question leaves in place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_bot.answers.model import Answer
from qa_bot.answers.understanding.names import kind_of_name
from qa_bot.answers.understanding.question import Question
from qa_bot.language.analysis import WORD


@dataclass
class History:
    """The turns of a conversation so far that were answered."""

    turns: list[Question] = field(default_factory=list)
    """Oldest first."""
    quoted: str | None = None
    """The document of the last answer's first quote."""
    quoted_at: int = 0
    """Where that quote starts in its document."""

    def take_in(self, turn: Question, answered: bool = True) -> None:
        """Add the next turn; where the turn announces a new subject, everything before it is dropped.

        A turn that was not answered is not added: of what the documents do not tell, nothing more can be asked.
        """
        if turn.new_subject:
            self.turns.clear()
            self.quoted = None
        if answered:
            self.turns.append(turn)

    def heard(self, answer: Answer) -> None:
        """Note what was quoted, for the next question may go on about the quote; a refusal changes nothing."""
        if answer.quotes:
            self.quoted, self.quoted_at = answer.quotes[0].document, answer.quotes[0].start


def carried(turn: Question, earlier: Sequence[Question]) -> list[str]:
    """The earlier questions, oldest first, without the names that a later name of the same kind has replaced."""
    language = turn.language
    taken = {kind_of_name(name, language) for name in turn.names} | ({"time"} if turn.about_now else set())
    kept: list[str] = []
    for before in reversed(earlier):
        gone = {name for name in before.names if kind_of_name(name, language) in taken and name not in turn.names}
        kept.append(without(language.new_subject.sub("", before.text), gone))
        taken |= {kind_of_name(name, language) for name in before.names}
    return kept[::-1]


def without(question: str, gone: set[str]) -> str:
    """The question less these words."""
    return " ".join(WORD.sub(lambda match: "" if match[0] in gone else match[0], question).split())
