"""Documents that try to steer the terminal or the program are shown as text, and highlights stand where they should."""

from pathlib import Path

import pytest

from qa_bot.answers.model import Answer, Quote
from qa_bot.chat.app import ChatApp
from qa_bot.chat.widgets.document import DocumentView
from qa_bot.config import Settings
from qa_bot.documents.model import Span

from .driving import ask, flat, picture, quotes, settle
from .fake import FakeCore

HOSTILE = {
    "markup": ("[red]before[/red] [@click=app.quit]", "the [b]answer[/b]", " [/] after"),
    "escapes": ("\x1b[31mred\x1b]0;title\x07 ", "the\x9banswer", " \x1b[2J"),
    "right-to-left": ("\u202ebefore ", "the\u200fanswer", " after\u2066"),
    "zero width": ("be\u200bfore \ufeff", "the\u200banswer", "\u2060 after"),
    "wide": ("日本語 ", "答え👩‍👩‍👧é", " 後"),
    "tabs": ("a\tb\t", "the\tanswer", "\tc"),
    "line ends": ("one\r\ntwo\u2028", "the\x85answer", "\x0bthree\r"),
}


def hostile(seeds: Path, before: str, said: str, after: str) -> FakeCore:
    text = before + said + after
    (seeds / "h.txt").write_bytes(text.encode())
    span = Span(len(before), len(before) + len(said))
    quote = Quote("h.txt", text, text, 0, len(text), 1, text, (span,), 0.5, context="[red]" + said)
    answer = Answer("c", "q", f"[red] {said}", True, 0.9, (quote, quote))
    return FakeCore(seeds, {"q": answer})


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("size", [(40, 30), (100, 30)])
async def test_highlights_stand_in_the_right_cells(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    before, said, after = HOSTILE[kind]
    core = hostile(tmp_path, before, said, after)
    async with ChatApp(Settings(seeds=tmp_path), core).run_test(size=size) as pilot:
        await ask(pilot, "q")
        raw = "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        assert not set(raw) & set("\x1b\x07\x9b\u202e\u200f\u200b\u2028\x85\r\n\t")
        body = quotes(pilot)[0].visual
        marked = [span for span in body.spans if "bold $foreground" in str(span.style)]  # type: ignore[attr-defined]
        plain = str(body)
        assert [len(plain[span.start : span.end]) for span in marked] == [len(said)]
        assert visible_words(said)[-1] in plain[marked[0].start : marked[0].end]
        await pilot.press("tab", "o")
        await settle(pilot)
        view = pilot.app.screen.query_one(DocumentView)
        bold = [
            segment.text
            for y in range(view.size.height)
            for segment in view.render_line(y)
            if segment.style and segment.style.bold
        ]
        assert visible_words(said)[-1] in "".join(bold)
        assert "after" not in "".join(bold)
        assert "before" not in "".join(bold)


def visible_words(text: str) -> list[str]:
    return [word for word in text.replace("\x9b", " ").replace("\u200f", " ").replace("\u200b", " ").split() if word]


async def test_a_very_long_line_is_shown_whole_and_quickly(tmp_path: Path) -> None:
    core = hostile(tmp_path, "start ", "word " * 2000 + "x" * 5000, " end")
    async with ChatApp(Settings(seeds=tmp_path), core).run_test(size=(80, 24)) as pilot:
        await ask(pilot, "q")
        first = quotes(pilot)[0]
        assert first.size.height > 190
        await pilot.press("tab", "o")
        await settle(pilot)
        assert "start" in picture(pilot)


async def test_a_click_on_markup_in_a_document_does_nothing(tmp_path: Path) -> None:
    core = hostile(tmp_path, *HOSTILE["markup"])
    async with ChatApp(Settings(seeds=tmp_path), core).run_test(size=(80, 24)) as pilot:
        await ask(pilot, "q")
        assert "[@click=app.quit]" in flat(pilot)
        for x in range(2, 60, 4):
            await pilot.click(quotes(pilot)[0], offset=(x, 0))
        assert pilot.app.is_running
