"""The chat as a Textual application.

What the first picture does not show is imported after it: see `Opening`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.actions import parse
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from qa_bot.chat.actions import Action, actions_of, bindings, handed_on
from qa_bot.chat.preferences import default_data, default_path, load_automatic, load_theme, save
from qa_bot.chat.themes import DARK, THEMES, shades
from qa_bot.config import Settings
from qa_bot.garbage import Garbage

if TYPE_CHECKING:
    from qa_bot.chat.jobs import Jobs
    from qa_bot.chat.saved import Saved
    from qa_bot.chat.screens.chat import ChatScreen
    from qa_bot.chat.session import Session
    from qa_bot.library import Library


STYLES = Path(__file__).parent
STYLE_SHEETS = ("chat.tcss", "screens/chat.tcss")
"""The style that all screens share, and that of the first screen, whose own style sheet Textual would not read."""

READING = 1.5
"""Seconds after an answer in which most users only read."""
HASTY = 3
"""After this many answers without such a pause garbage is collected all the same, because more garbage takes longer."""


class ChatApp(App[None]):
    """Ask a folder of documents; read the answers as quotes."""

    CSS_PATH: ClassVar = list(STYLE_SHEETS)
    TITLE = "qa-bot"
    ACTIONS: ClassVar[tuple[Action, ...]] = actions_of("app")
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS) + handed_on(actions_of("chat"), "chat('{}')")

    def __init__(
        self,
        settings: Settings,
        library: "Library | None" = None,
        now: Callable[[], datetime] = datetime.now,
        preferences: Path | None = None,
        data: Path | None = None,
        garbage: Garbage | None = None,
        opening: bool = False,
    ) -> None:
        """`library` and `now` are for tests to choose.

        `preferences` is the file that keeps the theme, `data` the folder that keeps conversations; None: they are not kept.
        `garbage`, where given, is collected when nothing goes on.
        With `opening` a picture of the chat is painted before the chat itself is loaded.
        """
        super().__init__(css_path=STYLES / "opening.tcss" if opening else None)
        self._settings = settings
        self._library = library
        self._now = now
        self._data = data
        self._garbage = garbage
        self._quiet: Timer | None = None
        self._uncollected = 0
        self._opening = opening
        self._jobs: Jobs | None = None
        self._shown: ChatScreen | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self._preferences = preferences
        chosen = load_theme(preferences) if preferences else None
        if chosen in self.available_themes and chosen != DARK.name:
            self.theme = chosen
        else:
            # Set like any other, it would have every style sheet parsed twice before the first picture.
            self.set_reactive(App.theme, DARK.name)
            self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, and our own colours made from these."""
        variables = super().get_css_variables()
        return shades(variables) | variables

    @cached_property
    def session(self) -> "Session":
        """The state of the chat."""
        from qa_bot.chat.session import Session

        return Session(automatic=self._preferences is None or load_automatic(self._preferences))

    @property
    def conversation_screen(self) -> "ChatScreen":
        """The screen of the conversation, made together with the background jobs when it is first needed."""
        if self._shown is None:
            from qa_bot.chat.jobs import Jobs
            from qa_bot.chat.screens.chat import ChatScreen
            from qa_bot.library import Library

            library = self._library or Library(self._settings)
            self._jobs = Jobs(library, self._post_to_chat, self._store if self._data else None)
            self._shown = ChatScreen(self._settings, self.session, self._jobs)
        return self._shown

    def on_index_opened(self) -> None:
        """Everything that takes long to load is loaded now."""
        if self._garbage is not None:
            self._garbage.loaded()

    def on_update_finished(self) -> None:
        """An index that was made just now is open."""
        self.on_index_opened()

    def on_answered(self) -> None:
        """Collect garbage a moment later, while the user reads the answer."""
        if self._garbage is None:
            return
        self._uncollected += 1
        if self._uncollected >= HASTY:
            self._collect()
        elif self._quiet is None:
            self._quiet = self.set_timer(READING, self._collect)

    def _collect(self) -> None:
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet, self._uncollected = None, 0
        if self._garbage is not None:
            self._garbage.quiet()

    def get_default_screen(self) -> Screen[None]:
        """The conversation, or while the conversation is being loaded the picture that stands in for it."""
        if self._opening:
            from qa_bot.chat.screens.opening import Opening

            return Opening(self._settings.seeds)
        return self.conversation_screen

    async def open_chat(self, typed: Sequence[Message]) -> None:
        """Show the conversation, with the keys typed until now (`typed`) in its input."""
        for name in STYLE_SHEETS:
            self.stylesheet.read(STYLES / name)
        await self.push_screen(self.conversation_screen)
        question = self.conversation_screen.query_one("#question")
        self.conversation_screen.set_focus(question)
        for event in typed:
            question.post_message(event)

    def on_mount(self) -> None:
        """From here on, save each change of theme: the user has made it."""
        if self._preferences is not None:
            path = self._preferences
            self.theme_changed_signal.subscribe(self, lambda theme: save(path, "theme", theme.name))

    def on_unmount(self) -> None:
        """Stop the background jobs: quitting waits for no answer, and only a moment for an update to stop cleanly."""
        if self._jobs is not None:
            self._jobs.stop()

    async def on_event(self, event: events.Event) -> None:
        """Send what is typed or pasted while a quote has the focus to the input, unless it is one of the quote's keys.

        This happens here because here the keys still come in the order in which they were typed.
        """
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if typed and self._shown is not None and self.screen is self._shown:
            self._shown.catch(event)
        await super().on_event(event)

    def _store(self) -> "Saved":
        from qa_bot.chat.saved import Saved  # not needed for the first picture

        assert self._data is not None
        return Saved(self._data, self._settings, self._now)

    def copy_to_clipboard(self, text: str) -> None:
        """Put the text on the terminal's clipboard and on the system's, where there is one."""
        from qa_bot.chat import clipboard  # not needed for the first picture

        super().copy_to_clipboard(text)
        clipboard.copy(text)

    def _post_to_chat(self, message: Message) -> None:
        self.conversation_screen.post_message(message)

    def action_help(self) -> None:
        """Show the keys."""
        from qa_bot.chat.screens.help import HelpScreen  # not needed for the first picture

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_guide(self, topic: str) -> None:
        """Show a page of the guide."""
        from qa_bot.chat.screens.guide import GuideScreen  # not needed for the first picture

        self.push_screen(GuideScreen(topic))

    def action_automatic(self, automatic: bool) -> None:
        """From now on update the index as soon as files change, or only when asked to; remembered."""
        self.session.automatic = automatic
        if self._preferences is not None:
            save(self._preferences, "automatic", self.session.automatic)
        self.conversation_screen.keeper.automatic_changed()

    def action_chat(self, name: str) -> None:
        """Go back to the conversation and run there the action with this name."""
        self.call_later(self._in_chat, name)

    async def _in_chat(self, name: str) -> None:
        while self.screen is not self.conversation_screen:
            await self.screen.dismiss(None)
        await self.run_action(name, self.conversation_screen)

    async def action_export(self) -> None:
        """Ask where to save the conversation, and save it."""
        from qa_bot.chat.screens.export import ExportScreen
        from qa_bot.showing import markdown as export  # not needed for the first picture

        if isinstance(self.screen, ExportScreen):
            return
        if not any(turn.done for turn in self.session.turns):
            self.notify("There is nothing to save yet.", markup=False)
            return
        now = self._now()

        def save(path: Path) -> None:
            export.save(export.to_markdown(self.session.turns, now), path)

        def saved(path: Path | None) -> None:
            if path is not None:
                self.notify(f"Saved: {path}", markup=False)

        # No key is passed on before it can be typed into.
        screen = ExportScreen(export.default_name(now), save)
        await self.push_screen(screen, saved)
        screen.set_focus(screen.query_one("PathInput"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer of the two ways to update the index only the one that is not in use."""
        return action != "automatic" or parameters != (self.session.automatic,)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What can be done with what has the focus, on its screen and in the app; then the pages of the guide.

        Of Textual's own commands none is offered: each has a row in our table, or is of no use here.
        """
        from qa_bot.showing import guide  # not needed for the first picture

        for node in (screen.focused or screen).ancestors_with_self:
            for row in getattr(node, "ACTIONS", ()):
                _, name, parameters = parse(row.runs)
                if row.palette and node.check_action(name, parameters):
                    help_ = f"key: {row.key}" if row.key else ""
                    yield SystemCommand(row.title, help_, partial(self.run_action, row.runs, node))
        for topic in guide.TOPICS:
            # Found by typing only: the list of actions stays short.
            yield SystemCommand(f"Guide: {topic}", guide.title(topic), partial(self.action_guide, topic), False)


def run(settings: Settings) -> None:
    """Open the chat and stay until the user leaves."""
    data = settings.data or default_data()
    ChatApp(settings, preferences=default_path(), data=data, garbage=Garbage(), opening=True).run()
