"""Which sentences are marked: the nearest, a second only when close, a list whole, what stands below a heading."""

from pathlib import Path

import pytest

from qa_bot.answers.quoting.sentences import answering_sentences, led_in, sentence_scores, speaker_of
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
    total = sentence_scores(query, hit(found(ENCODER, stored(*sentences)), query), index)
    cat, dog = index.idf("cat"), index.idf("dog")
    assert total.tolist() == pytest.approx([cat / (cat + dog), 1, 0])


def test_what_is_of_the_kind_asked_for_is_preferred(tmp_path: Path) -> None:
    assert marked(tmp_path, "When did the cat come?", "A cat came.", "The cat came in 1998.", "It slept.") == [1]
    assert marked(tmp_path, "How did the cat come?", "A cat came.", "The cat came in 1998.") == [0, 1]


def test_a_list_is_marked_whole_with_its_lead_in(tmp_path: Path) -> None:
    assert marked(tmp_path, "cat?", "An owl.", "A cat needs:", "- owl", "- fish") == [1, 2, 3]
    assert led_in(0, ["Needed", *ITEMS], "") == [1, 2, 3]
    assert led_in(0, ["Needed:", "1. one", "2) two", "What comes after."], "") == [1, 2]
    assert led_in(0, ["Needed:", "- one", "It goes on.", "- two"], "") == [1, 2, 3]


def test_an_item_is_no_lead_in_for_those_after_it() -> None:
    assert led_in(0, ITEMS, "") == []
    assert led_in(2, ["Needed:", "- one", "Its second sentence.", "- two"], "") == []
    assert led_in(2, ["Needed:", "- one", "Not needed:", "- two"], "") == [3]


def test_a_heading_marks_the_sentence_below() -> None:
    assert led_in(0, ["### Add HTTP headers", "Both take a map.", "Or not."], "Remote › Add HTTP headers") == [1]
    assert led_in(0, ["Add headers\n---", "Both take a map."], "Add headers") == [1]
    assert led_in(0, ["**Overview**", "It was good."], "Overview") == [1]
    assert led_in(0, ["### Add HTTP headers"], "Add HTTP headers") == []
    assert led_in(1, ["### Add HTTP headers", "Both take a map.", "Or not."], "Add HTTP headers") == []


def test_a_list_under_a_heading_is_marked_whole(tmp_path: Path) -> None:
    assert marked(tmp_path, "cat?", "## The cat", "- owl", "- fish", context="The cat") == [0, 1, 2]


def test_the_lists_of_the_seeds(built: Settings) -> None:
    with Bot.open(built) as bot:
        quote = bot.ask("What did Ofsted highlight at North Tyneside?").quotes[0]
        words = [quote.text[s - quote.start : e - quote.start] for s, e in quote.highlights]
        assert words[0] == "Ofsted highlighted:"
        assert len(words) == quote.text.count("•") + 1


@pytest.mark.parametrize(
    ("texts", "at", "speaker"),
    [
        (["Councillor Ann Lee, chair, said: “We are glad.", "“We go on,” she added."], 1, 0),
        (["The bridge is shut.", "Work began in May."], 1, None),
        (["Chris suggests to restart it.", "In short, they added a pod."], 1, 0),
        (["He said so.", "It is shut."], 1, None),
        (["It is shut, according to Ann Lee."], 0, 0),
    ],
)
def test_the_sentence_that_names_the_speaker(texts: list[str], at: int, speaker: int | None) -> None:
    assert speaker_of(at, texts) == speaker


def test_who_said_marks_the_speaker_and_the_words(built: Settings) -> None:
    with Bot.open(built) as bot:
        quote = bot.ask(
            "Which councillor called the good report a remarkable achievement when money is so tight?"
        ).quotes[0]
        marked = [quote.text[start - quote.start : end - quote.start] for start, end in quote.highlights]
        assert len(marked) == 2
        assert "Joan Atkinson" in marked[0]
        assert "remarkable achievement" in marked[1]


def test_the_speaker_may_have_no_name() -> None:
    assert speaker_of(0, ["“Morale is high.", "It is,” said the report."]) == 1
    assert speaker_of(1, ["Ann Lee said:", "“Morale is high,” says the report."]) == 0
    assert speaker_of(0, ["“Morale is high.”", "It rained."]) is None
