"""Everything that a key, the mouse or the command palette does: one table.

Key bindings, the footer, the help, the palette and the guide's table of keys are made from these rows. A new ability is a row
here, a method `action_…` on the widget or screen that the row's id begins with, and a test.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done, and how."""

    id: str
    """Where it works, a dot, and a name: `quote.copy`."""
    keys: str
    """As Textual names keys, with commas between them; empty: no key, or one that Textual itself acts on."""
    runs: str
    """Textual's action; empty where a row is there only to be told of in the help."""
    does: str = ""
    """In plain words; empty: another way to do what another row tells, and not told."""
    footer: str = ""
    """The word in the footer; empty: not in the footer."""
    palette: bool = False
    """Whether the command palette offers it."""
    named: str = ""
    """The keys as people name them, where that is not the first of `keys`."""
    priority: bool = False
    """Whether the key works before the widget with the focus sees it."""

    @property
    def where(self) -> str:
        """The part of the chat that has the action."""
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        """The key as people name it; empty where there is none."""
        return self.named or self.keys.partition(",")[0]

    @property
    def title(self) -> str:
        """What it does, as the beginning of a sentence."""
        return self.does[:1].upper() + self.does[1:]


TABLE = (
    Action("chat.new", "ctrl+n", "new_conversation", "start a new conversation", "new", palette=True),
    Action("chat.update", "ctrl+r", "update_index", "bring the index up to date", "update", palette=True),
    Action("chat.rebuild", "", "update_index(True)", "rebuild the index from nothing", palette=True),
    Action("chat.cancel", "", "cancel_update", "cancel the update of the index", palette=True),
    Action("chat.documents", "f2", "documents", "show the documents of the index", "documents", palette=True),
    Action("chat.saved", "f3", "saved", "show the saved conversations", "saved", palette=True),
    Action("chat.quote", "", "newest_quote", "go to the newest quote", palette=True),
    Action("chat.all", "", "ask_all", "put questions to all documents again", palette=True),
    # Before the widget with the focus: a name typed right behind the key goes where it is meant to.
    Action("app.export", "ctrl+s", "export", "save the conversation as Markdown", palette=True, priority=True),
    Action("app.palette", "", "", "open the command palette: all actions and themes", named="ctrl+p"),
    Action("app.help", "f1,question_mark", "help", "show every key", "help", palette=True),
    Action("app.quit", "ctrl+q", "quit", "quit", palette=True, priority=True),
    Action("app.theme", "", "change_theme", "choose a theme", palette=True),
    Action("app.ask_first", "", "automatic(False)", "ask before updating the index", palette=True),
    Action("app.automatic", "", "automatic(True)", "update the index as soon as files change", palette=True),
    Action("question.ask", "enter", "ask", "ask the question", "ask"),
    Action("question.newline", "ctrl+j,shift+enter", "newline", "begin a new line"),
    Action("question.history", "", "", "bring back earlier and later questions", named="up / down"),
    Action("question.quotes", "tab", "screen.newest_quote", "go to the quotes of the newest answer", "quotes"),
    Action("question.escape", "escape", "screen.escape", "pressed twice: cancel an update (its work is kept)"),
    Action("question.up", "pageup", "screen.scroll_page(-1)", "scroll the conversation", named="page up / down"),
    Action("question.down", "pagedown", "screen.scroll_page(1)"),
    Action("question.row_up", "ctrl+up", "screen.scroll_rows(-3)"),
    Action("question.row_down", "ctrl+down", "screen.scroll_rows(3)"),
    Action("quote.open", "enter", "open", "unfold the quote; when open, show its document", "open"),
    Action("quote.fold", "space", "fold", "fold or unfold the quote", palette=True),
    Action("quote.document", "o", "document", "show the quote in its document", "document", palette=True),
    Action("quote.copy", "c", "copy", "copy the quote with its citation", "copy", palette=True),
    Action("quote.why", "w", "why", "tell why this quote, and how sure the answer is", "why", palette=True),
    Action("quote.sides", "s", "sides", "show what each document says, side by side", "sides", palette=True),
    Action("quote.again", "r", "again", "ask the question again", palette=True),
    Action("quote.alone", "a", "alone", "ask the question again on its own", "alone", palette=True),
    Action("quote.edit", "e", "edit", "change the question", palette=True),
    Action("quote.limit", "l", "limit", "put questions to this document only", palette=True),
    Action("quote.next", "down,j", "step(1)", "go to the quotes before and after", named="up / down"),
    Action("quote.previous", "up,k", "step(-1)"),
    Action("quote.back", "escape", "screen.escape", "go back to the input; so does typing anything else", "back"),
    Action("suggestion.ask", "enter,space", "ask", "ask the suggested question, on its own", "ask it", palette=True),
    Action("suggestion.edit", "e", "edit", "put the suggested question into the input", "edit", palette=True),
    Action("suggestion.back", "escape", "screen.escape", "go back to the input", "back"),
    Action("suggestion.next", "down,j", "step(1)"),
    Action("suggestion.previous", "up,k", "step(-1)"),
    Action("listing.open", "enter", "open", "read the document", "open", palette=True),
    Action(
        "listing.choose", "space", "choose", "choose the document: only chosen ones are asked", "choose", palette=True
    ),
    Action("documents.back", "escape", "dismiss(None)", "go back to the conversation", "back"),
    Action("documents.all", "ctrl+a", "choose_shown", "choose every document shown", "all", palette=True),
    Action("documents.only", "ctrl+o", "only", "show only the chosen documents, or all", "chosen", palette=True),
    Action("documents.clear", "ctrl+u", "clear", "choose none: questions go to all documents", "none", palette=True),
    Action("documents.filter", "slash", "filter", "narrow the list", "filter", palette=True, named="letters, /"),
    Action("documents.down", "down", "move(1)"),
    Action("documents.up", "up", "move(-1)"),
    Action("documents.page_down", "pagedown", "move(10)"),
    Action("documents.page_up", "pageup", "move(-10)"),
    Action("side.document", "enter,o", "document", "show the quote in its document", "document", palette=True),
    Action("side.copy", "c", "copy", "copy the quote with its citation", "copy", palette=True),
    Action("side.why", "w", "why", "tell why this passage of the document", "why", palette=True),
    Action("side.next", "down,right,j,l", "step(1)", "go to the next side", named="arrows"),
    Action("side.previous", "up,left,k,h", "step(-1)"),
    Action("sides.back", "escape,q,s", "dismiss(None)", "go back to the conversation", "back"),
    Action("search.resume", "enter", "submit", "go on with the conversation", "go on"),
    Action("saved.back", "escape", "dismiss(None)", "go back to the conversation on the screen", "back"),
    Action(
        "saved.delete", "ctrl+d", "delete", "delete the conversation for good", "delete", palette=True, priority=True
    ),
    Action("saved.down", "down", "move(1)"),
    Action("saved.up", "up", "move(-1)"),
    Action("saved.page_down", "pagedown", "move(10)"),
    Action("saved.page_up", "pageup", "move(-10)"),
    Action("document.back", "escape,q", "back", "go back to the conversation", "back"),
    Action("document.next", "n", "step(1)", "go to the next and previous quote or match", "next", named="n / p"),
    Action("document.previous", "p,N", "step(-1)", footer="previous"),
    Action("document.find", "slash", "find", "find words in the document", "find", palette=True, named="/"),
    Action("document.copy", "c", "copy", "copy the quote with its citation", "copy", palette=True),
    Action("document.edit", "ctrl+e", "edit", "open the file in $EDITOR at this line", "edit", palette=True),
    Action("text.down", "down,j", "scroll_down"),
    Action("text.up", "up,k", "scroll_up"),
    Action("text.page_down", "space", "page_down"),
    Action("text.top", "g", "scroll_home"),
    Action("text.bottom", "G", "scroll_end"),
    Action("help.close", "escape,q,f1,question_mark,enter", "dismiss"),
    Action("why.close", "escape,q,w,enter", "dismiss"),
    Action("export.cancel", "escape", "dismiss(None)"),
    Action("confirm.yes", "y,enter", "dismiss(True)"),
    Action("confirm.no", "escape,n", "dismiss(False)"),
    Action("mouse.click", "", "", "unfold a quote, follow a link, ask a suggestion", named="click"),
    Action("mouse.mark", "", "", "in front of a document: choose the document, or not", named="on a mark"),
    Action("mouse.twice", "", "", "on one of several sides: show its document", named="twice"),
    Action("mouse.drag", "", "", "select text; ctrl+c copies the text", named="drag"),
)

