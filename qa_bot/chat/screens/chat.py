"""The main screen: what the user asks, what comes of it, and what can be done with it."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.messages import (
    Answered,
    Asked,
    AskFailed,
    CopyWanted,
    DocumentWanted,
    EditWanted,
    NotSaved,
    Resumed,
    ScopeWanted,
    SidesWanted,
    SuggestionsFound,
    WhyWanted,
)
from qa_bot.chat.screens.indexed import IndexedScreen
from qa_bot.chat.session import Phase, Turn
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.chat.widgets.welcome import Welcome
from qa_bot.library import Listed


class ChatScreen(IndexedScreen):
    """Ask, read, go on."""

    AUTO_FOCUS = "#question"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("chat")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    # Questions

    def on_asked(self, message: Asked) -> None:
        """Show the question at once; ask it as soon as that is possible."""
        turn = self._session.add(message.question, message.alone)
        self._session.index.news = ""
        self._show_index()
        self._conversation.begin(turn)
        self.query_one(QuestionInput).focus()
        self._ask_next()
        self.call_after_refresh(self._say_what_waits)

    def _ask_next(self) -> None:
        turn = self._session.next_turn()
        if turn is not None:
            session = self._session
            turn.early, turn.basis = session.index.updating, session.index.basis()
            self._work(self._jobs.ask(session.conversation, turn, session.before(turn), session.key), "ask")

    def _say_what_waits(self) -> None:
        index = self._session.index
        if index.phase is Phase.OPENING:
            why = "waiting for the index to open"
        elif index.updating:
            why = "waiting: answered as soon as the index is made"
        else:
            why = "waiting: there is no index yet; ctrl+r makes it"
        if index.phase is Phase.READY:
            why = "waiting its turn"
        for turn in self._session.waiting:
            if (view := self._conversation.view(turn)) is not None:
                view.wait(why)
        asking = self._session.asking
        if asking is not None and (view := self._conversation.view(asking)) is not None:
            view.wait("searching")

    async def on_answered(self, message: Answered) -> None:
        """Show the answer, unless its turn is gone."""
        turn = self._session.finish(message.number)
        if turn is not None:
            turn.answer = message.answer
            await self._finish(turn)
            if not turn.answer.answered and turn.quotes:
                self._work(self._jobs.suggestions(turn), "ask")
        self._ask_next()

    async def on_suggestions_found(self, message: SuggestionsFound) -> None:
        """Offer them below the refusal."""
        turn = next((turn for turn in self._session.turns if turn.number == message.number), None)
        if turn is not None and message.questions:
            turn.suggestions = message.questions
            if (view := self._conversation.view(turn)) is not None:
                await view.suggest()
                self._conversation.still_at(view)

    async def on_ask_failed(self, message: AskFailed) -> None:
        """Show why there is no answer."""
        turn = self._session.finish(message.number)
        if turn is not None:
            turn.error = message.reason
            await self._finish(turn)
        self._ask_next()

    async def _finish(self, turn: Turn) -> None:
        view = self._conversation.view(turn)
        if view is None:
            return
        await view.finish()
        self._say_what_waits()
        if turn is self._session.turns[-1]:
            self.call_after_refresh(self._conversation.go_to, view)

    # Saved conversations

    def on_not_saved(self, message: NotSaved) -> None:
        """Say so once: the chat goes on, but what is answered may be lost."""
        if message.reason != self._session.not_saved:
            self._session.not_saved = message.reason
            self._conversation.note(message.reason, "warning")

    def on_resumed(self, message: Resumed) -> None:
        """Show the conversation as it was answered, and go on in it."""
        from qa_bot.chat.saved import resumed  # not needed for the first picture

        session = self._session
        session.resume(message.key, message.turns)
        self._conversation.resume(resumed(message.turns, message.unread))
        self._show_index()
        for turn in session.turns:
            self.query_one(QuestionInput).asked.add(turn.question)
        self._work(self._jobs.check([turn.answer for turn in session.turns if turn.answer]), "check", exclusive=True)
        self.query_one(QuestionInput).focus()

    def action_saved(self) -> None:
        """Show the conversations kept from before."""
        from qa_bot.chat.screens.saved import SavedScreen  # not needed for the first picture

        self.app.push_screen(SavedScreen(self._settings.seeds, self._session, self._jobs), self._resume)

    def _resume(self, key: str | None) -> None:
        if key is not None:
            self._work(self._jobs.resume(key), "saved", exclusive=True)

    # What quotes ask for

    def on_scope_wanted(self, message: ScopeWanted) -> None:
        """From now on only this document is asked."""
        self._session.scope = (message.document,)
        self._show_index()
        self.query_one(QuestionInput).focus()

    def on_edit_wanted(self, message: EditWanted) -> None:
        """The question goes back into the input."""
        question = self.query_one(QuestionInput)
        question.put(message.question)
        question.focus()

    def on_copy_wanted(self, message: CopyWanted) -> None:
        """The quote goes to the clipboard."""
        from qa_bot.showing import citation

        self.app.copy_to_clipboard(citation.quote_with_citation(message.quote))
        self.notify(f"Copied: {citation.place(message.quote)}", markup=False)

    def on_document_wanted(self, message: DocumentWanted) -> None:
        """The quote is shown where it stands."""
        from qa_bot.chat.screens.document import DocumentScreen  # not needed for the first picture

        quote = message.quote
        marks = self._session.quotes_from(quote.document)
        document = Listed(quote.document, quote.title, quote.date)
        self.app.push_screen(DocumentScreen(document, quote, marks, self._jobs))

    def on_why_wanted(self, message: WhyWanted) -> None:
        """Why the quote was chosen, and why the answer is believed."""
        from qa_bot.chat.screens.why import WhyScreen  # not needed for the first picture

        turn = self._session.turn_of(message.answer)
        self.app.push_screen(WhyScreen(message.answer, message.quote, turn.scope if turn else ()))

    def on_sides_wanted(self, message: SidesWanted) -> None:
        """What each document says to the question."""
        from qa_bot.chat.screens.sides import SidesScreen  # not needed for the first picture

        turn = self._session.turn_of(message.answer)
        if turn is not None:
            self.app.push_screen(SidesScreen(turn, self._session.before(turn), self._jobs, self.post_message))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is an update to cancel only while one runs, and a choice of documents to undo only where one was made."""
        if action == "cancel_update":
            return self._session.index.updating
        return action != "ask_all" or bool(self._session.scope)

    def action_new_conversation(self) -> None:
        """Clear the screen, forget what was said and ask all documents; the index stays."""
        self._session.restart()
        self._show_index()
        welcome = Welcome(self._settings.seeds)
        self._conversation.restart(welcome)
        if self._session.index.found == 0:
            welcome.empty("")
        else:
            welcome.ready()
        self.query_one(QuestionInput).focus()

    def action_documents(self) -> None:
        """Show what the index holds."""
        from qa_bot.chat.screens.documents import DocumentsScreen  # not needed for the first picture

        self.app.push_screen(DocumentsScreen(self._session, self._jobs), lambda _: self._show_index())

    def action_ask_all(self) -> None:
        """Put questions to all documents again."""
        self._session.scope = ()
        self._show_index()

    def action_update_index(self, full: bool = False) -> None:
        """Bring the index up to date; with `full` make it again from nothing."""
        self._update(asked_for=True, full=full)

    def action_escape(self) -> None:
        """Back to the input; there, pressed twice, cancel an update."""
        if not isinstance(self.focused, QuestionInput):
            self.query_one(QuestionInput).focus()
        else:
            self._cancel_if_sure()

    def catch(self, event: events.Event) -> None:
        """Before what is typed or pasted is passed on: unless it is a key of what has the focus, that is now the input."""
        question = self.query_one(QuestionInput)
        if self.focused is question:
            return
        if not isinstance(event, events.Key) or (event.is_printable and event.key not in self.active_bindings):
            self.set_focus(question)

    async def action_newest_quote(self) -> None:
        """Go to the best quote of the newest answer."""
        if (quote := await self._conversation.newest_quote()) is not None:
            quote.focus()

    def action_scroll_page(self, direction: int) -> None:
        """Scroll the conversation by a page."""
        conversation = self._conversation
        (conversation.scroll_page_up if direction < 0 else conversation.scroll_page_down)()

    def action_scroll_rows(self, rows: int) -> None:
        """Scroll the conversation by some rows."""
        self._conversation.scroll_relative(y=rows, animate=False)
