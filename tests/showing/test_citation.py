"""A citation that is kept, in a file or on the clipboard, is whole."""

from dataclasses import dataclass
from datetime import datetime

from qa_bot.answers.model import Answer, Place, Quote
from qa_bot.showing.citation import citation, quote_with_citation, title
from qa_bot.showing.markdown import to_markdown
from qa_bot.span import Span

TITLE = "Report of the committee on the opening hours of the public baths, the library and the museum"
QUOTE = Quote("a.txt", TITLE, "2019-03-22", 0, 4, 1, "One.", (Span(0, 4),), 0.5, (Place("b.txt", 3, 7),), "changed")
CITED = f"{TITLE} · 22 March 2019 · a.txt:1 · also in b.txt · changed since it was quoted"


@dataclass(frozen=True)
class Asked:
    question: str
    answer: Answer | None
    scope: tuple[str, ...] = ()
    error: str = ""


def test_a_citation_is_whole() -> None:
    assert citation(QUOTE) == CITED


def test_only_a_screen_cuts_a_title() -> None:
    assert title(QUOTE).endswith("…")


def test_what_is_copied_is_whole() -> None:
    assert quote_with_citation(QUOTE) == f"One.\n— {CITED}\n"


def test_an_exported_title_is_whole() -> None:
    answer = Answer("c", "Which?", "Which?", True, 0.9, (QUOTE,))
    assert f"— {CITED}\n" in to_markdown([Asked("Which?", answer)], datetime(2026, 3, 4))
