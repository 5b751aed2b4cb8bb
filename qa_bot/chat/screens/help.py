"""Every key in one place, and the pages of the guide."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qa_bot.chat.actions import Action, actions_of, bindings, told
from qa_bot.showing import guide


class HelpScreen(ModalScreen[None]):
    """The keys, by the part of the chat in which they work."""

    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("help")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="help", classes="box page") as page:
            page.border_title = "keys"
            page.border_subtitle = "escape closes"
            yield Static(help_text())
            yield Static(guide_text())


def help_text() -> Content:
    """The keys as text, aligned."""
    parts: list[tuple[str, str]] = []
    for heading, rows in told().items():
        parts.append((f"{heading}\n", "bold $foreground"))
        for key, does in rows:
            parts += [(f"  {key:<15}", "$accent"), (f"{does}\n", "$soft")]
        parts.append(("\n", ""))
    return Content.assemble(*parts[:-1])


def guide_text() -> Content:
    """The topics of the guide; a click opens a topic's page."""
    links = "  ".join(f"[@click=app.guide('{topic}')]{topic}[/]" for topic in guide.TOPICS)
    return Content.from_markup(f"\n[bold $foreground]In the guide[/] [$soft](click, or ctrl+p and a topic)[/]\n{links}")
