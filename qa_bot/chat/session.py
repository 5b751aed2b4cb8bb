"""What the chat knows: the one place of its state. Plain data, no widgets; only message handlers change it."""

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
    """One question and what came of it."""

    number: int
    """Unique while the program runs; a message about a turn that is no longer here is dropped by it."""
    question: str
    scope: tuple[str, ...] = ()
    """The documents it was put to; none named: all."""
    alone: bool = False
    """Asked on its own: earlier turns are no context for it, nor for what follows it."""
    answer: "Answer | None" = None
    error: str = ""
    suggestions: tuple[str, ...] = ()
    """Of a refusal: questions that the documents near it do answer."""
    early: bool = False
    """Answered while an update of the index was running, so perhaps from less than there is now."""
    basis: str = ""
    """Of an early answer: how much was indexed, in a few words."""
    not_read: str = ""
    """How many files could not be read when the question was asked, in a few words; "" where all were."""
    moved: "Mapping[Words, str]" = field(default_factory=dict)
    """What the places are called at which quoted words stand now that stood elsewhere."""
    late: bool = False
    """The index has changed since an early answer."""

    @property
    def remark(self) -> str:
        """What is to be said of how current the answer is."""
        if self.late:
            return "the index has changed since"
        return self.basis if self.early else ""

    @property
    def done(self) -> bool:
        """Whether there is something to show below the question."""
        return self.answer is not None or bool(self.error)

    @property
    def quotes(self) -> "tuple[Quote, ...]":
        """What the answer shows, whether it answers or is only nearest."""
        if self.answer is None:
            return ()
        return self.answer.quotes or self.answer.nearest


def new_key() -> str:
    """A name that no other conversation has."""
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
    """Files now in the seeds folder; None before anybody has looked."""
    outdated: int = 0
    """How many of them are new, changed or removed since the index was made."""
    must_rebuild: str = ""
    """Why the index does not fit, where it does not."""
    updating: bool = False
    stopping: bool = False
    """The update was asked to stop, and will where it can."""
    cancelling: bool = False
    """Once more, and it will be asked to stop."""
    progress: "Progress | None" = None
    partial: bool = False
    """The index is being made for the first time, and what there is of it can be asked already."""
    news: str = ""
    """What the last update that nobody asked for has brought, in a few words."""
    left_out: "tuple[Failure, ...]" = ()
    """What the last update could not read."""
    not_read: int = 0
    """Files that were seen and could not be read."""
    files: int = 0
    """All files that were seen."""
    touched: bool = False
    """Files have changed since the update began."""
    tried: "SeedsState | None" = None
    """The seeds as they were when an update was last begun by itself: it is not begun again for the same."""

    def summary(self) -> str:
        """The index in a few words, for the header."""
        return " · ".join(part for part in (*self._size(), self._state()) if part)

    def summaries(self) -> list[str]:
        """The same in fewer and fewer words, with the key that helps, for headers of any width."""
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
        """What is answered from while an update runs, in a few words; nothing while none does."""
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
    """Which conversation of the core the next question belongs to."""
    scope: tuple[str, ...] = ()
    """The documents that questions are put to, as they were chosen; none named: all."""
    index: IndexState = field(default_factory=IndexState)
    asked: int = 0
    key: str = field(default_factory=new_key)
    """What the conversation on the screen is saved under."""
    automatic: bool = True
    """Whether the index is updated as soon as files change, or when the user says so."""
    not_saved: str = ""
    """Why conversations cannot be kept, once that was said."""

    def add(self, question: str, alone: bool = False) -> Turn:
        """A new turn at the end, waiting to be asked."""
        self.asked += 1
        turn = Turn(self.asked, question, self.scope, alone)
        self.turns.append(turn)
        self.waiting.append(turn)
        return turn

    def next_turn(self) -> Turn | None:
        """Take the turn that can be asked now, if any: one at a time, in order, and only with an index to ask."""
        if self.asking is not None or not self.waiting or self.index.phase is not Phase.READY:
            return None
        self.asking = self.waiting.popleft()
        if self.asking.alone:
            self.conversation += 1
        return self.asking

    def finish(self, number: int) -> Turn | None:
        """The turn that a result belongs to, now no longer being asked; None where it was superseded."""
        if self.asking is not None and self.asking.number == number:
            turn, self.asking = self.asking, None
            return turn
        return None

    def restart(self) -> None:
        """A new conversation with all documents: nothing on the screen, nothing waiting, no context. The index stays."""
        self.turns.clear()
        self.waiting.clear()
        self.asking = None
        self.scope = ()
        self.conversation += 1
        self.key = new_key()

    def resume(self, key: str, turns: "Iterable[SavedTurn]") -> None:
        """A conversation held before takes the place of this one; it goes on with the documents it was last put to."""
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
        """The answers that a turn was asked after, oldest first."""
        answers: list[Answer] = []
        for earlier in reversed(self.turns[: self.turns.index(turn) + 1]):
            if earlier is not turn and earlier.answer is not None:
                answers.append(earlier.answer)
            if earlier.alone:
                break
        return answers[::-1]

    def restate(self, states: "Mapping[Words, State]", moved: "Mapping[Words, str]") -> list[Turn]:
        """Mark the quotes as they stand to their files now; the turns in which that is news."""
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
