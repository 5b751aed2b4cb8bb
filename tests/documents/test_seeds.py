"""The five documents the bot comes with, read with one's own eyes once and held here."""

from pathlib import Path

import pytest

from qa_bot.documents import find_files, read_document

from .conftest import passage_with, sentences, words
from .test_exactness import assert_exact

NAMES = {
    "000": "000_2fba7d3d0a7c9dd2.txt",
    "001": "001_ba0140264cd90329.txt",
    "002": "002_5cf601eafef8570e.txt",
    "003": "003_7a3598a8e012728e.txt",
    "004": "004_8ea13917c2a413e0.txt",
}


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("000", "Children’s services in South Tyneside have been rated as good overall", None),
        ("001", "Update on Journey of Improvement for Children's Services", "2024-01-11"),
        (
            "002",
            "Social workers in South Tyneside have been praised for continuing the improvement of children’s services in "
            "the borough.",
            None,
        ),
        ("003", "Focused visit to South Tyneside children's services", "2019-03-22"),
        ("004", "Determined transformation of children’s services at North Tyneside", None),
    ],
)
def test_title_and_date(repository_seeds: Path, name: str, title: str, date: str | None) -> None:
    document = read_document(repository_seeds, NAMES[name])
    assert (document.title, document.date, document.note) == (title, date, "")


def test_all_are_found_and_covered(repository_seeds: Path) -> None:
    assert set(find_files(repository_seeds)) >= set(NAMES.values())
    for name in NAMES.values():
        document = read_document(repository_seeds, name)
        assert_exact(document)
        assert all(len(words(document, passage).split()) <= 240 for passage in document.passages)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("when it is safe to do so, and", "timely action is taken for children to enter care when concerns escalate."),
        ("Some good-quality plans", "were seen."),
        ("but could be further enhanced", "with timescales for completion."),
    ],
)
def test_a_sentence_cut_by_a_page_break_is_one(repository_seeds: Path, before: str, after: str) -> None:
    document = read_document(repository_seeds, NAMES["003"])
    (whole,) = [sentence for sentence in sentences(document) if before + "\n\n\n" in sentence]
    assert whole.endswith("\n" + after)
    assert whole.startswith(before) == before.startswith("Some")


def test_the_letter_has_its_sections(repository_seeds: Path) -> None:
    document = read_document(repository_seeds, NAMES["003"])
    contexts = list(dict.fromkeys(passage.context for passage in document.passages))
    asked = "What needs to improve in this area of social work practice"
    assert contexts == ["", "Overview", asked, "Findings"]
    listed = passage_with(document, asked)
    assert words(document, listed).startswith(asked)
    assert len(listed.sentences) == 4, "the heading and the whole list"
    assert "0300 123 1231" in words(document, document.passages[0])
    assert not document.passages[0].residue, "people ask for the telephone number"


def test_every_finding_begins_a_sentence_and_keeps_together(repository_seeds: Path) -> None:
    document = read_document(repository_seeds, NAMES["003"])
    finding = passage_with(document, "- Children in need of help and protection benefit")
    assert words(document, finding).endswith("a good sense of the child's world.")
    assert len(finding.sentences) == 6


def test_a_list_too_long_for_one_passage_says_what_it_is_a_list_of(repository_seeds: Path) -> None:
    document = read_document(repository_seeds, NAMES["004"])
    assert words(document, passage_with(document, "Ofsted highlighted:")).count("•") >= 3
    assert passage_with(document, "• Good thorough assessments").context == "Ofsted highlighted:"


def test_a_speech_stays_with_its_speaker(repository_seeds: Path) -> None:
    for name, speaker, last in [
        ("000", "Councillor Joan Atkinson", "she added."),
        ("001", "Councillor Adam Ellison", "there is open communication."),
        ("002", "Coun Moira Smith", "the best start in life.”"),
    ]:
        document = read_document(repository_seeds, NAMES[name])
        assert last in words(document, passage_with(document, speaker))
    assert "“The director of children’s services" not in sentences(read_document(repository_seeds, NAMES["000"]))


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("000", "A look back at 2022"),
        ("001", "Last modified:"),
        ("002", None),
        ("003", None),
        ("004", "Delivering a diverse"),
    ],
)
def test_residue_begins_where_the_article_ends(repository_seeds: Path, name: str, first: str | None) -> None:
    document = read_document(repository_seeds, NAMES[name])
    residue = [passage for passage in document.passages if passage.residue]
    assert residue == [passage for passage in document.passages if residue and passage.start >= residue[0].start]
    assert words(document, residue[0]).startswith(first) if first else not residue
