import pytest

from qa_bot.documents.readers import document_of

from .conftest import words

BODY = "The council has praised the work of its staff, and it will look at their pay again in the coming year. " * 5


def residue(text: str, path: str = "a.txt") -> list[str]:
    document = document_of(text, path)
    return [words(document, passage) for passage in document.passages if passage.residue]


@pytest.mark.parametrize(
    "footer",
    [
        "© 2024 The Company",
        "Copyright Some Council. All rights reserved",
        "Last modified: 08 February 2024 13:40",
        "Home | News | About us",
        "Delivering things to people across the land\nUnit 1, Some Road, Colchester CO4 3ZL\nTel: 01206 878178",
    ],
)
def test_footers(footer: str) -> None:
    assert residue(f"{BODY}\n\n{footer}") == [footer]


@pytest.mark.parametrize(
    "ending",
    [
        "James Harrison , Local Democracy Reporting Service",
        "Yours sincerely\n\nLisa Summers",
        "Call us on 0300 123 1231 if you need any help with it.",
        "## Contact\n\nTel: 01206 878178",
        "He said: “The report [...] is good.”",
        "The figures were 25.8 75.7 71.2 in 2005 and 2007",
    ],
)
def test_what_is_the_documents_own(ending: str) -> None:
    assert residue(f"{BODY}\n\n{ending}") == []


def test_teasers_for_other_pages_begin_at_their_headline() -> None:
    teasers = (
        "A look back at the year…\nThe year saw people trying to get back to it. It was hard.\n"
        "Social worker [...]Every year people are [...]"
    )
    assert residue(f"{BODY}\n{BODY}\n{teasers}") == [teasers]


def test_a_letterhead_and_a_page_that_is_all_furniture_are_not_residue() -> None:
    assert residue(f"Some Gate M1 2WD\n\nT 0300 123 1231 a@b.org\n\n{BODY}") == []
    assert residue("Tel: 01206 878178\n\n© 2024 The Company") == []
