"""Documents that try to steer the terminal or the program are shown as text, and highlights stand where they should."""

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

import qa_bot.chat.screens
from qa_bot.answers.model import Answer, Explanation, Part, Place, Quote, WordMatch
from qa_bot.chat.app import ChatApp
from qa_bot.chat.widgets.document import DocumentView
from qa_bot.config import Settings
from qa_bot.index.report import Failure
from qa_bot.library import Listed
from qa_bot.showing.text import visible
from qa_bot.span import Span
from tests.chat.pilot import ask, flat, picture, quotes, settle, until
from tests.chat.scripted_library import ScriptedLibrary

HOSTILE = {
    "markup": ("[red]before[/red] [@click=app.quit]", "the [b]answer[/b]", " [/] after"),
    "escapes": ("\x1b[31mred\x1b]0;title\x07 ", "the\x9banswer", " \x1b[2J"),
    "right-to-left": ("\u202ebefore ", "the\u200fanswer", " after\u2066"),
    "zero width": ("be\u200bfore \ufeff", "the\u200banswer", "\u2060 after"),
    "wide": ("日本語 ", "答え👩‍👩‍👧é", " 後"),
    "tabs": ("a\tb\t", "the\tanswer", "\tc"),
    "line ends": ("one\r\ntwo\u2028", "the\x85answer", "\x0bthree\r"),
}


def hostile(seeds: Path, before: str, said: str, after: str) -> ScriptedLibrary:
    text = before + said + after
    (seeds / "h.txt").write_bytes(text.encode())
    span = Span(len(before), len(before) + len(said))
    quote = Quote("h.txt", text, text, 0, len(text), 1, text, (span,), 0.5, context="[red]" + said)
    answer = Answer("c", "q", f"[red] {said}", True, 0.9, (quote, quote))
    return ScriptedLibrary(seeds, {"q": answer})


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
        first = quotes(pilot)[0]
        lines = [first.render_line(y) for y in range(first.size.height)]
        bold = [part.text for line in lines for part in line if part.style and part.style.bold]
        assert "".join("".join(bold).split()) == "strong" + "".join(visible(said).split())
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


async def test_a_line_of_a_million_characters_is_indexed_asked_and_shown(tmp_path: Path, tiny: Path) -> None:
    (tmp_path / "seeds").mkdir()
    line = "The kettle whistles. " + "word " * 100_000 + "x" * 500_000 + " It ends here."
    (tmp_path / "seeds" / "long.txt").write_text(f"Kettles\n\n{line}\n")
    settings = Settings(seeds=tmp_path / "seeds", index=tmp_path / "index", model=str(tiny))
    async with ChatApp(settings).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await ask(pilot, "What whistles?")
        assert len(quotes(pilot)) > 1
        await pilot.press("f2", "enter")
        await until(pilot, lambda: "The kettle whistles." in flat(pilot))
        await pilot.press("G")
        await until(pilot, lambda: "It ends here." in flat(pilot))


async def test_a_click_on_markup_in_a_document_does_nothing(tmp_path: Path) -> None:
    core = hostile(tmp_path, *HOSTILE["markup"])
    async with ChatApp(Settings(seeds=tmp_path), core).run_test(size=(80, 24)) as pilot:
        await ask(pilot, "q")
        assert "[@click=app.quit]" in flat(pilot)
        for x in range(2, 60, 4):
            await pilot.click(quotes(pilot)[0], offset=(x, 0))
        assert pilot.app.is_running


