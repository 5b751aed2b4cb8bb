"""A document, opened at a quote."""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from qa_bot.answers.model import Quote
from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.chat.jobs import Jobs
from qa_bot.chat.messages import DocumentLoaded
from qa_bot.chat.widgets.document import MOST_FOUND, DocumentView
from qa_bot.chat.widgets.keys import KeyLine
from qa_bot.library import FileText, Listed
from qa_bot.showing import citation
from qa_bot.showing.formats import is_extracted, mark_at
from qa_bot.showing.text import counted, fit_path, one_line, visible
from qa_bot.span import Span

NOWHERE = -1
"""The place to go from when no place was gone to yet: the next place is the first."""


class DocumentScreen(Screen[None]):
    """The whole document, scrolled to the passage; every place quoted in this conversation is marked."""

    CSS_PATH = "document.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("document")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, document: Listed, quote: Quote | None, marks: Sequence[Quote], jobs: Jobs) -> None:
        super().__init__()
        self._document = document
        self._quote = quote
        self._marks = list(marks)
        self._jobs = jobs
        self._places: list[Span] = []
        self._at = NOWHERE
        self._quoted_at = NOWHERE
        self._opening = ""
        self._file: FileText | None = None

    def compose(self) -> ComposeResult:
        """Title and place of the document, its text, the present place, the keys."""
        document = self._document
        where = " · ".join(
            part for part in (citation.day(document.date), fit_path(one_line(document.path), 40)) if part
        )
        with Horizontal(classes="head"):
            yield Static(Content(one_line(document.title) or "untitled"), classes="head-name")
            yield Static(Content(where), classes="head-note")
        yield DocumentView()
        with Horizontal(id="find", classes="entry"):
            yield Static("/", classes="prompt")
            yield Input(placeholder="find in this document", compact=True)
        yield Static("", id="place")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the document in the background."""
        self.query_one("#find").display = False
        self.query_one(DocumentView).focus()
        self.run_worker(self._load(), group="document", exit_on_error=False)

    async def _load(self) -> None:
        self.post_message(await self._jobs.document(self._document.path))

    def on_document_loaded(self, message: DocumentLoaded) -> None:
        """Show the text and go to the quote, if the quote still stands in it."""
        if message.file is None:
            self._open_saying(f"{message.reason.removesuffix('.')}.")
            return
        text, self._file = message.file.text, message.file
        marks = [mark for mark in self._marks if text[mark.start : mark.end] == mark.text]
        self._places = [Span(mark.start, mark.end) for mark in marks]
        self.query_one(DocumentView).show(text, marks, self._quote)
        quote = self._quote
        if quote is None:
            self._open_saying(f"{counted(len(marks), 'place')} quoted in this conversation" if marks else "")
        elif quote in marks:
            self._at = marks.index(quote)
            self.call_after_refresh(self._go)
        else:
            self.call_after_refresh(self.query_one(DocumentView).go_to, min(quote.start, len(text)))
            self._open_saying(
                "The file has changed since it was indexed: the quote no longer stands in it word for word."
            )

    def _go(self) -> None:
        if self._places:
            self.query_one(DocumentView).go_to(self._places[self._at].start)
            self._say_where()

    def _say_where(self) -> None:
        if self._at == NOWHERE:
            self._say(self._opening)
            return
        what = "match" if self._searching else "quoted place"
        place = self._place_of(self._places[self._at].start)
        count = f"{len(self._places):,}" + "+" * (self._searching and len(self._places) == MOST_FOUND)
        self._say(f"{what} {self._at + 1:,} of {count} · {one_line(place)}")

    def _place_of(self, offset: int) -> str:
        """What the place is called: the page of a file that has pages, else the line."""
        line = self.query_one(DocumentView).line_of(offset)
        mark = mark_at(self._file.marks, offset) if self._file is not None else None
        return f"line {line}" if mark is None else mark.place

    def _open_saying(self, text: str) -> None:
        self._opening = text
        self._say(text)

    def _say(self, text: str) -> None:
        self.query_one("#place", Static).update(Content(visible(text)))

    @property
    def _searching(self) -> bool:
        return bool(self.query_one(Input).value) and bool(self.query_one("#find").display)

    def action_step(self, by: int) -> None:
        """Go to the next or the previous place."""
        if self._places:
            here = 0 if self._at == NOWHERE and by < 0 else self._at
            self._at = (here + by) % len(self._places)
            self._go()

    def action_find(self) -> None:
        """Ask for words to find."""
        if not self._searching:
            self._quoted_at = self._at
        self.query_one("#find").display = True
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        if not self.query_one("#find").display:
            return  # closing the search empties it
        view = self.query_one(DocumentView)
        here = view.top
        self._places = view.find(visible(event.value))
        if self._places:
            self._at = next((i for i, span in enumerate(self._places) if span.start >= here), 0)
            self._go()
        elif event.value:
            self._say("not in this document")
        else:
            self._back_to_quotes()

    def _back_to_quotes(self) -> None:
        """Go back to the quoted places, and to the one that was shown before the search."""
        self._places, self._at = self.query_one(DocumentView).passages, self._quoted_at
        self._say_where()

    @on(Input.Submitted)
    def _searched(self) -> None:
        """Go to the text, where n and p step through the matches."""
        self.query_one(DocumentView).focus()

    def action_back(self) -> None:
        """Close the search; without a search, close the document."""
        find = self.query_one("#find")
        if not find.display:
            self.dismiss()
            return
        find.display = False
        self.query_one(Input).value = ""
        view = self.query_one(DocumentView)
        view.find("")
        view.focus()
        self._back_to_quotes()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to copy only where the document was opened at a quote."""
        return action != "copy" or self._quote is not None

    def action_copy(self) -> None:
        """Copy the quote the document was opened at."""
        if self._quote is not None:
            self.app.copy_to_clipboard(citation.quote_with_citation(self._quote))
            self.notify(f"Copied: {citation.place(self._quote)}", markup=False)

    def action_edit(self) -> None:
        """Open the file in the user's editor, at the line; a file that is not text in its own program."""
        if is_extracted(self._document.path):
            self._open_original()
            return
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.notify("Set $EDITOR to the editor of your choice first.", severity="warning")
            return
        view = self.query_one(DocumentView)
        line = view.line_of(self._places[self._at].start if self._places and self._at != NOWHERE else view.top)
        command = editor_command(editor, self._jobs.file(self._document.path), line)
        try:
            with self.app.suspend():
                subprocess.run(command, check=False)
        except SuspendNotSupported:
            self.notify("An editor cannot be opened here.", severity="warning")
        except OSError as error:
            self.notify(f"Cannot run {command[0]}: {error.strerror}.", severity="warning", markup=False)

    def _open_original(self) -> None:
        """Open the file in the program that the desktop has for it. The program goes on when the chat ends."""
        if self.app.is_web:
            self.notify("A file can be opened only on the machine that the chat runs on.", severity="warning")
            return
        command = opening_command(self._jobs.file(self._document.path))
        try:
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            self.notify(
                f"Cannot run {command[0]}: {error.strerror}; open {command[-1]} yourself.",
                severity="warning",
                markup=False,
            )
        else:
            self.notify(f"Opened: {one_line(self._document.path)}", markup=False)


def opening_command(path: Path) -> list[str]:
    """The command that opens a file in its own program."""
    return ["open" if sys.platform == "darwin" else "xdg-open", str(path)]


def editor_command(editor: str, path: Path, line: int) -> list[str]:
    """The command that opens a file at a line: most editors take +LINE, VS Code and its kin --goto PATH:LINE."""
    command = shlex.split(editor)
    if Path(command[0]).stem in ("code", "codium", "cursor", "subl", "zed"):
        goto = ["--goto"] if Path(command[0]).stem in ("code", "codium", "cursor") else []
        return [*command, *goto, f"{path}:{line}"]
    return [*command, f"+{line}", str(path)]
