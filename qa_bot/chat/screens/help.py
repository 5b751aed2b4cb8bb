"""Every key in one place."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Anywhere",
        (
            ("ctrl+n", "new conversation"),
            ("ctrl+r", "bring the index up to date (escape twice cancels)"),
            ("f2", "the documents of the index"),
            ("f3", "conversations kept from before"),
            ("ctrl+s", "save the conversation as Markdown"),
            ("ctrl+p", "command palette: every action, and the themes"),
            ("f1", "this help"),
            ("ctrl+q", "quit"),
        ),
    ),
    (
        "In the input",
        (
            ("enter", "ask"),
            ("ctrl+j", "new line"),
            ("up / down", "earlier and later questions"),
            ("tab", "to the newest answer's quotes"),
            ("escape", "twice: cancel an update; what it has embedded is kept"),
            ("page up / down", "scroll the conversation"),
        ),
    ),
    (
        "On a quote",
        (
            ("enter", "unfold it; when open, go to its document"),
            ("space", "fold or unfold"),
            ("o", "see it in its document"),
            ("c", "copy it with its citation"),
            ("w", "why this quote, and how sure the answer is"),
            ("s", "what each document says to it, side by side"),
            ("r", "ask the question again"),
            ("a", "ask it again on its own, without what came before"),
            ("e", "change the question"),
            ("l", "put questions to its document only"),
            ("up / down", "the quotes before and after"),
            ("escape", "back to the input; so does typing anything else"),
        ),
    ),
    (
        "On a suggested question",
        (
            ("enter", "ask it, on its own"),
            ("e", "put it into the input, to change it"),
        ),
    ),
    (
        "Among the documents",
        (
            ("letters, /", "narrow the list to titles and file names"),
            ("space", "put questions to this document only, or no longer"),
            ("ctrl+a", "choose every document shown"),
            ("ctrl+o", "show only what is chosen, or everything"),
            ("ctrl+u", "choose none: questions go to all documents"),
            ("enter", "read the document"),
        ),
    ),
    (
        "Side by side",
        (
            ("arrows", "the next side"),
            ("enter", "see it in its document"),
            ("c", "copy it with its citation"),
            ("w", "why this one"),
            ("escape", "back"),
        ),
    ),
    (
        "Among saved conversations",
        (
            ("enter", "go on with it, its quotes held against today's files"),
            ("ctrl+d", "delete it"),
            ("escape", "back"),
        ),
    ),
    (
        "In a document",
        (
            ("n / p", "next and previous quoted place or match"),
            ("/", "find"),
            ("c", "copy the quote with its citation"),
            ("ctrl+e", "open in $EDITOR at the line"),
            ("escape", "back"),
        ),
    ),
    (
        "With the mouse",
        (
            ("click", "unfold a quote, follow what is underlined, ask an offer"),
            ("on a mark", "in front of a document: ask it only, or no longer"),
            ("twice", "on one of several sides: to its document"),
            ("drag", "select text, ctrl+c copies it"),
        ),
    ),
)


class HelpScreen(ModalScreen[None]):
    """The keys, by where they work."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,question_mark,enter", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="help") as page:
            page.border_title = "keys"
            page.border_subtitle = "escape closes"
            yield Static(help_text())


def help_text() -> Content:
    """The keys as text, aligned."""
    parts: list[tuple[str, str]] = []
    for heading, rows in KEYS:
        parts.append((f"{heading}\n", "bold $foreground"))
        for key, does in rows:
            parts += [(f"  {key:<15}", "$accent"), (f"{does}\n", "$soft")]
        parts.append(("\n", ""))
    return Content.assemble(*parts[:-1])
