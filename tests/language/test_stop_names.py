"""Stop words that are names: case and place tell."""

from pathlib import Path

import pytest

from qa_bot.answers.understanding.names import calmed, unknown_names
from qa_bot.language.analysis import name_terms, terms, words_in
from tests.answers.hand_made import lexical_index

NAMES = [
    ("Who works in IT?", "work it"),
    ("How many desks does the US office have?", "mani desk us offic"),
    ("how many desks does the us office have?", "mani desk us offic"),
    ("What did Will say?", "will say"),
    ("Will Turner rows the ferry.", "will turner row ferri"),
    ("What does the will say of the house?", "will say hous"),
    ("Does the WHO's advice bind?", "who advic bind"),
    ("Who heads OR at the clinic?", "head or clinic"),
    ("She met Don and Thomas More.", "met don thoma more"),
    ("Who lives in block A?", "live block a"),
    ("Is vitamin D in fish?", "vitamin d fish"),
    ("What was decided in may?", "decid may"),
    ("12 May 2019", "12 may 2019"),
    ("May 2019 was wet.", "may 2019 wet"),
    ("IT, HR, PR", "it hr pr"),
    ("US", "us"),
    ("Is it on the AM band?", "am band"),
    ("Who won?", "won"),
    ("a safe haven", "safe haven"),
]
NO_NAMES = [
    ("May I bring my dog?", "bring dog"),
    ("May dogs come in?", "dog come"),
    ("They may come in June.", "come june"),
    ("Will it rain?", "rain"),
    ("Will Anna come?", "anna come"),
    ("CONTACT US", "contact"),
    ("WHO WE ARE", ""),
    ("What To Do When It Rains", "rain"),
    ("Contact Us for more", "contact"),
    ("It opens at 9 AM.", "open 9"),
    ("I won't go, we haven't, don't", "go"),
    ("A dog and I", "dog"),
    ("Who's there?", ""),
    ("The area will be wet", "area wet"),
]


@pytest.mark.parametrize(("text", "expected"), NAMES + NO_NAMES)
def test_terms(text: str, expected: str) -> None:
    assert terms(text) == expected.split()
    assert [term for word in words_in(text) for term in word.terms] == expected.split()


def test_a_list_of_names_has_no_sentence_around_it() -> None:
    assert name_terms("2019 March May South US Will What") == ["2019", "march", "may", "south", "us", "will"]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Is it NOT free?", "Is it not free?"),
        ("Cats OR dogs?", "Cats or dogs?"),
        ("Who works in IT?", "Who works in IT?"),
        ("What does the US pay?", "What does the US pay?"),
        ("Is HR on floor ONE or MORE?", "Is HR on floor ONE or more?"),
        ("Who is in group D?", "Who is in group D?"),
        ("Is plan A cheap?", "Is plan a cheap?"),
    ],
)
def test_stressed_words_are_no_names(tmp_path: Path, question: str, meant: str) -> None:
    assert calmed(question, lexical_index(tmp_path, "Anna works in HR", "Cats sleep")) == meant


def test_a_stop_word_that_is_a_name_may_be_unknown(tmp_path: Path) -> None:
    index = lexical_index(tmp_path, "Anna works in HR", "Ola works in PR")
    assert unknown_names("Who works in IT?", index) == ["IT"]
    assert unknown_names("Who works in HR?", index) == []
    assert calmed("Ask NOT", lexical_index(tmp_path, "Clients must NOT retry")) == "Ask NOT"
