"""Questions about a numbered part of a text, and the sentences that are that part's."""

from pathlib import Path

import pytest

from qa_bot.answers.understanding.clauses import Clause, clause_in, number_of, sentences_of
from tests.answers.small_folders import told


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("What does clause 4.2 say?", Clause("4.2", (), True)),
        ("What is in Section 12 of the agreement?", Clause("12", (), True)),
        ("Read me rule 7(b)(ii)", Clause("7", ("b", "ii"), True)),
        ("What does § 3a state?", Clause("3a", (), True)),
        ("Who pays under Article IV?", Clause("iv", (), False)),
        ("How long is the notice in paragraph 10.1.3?", Clause("10.1.3", (), False)),
        ("What about Standing Order 5?", Clause("5", (), True)),
        ("Does clause 4 or clause 5 apply?", None),
        ("What does release 4.2 bring?", None),
        ("Which section is the longest?", None),
        ("Did section 20% fall?", None),
    ],
)
def test_the_part_that_a_question_names(question: str, clause: Clause | None) -> None:
    assert clause_in(question) == clause


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4.2. If the tenant", "4.2"),
        ("4.2 If the tenant", "4.2"),
        ("7. No dogs.", "7"),
        ("## 7 Dogs", "7"),
        ("**7** Dogs", "7"),
        ("Article IV\n", "iv"),
        ("Section 12. Fees", "12"),
        ("§ 3a Boats", "3a"),
        ("12 people came.", ""),
        ("May 4 was dry.", ""),
        ("2003. A year", ""),
        ("v4.2 is out", ""),
    ],
)
def test_the_number_that_a_sentence_begins_with(text: str, number: str) -> None:
    assert number_of(text) == number


def test_a_part_reaches_to_the_next_number() -> None:
    texts = [
        "3.1. One.",
        "3.2. Two:",
        "(a) early;",
        "(b) late.",
        "It is so.",
        "3.2.1. More.",
        "3.20. Other.",
        "4. Last.",
    ]
    assert sentences_of(Clause("3.2", (), True), texts) == [1, 2, 3, 4, 5]
    assert sentences_of(Clause("3.2", ("b",), True), texts) == [3]
    assert sentences_of(Clause("3", (), True), texts) == []
    assert sentences_of(Clause("4", (), True), texts) == [7]


RULES = {
    "boats.txt": "Boat house rules\n\n1. Oars are hung up.\n\n"
    "2. Boats are dried before they are stored.\n\n3. Nobody rows alone.",
    "lease.md": "# Lease\n\n## 5 Pets\n\n5.1 A cat is welcome. It wears a bell.\n\n5.2 No dog is kept.\n\n## 6 Bins\n\n"
    "6.1 Bins go out on Monday.\n\n6.2 Glass is kept apart.",
}


@pytest.mark.parametrize(
    ("question", "words", "not_words"),
    [
        ("What does rule 2 say?", "dried", "alone"),
        ("What does clause 5.1 say?", "bell", "dog"),
        ("What does clause 6.2 of the lease say?", "Glass", "Monday"),
        ("What is stated in paragraph 5.2?", "No dog", "cat"),
        ("When do bins go out under clause 6.1?", "Monday", "Glass"),
        ("What does item 3 require?", "alone", "Oars"),
    ],
)
def test_what_a_part_says_is_marked(tmp_path: Path, question: str, words: str, not_words: str) -> None:
    found = told(tmp_path, RULES, question)
    assert found.answered
    assert words in found.marked
    assert not_words not in found.marked


def test_a_part_that_is_not_there(tmp_path: Path) -> None:
    assert not told(tmp_path, RULES, "What does clause 9.7 say?").answered
