"""The documents of the index: title, date, number of quotes; and the files that could not be indexed.

The documents chosen here are asked; with none chosen, all documents are asked.
"""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from qa_bot.chat.actions import Action, actions_of, bindings, handed_on
from qa_bot.chat.jobs import Jobs
from qa_bot.chat.messages import DocumentsListed
from qa_bot.chat.screens.document import DocumentScreen
from qa_bot.chat.session import Session
from qa_bot.chat.widgets.keys import KeyLine
from qa_bot.chat.widgets.listing import Listing
from qa_bot.library import Listed
from qa_bot.showing.text import counted, one_line

LISTED = 300
"""Rows in the list at most: making ten thousand takes half a second at every letter typed."""
HINT = "type words of a title or file name; enter opens"


class FilterInput(Input):
    """Words that titles and file names must hold."""

    # Input would have these keys go to the start, and delete.
    BINDINGS: ClassVar[list[BindingType]] = handed_on(actions_of("documents", "all", "clear"), "screen.{}")

    async def _on_key(self, event: events.Key) -> None:
        """Ignore a slash: on the list it leads here, and pressed once more it is no part of the words."""
        if event.key == "slash":
            event.prevent_default()
            event.stop()


class DocumentsScreen(Screen[None]):
    """A list to look through, narrowed by typing, from which the documents to ask are chosen."""

    AUTO_FOCUS = "Listing"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("documents")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._all: Sequence[Listed] = ()
        self._shown: list[Listed] = []
        self._only = False

    def compose(self) -> ComposeResult:
        """The filter, the list, the keys."""
        with Horizontal(classes="head"):
            yield Static("documents", classes="head-name")
            yield Static("", id="documents-count", classes="head-note")
        with Horizontal(classes="entry"):
            yield Static("›", classes="prompt")
            yield FilterInput(placeholder=HINT, select_on_focus=False, compact=True, id="filter")
        yield Listing()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the list in the background."""
        self.run_worker(self._load(), group="documents", exit_on_error=False)

    async def _load(self) -> None:
        self.post_message(await self._jobs.documents())

    def on_documents_listed(self, message: DocumentsListed) -> None:
        """Fill the list; chosen documents that are gone are no longer chosen."""
        self._all = message.documents
        if not message.reason:
            there = {one.path for one in self._all if not one.reason}
            self._session.scope = tuple(path for path in self._session.scope if path in there)
        self._fill()
        if message.reason:
            self.query_one("#documents-count", Static).update(Content(one_line(message.reason)))

    @property
    def _list(self) -> Listing:
        return self.query_one(Listing)

    def _fill(self) -> None:
        words = self.query_one(Input).value
        self._shown = [
            one for one in self._all if one.is_called(words) and (not self._only or one.path in self._session.scope)
        ]
        quoted = Counter(path for path, _, _ in self._session.places())
        self._list.fill(self._shown[:LISTED], set(self._session.scope), quoted)
        self._count()

    def _count(self) -> None:
        failed = sum(bool(one.reason) for one in self._all)
        count = counted(len(self._all) - failed, "document") + (f" · {failed} left out" if failed else "")
        shown = f"{len(self._shown):,} of " if len(self._shown) < len(self._all) else ""
        chosen = len(self._session.scope)
        asked = f"asking {chosen} of them · " if chosen else ""
        listed = f" · the first {LISTED} listed" if len(self._shown) > LISTED else ""
        self.query_one("#documents-count", Static).update(Content(asked + shown + count + listed))

    def _choose(self, paths: Sequence[str]) -> None:
        self._session.scope = tuple(paths)
        if self._only:
            self._only = bool(paths)
            self._fill()
        else:
            self._list.mark(set(paths))
            self._count()

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._fill()

    def on_resize(self) -> None:
        """Columns are as wide as the screen lets them be."""
        if self._all:
            self._fill()

    def action_filter(self) -> None:
        """Go to the filter and select its words, so that typing replaces them."""
        self.query_one(FilterInput).focus().action_select_all()

    def action_move(self, by: int) -> None:
        """Move the cursor of the list, and go there."""
        self._list.focus()
        self._list.move(by)

    def action_choose_shown(self) -> None:
        """Choose every document that the filter shows."""
        shown = [one.path for one in self._shown if not one.reason]
        self._choose(list(dict.fromkeys([*self._session.scope, *shown])))

    def action_clear(self) -> None:
        """Choose none: questions are put to all documents."""
        self._choose([])

    def action_only(self) -> None:
        """Show only the chosen documents, or all again."""
        if not self._only and not self._session.scope:
            self.notify("Nothing is chosen yet; space chooses a document.", markup=False)
            return
        self._only = not self._only
        self._fill()

    @on(Input.Submitted)
    def _open_first(self) -> None:
        self._list.action_open()

    def on_listing_typed(self, message: Listing.Typed) -> None:
        """Put a character typed in the list into the filter."""
        filter_ = self.query_one(FilterInput)
        filter_.focus()
        filter_.cursor_position = len(filter_.value)
        filter_.insert_text_at_cursor(message.character)

    def on_listing_toggled(self, message: Listing.Toggled) -> None:
        """Choose this document, or choose it no longer."""
        path, scope = message.document.path, self._session.scope
        if message.document.reason:
            self.notify("This file was left out of the index.", markup=False)
        else:
            self._choose([one for one in scope if one != path] if path in scope else [*scope, path])

    def on_listing_opened(self, message: Listing.Opened) -> None:
        """Show the document, with the places quoted from it."""
        marks = self._session.quotes_from(message.document.path)
        self.app.push_screen(DocumentScreen(message.document, None, marks, self._jobs))
