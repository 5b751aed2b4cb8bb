"""Text for the terminal: safe, and offsets right."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qa_bot.answers.model import Quote
from qa_bot.chat.past_questions import PastQuestions
from qa_bot.chat.rows import cells, wrap
from qa_bot.chat.widgets.quote import folded_line, quoted
from qa_bot.showing.citation import day
from qa_bot.showing.text import fit, fit_path, one_line, visible
from qa_bot.span import Span

BIDI = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
ANY_TEXT = st.text(st.characters() | st.sampled_from("\n\t \x1b\r\u202e\u200b日本é"))


@given(ANY_TEXT)
def test_visible_keeps_one_character_for_one(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown if character not in "\n\t")


def test_visible_leaves_nothing_that_steers_in_all_of_unicode() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    kept = [shown for code, shown in enumerate(visible(everything)) if ord(shown) == code]
    categories = {unicodedata.category(character) for character in kept if character not in "\n\t"}
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}
    assert {character for character in kept if unicodedata.bidirectional(character) in BIDI} == set()


def test_visible_shows_what_would_steer_the_terminal() -> None:
    assert visible("\x1b[31mred\x07\x9b\u202e") == "␛[31mred␇��"
    assert visible("plain\ttext\n") == "plain\ttext\n"


@given(ANY_TEXT, st.integers(2, 40))
def test_fit_fits(text: str, room: int) -> None:
    assert cell_len(fit(one_line(text), room)) <= room


def test_fit_path_keeps_the_suffix() -> None:
    assert fit_path("003_7a3598a8e012728e.txt", 12) == "003_7a3….txt"
    assert fit_path("a.txt", 12) == "a.txt"


@given(ANY_TEXT, st.integers(2, 60))
def test_rows_hold_every_character_once_and_fit(text: str, width: int) -> None:
    text = visible(text)
    rows = wrap(text, width)
    at = 0
    for row in rows:
        assert text[at : row.start] in ("", "\n")
        assert cells(text[row.start : row.end].rstrip(" ")) <= max(width, 4)
        at = row.end
    assert text[at:] == ""
    assert [row.line for row in rows if row.first] == list(range(1, text.count("\n") + 2))


def test_rows_break_between_words() -> None:
    text = "one two three four"
    assert [text[row.start : row.end] for row in wrap(text, 9)] == ["one two ", "three ", "four"]


def test_a_word_longer_than_a_row_is_cut() -> None:
    assert [(row.start, row.end) for row in wrap("x" * 25, 10)] == [(0, 10), (10, 20), (20, 25)]


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2019-03-22", "22 March 2019"),
        ("2019-03", "March 2019"),
        ("2019", "2019"),
        ("2019-99-99", "2019-99-99"),
        (None, ""),
    ],
)
def test_days_are_said_as_people_say_them(iso: str | None, said: str) -> None:
    assert day(iso) == said


def test_history_keeps_what_was_being_typed() -> None:
    history = PastQuestions()
    assert history.earlier("x") is None
    assert history.later() is None
    history.add("a")
    history.add("b")
    history.add("b")
    assert [history.earlier("typing"), history.earlier(""), history.earlier("")] == ["b", "a", None]
    assert [history.later(), history.later(), history.later()] == ["b", "typing", None]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("What needs to improve\n\n- The plans.", "What needs to improve"),
        ("What needs to improve?\n- The plans.", "What needs to improve?"),
        ("## Plans are late\nThe plans.", "## Plans are late"),
        ("Plans are late\n------\nThe plans.", "Plans are late"),
        ("**Plans**\n\nThe plans.", "Plans"),
        ("Plans:\r\n\r\nThe plans.", "Plans:"),
    ],
)
def test_a_folded_line_shows_what_says_something(text: str, heading: str) -> None:
    quote = quote_with(text, heading, "The plans.")
    assert "“The plans.”" in folded_line(quote, 2).plain
    assert f"“{heading}”" in folded_line(quote_with(text, heading), 2).plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Plans are late.\n\nThe plans.", "Plans are late."),
        ("- Late plans\n\nThe plans.", "- Late plans"),
        ("Who is late? Plans are\nlate. The plans.", "Plans are\nlate."),
        ("Phone: 123\nThe plans.", "Phone: 123"),
        ("He said: “Plans are late.”\n\nThe plans.", "He said: “Plans are late.”"),
    ],
)
def test_a_sentence_is_no_heading(text: str, said: str) -> None:
    assert " ".join(said.split()).strip("“”") in folded_line(quote_with(text, said, "The plans."), 2).plain


def quote_with(text: str, *marked: str) -> Quote:
    spans = tuple(Span(text.index(one) + 5, text.index(one) + 5 + len(one)) for one in marked)
    return Quote("a.txt", "A", None, 5, 5 + len(text), 1, text, spans, 0.5)


def test_blank_lines_shown_as_one_leave_the_indentation_of_what_follows() -> None:
    text = "before:\n\n\n    import os\n \t \n    os.getcwd()\n\nafter"
    quote = Quote("d.txt", "", None, 0, len(text), 1, text, (Span(0, 7),), 0.5)
    assert quoted(quote).plain == "before:\n\n    import os\n\n    os.getcwd()\n\nafter"
