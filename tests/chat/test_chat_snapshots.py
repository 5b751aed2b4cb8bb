"""What the main screens look like, cell for cell, on a small terminal and on a large one.

The documents, the answers, the folder's name and the clock are fixed, so that a picture changes only where the look of the
chat does. Then look at the report, and where the change is meant: pytest tests/chat/test_chat_snapshots.py --snapshot-update
"""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, TextArea

from qa_bot.answers.model import Answer, Explanation, Quote, Searched, WordMatch, parts
from qa_bot.answers.quoting.explaining import SCORE
from qa_bot.answers.refusing.explaining import CONFIDENCE
from qa_bot.chat.app import ChatApp
from qa_bot.chat.screens.document import DocumentScreen
from qa_bot.chat.widgets.document import DocumentView
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.config import Settings
from qa_bot.library import IndexSize, Listed, SeedsState
from tests.chat.pilot import ask, settle, until
from tests.chat.scripted_library import ScriptedLibrary, quote_of, sample

MADE_WITH = {"textual": "8.2", "rich": "15."}
"""The versions whose pictures these are; others may draw a border or a colour a little differently."""

pytestmark = pytest.mark.skipif(
    not all(version(name).startswith(made) for name, made in MADE_WITH.items()),
    reason=f"the pictures were made with {MADE_WITH}; look at them and make them anew: --snapshot-update",
)

DOCUMENTS = {
    "ashby-2017.md": """# Inspection of Ashby children's services

4 May 2017

## Overall effectiveness

The overall effectiveness of children's services in Ashby is good. Leaders know their services well, and social workers
see children often.

## What needs to improve

- Timeliness of return home interviews.
- Oversight of private fostering.
""",
    "ashby-2023.md": """# Inspection of Ashby children's services

11 January 2023

## Overall effectiveness

The overall effectiveness of children's services in Ashby is inadequate. Leaders do not know their services well enough,
and social workers see children too seldom.

## What needs to improve

- Caseloads, which are too high in the assessment teams.
- The quality and the timeliness of plans.
""",
    "letters/leader.txt": """A letter from the leader of the council

We accept the findings of the inspectors in full. A new board has met every week since January.
""",
}
EFFECTIVE, BOARD, CAPITAL = (
    "How effective are Ashby's children's services?",
    "How often does the board meet?",
    "What is the capital of France?",
)

Steps = Callable[[Pilot[None]], Awaitable[None]]


class FixedCore(ScriptedLibrary):
    """Three small documents and what is said of them."""

    def __init__(self, seeds: Path) -> None:
        for name, text in DOCUMENTS.items():
            (seeds / name).parent.mkdir(parents=True, exist_ok=True)
            (seeds / name).write_bytes(text.encode())
        named = {"title": "Inspection of Ashby children's services", "context": "Overall effectiveness"}
        why = Explanation(
            (
                WordMatch("effective", True, "close", "effectiveness", 0.8),
                WordMatch("Ashby's", True, "said", "Ashby", 1.0),
                WordMatch("children's", True, "said", "children's", 1.0),
                WordMatch("services", True, "said", "services", 1.0),
            ),
            *(0.71, 0.62, 0.83),
            parts({"closeness": 0.33, "meaning": 0.21, "words": 0.19}, SCORE),
        )
        now, then = (
            quote_of(
                *(
                    seeds,
                    f"ashby-{date[:4]}.md",
                    f"The overall effectiveness of children's services in Ashby is {mark}.",
                ),
                **(named | {"after": end, "date": date, "why": why}),  # type: ignore[arg-type]
            )
            for date, mark, end in (("2023-01-11", "inadequate", "seldom."), ("2017-05-04", "good", "often."))
        )
        board = quote_of(
            *(seeds, "letters/leader.txt", "A new board has met every week since January."),
            before="We accept",
            title="A letter from the leader of the council",
        )
        reasons = parts({"matched": 0.9, "about": 0.6, "lead": -0.2}, CONFIDENCE)
        answers = [
            Answer("c", EFFECTIVE, EFFECTIVE, True, 0.92, (now, then, board), reasons=reasons),
            Answer(
                "c",
                BOARD,
                f"{BOARD} (still about: Ashby's children's services)",
                True,
                0.5,
                (board, now),
                band="unsure",
                understood=Searched(BOARD, still=("Ashby's", "children's", "services")),
            ),
            Answer("c", CAPITAL, CAPITAL, False, 0.02, (), (board, then), ("capital", "France"), band="refused"),
        ]
        super().__init__(seeds, {answer.question: answer for answer in answers})
        self.suggested = [BOARD]
        self.state = SeedsState(found=3, outdated=0)

    def open(self) -> IndexSize:
        return IndexSize(3, 5)

    def sides(self, earlier: object, question: str, documents: object = None) -> list[Quote]:
        return sorted(self.answers[question].quotes[:2], key=lambda quote: quote.date or "")

    def documents(self) -> list[Listed]:
        title = "Inspection of Ashby children's services"
        return [
            Listed("ashby-2017.md", title, "2017-05-04", 2),
            Listed("ashby-2023.md", title, "2023-01-11", 2),
            Listed("letters/leader.txt", "A letter from the leader of the council", None, 1),
            Listed("scan.txt", reason="holds binary data"),
        ]


