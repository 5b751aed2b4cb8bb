"""A large folder for the first time: the first files can be asked while the rest is indexed, and it is said so."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from qa_bot.chat.app import ChatApp
from qa_bot.chat.session import Phase
from qa_bot.chat.widgets.turn import TurnView
from qa_bot.config import Settings
from qa_bot.index.status import status
from qa_bot.library import FIRST, LARGE, LARGE_BYTES, Library, Listener, Progress, Report
from tests.chat.pilot import app_input, picture, settle, until, words

WALRUS = "Which is the largest walrus?"


class Halting(Library):
    """The core itself, but the second part of an update waits until the test lets it go on."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.go = threading.Event()
        self.asked_partly = False

    def update(
        self,
        full: bool = False,
        progress: Listener | None = None,
        cancelled: Callable[[], bool] | None = None,
        partly: Callable[[], None] | None = None,
    ) -> Report:
        assert progress is not None
        assert cancelled is not None
        assert partly is not None
        listen, is_cancelled, tell = progress, cancelled, partly

        def halting(step: Progress) -> None:
            listen(step)
            if self.asked_partly:
                while not (is_cancelled() or self.go.wait(0.01)):
                    pass

        def asked() -> None:
            self.asked_partly = True
            tell()

        return super().update(full, halting, cancelled, asked)


@pytest.fixture
def settings(tmp_path: Path, tiny: Path) -> Settings:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for i in range(LARGE - 1):
        (seeds / f"{i:03}.txt").write_text(f"Kettle number {i} boils at ninety degrees.\n")
    (seeds / "last.txt").write_text("The largest walrus lives in the north.\n")
    return Settings(seeds=seeds, index=tmp_path / "index", model=str(tiny))


async def test_what_is_indexed_first_is_asked_meanwhile_and_asked_again_when_the_rest_is_in(settings: Settings) -> None:
    core = Halting(settings)
    app = ChatApp(settings, core)
    async with app.run_test(size=(120, 30)) as pilot:
        index = app.session.index
        await until(pilot, lambda: index.partial and index.phase is Phase.READY)
        assert index.documents == FIRST
        assert f"{FIRST} documents · {FIRST} passages · first of {LARGE} files" in picture(pilot).splitlines()[0]
        app_input(pilot).put(WALRUS)
        await pilot.press("enter")
        await until(pilot, lambda: app.session.turns and app.session.turns[0].done)
        await pilot.pause()
        assert f"from the first {FIRST} of {LARGE} files" in words(pilot, ".searched")
        assert "last.txt" not in {quote.document for quote in app.session.turns[0].quotes}
        core.go.set()
        await settle(pilot)
        assert index.documents == LARGE
        assert not index.partial
        assert "the index has changed since; r asks again" in words(pilot, ".searched")
        await pilot.press("tab", "r")
        await settle(pilot)
        again = pilot.app.screen.query(TurnView).last()
        assert again.turn.quotes[0].document == "last.txt"
        assert "files" not in str(again.query_one(".searched", Static).visual)


async def test_cancelling_keeps_what_was_indexed_first(settings: Settings) -> None:
    core = Halting(settings)
    app = ChatApp(settings, core)
    async with app.run_test(size=(120, 30)) as pilot:
        index = app.session.index
        await until(pilot, lambda: index.partial and index.phase is Phase.READY)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert "Update cancelled; what was indexed first can be asked, and ctrl+r goes on" in picture(pilot)
        assert status(settings).documents == FIRST
        core.go.set()
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert status(settings).up_to_date
        assert index.documents == LARGE


def test_few_long_files_are_large_too(settings: Settings) -> None:
    for file in sorted(settings.seeds.iterdir())[10:]:
        file.unlink()
    partly: list[int] = []
    core = Library(settings)

    def update() -> Report:
        return core.update(False, lambda _: None, lambda: False, lambda: partly.append(status(settings).documents))

    long = "".join(f"Kettle number {i} boils at {i} degrees.\n\n" for i in range(1000))
    for file in settings.seeds.iterdir():
        file.write_text(long[: LARGE_BYTES // 10 + 1])
    assert update().documents == 10
    assert partly == [2]


def test_a_folder_that_is_not_large_is_indexed_at_once(settings: Settings) -> None:
    (settings.seeds / "last.txt").unlink()
    partly: list[None] = []
    report = Library(settings).update(False, lambda step: None, lambda: False, lambda: partly.append(None))
    assert (report.documents, report.embedded) == (LARGE - 1, LARGE - 1)
    assert not partly
    (settings.seeds / "last.txt").write_text("One more.")
    again = Settings(settings.seeds, settings.index.with_name("other"), settings.model)
    report = Library(again).update(False, lambda step: None, lambda: False, lambda: partly.append(None))
    assert (len(report.added), report.documents, report.passages) == (LARGE, LARGE, LARGE)
    assert report.embedded >= LARGE  # the first ones perhaps again, fitted to all words
    assert report.rebuilt is None
    assert len(partly) == 1
