"""Which sentences are marked: the nearest, a second only when close, a list whole, what stands below a heading or a question."""

from pathlib import Path

import pytest

from qa_bot.answers.quoting.sentences import answering_sentences, listed, nearness, sentence_scores
from qa_bot.bot import Bot
from qa_bot.config import Settings
from tests.answers.hand_made import ask, found, hit, lexical_index, stored
from tests.fake_encoder import FakeEncoder

ENCODER = FakeEncoder("cat", "dog", "owl", "fish")
ITEMS = ["- one", "- two", "- three"]


def marked(folder: Path, question: str, *sentences: str, context: str = "") -> list[int]:
    index = lexical_index(folder, " ".join(sentences), "nothing of it")
    query = ask(question, ENCODER, index)
    return answering_sentences(query, hit(found(ENCODER, stored(*sentences, context=context)), query), index)


def test_the_nearest_sentence_is_marked(tmp_path: Path) -> None:
    assert marked(tmp_path, "cat and dog?", "An owl.", "The cat saw the dog.", "A dog.") == [1]


def test_a_second_sentence_only_when_it_is_close(tmp_path: Path) -> None:
    assert marked(tmp_path, "cat?", "A cat.", "An owl.", "The cat.") == [0, 2]
    assert marked(tmp_path, "cat and dog?", "A cat and a dog.", "An owl.", "A cat.") == [0]


def test_scores_worked_out_by_hand(tmp_path: Path) -> None:
    sentences = ["A cat.", "A cat and a dog.", "An owl."]
    index = lexical_index(tmp_path, "cat dog", "cat")
    query = ask("cat, dog", ENCODER, index)
    made = hit(found(ENCODER, stored(*sentences)), query)
    total = sentence_scores(query, made, *nearness(query, made, index))
    cat, dog = index.idf("cat"), index.idf("dog")
    assert total.tolist() == pytest.approx([cat / (cat + dog), 1, 0])


def test_what_is_of_the_kind_asked_for_is_preferred(tmp_path: Path) -> None:
    assert marked(tmp_path, "When did the cat come?", "A cat came.", "The cat came in 1998.", "It slept.") == [1]
    assert marked(tmp_path, "How did the cat come?", "A cat came.", "The cat came in 1998.") == [0, 1]


def test_the_same_words_are_marked_once(tmp_path: Path) -> None:
    assert marked(tmp_path, "cat?", "The cat.", "The cat.", "An owl.") == [0]
    assert marked(tmp_path, "cat?", "- The cat", "An owl.", "The  cat!") == [0]
    assert marked(tmp_path, "cat?", "The cat.", "The cat.", "A cat.") == [0, 2]


def test_a_list_is_marked_whole_with_its_lead_in(tmp_path: Path) -> None:
    assert marked(tmp_path, "cat?", "An owl.", "A cat needs:", "- owl", "- fish") == [1, 2, 3]
    assert listed(0, ["Needed", *ITEMS]) == [1, 2, 3]
    assert listed(0, ["Needed:", "1. one", "2) two", "What comes after."]) == [1, 2]
    assert listed(0, ["Needed:", "- one", "It goes on.", "- two"]) == [1, 2, 3]


def test_an_item_is_no_lead_in_for_those_after_it() -> None:
    assert listed(0, ITEMS) == []
    assert listed(2, ["Needed:", "- one", "Its second sentence.", "- two"]) == []
    assert listed(2, ["Needed:", "- one", "Not needed:", "- two"]) == [3]


@pytest.mark.parametrize(
    ("heading", "context"),
    [
        ("### The cat", "Animals › The cat"),
        ("The cat\n---", "The cat"),
        ("**The cat**", "Animals"),
        ("## The `cat`", "The cat"),
        ("## [The cat](cat.md)", "The cat › Food"),
        ("<h2>The cat</h2>", "The cat"),
        ("# The cat {#cat}", ""),
        ("The cat", "1998 › The cat › Food"),
    ],
)
def test_what_stands_below_a_heading_is_marked(tmp_path: Path, heading: str, context: str) -> None:
    assert marked(tmp_path, "cat?", heading, "Both take a map.", "Or not.", context=context) == [1]
    assert marked(tmp_path, "cat?", heading, "### Food", "- owl", "- fish", context=f"{context} › Food") == [2, 3]
    assert marked(tmp_path, "cat?", "An owl.", heading, context=context) == [1]  # nothing stands below


def test_a_heading_is_marked_too_where_it_has_what_is_asked_for(tmp_path: Path) -> None:
    heading = "## Cat, May 2019"
    assert marked(tmp_path, "When did the cat come?", heading, "It came.", context="Cat, May 2019") == [0, 1]


def test_a_list_under_a_heading_is_marked_whole(tmp_path: Path) -> None:
    assert marked(tmp_path, "cat?", "## The cat", "- owl", "- fish", context="The cat") == [1, 2]


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (["Q: Is a cat an owl?", "A: It is a bird.", "Q: Is a dog a fish?", "A: Never."], [1]),
        (["**Is a cat an owl?**", "It is a bird.", "So they say."], [1]),
        (["### Is a cat an owl?", "No.", "It is a bird.", "So they say."], [1, 2]),
        (["<summary>Is a cat an owl?</summary>", "It is a bird."], [1]),
        (["1. Is a cat an owl?", "It is a bird."], [1]),
        (["Question 3: Owls and the cat", "Who knows.", "Answer: It is a bird."], [2]),
        (["- [Is a cat an owl?](#cat)", "- [Is a dog an owl?](#dog)", "It is a bird."], [2]),
        (["“Is a cat an owl?”", "He laughed."], [1]),
        (["Interviewer: Is a cat an owl?", "Ann Lee: It is a bird."], [1]),
        (["Is a cat an owl?", "- a bird", "- a mouse", "Is a dog?", "- a fish"], [1, 2]),
        (["Is a cat an owl?", "It depends:", "- a bird", "- a mouse"], [1, 2, 3]),
        (["Q: A dog?", "A: Is a cat an owl?", "Or what?"], [1]),
        (["It is a bird.", "Is a cat an owl?"], [0]),
        (["She asked him: “Is a cat an owl?”", "He laughed."], [0]),
        (["A cat is an owl (or is it?)", "He laughed."], [0]),
    ],
)
def test_no_question_is_answered_by_a_question(tmp_path: Path, texts: list[str], answer: list[int]) -> None:
    assert marked(tmp_path, "Is a cat an owl?", *texts) == answer


def test_below_a_question_the_nearest_sentence_is_marked_beside_the_first(tmp_path: Path) -> None:
    assert marked(
        tmp_path, "May a cat come?", "May a cat come?", "Only if it is small.", "Fish.", "A cat and an owl."
    ) == [
        1,
        3,
    ]


def test_the_lists_of_the_seeds(built: Settings) -> None:
    with Bot.open(built) as bot:
        quote = bot.ask("What did Ofsted highlight at North Tyneside?").quotes[0]
        words = [quote.text[s - quote.start : e - quote.start] for s, e in quote.highlights]
        assert words[0] == "Ofsted highlighted:"
        assert len(words) == quote.text.count("•") + 1