SECTIONS = {
    "Anywhere": ("chat", "app"),
    "In the input": ("question",),
    "On a quote": ("quote",),
    "On a suggested question": ("suggestion",),
    "Among the documents": ("listing", "documents"),
    "Side by side": ("side", "sides"),
    "Among saved conversations": ("search", "saved"),
    "In a document": ("document",),
    "With the mouse": ("mouse",),
}
"""The headings of the help and of the guide's table, and whose actions stand below each."""


def actions_of(where: str, *names: str) -> tuple[Action, ...]:
    """The actions of a part of the chat, in the table's order: all of them, or those with these names."""
    return tuple(row for row in TABLE if row.where == where and (not names or row.id.partition(".")[2] in names))


def bindings(actions: Iterable[Action]) -> list[BindingType]:
    """The key bindings of a widget or screen with these actions."""
    return [
        Binding(
            row.keys,
            row.runs,
            row.footer,
            show=bool(row.footer),
            id=row.id,
            tooltip=row.title,
            priority=row.priority,
        )
        for row in actions
        if row.keys
    ]


def handed_on(actions: Iterable[Action], form: str) -> list[BindingType]:
    """The same keys on another widget, not in the footer there.

    `form` is the action that hands on, with `{}` in place of the name: `screen.{}`.
    """
    return [Binding(row.keys, form.format(row.runs), show=False, id=row.id) for row in actions if row.keys]


def told() -> dict[str, list[tuple[str, str]]]:
    """Each key with what it does, by the headings of the help."""
    return {
        heading: [(row.key, row.does) for where in parts for row in actions_of(where) if row.key and row.does]
        for heading, parts in SECTIONS.items()
    }


def key_table() -> str:
    """The table of keys in the guide, as Markdown."""
    rows = ["| where | keys |", "| --- | --- |"]
    for heading, keys in told().items():
        rows.append(f"| {heading} | {' · '.join(f'`{key}` {does}' for key, does in keys)} |")
    return "\n".join(rows) + "\n"
