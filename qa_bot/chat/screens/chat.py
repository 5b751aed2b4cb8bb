"""The main screen: questions, their answers, and what the user can do with these."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.index_keeper import IndexKeeper
from qa_bot.chat.jobs import Job, Jobs
from qa_bot.chat.messages import (
    AskFailed,
    CopyWanted,
    DocumentWanted,
    EditWanted,
    IndexMessage,
    NotSaved,
    Resumed,
    ScopeWanted,
    SidesWanted,
    TurnMessage,
    UpdateStopped,
    WhyWanted,
)
from qa_bot.chat.session import Session
from qa_bot.chat.talk import Talk
from qa_bot.chat.widgets.conversation import ConversationView
from qa_bot.chat.widgets.header import HeaderBar
from qa_bot.chat.widgets.keys import KeyLine
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.chat.widgets.status import StatusRule
from qa_bot.chat.widgets.welcome import Welcome
from qa_bot.config import Settings
from qa_bot.library import Listed


class ChatScreen(Screen[None]):
    """Ask, read, go on."""

    AUTO_FOCUS = "#question"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("chat")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, settings: Settings, session: Session, jobs: Jobs) -> None:
        super().__init__()
        self._settings = settings
        self._session = session
        self._jobs = jobs
        self.talk = Talk(session, jobs, self)
        self.keeper = IndexKeeper(session, jobs, self, self.talk)

    def compose(self) -> ComposeResult:
        """Header, conversation, rule, input, keys."""
        yield HeaderBar(f"{self._settings.seeds}")
        yield ConversationView(self._session.turns, Welcome(self._settings.seeds))
        yield StatusRule()
        with Horizontal(id="ask"):
            yield Static("›", classes="prompt")
            yield QuestionInput()
        yield KeyLine()

    def on_mount(self) -> None:
        """Open the index once the first picture is on the screen."""
        self.show_index()
        self.query_one(Welcome).ready()
        self.call_after_refresh(self.keeper.start)

    def on_resize(self) -> None:
        """Draw everything again for the new width."""
        self.call_after_refresh(self.refresh)

    @property
    def conversation(self) -> ConversationView:
        """The scrolling part of the screen."""
        return self.query_one(ConversationView)

    def work(self, job: Job, group: str, exclusive: bool = False) -> None:
        """Run a job in the background; an exclusive one takes the place of those of its group."""
        self.run_worker(job, group=group, exclusive=exclusive, exit_on_error=False)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """Say that a background job failed by a fault of the program, and keep the chat running."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        self.log.error(error)
        line = f"Something went wrong inside qa-bot ({type(error).__name__}: {error}). The chat goes on."
        if event.worker.group == "index":
            self.post_message(UpdateStopped(line))
        elif event.worker.group == "ask" and self._session.asking is not None:
            self.post_message(AskFailed(self._session.asking.number, line))

    # What the IndexKeeper needs

    @on(IndexMessage)
    def _index_told(self, message: IndexMessage) -> None:
        self.keeper.receive(message)

    def show_index(self) -> None:
        """Show the index and the documents asked in the header, and the progress on the rule."""
        self.query_one(HeaderBar).show(self._session.index, self._session.scope)
        self.show_progress()

    def show_progress(self) -> None:
        """Show how far the update is."""
        self.query_one(StatusRule).show(self._session.index)

    def show_ready(self) -> None:
        """Say how to ask, if nothing was asked yet."""
        for welcome in self.query(Welcome):
            welcome.ready()

    def show_empty(self, reason: str) -> None:
        """Say where to put documents; if questions were asked already, say between the turns why there are no documents."""
        if welcomes := self.query(Welcome):
            welcomes.first().empty(reason)
        elif reason:
            self.note(reason, "error")

    def note(self, text: str, kind: str = "note", go: bool = True) -> None:
        """Say something between the turns; with `go`, scroll there."""
        self.conversation.note(text, kind, go)

    def tell(self, text: str) -> None:
        """Say something that disappears again."""
        self.notify(text, markup=False)

    # Questions

    @on(TurnMessage)
    async def _turn_told(self, message: TurnMessage) -> None:
        await self.talk.receive(message)

    def focus_input(self) -> None:
        """Go to where questions are typed."""
        self.query_one(QuestionInput).focus()

    # Saved conversations

    def on_not_saved(self, message: NotSaved) -> None:
        """Say once that answers are not saved; the chat goes on."""
        if message.reason != self._session.not_saved:
            self._session.not_saved = message.reason
            self.note(message.reason, "warning")

    def on_resumed(self, message: Resumed) -> None:
        """Show the saved conversation and go on in it."""
        from qa_bot.chat.saved import resumed  # not needed for the first picture

        session = self._session
        session.resume(message.key, message.turns)
        self.conversation.resume(resumed(message.turns, message.unread))
        self.show_index()
        for turn in session.turns:
            self.query_one(QuestionInput).asked.add(turn.question)
        self.talk.check_quotes()
        self.focus_input()

    def action_saved(self) -> None:
        """Show the saved conversations."""
        from qa_bot.chat.screens.saved import SavedScreen  # not needed for the first picture

        self.app.push_screen(SavedScreen(self._settings.seeds, self._session, self._jobs), self._resume)

    def _resume(self, key: str | None) -> None:
        if key is not None:
            self.work(self._jobs.resume(key), "saved", exclusive=True)

    # What the user wants done with a quote

    def on_scope_wanted(self, message: ScopeWanted) -> None:
        """From now on only these documents are asked."""
        self._session.scope = message.documents
        self.show_index()
        self.focus_input()

    def on_edit_wanted(self, message: EditWanted) -> None:
        """The question goes back into the input."""
        question = self.query_one(QuestionInput)
        question.put(message.question)
        question.focus()

    def on_copy_wanted(self, message: CopyWanted) -> None:
        """The quote goes to the clipboard."""
        from qa_bot.showing import citation

        self.app.copy_to_clipboard(citation.quote_with_citation(message.quote))
        self.tell(f"Copied: {citation.place(message.quote)}")

    def on_document_wanted(self, message: DocumentWanted) -> None:
        """The quote is shown where it stands."""
        from qa_bot.chat.screens.document import DocumentScreen  # not needed for the first picture

        quote = message.quote
        marks = self._session.quotes_from(quote.document)
        document = Listed(quote.document, quote.title, quote.date)
        self.app.push_screen(DocumentScreen(document, quote, marks, self._jobs))

    def on_why_wanted(self, message: WhyWanted) -> None:
        """Show why the quote was chosen, and how sure the answer is."""
        from qa_bot.chat.screens.why import WhyScreen  # not needed for the first picture

        turn = self._session.turn_of(message.answer)
        self.app.push_screen(WhyScreen(message.answer, message.quote, turn.scope if turn else ()))

    def on_sides_wanted(self, message: SidesWanted) -> None:
        """Show side by side what each document says to the question."""
        from qa_bot.chat.screens.sides import SidesScreen  # not needed for the first picture

        turn = self._session.turn_of(message.answer)
        if turn is not None:
            self.app.push_screen(SidesScreen(turn, self._session.before(turn), self._jobs, self.post_message))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to cancel an update only while one runs, and to ask all documents only while some are chosen."""
        if action == "cancel_update":
            return self._session.index.updating
        return action != "ask_all" or bool(self._session.scope)

    def action_new_conversation(self) -> None:
        """Clear the screen, forget what was said and ask all documents; the index stays."""
        self._session.restart()
        self.show_index()
        welcome = Welcome(self._settings.seeds)
        self.conversation.restart(welcome)
        if self._session.index.found == 0:
            welcome.empty("")
        else:
            welcome.ready()
        self.focus_input()

    def action_documents(self) -> None:
        """Show what the index holds."""
        from qa_bot.chat.screens.documents import DocumentsScreen  # not needed for the first picture

        self.app.push_screen(DocumentsScreen(self._session, self._jobs), lambda _: self.show_index())

    def action_ask_all(self) -> None:
        """Put questions to all documents again."""
        self._session.scope = ()
        self.show_index()

    def action_update_index(self, full: bool = False) -> None:
        """Bring the index up to date; with `full` make it again from nothing."""
        self.keeper.update(asked_for=True, full=full)

    def action_cancel_update(self) -> None:
        """Ask a running update to stop."""
        self.keeper.cancel()

    def action_escape(self) -> None:
        """Back to the input; there, pressed twice, cancel an update."""
        if not isinstance(self.focused, QuestionInput):
            self.focus_input()
        else:
            self.keeper.cancel_if_sure()

    def catch(self, event: events.Event) -> None:
        """Move the focus to the input before what is typed or pasted is passed on, unless a key is bound where the focus is."""
        question = self.query_one(QuestionInput)
        if self.focused is question:
            return
        if not isinstance(event, events.Key) or (event.is_printable and event.key not in self.active_bindings):
            self.set_focus(question)

    async def action_newest_quote(self) -> None:
        """Go to the best quote of the newest answer."""
        if (quote := await self.conversation.newest_quote()) is not None:
            quote.focus()

    def action_scroll_page(self, direction: int) -> None:
        """Scroll the conversation by a page."""
        conversation = self.conversation
        (conversation.scroll_page_up if direction < 0 else conversation.scroll_page_down)()

    def action_scroll_rows(self, rows: int) -> None:
        """Scroll the conversation by some rows."""
        self.conversation.scroll_relative(y=rows, animate=False)
