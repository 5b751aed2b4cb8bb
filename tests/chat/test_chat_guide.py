"""The pages of the guide in the chat: from the help, and from the palette."""

from textual.app import SystemCommand
from textual.widgets import Markdown

from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.chat import ChatScreen
from qa_bot.chat.screens.guide import GuideScreen
from qa_bot.chat.screens.help import HelpScreen, guide_text
from qa_bot.config import Settings
from qa_bot.showing.guide import TOPICS, page


async def test_a_topic_of_the_help_opens_its_page(built: Settings) -> None:
    assert all(topic in guide_text().plain for topic in TOPICS)
    async with ChatApp(built).run_test(size=(100, 40)) as pilot:
        await pilot.press("f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.app.run_action("guide('verify')")
        await pilot.pause()
        assert isinstance(pilot.app.screen, GuideScreen)
        assert pilot.app.screen.query_one(Markdown).source == page("verify", linked=True)
        await pilot.press("escape", "escape")
        assert isinstance(pilot.app.screen, ChatScreen)


async def test_a_link_opens_the_page_it_names(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(100, 40)) as pilot:
        await pilot.app.run_action("guide('start')")
        await pilot.pause()
        markdown = pilot.app.screen.query_one(Markdown)
        markdown.post_message(Markdown.LinkClicked(markdown, "asking.md"))
        await pilot.pause()
        assert pilot.app.screen.query_one(Markdown).source == page("asking", linked=True)
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Markdown) is markdown


async def test_the_palette_finds_every_page(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(100, 40)) as pilot:
        found: list[SystemCommand] = list(pilot.app.get_system_commands(pilot.app.screen))
        pages = [command for command in found if command.title.startswith("Guide: ")]
        assert [command.title.removeprefix("Guide: ") for command in pages] == TOPICS
        pages[0].callback()
        await pilot.pause()
        assert isinstance(pilot.app.screen, GuideScreen)
