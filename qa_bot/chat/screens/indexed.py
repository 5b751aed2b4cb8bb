"""The part of the main screen that keeps the index: opens it, updates it, shows how far it is."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from qa_bot.chat.jobs import Jobs
from qa_bot.chat.messages import (
    AskFailed,
    IndexAbsent,
    IndexOpened,
    PartlyIndexed,
    QuotesChecked,
    SeedsLooked,
    SeedsTouched,
    UpdateFinished,
    UpdateProgressed,
    UpdateStopped,
)
from qa_bot.chat.session import Phase, Session
from qa_bot.chat.widgets.conversation import Conversation
from qa_bot.chat.widgets.header import HeaderBar
from qa_bot.chat.widgets.keys import KeyLine
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.chat.widgets.status import StatusRule
from qa_bot.chat.widgets.welcome import Welcome
from qa_bot.config import Settings
from qa_bot.showing.report import news, summary

Job = Coroutine[Any, Any, None] | Callable[[], Coroutine[Any, Any, None]]

SURE = 4.0
"""Seconds in which a second escape cancels an update."""


class IndexedScreen(Screen[None]):
    """A conversation over an index that is opened and kept up to date in the background."""

    def __init__(self, settings: Settings, session: Session, jobs: Jobs) -> None:
        super().__init__()
        self._settings = settings
        self._session = session
        self._jobs = jobs

    def compose(self) -> ComposeResult:
        """Header, conversation, rule, input, keys."""
        yield HeaderBar(f"{self._settings.seeds}")
        yield Conversation(self._session.turns, Welcome(self._settings.seeds))
        yield StatusRule()
        with Horizontal(id="ask"):
            yield Static("›", id="prompt")
            yield QuestionInput()
        yield KeyLine()

    def on_mount(self) -> None:
        """Start on the index once the first picture is out."""
        self._show_index()
        self.query_one(Welcome).ready()
        self.call_after_refresh(self._start)

    def on_resize(self) -> None:
        """Nothing of what was drawn for another width stays."""
        self.call_after_refresh(self.refresh)

    def _start(self) -> None:
        self._work(self._jobs.start(), "index")

    def _look(self) -> None:
        """See what has changed; while the index is opened or updated, that is seen afterwards."""
        index = self._session.index
        index.touched = index.updating
        if not index.updating and index.phase is not Phase.OPENING:
            self._work(self._jobs.look, "look", exclusive=True)  # another look may take its place before it begins

    def on_seeds_touched(self, message: SeedsTouched) -> None:
        """Files may have changed: see what that means for the index, and for the quotes on the screen."""
        if message.heard:
            self._session.index.tried = None
        self._look()
        answers = [turn.answer for turn in self._session.turns if turn.answer is not None]
        if answers:
            self._work(self._jobs.check(answers), "check", exclusive=True)

    def on_automatic_changed(self) -> None:
        """Catch up with what has changed, if that is wanted now."""
        if self._session.automatic:
            self._session.index.tried = None
            self._look()
            self.notify("The index is updated by itself from now on, as soon as files change.")
        else:
            self.notify("Changed files are told at the top from now on; ctrl+r updates the index.")

    def on_quotes_checked(self, message: QuotesChecked) -> None:
        """Mark the quotes that stand otherwise now."""
        for turn in self._session.restate(message.states, message.moved):
            if (view := self._conversation.view(turn)) is not None:
                view.restate()

    def _work(self, job: Job, group: str, exclusive: bool = False) -> None:
        self.run_worker(job, group=group, exclusive=exclusive, exit_on_error=False)

    @property
    def _conversation(self) -> Conversation:
        return self.query_one(Conversation)

    def _show_index(self) -> None:
        index = self._session.index
        self.query_one(HeaderBar).show(index, self._session.scope)
        self.query_one(StatusRule).show(index)

    def _ask_next(self) -> None:
        """The index may be able to answer now."""

    def _say_what_waits(self) -> None:
        """What questions wait for may have changed."""

    def on_index_opened(self, message: IndexOpened) -> None:
        """Questions can be asked now."""
        index = self._session.index
        index.phase, index.documents, index.passages = Phase.READY, message.size.documents, message.size.passages
        self._show_index()
        self._ask_next()

    def on_index_absent(self, message: IndexAbsent) -> None:
        """Nothing to ask yet; the look at the seeds that follows decides what to do about it."""
        self._session.index.phase = Phase.ABSENT
        self._show_index()
        self._say_what_waits()

    def on_seeds_looked(self, message: SeedsLooked) -> None:
        """Show how far the index is behind; when the chat opens, catch up at once."""
        index, seeds = self._session.index, message.seeds
        index.found, index.outdated, index.must_rebuild = seeds.found, seeds.outdated, seeds.must_rebuild
        self._show_index()
        wanted = seeds.needs_update or (index.phase is Phase.ABSENT and bool(seeds.found))
        if wanted and (message.first or (self._session.automatic and seeds != index.tried)):
            index.tried = seeds
            self._update(asked_for=False)
        elif seeds.trouble and message.first:
            self._welcome_empty(seeds.trouble)

    def _welcome_empty(self, reason: str) -> None:
        self._session.index.found = 0
        welcome = next(iter(self.query(Welcome)), None)
        if welcome is not None:
            welcome.empty(reason)
        elif reason:
            self._conversation.note(reason, "error")

    def _update(self, *, asked_for: bool, full: bool = False) -> None:
        index = self._session.index
        if index.updating:
            self.notify(
                "The update is stopping; then another can start."
                if index.stopping
                else "The index is being updated already; escape twice cancels.",
                markup=False,
            )
            return
        index.updating, index.stopping, index.progress = True, False, None
        self._show_index()
        self._say_what_waits()
        self.refresh_bindings()
        self._work(self._jobs.update(full, asked_for), "index")

    def _cancel_if_sure(self) -> None:
        """Cancel the update at the second time within a few seconds: it may have taken long to get there."""
        index = self._session.index
        if not index.updating or index.stopping:
            return
        if index.cancelling:
            self.action_cancel_update()
            return
        index.cancelling = True
        self.query_one(StatusRule).show(index)
        self.set_timer(SURE, self._not_sure)

    def _not_sure(self) -> None:
        self._session.index.cancelling = False
        self.query_one(StatusRule).show(self._session.index)

    def action_cancel_update(self) -> None:
        """Ask the update to stop, and say so at once: in the middle of a step it may take a while."""
        index = self._session.index
        if index.updating and not index.stopping:
            index.stopping, index.cancelling = True, False
            self._jobs.cancel_update()
            self.query_one(StatusRule).show(index)

    def on_update_progressed(self, message: UpdateProgressed) -> None:
        """Move the bar."""
        self._session.index.progress = message.progress
        self.query_one(StatusRule).show(self._session.index)

    def on_partly_indexed(self, message: PartlyIndexed) -> None:
        """What there is can be asked, while the rest is indexed."""
        self._session.index.partial = True
        self._work(self._jobs.reopen(), "index")

    def on_update_finished(self, message: UpdateFinished) -> None:
        """A newer index is open: say what is new in it, and which answers are older than it."""
        index, report = self._session.index, message.report
        index.updating, index.stopping, index.progress, index.partial = False, False, None, False
        index.outdated, index.must_rebuild = 0, ""
        index.found = message.size.documents + len(report.failed)
        for failure in report.failed:
            if not message.asked_for and failure in index.left_out:
                continue  # told already
            self._conversation.note(f"Left out: {failure.path}: {failure.reason}", "warning", go=message.asked_for)
        index.news = "" if message.asked_for else news(report)
        index.left_out = tuple(report.failed)
        if message.asked_for:
            self._conversation.note(summary(report))
        for turn in self._session.turns:
            if turn.early and turn.answer is not None:
                turn.late = True
                if (view := self._conversation.view(turn)) is not None:
                    view.late()
        if welcome := next(iter(self.query(Welcome)), None):
            welcome.ready()
        self.on_index_opened(IndexOpened(message.size))
        if index.touched:
            self._look()

    def on_update_stopped(self, message: UpdateStopped) -> None:
        """The update ended early, or the index cannot be opened or made: one line says why."""
        index = self._session.index
        was_updating = index.updating
        partial, index.partial = index.partial, False
        index.updating, index.stopping, index.progress = False, False, None
        if index.phase is Phase.OPENING:
            index.phase = Phase.ABSENT
        if message.no_documents:
            self._welcome_empty(message.reason)
        elif message.reason:
            self._conversation.note(message.reason, "error")
        elif was_updating:
            asked = "what was indexed first can be asked" if partial else "the index is as it was before"
            self._conversation.note(f"Update cancelled; {asked}, and ctrl+r goes on from what was embedded.")
        self._show_index()
        self._say_what_waits()

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """A worker's error is a fault of ours, not the user's: say so, keep the chat alive."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        self.log.error(error)
        line = f"Something went wrong inside qa-bot ({type(error).__name__}: {error}). The chat goes on."
        if event.worker.group == "index":
            self.post_message(UpdateStopped(line))
        elif event.worker.group == "ask" and self._session.asking is not None:
            self.post_message(AskFailed(self._session.asking.number, line))
