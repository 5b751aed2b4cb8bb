import time

import pytest

from qa_bot.documents.model import Document
from qa_bot.documents.readers import document_of

from .conftest import passage_with, words

TEN = "This sentence has ten words in it and no more. "
EIGHTY = (TEN * 8).strip()


def lengths(document: Document) -> list[int]:
    return [len(words(document, passage).split()) for passage in document.passages]


def test_paragraphs_are_not_divided_and_short_ones_are_joined() -> None:
    assert lengths(document_of(f"{EIGHTY}\n\n{EIGHTY}\n\n{EIGHTY}", "a.md")) == [80, 80, 80]
    assert lengths(document_of("\n\n".join([TEN * 3] * 6), "a.md")) == [90, 90]
    assert lengths(document_of(f"{EIGHTY}\n\n{TEN}", "a.md")) == [90]


def test_a_long_paragraph_is_divided_evenly_between_sentences() -> None:
    found = lengths(document_of(TEN * 33, "a.md"))
    assert sum(found) == 330
    assert len(found) == 3
    assert all(60 <= length <= 130 for length in found)


def test_sections_never_share_a_passage() -> None:
    document = document_of("# Log\n\n" + "".join(f"## {hour}:00\n\nA thing was done.\n\n" for hour in range(9)), "a.md")
    assert len(document.passages) == 9
    assert [passage.context for passage in document.passages] == [f"{hour}:00" for hour in range(9)]


def test_a_heading_is_never_alone_at_the_end() -> None:
    long = " ".join(["word"] * 300) + "."
    document = document_of(f"# Title\n\n## Part\n\n{long}\n", "a.md")
    assert words(document, document.passages[0]).startswith("# Title\n\n## Part\n\nword")


def test_a_short_list_is_one_quote_with_its_lead_in() -> None:
    items = "".join(f"- {TEN}\n" for _ in range(8))
    document = document_of(f"{EIGHTY}\n\nThe inspectors asked for:\n\n{items}\n{EIGHTY}\n", "a.md")
    assert words(document, passage_with(document, "asked for:")).count("- This") == 8


def test_a_long_list_is_divided_between_items_and_says_what_it_lists() -> None:
    items = "".join(f"- {TEN}{TEN}{TEN}\n" for _ in range(10))
    document = document_of(f"## Part\n\nThe inspectors asked for:\n\n{items}", "a.md")
    assert len(document.passages) >= 3
    assert words(document, document.passages[0]).count("- This") >= 2
    for passage in document.passages[1:]:
        assert words(document, passage).startswith("- This")
        assert passage.context.endswith("The inspectors asked for:")


def test_a_speech_over_paragraphs_stays_with_its_speaker() -> None:
    speech = f"Coun Smith said: “{TEN * 3}\n\n“{TEN * 4}\n\n“{TEN * 3}”"
    document = document_of(f"{TEN * 5}\n\n{speech}\n\n{TEN * 5}", "a.txt")
    assert words(document, passage_with(document, "Coun Smith")).count("“") == 3


def test_the_time_it_takes_grows_with_the_text_alone() -> None:
    texts = [
        f"{TEN * 9}\n\n" * 700,
        "- item\n" * 12_000,
        "|a|b|\n" * 12_000,
        TEN * 7000,
        "<div>\n" * 12_000,
        "*a_" * 60_000,
    ]
    for text in texts:
        for path in ("a.txt", "a.md"):
            begin = time.process_time()
            document_of(text, path)
            assert time.process_time() - begin < 5, (text[:10], path)


@pytest.mark.parametrize("question", ["Why are there {} ferries?", "**Why are there {} ferries?**", "Q: Who needs {}?"])
@pytest.mark.parametrize("sentences", [2, 3, 5, 8, 12])
def test_a_question_stays_with_the_answer_below(question: str, sentences: int) -> None:
    short = "You may write to the master, or come to the pier."
    long = "Whatever his reasons, nobody painted the hull in that year or in the next. " * sentences
    answers = [short if number % 3 == 0 else long for number in range(7)]
    text = "\n\n".join(f"{question.format(number)}\n\n{answer}" for number, answer in enumerate(answers))
    document = document_of(text, "ferries.md")
    assert not [p for p in document.passages if text[p.start : p.end].rstrip("*").endswith("?")]
