"""What happens while the index opens, is made, changes or fails: with a core that goes one step at a time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from qa_bot.answers.model import State
from qa_bot.chat import index_keeper
from qa_bot.chat.app import ChatApp
from qa_bot.chat.session import Phase
from qa_bot.chat.widgets.conversation import MOST, STEP, WINDOW, ConversationView
from qa_bot.chat.widgets.status import StatusRule
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.config import Settings
from qa_bot.errors import Cancelled, ModelError, SeedsError
from qa_bot.index.report import Failure
from qa_bot.library import Listener, Progress, Report, SeedsState
from tests.chat.pilot import app_input, ask, chat, flat, notices, picture, quotes, settle, until, words
from tests.chat.scripted_library import ScriptedLibrary, sample

SEEDS = Path(__file__).parents[2] / "seeds"
IMPROVE = "What needs to improve?"


def fake(*gates: str, index: bool = True) -> ScriptedLibrary:
    return ScriptedLibrary(SEEDS, sample(SEEDS), gates, index)


def app(core: ScriptedLibrary) -> ChatApp:
    return ChatApp(Settings(seeds=SEEDS), core)


async def test_a_question_typed_while_the_index_opens_is_answered_when_it_is_open() -> None:
    core = fake("open")
    async with app(core).run_test() as pilot:
        app_input(pilot).put(IMPROVE)
        await pilot.press("enter")
        await pilot.pause()
        assert "waiting for the index to open" in words(pilot, ".searched")
        core.gates["open"].set()
        await settle(pilot)
        assert quotes(pilot)


async def test_without_an_index_it_is_made_with_progress_and_questions_wait() -> None:
    core = fake("update", index=False)
    chat = app(core)
    async with chat.run_test() as pilot:
        await until(pilot, lambda: chat.session.index.progress)
        app_input(pilot).put(IMPROVE)
        await pilot.press("enter")
        await pilot.pause()
        assert "waiting: answered as soon as the index is made" in words(pilot, ".searched")
        rule = str(pilot.app.screen.query_one(StatusRule).render())
        assert "indexing 62%" in rule
        assert "0:04 left" in rule
        assert "━" in rule
        core.gates["update"].set()
        await settle(pilot)
        assert quotes(pilot)
        assert chat.session.index.phase is Phase.READY


async def test_an_old_index_answers_while_a_new_one_is_made() -> None:
    core = fake("update")
    core.state = SeedsState(found=5, outdated=1)
    chat = app(core)
    async with chat.run_test() as pilot:
        await until(pilot, lambda: chat.session.index.progress)
        app_input(pilot).put(IMPROVE)
        await pilot.press("enter")
        await until(pilot, lambda: chat.session.turns[0].done)
        await pilot.pause()
        assert "from the index before this update" in words(pilot, ".searched")
        core.gates["update"].set()
        await settle(pilot)
        assert "the index has changed since; r asks again" in words(pilot, ".searched")
        await pilot.press("tab", "r")
        await settle(pilot)
        assert [question for _, question in core.asked] == [IMPROVE, IMPROVE]
        assert "changed since" not in str(pilot.app.screen.query(".searched").last(Static).visual)


async def test_escape_twice_cancels_an_update_and_the_index_stays() -> None:
    core = fake("update")
    chat = app(core)
    async with chat.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: chat.session.index.progress)
        await pilot.press("escape")
        await pilot.pause()
        assert "press escape once more to cancel" in flat(pilot)
        assert chat.session.index.updating
        assert not chat.session.index.stopping
        await pilot.press("escape")
        await settle(pilot)
        assert "cancelled" in words(pilot, ".note")
        assert "goes on from what was embedded" in words(pilot, ".note")
        assert not chat.session.index.updating
        await ask(pilot, IMPROVE)
        assert quotes(pilot)


async def test_one_escape_cancels_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_keeper, "SURE", 0.05)
    core = fake("update")
    chat = app(core)
    async with chat.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: chat.session.index.progress)
        for _ in range(2):
            await pilot.press("escape")
            await until(pilot, lambda: not chat.session.index.cancelling)
        assert chat.session.index.updating
        assert not core.cancelled
        assert "esc esc cancels" in flat(pilot)
        core.gates["update"].set()
        await settle(pilot)
        assert not chat.session.index.updating


async def test_cancelling_says_at_once_that_it_is_stopping() -> None:
    core = Slow(SEEDS, sample(SEEDS), ("model",))
    chat = app(core)
    async with chat.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "starting the model" in flat(pilot))
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "stopping the update…" in flat(pilot)
        assert "esc esc cancels" not in flat(pilot)
        await pilot.press("ctrl+r")
        assert "stopping" in notices(pilot)
        core.gates["model"].set()
        await settle(pilot)
        assert "cancelled" in words(pilot, ".note")
        assert "stopping the update" not in flat(pilot)
        assert not chat.session.index.stopping


class Slow(ScriptedLibrary):
    """Takes its time to start the model, and cannot be stopped meanwhile."""

    def update(
        self,
        full: bool = False,
        progress: Listener | None = None,
        cancelled: Callable[[], bool] | None = None,
        partly: Callable[[], None] | None = None,
    ) -> Report:
        assert progress is not None
        assert cancelled is not None
        progress(Progress("reading", 5, 5))
        self.wait("model")
        progress(Progress("embedding", 1, 100))
        assert cancelled()
        raise Cancelled("the update was stopped")


async def test_a_finished_update_says_what_it_did_and_names_what_it_left_out() -> None:
    core = fake()
    core.report = Report(
        added=("a.txt",),
        failed=(Failure("bad[red].bin", "holds binary data"),),
        documents=5,
        passages=118,
        embedded=3,
        seconds=1.5,
    )
    async with app(core).run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+r")
        await settle(pilot)
        notes = words(pilot, ".note")
        assert "bad[red].bin: holds binary data" in notes
        assert "1 added" in notes
        assert "3 passages embedded" in notes


@pytest.mark.parametrize("folder", ["seeds", "/home/somebody/a long folder/of documents/seeds"])
async def test_the_header_says_that_files_changed_and_what_to_do_at_every_width(folder: str) -> None:
    core = fake()
    chat = ChatApp(Settings(seeds=Path(folder)), core)
    chat.session.automatic = False
    async with chat.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        core.state = SeedsState(found=5, outdated=4)
        chat.conversation_screen.keeper.look()
        await settle(pilot)
        assert "5 documents · 118 passages" in picture(pilot)
        for width in (120, 100, 80, 60, 44):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            await pilot.pause()
            header = picture(pilot).splitlines()[0]
            assert "4 files changed · ^r updates" in header, width
            assert "…" not in header.split("updates")[0], width
        await pilot.resize_terminal(30, 24)
        await pilot.pause()
        assert "4 files changed" in picture(pilot).splitlines()[0]


async def test_only_one_update_at_a_time() -> None:
    core = fake("update")
    chat = app(core)
    async with chat.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+r", "ctrl+r")
        await until(pilot, lambda: chat.session.index.progress)
        core.gates["update"].set()
        await settle(pilot)
        assert len(pilot.app.screen.query(".note")) == 1


async def test_questions_are_answered_in_order() -> None:
    core = fake("ask")
    async with app(core).run_test() as pilot:
        await settle(pilot)
        for question in (IMPROVE, "And now?"):
            app_input(pilot).put(question)
            await pilot.press("enter")
        await pilot.pause()
        assert "waiting its turn" in words(pilot, ".searched")
        core.gates["ask"].set()
        await settle(pilot)
        assert [question for _, question in core.asked] == [IMPROVE, "And now?"]
        assert all(view.turn.done for view in pilot.app.screen.query(TurnView))


async def test_an_answer_to_a_conversation_left_behind_is_dropped() -> None:
    core = fake("ask")
    chat = app(core)
    async with chat.run_test() as pilot:
        await settle(pilot)
        app_input(pilot).put(IMPROVE)
        await pilot.press("enter")
        await until(pilot, lambda: core.asked)
        await pilot.press("ctrl+n")
        core.gates["ask"].set()
        await settle(pilot)
        assert not pilot.app.screen.query(TurnView)
        await ask(pilot, "And now?")
        assert core.asked[-1] == (1, "And now?")
        assert quotes(pilot)


async def test_an_unsure_answer_says_so() -> None:
    async with app(fake()).run_test() as pilot:
        await ask(pilot, "And now?")
        assert "Closest passages — they may not answer." in words(pilot, ".verdict")
        assert "unsure" in flat(pilot)


async def test_quotes_that_changed_or_are_gone_are_marked() -> None:
    core = fake()
    answer = core.answers[IMPROVE]
    states: tuple[State, ...] = ("changed", "gone", "verbatim")
    core.answers[IMPROVE] = replace(
        answer, quotes=tuple(replace(q, state=s) for q, s in zip(answer.quotes, states, strict=True))
    )
    async with app(core).run_test() as pilot:
        await ask(pilot, IMPROVE)
        assert "changed since it was quoted" in str(quotes(pilot)[0].visual)
        assert "gone" in str(quotes(pilot)[1].visual)
        assert "⚠" not in str(quotes(pilot)[2].visual)


async def test_the_users_errors_are_one_line_and_the_chat_goes_on() -> None:
    core = fake()
    core.error = ModelError("no model named [bold]nothing[/bold]; choose another with --model")
    async with app(core).run_test() as pilot:
        await ask(pilot, IMPROVE)
        assert "no model named [bold]nothing[/bold]; choose another with --model" in words(pilot, ".error")
        core.error = None
        await ask(pilot, "And now?")
        assert quotes(pilot)


async def test_our_own_errors_are_one_line_and_the_chat_goes_on() -> None:
    core = fake()
    chat = app(core)
    async with chat.run_test() as pilot:
        await settle(pilot)
        core.error = ZeroDivisionError("[oops")
        app_input(pilot).put(IMPROVE)
        await pilot.press("enter")
        await until(pilot, lambda: chat.session.turns[0].done)
        await pilot.pause()
        assert "ZeroDivisionError: [oops" in words(pilot, ".error")
        core.error = None
        app_input(pilot).put("And now?")
        await pilot.press("enter")
        await until(pilot, lambda: chat.session.turns[1].done)


async def test_a_failing_update_says_why() -> None:
    core = fake(index=False)
    core.error = ModelError("the model cannot be loaded; choose another with --model")
    async with app(core).run_test() as pilot:
        app_input(pilot).put(IMPROVE)
        await pilot.press("enter")
        await settle(pilot)
        assert "the model cannot be loaded" in words(pilot, ".note")
        assert "ctrl+r" in words(pilot, ".searched")


@pytest.mark.parametrize("trouble", ["there is no seeds folder", "the seeds folder holds no documents"])
async def test_first_run_without_documents_explains(trouble: str) -> None:
    core = fake(index=False)
    core.state = SeedsState(0, 0, trouble=trouble)
    core.error = SeedsError(trouble)
    async with app(core).run_test() as pilot:
        await settle(pilot)
        shown = picture(pilot)
        assert "There are no documents yet." in shown
        assert str(SEEDS) in shown
        assert "ctrl+r" in shown
        core.error, core.state = None, SeedsState(1, 1)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert "There are no documents yet." not in picture(pilot)


async def test_quitting_does_not_wait_for_an_answer() -> None:
    core = fake("ask")
    async with app(core).run_test() as pilot:
        await settle(pilot)
        app_input(pilot).put(IMPROVE)
        await pilot.press("enter")
        await until(pilot, lambda: core.asked)
        await pilot.press("ctrl+q")
    assert not core.gates["ask"].is_set()


async def test_quitting_cancels_an_update() -> None:
    core = fake("update", index=False)
    chat = app(core)
    async with chat.run_test() as pilot:
        await until(pilot, lambda: chat.session.index.progress)
        await pilot.press("ctrl+q")
    assert not core.gates["update"].is_set()
    assert core.cancelled


async def test_a_long_conversation_shows_some_of_its_turns_and_brings_the_others_back() -> None:
    core = fake()
    turns = 3 * WINDOW
    async with app(core).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for number in range(turns):
            core.answers[f"question {number}"] = core.answers["And now?"]
            await ask(pilot, f"question {number}")
        conversation = pilot.app.screen.query_one(ConversationView)

        def shown() -> list[int]:
            return [view.turn.number for view in pilot.app.screen.query(TurnView)]

        assert shown() == list(range(turns - WINDOW + 1, turns + 1))
        assert f"{turns - WINDOW} earlier questions" in words(pilot, "Earlier")
        while (first := shown()[0]) > 1:
            view = pilot.app.screen.query(TurnView).first()
            conversation.scroll_home(animate=False)
            await until(pilot, lambda first=first: shown()[0] == max(1, first - STEP))
            # what was being read is still there
            await until(pilot, lambda view=view: view.region.y - conversation.region.y <= 1)
            assert shown() == list(range(shown()[0], shown()[-1] + 1))
            assert len(shown()) <= MOST
        assert not pilot.app.screen.query("Earlier")
        assert f"{turns - MOST} later questions" in words(pilot, "Later")
        while (last := shown()[-1]) < turns:
            view = pilot.app.screen.query(TurnView).last()
            conversation.scroll_end(animate=False)
            await until(pilot, lambda last=last: shown()[-1] == min(turns, last + STEP))
            await pilot.pause()
            await pilot.pause()
            assert conversation.region.overlaps(view.region)
            assert shown() == list(range(shown()[0], shown()[-1] + 1))
            assert len(shown()) <= MOST
        assert not pilot.app.screen.query("Later")


async def test_from_the_start_of_a_long_conversation_one_key_leads_to_its_end() -> None:
    core = fake()
    async with app(core).run_test(size=(80, 24)) as pilot:
        screen = pilot.app.screen
        await settle(pilot)
        for _ in range(MOST + STEP):
            await ask(pilot, "And now?")
        for key in ("tab", "enter"):
            await pilot.press("tab")
            while not screen.query("Later"):
                screen.query_one(ConversationView).scroll_home(animate=False)
                await pilot.pause()
            assert screen.focused is app_input(pilot)  # the quote that had it is not shown now, and no other takes it
            app_input(pilot).put("And now?")
            await pilot.press(key)
            await settle(pilot)
            view = screen.query(TurnView).last()
            assert view.turn is chat(pilot).session.turns[-1]
            assert screen.query_one(ConversationView).region.overlaps(view.region)
            assert not screen.query("Later")
            assert (screen.focused is app_input(pilot)) is (key == "enter")
