"""Asks where to save the conversation."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from qa_bot.chat.actions import Action, actions_of, bindings
from qa_bot.showing.text import visible


class PathInput(Input):
    """A path. The suggested path is selected, so that typing replaces it."""

    async def _on_key(self, event: events.Key) -> None:
        """Handle ctrl+u here, because a binding would run after the letters typed next and delete these too."""
        if event.key == "ctrl+u":
            event.prevent_default()
            event.stop()
            self.action_delete_left_all()


class ExportScreen(ModalScreen[Path | None]):
    """Asks for the path to save to. An error is shown here, so that the user can change the path."""

    CSS_PATH = "export.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("export")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)

    def __init__(self, suggestion: str, save: Callable[[Path], None]) -> None:
        super().__init__()
        self._suggestion = suggestion
        self._save = save

    def compose(self) -> ComposeResult:
        """The path and, below it, the error."""
        with Vertical(classes="box") as box:
            box.border_title = "save the conversation as Markdown"
            box.border_subtitle = "enter saves · escape cancels"
            yield PathInput(self._suggestion, compact=True)
            yield Static("", id="export-error")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Save. For a folder, save a file of the suggested name in it."""
        path = Path(event.value.strip() or self._suggestion).expanduser()
        if path.is_dir():
            path = path / Path(self._suggestion).name
        try:
            self._save(path)
        except FileExistsError:
            self._complain(f"{path} exists already; choose another name.")
        except OSError as error:
            self._complain(f"Cannot write {path}: {error.strerror or error}.")
        else:
            self.dismiss(path)

    def _complain(self, text: str) -> None:
        self.query_one("#export-error", Static).update(Content(visible(text)))
