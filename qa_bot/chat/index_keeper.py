"""Keeps the index of a chat up to date: has it opened and updated in the background, and follows the progress."""

from collections.abc import Callable
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Protocol

from qa_bot.chat.jobs import Job, Jobs
from qa_bot.chat.messages import (
    IndexAbsent,
    IndexMessage,
    IndexOpened,
    PartlyIndexed,
    SeedsLooked,
    SeedsTouched,
    UpdateFinished,
    UpdateProgressed,
    UpdateStopped,
)
from qa_bot.chat.session import Phase, Session
from qa_bot.chat.talk import Talk
from qa_bot.showing.left_out import kinds_in_words
from qa_bot.showing.report import news, summary

if TYPE_CHECKING:  # not needed for the first picture
    from qa_bot.library import Report

NAMED = 5
"""Files left out of an update that are told one by one at most."""
SURE = 4.0
"""Seconds in which a second escape cancels an update."""


class IndexScreen(Protocol):
    """What the keeper needs of the screen that shows its index."""

    def work(self, job: Job, group: str, exclusive: bool = False) -> None:
        """Run a job in the background; an exclusive one takes the place of those of its group."""

    def show_index(self) -> None:
        """Show the index as the session has it now."""

    def show_progress(self) -> None:
        """Show how far the update is."""

    def show_ready(self) -> None:
        """There are documents to ask."""

    def show_empty(self, reason: str) -> None:
        """There are no documents to ask; say why, where there is a reason."""

    def note(self, text: str, kind: str = "note", go: bool = True) -> None:
        """Say something in the conversation; with `go`, scroll there."""

    def tell(self, text: str) -> None:
        """Say something that disappears again."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> object:
        """Call back after some seconds."""

    def refresh_bindings(self) -> None:
        """Draw the keys again, because other keys may be in effect now."""


class IndexKeeper:
    """Opens the index, looks at the seeds folder, updates the index when files change or when asked to."""

    def __init__(self, session: Session, jobs: Jobs, screen: IndexScreen, talk: Talk) -> None:
        """`talk` is told when the index can answer, and when answers on the screen may be out of date."""
        self._session = session
        self._index = session.index
        self._jobs = jobs
        self._screen = screen
        self._talk = talk

    def start(self) -> None:
        """Open the index that is there, and look at the seeds."""
        self._screen.work(self._jobs.start(), "index")

    def look(self) -> None:
        """Compare the seeds with the index; while the index is opened or updated, do so afterwards."""
        index = self._index
        index.touched = index.updating
        if not index.updating and index.phase is not Phase.OPENING:
            self._screen.work(self._jobs.look, "look", exclusive=True)

    def automatic_changed(self) -> None:
        """Say what holds from now on, and if updates are automatic now, catch up with the changes."""
        if self._session.automatic:
            self._index.tried = None
            self.look()
            self._screen.tell("The index is updated by itself from now on, as soon as files change.")
        else:
            self._screen.tell("Changed files are told at the top from now on; ctrl+r updates the index.")

    def update(self, *, asked_for: bool, full: bool = False) -> None:
        """Bring the index up to date, unless an update is running; with `full` make the index anew."""
        index = self._index
        if index.updating:
            self._screen.tell(
                "The update is stopping; then another can start."
                if index.stopping
                else "The index is being updated already; escape twice cancels."
            )
            return
        index.updating, index.stopping, index.progress = True, False, None
        self._screen.show_index()
        self._talk.say_what_waits()
        self._screen.refresh_bindings()
        self._screen.work(self._jobs.update(full, asked_for), "index")

    def cancel_if_sure(self) -> None:
        """Cancel the update when escape is pressed a second time within a few seconds, for an update may have taken long."""
        index = self._index
        if not index.updating or index.stopping:
            return
        if index.cancelling:
            self.cancel()
            return
        index.cancelling = True
        self._screen.show_progress()
        self._screen.set_timer(SURE, self._not_sure)

    def _not_sure(self) -> None:
        self._index.cancelling = False
        self._screen.show_progress()

    def cancel(self) -> None:
        """Ask the update to stop, and say so at once: in the middle of a step stopping may take a while."""
        index = self._index
        if index.updating and not index.stopping:
            index.stopping, index.cancelling = True, False
            self._jobs.cancel_update()
            self._screen.show_progress()

    @singledispatchmethod
    def receive(self, message: IndexMessage) -> None:
        """Act on what the background tells of the index."""
        raise NotImplementedError(type(message).__name__)

    @receive.register
    def _opened(self, message: IndexOpened) -> None:
        """Questions can be asked now."""
        index = self._index
        index.phase, index.documents, index.passages = Phase.READY, message.size.documents, message.size.passages
        self._screen.show_index()
        self._talk.ask_next()

    @receive.register
    def _absent(self, message: IndexAbsent) -> None:
        """There is nothing to ask yet. The comparison with the seeds that follows decides what to do."""
        self._index.phase = Phase.ABSENT
        self._screen.show_index()
        self._talk.say_what_waits()

    @receive.register
    def _touched(self, message: SeedsTouched) -> None:
        """Files may have changed: see what that means for the index, and for the quotes on the screen."""
        if message.heard:
            self._index.tried = None
        self.look()
        self._talk.check_quotes()

    @receive.register
    def _looked(self, message: SeedsLooked) -> None:
        """Show how far the index is behind; when the chat opens, catch up at once."""
        index, seeds = self._index, message.seeds
        index.found, index.outdated, index.must_rebuild = seeds.found, seeds.outdated, seeds.must_rebuild
        index.not_read, index.files = seeds.not_read, seeds.files
        self._screen.show_index()
        wanted = seeds.needs_update or (index.phase is Phase.ABSENT and bool(seeds.found))
        if wanted and (message.first or (self._session.automatic and seeds != index.tried)):
            index.tried = seeds
            self.update(asked_for=False)
        elif seeds.trouble and message.first:
            self._empty(seeds.trouble)

    def _empty(self, reason: str) -> None:
        self._index.found = 0
        self._screen.show_empty(reason)

    @receive.register
    def _progressed(self, message: UpdateProgressed) -> None:
        """Move the bar."""
        self._index.progress = message.progress
        self._screen.show_progress()

    @receive.register
    def _partly(self, message: PartlyIndexed) -> None:
        """The first files can be asked, while the rest is indexed."""
        self._index.partial = True
        self._screen.work(self._jobs.reopen(), "index")

    @receive.register
    def _finished(self, message: UpdateFinished) -> None:
        """A newer index is open: say what is new in it, and which answers are older than it."""
        index, report = self._index, message.report
        index.updating, index.stopping, index.progress, index.partial = False, False, None, False
        index.outdated, index.must_rebuild = 0, ""
        index.found = message.size.documents + len(report.failed)
        index.not_read, index.files = len(report.not_read), report.files
        self._tell_left_out(report, message.asked_for)
        index.news = "" if message.asked_for else news(report)
        if message.asked_for:
            self._screen.note(summary(report))
        self._talk.mark_late()
        self._screen.show_ready()
        self.receive(IndexOpened(message.size))
        if index.touched:
            self.look()

    def _tell_left_out(self, report: "Report", asked_for: bool) -> None:
        """Name what could not be read, a few files each with its reason; what was told already only where it is asked for."""
        index = self._index
        told = () if asked_for else index.left_out
        failed = [failure for failure in report.failed if failure not in told]
        unread = [failure for failure in report.unread if failure not in told]
        if len(failed) > NAMED:
            unread, failed = [*failed, *unread], []
        for failure in failed:
            self._screen.note(f"Left out: {failure.path}: {failure.reason}", "warning", go=asked_for)
        if unread:
            kinds = kinds_in_words(failure.path for failure in unread)
            self._screen.note(f"Not read: {kinds}. f2 tells why.", "warning", go=asked_for)
        index.left_out = report.not_read

    @receive.register
    def _stopped(self, message: UpdateStopped) -> None:
        """The update ended early, or the index cannot be opened or made: one line says why."""
        index = self._index
        was_updating = index.updating
        partial, index.partial = index.partial, False
        index.updating, index.stopping, index.progress = False, False, None
        if index.phase is Phase.OPENING:
            index.phase = Phase.ABSENT
        if message.no_documents:
            self._empty(message.reason)
        elif message.reason:
            self._screen.note(message.reason, "error")
        elif was_updating:
            asked = "what was indexed first can be asked" if partial else "the index is as it was before"
            self._screen.note(f"Update cancelled; {asked}, and ctrl+r goes on from what was embedded.")
        self._screen.show_index()
        self._talk.say_what_waits()
