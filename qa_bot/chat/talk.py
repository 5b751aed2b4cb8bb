"""The talk of a chat: questions are asked one after the other, and each answer is shown below its question."""

from collections.abc import Callable
from functools import singledispatchmethod
from typing import Any, Protocol

from qa_bot.chat.jobs import Job, Jobs
from qa_bot.chat.messages import Answered, Asked, AskFailed, QuotesChecked, SuggestionsFound, TurnMessage
from qa_bot.chat.session import Phase, Session, Turn
from qa_bot.chat.widgets.conversation import ConversationView
from qa_bot.showing.left_out import share_not_read


class TalkScreen(Protocol):
    """What the talk needs of the screen that shows its turns."""

    @property
    def conversation(self) -> ConversationView:
        """The widget that shows the turns."""

    def work(self, job: Job, group: str, exclusive: bool = False) -> None:
        """Run a job in the background; an exclusive one takes the place of those of its group."""

    def show_index(self) -> None:
        """Show the index as the session has it now."""

    def focus_input(self) -> None:
        """Go to where questions are typed."""

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any) -> bool:
        """Call back once all changes are on the screen."""


class Talk:
    """Hands questions to the background in order, and hands each answer to the turn that shows it."""

    def __init__(self, session: Session, jobs: Jobs, screen: TalkScreen) -> None:
        self._session = session
        self._jobs = jobs
        self._screen = screen

    def ask_next(self) -> None:
        """Ask the next question that waits, if there is an index to ask."""
        turn = self._session.next_turn()
        if turn is not None:
            session = self._session
            turn.early, turn.basis = session.index.updating, session.index.basis()
            turn.not_read = share_not_read(session.index.not_read, session.index.files)
            self._screen.work(self._jobs.ask(session.conversation, turn, session.before(turn), session.key), "ask")

    def say_what_waits(self) -> None:
        """Say below each question without an answer what the question waits for."""
        index = self._session.index
        if index.phase is Phase.READY:
            why = "waiting its turn"
        elif index.phase is Phase.OPENING:
            why = "waiting for the index to open"
        elif index.updating:
            why = "waiting: answered as soon as the index is made"
        else:
            why = "waiting: there is no index yet; ctrl+r makes it"
        for turn in self._session.waiting:
            self._wait(turn, why)
        if self._session.asking is not None:
            self._wait(self._session.asking, "searching")

    def _wait(self, turn: Turn, why: str) -> None:
        if (view := self._screen.conversation.view(turn)) is not None:
            view.wait(why)

    @singledispatchmethod
    async def receive(self, message: TurnMessage) -> None:
        """Act on a new question, or on news about an earlier one."""
        raise NotImplementedError(type(message).__name__)

    @receive.register
    async def _asked(self, message: Asked) -> None:
        """Show the question at once, and ask it as soon as possible."""
        turn = self._session.add(message.question, message.alone)
        self._session.index.news = ""
        self._screen.show_index()
        self._screen.conversation.begin(turn)
        self._screen.focus_input()
        self.ask_next()
        self._screen.call_after_refresh(self.say_what_waits)

    @receive.register
    async def _answered(self, message: Answered) -> None:
        """Show the answer, unless its turn was given up."""
        turn = self._session.finish(message.number)
        if turn is not None:
            turn.answer = message.answer
            await self._finish(turn)
            if not turn.answer.answered and turn.quotes:
                self._screen.work(self._jobs.suggestions(turn), "ask")
        self.ask_next()

    @receive.register
    async def _failed(self, message: AskFailed) -> None:
        """Show why there is no answer."""
        turn = self._session.finish(message.number)
        if turn is not None:
            turn.error = message.reason
            await self._finish(turn)
        self.ask_next()

    async def _finish(self, turn: Turn) -> None:
        conversation = self._screen.conversation
        view = conversation.view(turn)
        if view is None:
            return
        await view.finish()
        self.say_what_waits()
        if turn is self._session.turns[-1]:
            self._screen.call_after_refresh(conversation.go_to, view)

    @receive.register
    async def _suggested(self, message: SuggestionsFound) -> None:
        """Offer other questions below the refusal."""
        turn = next((turn for turn in self._session.turns if turn.number == message.number), None)
        if turn is not None and message.questions:
            turn.suggestions = message.questions
            conversation = self._screen.conversation
            if (view := conversation.view(turn)) is not None:
                await view.suggest()
                conversation.still_at(view)

    def check_quotes(self) -> None:
        """Compare the quotes on the screen with the files as they are now."""
        answers = [turn.answer for turn in self._session.turns if turn.answer is not None]
        if answers:
            self._screen.work(self._jobs.check(answers), "check", exclusive=True)

    @receive.register
    async def _checked(self, message: QuotesChecked) -> None:
        """Mark the quotes whose files have changed."""
        for turn in self._session.restate(message.states, message.moved):
            if (view := self._screen.conversation.view(turn)) is not None:
                view.restate()

    def mark_late(self) -> None:
        """Say below answers given while the index was updated that the index has changed since."""
        for turn in self._session.turns:
            if turn.early and turn.answer is not None:
                turn.late = True
                if (view := self._screen.conversation.view(turn)) is not None:
                    view.late()
