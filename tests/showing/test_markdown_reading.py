"""An exported conversation read back: every quote exactly as it was, whatever it holds."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_bot.answers.model import Answer, Quote
from qa_bot.chat.session import Turn
from qa_bot.showing.markdown import to_markdown
from qa_bot.showing.markdown_reading import Quoted, read
from qa_bot.span import Span

NOON = datetime(2026, 3, 4, 12, 0, 5)
PLACE = '<!-- quote {"document": "a", "start": 0, "end": 1, "marked": []} -->'
LINE_ENDS = ["\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"]
MARKS = [
    "> ",
    ">",
    "# ",
    "- ",
    "```",
    "-->",
    PLACE,
    "— ",
    "Answer: ",
    '"',
    "”",
    " (strong)",
    "[red]",
    "\t",
    " ",
    "\x1b[31m",
    "\ufeff",
    "\0",
]
PIECES = st.sampled_from([*LINE_ENDS, *MARKS, "words"])
HOSTILE = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    text, start = draw(HOSTILE), draw(st.integers(0, 10**9))
    marked = sorted(draw(st.lists(st.integers(start, start + len(text)), min_size=2, max_size=2)))
    return Quote(
        document=draw(HOSTILE),
        title=draw(HOSTILE),
        date=draw(st.none() | HOSTILE),
        start=start,
        end=start + len(text),
        line=draw(st.integers(1, 10**6)),
        text=text,
        highlights=(Span(*marked),),
        score=0.5,
        state=draw(st.sampled_from(["verbatim", "changed", "gone"])),
    )


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    question = draw(HOSTILE)
    scope = tuple(draw(st.lists(HOSTILE, max_size=2)))
    if draw(st.integers(0, 9)) == 0:
        return Turn(1, question, scope, error=draw(HOSTILE))
    answered, found = draw(st.booleans()), tuple(draw(st.lists(quotes(), max_size=3)))
    missing = tuple(draw(st.lists(HOSTILE, max_size=2)))
    answer = Answer(
        "c",
        question,
        draw(HOSTILE),
        answered,
        confidence=0.7,
        quotes=found if answered else (),
        nearest=() if answered else found,
        missing=missing,
        band="answered" if answered else "refused",
    )
    return Turn(1, question, scope, answer=answer)


@settings(max_examples=300, deadline=None)
@given(st.lists(turns(), max_size=4))
def test_every_quote_comes_back_exactly(conversation: list[Turn]) -> None:
    expected = [
        Quoted(
            q.document, q.start, q.end, q.line, q.text, answers=q.highlights[0].start - q.start if q.highlights else 0
        )
        for turn in conversation
        for q in turn.quotes
    ]
    assert read(to_markdown(conversation, NOON).encode().decode()) == expected


def exported() -> str:
    quote = Quote("a.txt", "A", None, 0, 9, 1, "One.\n\nTwo", (Span(0, 4),), 0.5)
    return to_markdown([Turn(1, "Which?", answer=Answer("c", "Which?", "Which?", True, 0.9, (quote,)))], NOON)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("# Conversation", "# Correspondence", "is not a conversation"),
        ("> One.\n>\n> Two", "", "has words without their quote in line 7"),
        ('> One.\n>\n> Two\n\nAnswer: "One." (strong)', "", "has a place without its quote in line 8"),
        ("<!--", "<!", "has a quote without its place in line 5"),
        ("> Two\n", "> Two\n\n> a remark\n", "has a quote without its place in line 5"),
        ('"start": 0', '"start": "0"', "has a place that cannot be read in line 12"),
        ('"start": 0', '"start": -1', "has a place that cannot be read in line 12"),
        ('"start": 0, ', "", "has a place that cannot be read in line 12"),
        ('{"document"', '{document"', "has a place that cannot be read in line 12"),
        ("[[0, 4]]", "[[0, 10]]", "has a place that cannot be read in line 12"),
        ("[[0, 4]]", "[[3, 2]]", "has a place that cannot be read in line 12"),
        ("[[0, 4]]", "[0, 4]", "has a place that cannot be read in line 12"),
        (', "marked": [[0, 4]]', "", "does not say which words of a quote answer in line 12"),
        ("> One.", 'Answer: "Three."\n\n> One.', "has words without their quote in line 5"),
        ("> One.", '**Nearest:** "Three."\n\n> One.', "has words without their quote in line 5"),
        ("> One.", "“Three.”\n\n> One.", "has words without their quote in line 5"),
        ("> One.", " > Three.\n\n> One.", "has words without their quote in line 5"),
        ("\n", "\r\n", "other line ends"),
    ],
)
def test_a_file_that_was_damaged_is_refused_and_the_line_named(before: str, after: str, told: str) -> None:
    assert before in exported()
    with pytest.raises(ValueError, match=told):
        read(exported().replace(before, after))


def test_a_file_cut_short_is_refused_or_holds_what_is_whole() -> None:
    whole = exported()
    for length in range(whole.index("> One") + 1, len(whole) - 1):
        with pytest.raises(ValueError, match="without its place"):
            read(whole[:length])


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('One." (', 'Three." (', 'Answer: "Three." (strong)'),
        ('One." (', 'One. Two" (', 'Answer: "One. Two" (strong)'),
        ('One." (', 'ne." (', 'Answer: "ne." (strong)'),
        ("[[0, 4]]", "[[6, 9]]", 'Answer: "One." (strong)'),
        ("> One.", "> Six.", 'Answer: "One." (strong)'),
        ("\n\n— ", '\n\nNearest: "Three."\n\n— ', 'Nearest: "Three."'),
        ("\n\n— ", '\n\n"Three."\n— ', '"Three."'),
        ('Answer: "One."', '“Three.”\n\nAnswer: "One."', "“Three.”"),
        ("a.txt:1", "b.txt:1", "— A · b.txt:1"),
        ("a.txt:1", "a.txt:12", "— A · a.txt:12"),
        ("(strong)", "(that is: three)", 'Answer: "One." (that is: three)'),
    ],
)
def test_answering_words_that_are_not_those_of_the_quote_are_found(before: str, after: str, told: str) -> None:
    assert before in exported()
    (quote,) = read(exported().replace(before, after))
    assert quote.misquoted == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One.", '"One."'),
        ("“One.”", "“One.”"),
        ("“One.", "“One.”"),
        ('One."', '"One."'),
        ("Eins.“", "„Eins.“"),
        ("«One.", "«One.»"),
        ('"One." he said', '"One." he said'),
        ("“One,” he said. “Two.", "“One,” he said. “Two.”"),
        ('He: "One." So.', '"He: "One." So."'),
        ('"', '"'),
    ],
)
def test_words_that_bring_their_own_quote_marks_are_given_what_is_missing(text: str, said: str) -> None:
    quote = Quote("a.txt", "A", None, 5, 5 + len(text), 1, text, (Span(5, 5 + len(text)),), 0.5)
    answer = Answer("c", "Which?", "Which?", False, 0.1, nearest=(quote,), band="refused")
    saved = to_markdown([Turn(1, "Which?", answer=answer)], NOON)
    assert f"\nNearest: {said}\n" in saved
    assert read(saved) == [Quoted("a.txt", 5, 5 + len(text), 1, text)]


def test_what_was_asked_of_some_documents_only_says_so() -> None:
    long = "a report with a long name " * 3 + "2019.txt"
    for scope, told, which in (
        ((long,), f"asked of {long} only", "this document"),
        (("a.txt", "b.txt"), "asked of 2 documents only", "these documents"),
    ):
        refusal = Answer("c", "Which?", "Which?", False, 0.1, band="refused")
        saved = to_markdown([Turn(1, "Which?", scope, answer=refusal)], NOON)
        assert f"## Which?\n\n{told}\n\n**Nothing in {which} answers that.**" in saved
        assert read(saved) == []
