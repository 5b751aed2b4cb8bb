"""The state of the chat, all in one place: plain data without widgets, changed by message handlers only."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from uuid import uuid4

from qa_bot.showing.text import counted

if TYPE_CHECKING:  # not needed for the first picture
    from qa_bot.answers.model import Answer, Quote, State
    from qa_bot.chat.saved import SavedTurn
    from qa_bot.library import Failure, Progress, SeedsState
    from qa_bot.showing.states import Words


@dataclass
class Turn:
    """One question with its answer, its error, or neither yet."""

    number: int
    """Unique while the program runs. By this number a message about a turn that is no longer here is recognised and dropped."""
    question: str
    scope: tuple[str, ...] = ()
    """The paths of the documents that were asked; empty: all documents."""
    alone: bool = False
    """Whether the question was asked on its own: earlier turns are context neither for this turn nor for later ones."""
    answer: "Answer | None" = None
    error: str = ""
    suggestions: tuple[str, ...] = ()
    """After a refusal: questions that the documents with the nearest passages do answer."""
    early: bool = False
    """Whether the answer was given while an update of the index was running, so perhaps from fewer documents than now."""
    basis: str = ""
    """For an early answer: how much was indexed then, in a few words."""
    not_read: str = ""
    """How many files could not be read when the question was asked, in a few words; "" where all were."""
    moved: "Mapping[Words, str]" = field(default_factory=dict)
    """For each quote whose words have moved in their file: the name of the place at which the words start now."""
    late: bool = False
    """Whether the index has changed since an early answer was given."""

    @property
    def remark(self) -> str:
        """How current the answer is, in a few words; "" where there is nothing to say."""
        if self.late:
            return "the index has changed since"
        return self.basis if self.early else ""

    @property
    def done(self) -> bool:
        """Whether there is an answer or an error to show below the question."""
        return self.answer is not None or bool(self.error)

    @property
    def quotes(self) -> "tuple[Quote, ...]":
        """The quotes that are shown: those that answer, or after a refusal the nearest passages."""
        if self.answer is None:
            return ()
        return self.answer.quotes or self.answer.nearest


def new_key() -> str:
    """A new key, which no other conversation has."""
    return uuid4().hex


class Phase(Enum):
    """Whether there is an index to ask."""

    OPENING = "opening"
    ABSENT = "absent"
    READY = "ready"


@dataclass
class IndexState:
    """The index as far as the chat knows."""

    phase: Phase = Phase.OPENING
    documents: int = 0
    passages: int = 0
    found: int | None = None
    """The number of files in the seeds folder now; None before the folder was looked at."""
    outdated: int = 0
    """The number of files that are new, changed or removed since the index was made."""
    must_rebuild: str = ""
    """Why the index has to be made anew; "" where that is not needed."""
    updating: bool = False
    stopping: bool = False
    """Whether the update was asked to stop. The update stops at the next step at which stopping is safe."""
    cancelling: bool = False
    """Whether escape was pressed once: pressed again, it asks the update to stop."""
    progress: "Progress | None" = None
    partial: bool = False
    """Whether the index is being made for the first time, and the part that is ready can be asked already."""
    news: str = ""
    """What the last automatic update has changed, in a few words."""
    left_out: "tuple[Failure, ...]" = ()
    """What the last update could not read."""
    not_read: int = 0
    """Files that were seen and could not be read."""
    files: int = 0
    """All files that were seen."""
    touched: bool = False
    """Whether files have changed since the update began."""
    tried: "SeedsState | None" = None
    """The state of the seeds for which the last automatic update was begun: for the same state no other one is begun."""

    def summary(self) -> str:
        """The index in a few words, for the header."""
        return " · ".join(part for part in (*self._size(), self._state()) if part)

    def summaries(self) -> list[str]:
        """The summary in fewer and fewer words, for headers of any width, with the key that updates an outdated index."""
        documents, passages = self._size() or ("", "")
        behind = self.phase is Phase.READY and bool(self.outdated) and not self.updating
        key = "^r updates" if behind else ""
        unread = f"{counted(self.not_read, 'file')} not read" if self.not_read else ""
        forms = (
            (documents, passages, unread, self._state(), key),
            (documents, unread, self._state(), key),
            (documents, self._state(), key),
            (self._state(), key),
            (self._state(),),
        )
        return list(dict.fromkeys(" · ".join(filter(None, form)) for form in forms))

    def basis(self) -> str:
        """What questions are answered from while an update runs, in a few words; "" while no update runs."""
        if not self.updating:
            return ""
        if self.partial and self.found:
            return f"from the first {self.documents:,} of {counted(self.found, 'file')}"
        behind = f", {counted(self.outdated, 'file')} behind" if self.outdated else ""
        return f"from the index before this update{behind}"

    def _size(self) -> tuple[str, ...]:
        if self.phase is not Phase.READY:
            return ()
        return counted(self.documents, "document"), counted(self.passages, "passage")

    def _state(self) -> str:
        if self.phase is Phase.OPENING:
            return "opening the index"
        if self.phase is Phase.ABSENT:
            return "building the index" if self.updating else "no index yet"
        if self.updating:
            return f"first of {counted(self.found, 'file')}, updating" if self.partial and self.found else "updating"
        if self.must_rebuild:
            return "needs a rebuild"
        if self.found == 0:
            return "the folder is empty now"
        if self.outdated:
            return f"{counted(self.outdated, 'file')} changed"
        return " · ".join(filter(None, ("up to date", self.news))) if self.found is not None else ""


@dataclass
class Session:
    """The conversation on the screen, the questions waiting, and the index behind them."""

    turns: list[Turn] = field(default_factory=list)
    waiting: deque[Turn] = field(default_factory=deque)
    asking: Turn | None = None
    conversation: int = 0
    """The number of the library's conversation that the next question belongs to."""
    scope: tuple[str, ...] = ()
    """The paths of the documents chosen to be asked; empty: all documents."""
    index: IndexState = field(default_factory=IndexState)
    asked: int = 0
    key: str = field(default_factory=new_key)
    """The key under which the conversation on the screen is saved."""
    automatic: bool = True
    """Whether the index is updated as soon as files change. If not, the user starts each update."""
    not_saved: str = ""
    """The last reason why conversations cannot be saved that the user was told; "" where there was none."""

    def add(self, question: str, alone: bool = False) -> Turn:
        """A new turn at the end, waiting to be asked."""
        self.asked += 1
        turn = Turn(self.asked, question, self.scope, alone)
        self.turns.append(turn)
        self.waiting.append(turn)
        return turn

    def next_turn(self) -> Turn | None:
        """The turn to ask now, taken from those waiting: one at a time, in order. None without an index to ask."""
        if self.asking is not None or not self.waiting or self.index.phase is not Phase.READY:
            return None
        self.asking = self.waiting.popleft()
        if self.asking.alone:
            self.conversation += 1
        return self.asking

    def finish(self, number: int) -> Turn | None:
        """The turn with this number, if it is the one being asked, which ends here; None for a turn that was given up."""
        if self.asking is not None and self.asking.number == number:
            turn, self.asking = self.asking, None
            return turn
        return None

    def restart(self) -> None:
        """Begin a new conversation, empty and with all documents to ask. The index stays open."""
        self.turns.clear()
        self.waiting.clear()
        self.asking = None
        self.scope = ()
        self.conversation += 1
        self.key = new_key()

    def resume(self, key: str, turns: "Iterable[SavedTurn]") -> None:
        """Replace the conversation by a saved one, and go on with the documents that were asked last in the saved one."""
        self.restart()
        self.key = key
        for turn in turns:
            self.asked += 1
            self.scope = turn.scope
            self.turns.append(Turn(self.asked, turn.answer.question, turn.scope, turn.alone, turn.answer))

    def turn_of(self, answer: "Answer") -> Turn | None:
        """The turn that an answer belongs to."""
        return next((turn for turn in self.turns if turn.answer is answer), None)

    def before(self, turn: Turn) -> "list[Answer]":
        """The answers that are context for a turn, oldest first."""
        answers: list[Answer] = []
        for earlier in reversed(self.turns[: self.turns.index(turn) + 1]):
            if earlier is not turn and earlier.answer is not None:
                answers.append(earlier.answer)
            if earlier.alone:
                break
        return answers[::-1]

    def restate(self, states: "Mapping[Words, State]", moved: "Mapping[Words, str]") -> list[Turn]:
        """Give all quotes the states that they have by today's files; returns the turns in which a state or a place changed."""
        from qa_bot.showing.states import with_states  # not needed for the first picture

        changed: list[Turn] = []
        for turn in self.turns:
            if turn.answer is None:
                continue
            if (now := with_states(turn.answer, states)) is not turn.answer or turn.moved != moved:
                turn.answer, turn.moved = now, moved
                changed.append(turn)
        return changed

    def places(self) -> set[tuple[str, int, int]]:
        """Every place quoted in this conversation: document, start and end."""
        return {(q.document, q.start, q.end) for turn in self.turns for q in turn.quotes}

    def quotes_from(self, document: str) -> "list[Quote]":
        """Every quote of this conversation from one document, each place once, in the document's order."""
        places = {(q.start, q.end): q for turn in self.turns for q in turn.quotes if q.document == document}
        return [places[key] for key in sorted(places)]