class HostileCore(ScriptedLibrary):
    """Everything that comes from the seeds or the question is hostile: text, titles, dates, headings, names of files, words."""

    def __init__(self, seeds: Path, text: str) -> None:
        self.name = re.sub(r"[/\x00]", "", f"{text}.txt")
        content = f"{text}\n{text} answer {text}\n"
        (seeds / self.name).write_bytes(content.encode())
        start = len(text) + 1
        why = Explanation(
            (WordMatch(text, True, "close", text, 0.5), WordMatch(text, False, "missing", "", 0.1)),
            *(0.5, 0.5, 0.5),
            (Part(text, 0.5, text), Part("words", -0.2, text)),
        )
        quote = Quote(
            *(self.name, text, text[:4], start, len(content) - 1, 2, content[start:-1]),
            *((Span(start, start + len(text)),), 0.5, (Place(self.name, 0, 3),), "verbatim", text, text, why),
        )
        yes = Answer("c", text, text, True, 0.9, (quote, replace(quote, state="changed")))
        no = Answer("c", "no", text, False, 0.1, (), (quote,), (text, "word"), band="refused")
        # Whatever the input makes of it, anything but "no" is answered.
        super().__init__(seeds, defaultdict(lambda: yes, no=no))
        self.suggested = [text]
        self.report = replace(self.report, failed=(Failure(self.name, text),))

    def documents(self) -> list[Listed]:
        return [Listed(self.name, self.name, self.name[:4], 2), Listed("bad", reason=self.name)]


STEERING = (
    set(map(chr, range(0x20)))
    | set(map(chr, range(0x7F, 0xA0)))
    | set("\xad\u061c\u200b\u200e\u200f\ufeff")
    | set(map(chr, (*range(0x2028, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080))))
)
"""What no screen may hand to the terminal: controls, what reorders text, what is there and takes no room."""


@pytest.mark.parametrize("kind", HOSTILE)
async def test_every_screen_shows_it_as_text(tmp_path: Path, kind: str) -> None:
    text = "".join(HOSTILE[kind])
    core = HostileCore(tmp_path, text)
    app = ChatApp(Settings(seeds=tmp_path), core, data=tmp_path / "data")
    seen: list[str] = []
    async with app.run_test(size=(100, 50)) as pilot:

        async def look(screen: str) -> None:
            await settle(pilot)
            assert type(app.screen).__name__ == screen, seen
            raw = "".join(strip.text for strip in app.screen._compositor.render_strips())
            assert not set(raw) & STEERING, screen
            strips = app.screen._compositor.render_strips()
            assert {cell_len(strip.text) for strip in strips} == {100}, screen  # nothing is pushed over the edge
            seen.append(screen)

        await ask(pilot, text)
        await look("ChatScreen")
        if kind == "markup":
            assert "[red]before[/red] [@click=app.quit]the [b]answer[/b] [/] after" in flat(pilot)
        await pilot.press("tab")
        for key, screen in (("o", "DocumentScreen"), ("w", "WhyScreen"), ("s", "SidesScreen")):
            await pilot.press(key)
            await look(screen)
            await pilot.press("escape")
        await pilot.press("down", "enter", "c")  # unfolds the other one, and copies it
        await look("ChatScreen")
        await pilot.press("escape")
        await ask(pilot, "no")
        await look("ChatScreen")
        await pilot.press("ctrl+r")  # notes name the files that are left out
        await look("ChatScreen")
        for key, screen in (("f2", "DocumentsScreen"), ("f3", "SavedScreen"), ("ctrl+s", "ExportScreen")):
            await pilot.press(key)
            await look(screen)
            await pilot.press("escape")
        await pilot.press("f2", "enter")
        await look("DocumentScreen")
        await pilot.press("slash", *"ans")
        await look("DocumentScreen")
        await pilot.press("escape", "escape", "escape")
        await look("ChatScreen")
    assert set(seen) == {name for name in screens() if name not in ("ConfirmScreen", "GuideScreen", "HelpScreen")}
    assert not app._exit  # nothing of it was taken for a command


def screens() -> set[str]:
    """The screens that the chat has."""
    folder = Path(qa_bot.chat.screens.__file__).parent
    return {
        name for file in folder.glob("*.py") for name in re.findall(r"^class (\w+Screen)\(", file.read_text(), re.M)
    }
