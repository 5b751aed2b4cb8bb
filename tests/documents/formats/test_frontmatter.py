import pytest

from qa_bot.documents.formats.frontmatter import front_matter
from qa_bot.documents.readers import document_of
from tests.documents.conftest import sentences, words


def fields_of(text: str) -> list[str]:
    return [text[block.start : block.end] for block in front_matter(text).blocks]


def test_each_field_is_one_sentence_of_a_passage_of_its_own() -> None:
    head = "---\ndate: 2018-07-09\ntitle: 'Pipes: now'\nmenu:\n  docs:\n    weight: 80\ntags:\n- one\n- two\n---"
    text = f"\n\n{head}\n\nHello there.\n"
    document = document_of(text, "a.md")
    assert sentences(document) == [
        "---\ndate: 2018-07-09",
        "title: 'Pipes: now'",
        "menu:\n  docs:\n    weight: 80",
        "tags:\n- one\n- two\n---",
        "Hello there.",
    ]
    assert (document.title, document.date) == ("Pipes: now", "2018-07-09")
    assert words(document, document.passages[1]) == "Hello there."


def test_toml_and_carriage_returns() -> None:
    head = front_matter('+++\r\ntitle = "A"\r\ndate = 2019-03-22\r\n+++\r\nWords')
    assert head.fields["title"] == "A"
    assert str(head.fields["date"]) == "2019-03-22"
    assert len(head.blocks) == 2


def test_a_head_that_is_not_quite_yaml_is_still_one() -> None:
    head = front_matter("---\ntitle: Jekyll: the tool\nlayout: {{ page }}\n---\nWords")
    assert head.fields["title"] == "Jekyll: the tool"


@pytest.mark.parametrize(
    "text",
    [
        "---\nJust words between two rules.\n---\nMore",
        "---\n- a\n- list\n---\nMore",
        "---\ntitle: never closed\n",
        "Words\n---\ntitle: a\n---\n",
        "---\n---\nMore",
        "---\n" + "[" * 40_000 + "\n---\n",
    ],
)
def test_what_is_no_head(text: str) -> None:
    assert front_matter(text).end == 0
    assert fields_of(text) == []


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ('"\\ud83c\\udf89 Party"', "🎉 Party"),
        ('"\\ud83c alone"', "� alone"),
        ("!!bool maybe", "!!bool maybe"),
        ('!!int ""', "!!int"),
        (f"0x{'f' * 5000}", "0xfff"),
        (":".join(["1"] * 500) + ".5", "1:1:1"),
        ("!!timestamp soon", "!!timestamp soon"),
        ("!!float x", "!!float x"),
    ],
)
def test_a_value_that_yaml_cannot_make_does_not_cost_the_document(value: str, title: str) -> None:
    document = document_of(f"---\ntitle: {value}\n---\nHello there.\n", "a.md")
    assert document.title.startswith(title)
    document.title.encode()
