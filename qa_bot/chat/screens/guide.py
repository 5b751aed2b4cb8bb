"""A page of the user's guide."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from qa_bot.chat.screens.help import HelpScreen
from qa_bot.showing import guide


class GuideScreen(HelpScreen):
    """The page of one topic."""

    def __init__(self, topic: str) -> None:
        """`topic` is one of `guide.TOPICS`."""
        super().__init__()
        self._topic = topic

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="help") as page:
            page.border_title = f"guide: {self._topic}"
            page.border_subtitle = "escape closes"
            yield Markdown(guide.page(self._topic, linked=True), open_links=False)

    def on_markdown_link_clicked(self, message: Markdown.LinkClicked) -> None:
        """Go to the page of the guide that a link leads to."""
        if (topic := guide.topic_of(message.href)) is not None:
            self.app.push_screen(GuideScreen(topic))
