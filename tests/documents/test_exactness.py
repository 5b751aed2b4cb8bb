"""Whatever a file holds: every sentence and passage is a slice of it, and nothing of it is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_bot.documents.model import Document
from qa_bot.documents.readers import document_of

PIECES = """# |## |- |* |1. |word |Word. |“|”|"|(|)|[|]|[x]: http://a.b|<div>|</div>|<!-- |-->|{: .a}|^|{{< x >}}|title: A
date: 2019-13-45|date: 2019-01-02|[...]|Tel: 0191 222 3333|©|22 March 2019|Last modified: 3 May 2020|> |**|_|`|```|~~~|---
+++|===|\\| a \\| b \\||\\|---\\|---\\||: def|é|ß|😀|\u202e|\u0301|日本。|&amp;|\\|0|…|.|!|?|:|,|AND SO|= = A = =|A \\| B"""
SPACES = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\x0c",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0b",
    "\t",
    "    ",
    "\u00a0",
    "\ufeff",
    " ",
    "x" * 700,
]
STRUCTURED = st.lists(st.sampled_from([*PIECES.replace("\n", "|").split("|"), *SPACES]), max_size=30).map("".join)


def assert_exact(document: Document) -> None:
    text, at = document.text, 0
    for passage in document.passages:
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        for start, end in passage.sentences:
            assert at <= start < end <= len(text)
            assert not text[at:start].strip(), "words between two sentences"
            assert text[start:end] == text[start:end].strip(), "a sentence begins and ends with a word or a mark"
            at = end
    assert not text[at:].strip(), "words after the last sentence"


@pytest.mark.parametrize("path", ["a.txt", "2019-03-01.md"])
@settings(max_examples=250, deadline=None)
@given(text=st.one_of(st.text(max_size=80), STRUCTURED))
def test_any_text_is_covered_once_in_order(path: str, text: str) -> None:
    document = document_of(text, path)
    assert document.text == text
    assert_exact(document)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_offsets_are_those_of_the_file_whatever_ends_its_lines(path: str, newline: str) -> None:
    text = newline.join(
        ["# One", "", "First line", "goes on. Second.", "", "- item", "", "Two\u2028lines\x0bhere.", ""]
    )
    document = document_of(text, path)
    assert_exact(document)
    found = [text[start:end] for passage in document.passages for start, end in passage.sentences]
    assert found == ["# One", f"First line{newline}goes on.", "Second.", "- item", "Two\u2028lines\x0bhere."]


def test_a_byte_order_mark_belongs_to_the_first_words_and_not_to_the_title() -> None:
    for path in ("a.txt", "a.md"):
        document = document_of("\ufeff# A title\n\nSome words that follow it.\n", path)
        assert_exact(document)
        assert document.title == "A title"
        assert document.passages[0].start == 0


def test_text_without_any_white_space_is_cut() -> None:
    document = document_of("x" * 50_000, "a.txt")
    assert_exact(document)
    assert max(end - start for passage in document.passages for start, end in passage.sentences) <= 2000