async def answer(pilot: Pilot[None]) -> None:
    await ask(pilot, EFFECTIVE)
    await ask(pilot, BOARD)


async def refusal(pilot: Pilot[None]) -> None:
    await ask(pilot, CAPITAL)


async def quote(pilot: Pilot[None]) -> None:
    await ask(pilot, EFFECTIVE)
    await pilot.press("tab", "down", "enter")


async def document(pilot: Pilot[None]) -> None:
    await ask(pilot, EFFECTIVE)
    await pilot.press("tab", "o")
    await settle(pilot)
    assert isinstance(pilot.app.screen, DocumentScreen)
    assert pilot.app.screen.query_one(DocumentView).has_focus


async def found(pilot: Pilot[None]) -> None:
    await document(pilot)
    await pilot.press("slash", *"the")


def after(question: str | None, *keys: str) -> Steps:
    """A question, if any, and then keys."""

    async def steps(pilot: Pilot[None]) -> None:
        if question is not None:
            await ask(pilot, question)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return steps


def test_the_reasons_shown_are_those_that_the_product_gives(tmp_path: Path) -> None:
    for answer in FixedCore(tmp_path).answers.values():
        assert {part.name: part.plain for part in answer.reasons}.items() <= CONFIDENCE.items()
        for quote in (*answer.quotes, *answer.nearest):
            if quote.why is not None:
                assert {part.name: part.plain for part in quote.why.parts}.items() <= SCORE.items()


def test_how_a_question_was_searched_is_told_as_the_product_tells_it(tmp_path: Path, seeds: Path) -> None:
    for answer in [*FixedCore(tmp_path).answers.values(), *sample(seeds).values()]:
        assert re.fullmatch(rf"{re.escape(answer.question)}( \(still about: [^()]+\))?", answer.searched)


SCREENS: dict[str, Steps] = {
    "welcome": after(None),
    "empty": after(None),
    "answer": answer,
    "refusal": refusal,
    "quote": quote,
    "document": document,
    "found": found,
    "documents": after(EFFECTIVE, "f2"),
    "saved": after(EFFECTIVE, "f3"),
    "sides": after(EFFECTIVE, "tab", "s"),
    "why": after(EFFECTIVE, "tab", "w"),
    "save": after(EFFECTIVE, "ctrl+s"),
    "help": after(None, "f1"),
}
SIZES = {"80x24": (80, 24), "160x50": (160, 50)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_screen(
    screen: str, size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snap_compare: Callable[..., bool]
) -> None:
    monkeypatch.chdir(tmp_path)  # the folder is shown by a name that is the same everywhere
    for name in ("NO_COLOR", "COLORTERM", "TERM"):
        monkeypatch.delenv(name, raising=False)
    core, seeds = FixedCore(Path("letters-and-reports")), Path("letters-and-reports")
    if screen == "empty":
        seeds = Path("/home/you/letters")
        core.index, core.state = False, SeedsState(0, 0, trouble=f"the seeds folder {seeds} holds no documents")
    app = ChatApp(Settings(seeds=seeds), core, now=lambda: datetime(2026, 3, 4, 12, 0), data=tmp_path / "data")

    async def steps(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: pilot.app.screen.query(QuestionInput))
        await settle(pilot)
        await SCREENS[screen](pilot)
        await settle(pilot)
        for entry in [*pilot.app.screen.query(Input), *pilot.app.screen_stack[0].query(TextArea)]:
            entry.cursor_blink = False
        for table in pilot.app.screen.query(DataTable):
            await until(pilot, lambda table=table: not table._require_update_dimensions and not table._updated_cells)
        for notice in list(pilot.app._notifications):
            pilot.app._unnotify(notice)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=steps)
