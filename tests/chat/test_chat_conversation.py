"""Asking and reading, with the real core over the real seeds."""

import pytest
from textual import events
from textual.content import Content
from textual.pilot import Pilot

from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.document import DocumentScreen
from qa_bot.chat.widgets.conversation import ConversationView
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.chat.widgets.quote import QuoteView
from qa_bot.chat.widgets.searched import SearchedLine
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.config import Settings
from tests.chat.pilot import app_input, ask, chat, flat, picture, quotes, settle, words

IMPROVE = "What needs to improve in South Tyneside's social work practice?"
LIST = "The quality of social work assessments and plans to ensure they are all of a"
SIZES = pytest.mark.parametrize("size", [(80, 24), (160, 50)])


@SIZES
async def test_answers_with_the_letters_own_list(built: Settings, size: tuple[int, int]) -> None:
    async with ChatApp(built).run_test(size=size) as pilot:
        await ask(pilot, IMPROVE)
        best, *others = quotes(pilot)
        shown = flat(pilot)
        assert LIST in shown
        assert "22 March 2019" in shown
        assert "003_7a3598a8e012728e.txt:33" in shown
        assert not best.folded
        assert others
        assert all(other.folded and other.size.height == 1 for other in others)


async def test_says_how_much_there_is_to_ask(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await settle(pilot)
        assert "5 documents" in words(pilot, "#index-summary")
        assert "up to date" in words(pilot, "#index-summary")


async def test_follow_up_is_understood_in_its_conversation(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await ask(pilot, "And in 2019?")
        assert "still about: needs improve South Tyneside" in words(pilot, ".searched")
        assert quotes(pilot)[0].quote.date == "2019-03-22"


async def test_a_new_conversation_knows_nothing_of_the_old_one(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert not pilot.app.screen.query(TurnView)
        await ask(pilot, "And in 2019?")
        last = pilot.app.screen.query_one(TurnView)
        assert last.turn.answer is not None
        assert last.turn.answer.searched == "And in 2019?"


async def test_how_a_question_was_searched_is_said_only_where_it_is_not_as_asked(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(140, 40)) as pilot:
        await ask(pilot, IMPROVE)
        await pilot.pause()
        rows = [line.strip(" ▌") for line in picture(pilot).splitlines()]
        at = rows.index(IMPROVE)
        assert rows[at + 1] == ""
        assert rows[at + 2].endswith(" · 22 March 2019 · 003_7a3598a8e012728e.txt:33 · strong")
        assert rows[at + 3] == "What needs to improve in this area of social work practice"
        assert "searched" not in picture(pilot)
        await ask(pilot, "And in 2019?")
        await pilot.pause()
        rows = [line.strip(" ▌") for line in picture(pilot).splitlines()]
        at = rows.index("And in 2019?")
        assert rows[at + 1].startswith("searched: ")
        assert rows[at + 2] == ""
        assert rows[at + 3]


async def test_how_a_question_was_searched_can_be_clicked_and_changed(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(140, 40)) as pilot:
        await ask(pilot, IMPROVE)
        await ask(pilot, "And in 2019?")
        line = pilot.app.screen.query(TurnView).last().query_one(SearchedLine)
        shown = str(line.visual)
        assert shown.endswith("  alone · edit")
        content = line.content
        assert isinstance(content, Content)
        carried = [content.plain[span.start : span.end] for span in content.spans if span.style == "$citation"]
        assert carried[:2] == ["needs", "improve"]
        await pilot.click(line, offset=(line.styles.padding.left + shown.index("edit"), 0))
        await pilot.pause()
        assert app_input(pilot).text.startswith("And in 2019? needs improve South Tyneside")
        await pilot.click(line, offset=(line.styles.padding.left + shown.index("alone"), 0))
        await settle(pilot)
        last = pilot.app.screen.query(TurnView).last().turn
        assert last.alone
        assert last.answer is not None
        assert last.answer.searched == "And in 2019?"
        await ask(pilot, "What about caselods?")
        line = pilot.app.screen.query(TurnView).last().query_one(SearchedLine)
        assert "caseloads" in [line.content.plain[span.start : span.end] for span in line.content.spans]  # type: ignore[union-attr]


async def test_asking_alone_leaves_the_context_behind(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await ask(pilot, "And in 2019?")
        quotes(pilot)[0].focus()
        await pilot.press("a")
        await settle(pilot)
        last = pilot.app.screen.query(TurnView).last()
        assert last.turn.question == "And in 2019?"
        assert last.turn.answer is not None
        assert last.turn.answer.searched == "And in 2019?"


async def test_a_refusal_looks_like_one(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, "What is the capital of France?")
        said = words(pilot, ".verdict")
        assert "Nothing in these documents answers that." in said
        assert "France" in said
        assert quotes(pilot)
        assert all(quote.folded for quote in quotes(pilot))
        assert "strong" not in picture(pilot)


async def test_folded_quotes_open_by_key_and_by_mouse(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(100, 60)) as pilot:
        await ask(pilot, IMPROVE)
        _, second, third = quotes(pilot)
        await pilot.press("tab", "down", "enter")
        assert pilot.app.focused is second
        assert not second.folded
        await pilot.press("space")
        assert second.folded
        await pilot.click(third)
        assert not third.folded
        assert third.quote.text.split()[0] in str(third.visual)


async def test_a_folded_answer_shows_a_sentence_rather_than_its_heading(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(100, 40)) as pilot:
        await ask(pilot, IMPROVE)
        assert quotes(pilot)[0].quote.text.startswith("What needs to improve in this area")
        await pilot.press("tab", "space")
        await pilot.pause()
        assert str(quotes(pilot)[0].visual).partition("“")[2].startswith("- The quality of social work assessments")


@pytest.mark.parametrize("how", ["key", "space", "click"])
async def test_unfolding_near_the_bottom_scrolls_the_quote_into_view(built: Settings, how: str) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        for question in (IMPROVE, "What is the capital of France?"):
            await ask(pilot, question)
        last = quotes(pilot)[-1]
        conversation = pilot.app.screen.query_one(ConversationView)
        room = conversation.scrollable_content_region
        conversation.scroll_relative(y=last.region.bottom - room.bottom, animate=False)
        await pilot.pause()
        assert last.region.y >= room.bottom - 3
        if how == "click":
            await pilot.click(last)
        else:
            last.focus()
            await pilot.press("enter" if how == "key" else "space")
        await pilot.pause()
        await pilot.pause()
        assert not last.folded
        assert last.region.height > 3
        assert last.region.y >= room.y
        assert last.region.y == room.y or last.region.bottom <= room.bottom


async def test_enter_leaves_for_the_document_only_from_a_quote_that_is_in_view(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, "What is the capital of France?")
        last = quotes(pilot)[-1]
        last.focus()
        await pilot.pause()
        last.action_open()
        last.action_open()  # two enters faster than the screen
        await settle(pilot)
        assert not last.folded
        assert not isinstance(pilot.app.screen, DocumentScreen)
        conversation = pilot.app.screen.query_one(ConversationView)
        await pilot.press("escape")
        await ask(pilot, "Who is the Lead Member?")
        await pilot.pause()
        last.focus(scroll_visible=False)
        conversation.scroll_end(animate=False)
        await pilot.pause()
        await pilot.pause()
        assert last.region.bottom <= conversation.region.y
        await pilot.press("enter")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, DocumentScreen)
        assert last.region.y >= conversation.scrollable_content_region.y
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DocumentScreen)


async def test_the_newest_question_is_at_the_top(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 20)) as pilot:
        await ask(pilot, IMPROVE)
        await ask(pilot, "Who is the Lead Member?")
        await pilot.pause()
        last = pilot.app.screen.query(TurnView).last()
        conversation = pilot.app.screen.query_one(ConversationView)
        assert last.region.y - conversation.region.y <= 1  # a blank row may stand above it
        assert last.region.height > conversation.size.height - 4


async def test_answering_sentences_stand_out_without_colour(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        best = quotes(pilot)[0]
        bold: list[str] = []
        plain: list[str] = []
        for strip in pilot.app.screen._compositor.render_strips()[best.region.y + 2 : best.region.bottom]:
            for segment in strip:
                (bold if segment.style and segment.style.bold else plain).append(segment.text.strip())
        marked = [best.quote.text[a - best.quote.start : b - best.quote.start] for a, b in best.quote.highlights]
        assert " ".join(" ".join(bold).split()) == " ".join(" ".join(marked).split())
        assert any(plain)


async def test_questions_come_back_with_up_and_down(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, "Who is the Lead Member?")
        await ask(pilot, "And in 2019?")
        await pilot.press(*"dra", "up")
        assert app_input(pilot).text == "And in 2019?"
        await pilot.press("up", "up")
        assert app_input(pilot).text == "Who is the Lead Member?"
        await pilot.press("down", "down")
        assert app_input(pilot).text == "dra"


async def test_a_question_can_have_several_lines(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await pilot.press(*"ab", "ctrl+j", *"cd")
        assert app_input(pilot).text == "ab\ncd"
        assert app_input(pilot).size.height == 2


async def test_editing_puts_the_question_back(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, "Who is the Lead Member?")
        await pilot.press("tab", "e")
        assert isinstance(pilot.app.focused, QuestionInput)
        assert app_input(pilot).text == "Who is the Lead Member?"


async def test_copying_takes_the_exact_words_and_their_place(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("tab", "c")
        await pilot.pause()
        quote = quotes(pilot)[0].quote
        assert pilot.app.clipboard.startswith(quote.text)
        assert "22 March 2019 · 003_7a3598a8e012728e.txt:33" in pilot.app.clipboard


async def test_footer_keys_fit_the_focus_and_the_screen(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        assert "ask" in picture(pilot).splitlines()[-1]
        await pilot.press("tab")
        await settle(pilot)
        await pilot.pause()
        footer = picture(pilot).splitlines()[-1]
        assert "copy" in footer
        assert "help" in footer
        assert footer.rstrip().endswith("^p palette")


async def test_resizing_keeps_quotes_whole(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(160, 50)) as pilot:
        await ask(pilot, IMPROVE)
        await pilot.resize_terminal(60, 50)
        await pilot.pause()
        assert LIST in flat(pilot)


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    await pilot.resize_terminal(width, height)
    for _ in range(4):
        await pilot.pause()


@pytest.mark.parametrize("start", [(160, 50), (80, 24)])
async def test_resizing_keeps_the_newest_answer_in_view(built: Settings, start: tuple[int, int]) -> None:
    async with ChatApp(built).run_test(size=start) as pilot:
        for question in (IMPROVE, "What is the capital of France?", "Who is the Lead Member?"):
            await ask(pilot, question)
        await pilot.pause()
        for size in ((60, 20), (120, 30), (160, 50), (80, 24), (50, 16)):
            await resize(pilot, *size)
            room = pilot.app.screen.query_one(ConversationView).region
            newest = pilot.app.screen.query(TurnView).last()
            assert room.y <= newest.region.y <= room.bottom - 3
            if newest.region.height > room.height:
                assert newest.region.y <= room.y + 1


async def test_the_footer_ends_with_the_palette_at_every_width(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(120, 24)) as pilot:
        await ask(pilot, IMPROVE)
        for focus in ("input", "quote"):
            for width in (120, 97, 80, 71, 64, 60, 51, 40):
                await resize(pilot, width, 24)
                footer = picture(pilot).splitlines()[-1]
                assert footer.rstrip().endswith("^p palette"), (focus, width)
            await pilot.press("tab")


async def test_resizing_keeps_what_is_being_read_in_view(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        for question in (IMPROVE, "What is the capital of France?", "Who is the Lead Member?"):
            await ask(pilot, question)
        await pilot.pause()
        conversation = pilot.app.screen.query_one(ConversationView)
        second = pilot.app.screen.query(TurnView)[1]
        conversation.scroll_to(y=second.virtual_region.y, animate=False)
        await pilot.pause()
        for size in ((60, 20), (70, 22), (100, 24)):
            await resize(pilot, *size)
            assert abs(second.region.y - conversation.region.y) <= 1
        quotes(pilot)[0].focus()
        await pilot.pause()
        for size in ((60, 20), (160, 50), (80, 24)):
            await resize(pilot, *size)
            assert conversation.region.y <= quotes(pilot)[0].region.y < conversation.region.bottom - 3


async def test_every_theme_draws(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        for theme in pilot.app.available_themes:
            pilot.app.theme = theme
            await pilot.pause()
            assert LIST in flat(pilot)


async def test_help_opens_and_closes(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert "bring the index up to date" in picture(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "ask about your documents" in picture(pilot)


async def test_escape_always_leads_to_the_input(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("escape")
        assert isinstance(pilot.app.focused, QuestionInput)
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, QuoteView)
        await pilot.press("escape", "escape")
        assert isinstance(pilot.app.focused, QuestionInput)


async def test_other_screens_leave_the_focus_where_it_was(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        for key in ("f2", "f3", "f1", "ctrl+s"):
            await pilot.press(key)
            await settle(pilot)
            assert pilot.app.screen is not chat(pilot).conversation_screen
            await pilot.press("escape", "escape")
            await settle(pilot)
            assert pilot.app.focused is app_input(pilot)
        await pilot.press(*"soec?")
        assert app_input(pilot).text == "soec?"


async def test_what_is_no_key_of_a_quote_is_typed_into_the_input(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        await ask(pilot, IMPROVE)
        await pilot.press("tab")
        for character in "How so, once?":  # all at once, as fast as a terminal sends it
            pilot.app.post_message(events.Key(character, character))
        await settle(pilot)
        assert app_input(pilot).text == "How so, once?"
        assert pilot.app.focused is app_input(pilot)
        app_input(pilot).clear()
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, QuoteView)
        pilot.app.post_message(events.Paste("cows"))
        await settle(pilot)
        assert app_input(pilot).text == "cows"


async def test_up_and_down_stay_among_the_quotes(built: Settings) -> None:
    async with ChatApp(built).run_test(size=(80, 24)) as pilot:
        await ask(pilot, IMPROVE)
        shown = quotes(pilot)
        await pilot.press("tab", "up", "up", "k")
        assert pilot.app.focused is shown[0]
        await pilot.press(*["down"] * len(shown), "down", "j")
        assert pilot.app.focused is shown[-1]
        await pilot.press("up")
        assert pilot.app.focused is shown[-2]
        await pilot.press("down", "tab")
        assert isinstance(pilot.app.focused, QuestionInput)


async def test_a_question_that_arrives_at_once_with_its_enter_is_asked_whole(built: Settings) -> None:
    async with ChatApp(built).run_test() as pilot:
        for character in IMPROVE:
            pilot.app.post_message(events.Key(character, character))
        pilot.app.post_message(events.Key("enter", "\r"))
        await pilot.pause()
        await settle(pilot)
        assert pilot.app.screen.query_one(TurnView).turn.question == IMPROVE
