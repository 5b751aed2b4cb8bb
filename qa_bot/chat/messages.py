"""What the background tells the screen. Threads only post these; handlers on the screen's own thread act on them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from qa_bot.library import IndexSize, Listed, SeedsState

if TYPE_CHECKING:  # not needed for the first picture
    from collections.abc import Mapping

    from qa_bot.answers.model import Answer, Quote, State
    from qa_bot.chat.saved import Entry, SavedTurn
    from qa_bot.library import FileText, Progress, Report
    from qa_bot.showing.differing import Spans
    from qa_bot.showing.states import Words


class IndexMessage(Message):
    """The background tells of the index or of the seeds folder: for the `IndexKeeper`."""


class TurnMessage(Message):
    """A question is asked, or there is news of questions and their answers: for the `Talk`."""


@dataclass
class IndexOpened(IndexMessage):
    """There is an index, and questions can be put to it."""

    size: IndexSize


@dataclass
class IndexAbsent(IndexMessage):
    """There is no index that can be asked; `reason` is the line of the error."""

    reason: str


@dataclass
class SeedsLooked(IndexMessage):
    """The seeds folder was compared with the index."""

    seeds: SeedsState
    first: bool
    """Whether this was the comparison when the chat opens, which may start an update."""


@dataclass
class SeedsTouched(IndexMessage):
    """Files in the seeds folder have changed, or may have changed."""

    heard: bool
    """Whether a change was reported. False: none was for a while, and some file systems report no changes."""


@dataclass
class QuotesChecked(TurnMessage):
    """The states of quotes by today's files."""

    states: "Mapping[Words, State]"
    moved: "Mapping[Words, str]"
    """For changed quotes whose words still stand in their file: the name of the place at which the words start now."""


@dataclass
class UpdateProgressed(IndexMessage):
    """The update has come this far."""

    progress: "Progress"


@dataclass
class PartlyIndexed(IndexMessage):
    """The first files of a new index can be asked; the update goes on with the rest."""


@dataclass
class UpdateFinished(IndexMessage):
    """The index is up to date, and open."""

    report: "Report"
    size: IndexSize
    asked_for: bool
    """Whether the user asked for the update, and is told of it even where nothing changed."""


@dataclass
class UpdateStopped(IndexMessage):
    """The update ended early: cancelled (no reason), or the reason in one line."""

    reason: str = ""
    no_documents: bool = False


@dataclass
class Answered(TurnMessage):
    """The answer to a turn's question."""

    number: int
    answer: "Answer"


@dataclass
class AskFailed(TurnMessage):
    """A turn's question could not be asked; one line says why."""

    number: int
    reason: str


@dataclass
class NotSaved(Message):
    """A conversation cannot be saved or resumed; one line says why."""

    reason: str


@dataclass
class SavedListed(Message):
    """The saved conversations, or why they cannot be listed."""

    entries: "list[Entry]"
    reason: str = ""


@dataclass
class Resumed(Message):
    """A saved conversation, its quotes compared with today's files."""

    key: str
    turns: "list[SavedTurn]"
    unread: int = 0
    """The number of further turns, which cannot be read."""


@dataclass
class Asked(TurnMessage):
    """The user asks a question."""

    question: str
    alone: bool = False


@dataclass
class EditWanted(Message):
    """The user wants the question back in the input, to change it."""

    question: str


class QuoteMessage(Message):
    """The user wants something done with a quote, wherever the quote is shown."""


@dataclass
class DocumentWanted(QuoteMessage):
    """The user wants to see a quote in its document."""

    quote: "Quote"


@dataclass
class CopyWanted(QuoteMessage):
    """The user wants a quote with its citation on the clipboard."""

    quote: "Quote"


@dataclass
class ScopeWanted(Message):
    """The user wants questions put to these documents only."""

    documents: tuple[str, ...]
    """Their paths; none: all documents."""


@dataclass
class WhyWanted(QuoteMessage):
    """The user wants to know why a quote was chosen, and why the answer is believed."""

    answer: "Answer"
    quote: "Quote"


@dataclass
class SidesWanted(Message):
    """The user wants to see side by side what the documents say to a question."""

    answer: "Answer"


@dataclass
class SidesFound(Message):
    """The best quote of each document, the oldest document first, or why there are none."""

    quotes: "list[Quote]"
    differing: "list[Spans]"
    """For each quote the places, in its `answering_lines`, of the words that differ from the quote before it."""
    reason: str = ""


@dataclass
class SuggestionsFound(TurnMessage):
    """Questions that might be asked instead of a refused turn's."""

    number: int
    questions: tuple[str, ...]


@dataclass
class DocumentLoaded(Message):
    """A document's text, or None and why it cannot be read."""

    file: "FileText | None"
    reason: str = ""


@dataclass
class DocumentsListed(Message):
    """The documents of the index, or why they cannot be listed."""

    documents: list[Listed]
    reason: str = ""
