import pytest

from qa_bot.documents.readers import document_of
from qa_bot.documents.titles import telling_name

BODY = "The council has praised the work of its staff, and it will look at their pay again in the coming year."


@pytest.mark.parametrize(
    ("text", "path", "title"),
    [
        ("---\ntitle: 'Given: here'\n---\n# Heading\n", "a-name.md", "Given: here"),
        (f"# The *heading*\n\n{BODY}", "a-name.md", "The heading"),
        (
            f"Some Gate, Manchester M1 2WD\n\nT 0300 123 1231\n\n22 March 2019\n\nThe visit\n\n{BODY}",
            "x.txt",
            "The visit",
        ),
        (f"Fellow-Citizens:\n{BODY * 3}", "1937-franklin-d-roosevelt.txt", "1937 franklin d roosevelt"),
        (f"22 March 2019\n\n{BODY}", "003_7a3598a8e012728e.txt", "The council has praised the work of its staff"),
        (f"{BODY}\n", "0001.txt", BODY),
        ("x", "0001.txt", "0001"),
        ("---\ntitle: 2019\n---\nWords.", "a.md", "2019"),
        ("---\ntitle:\n---\n# Heading\n", "a.md", "Heading"),
    ],
)
def test_title(text: str, path: str, title: str) -> None:
    if title == "The council has praised the work of its staff":
        text += " And so on" * 10
        text = text.replace("year. And", "year and")
    assert document_of(text, path).title == title


def test_a_late_heading_is_no_title() -> None:
    assert document_of(f"{BODY * 12}\n\nLate heading\n\n{BODY}", "some-report.txt").title == "some report"


def test_a_long_title_is_cut_at_a_word() -> None:
    title = document_of("word " * 200 + ".", "0001.txt").title
    assert title.endswith("word…")
    assert len(title) <= 121


def test_a_byte_order_mark_is_no_part_of_a_title() -> None:
    assert document_of("\ufeffThe council met.\n", "0001.txt").title == "The council met."


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("sub/2018-03-13-PVC-hub-locked.md", "2018 03 13 PVC hub locked"),
        ("state_of_the_union.txt", "state of the union"),
        ("003_7a3598a8e012728e.txt", ""),
        ("0451.txt", ""),
        ("README.md", ""),
        ("a1b2c3d4e5.txt", ""),
        ("xqz.txt", ""),
    ],
)
def test_names_that_tell_something(path: str, name: str) -> None:
    assert telling_name(path) == name
