"""Who speaks which sentences, and what is marked where somebody asks who said something."""

from pathlib import Path

import pytest

from qa_bot.answers.quoting.sentences import answering_sentences
from qa_bot.answers.quoting.turns import speaker_in, speaker_of, turns
from qa_bot.bot import Bot
from qa_bot.config import Settings
from tests.answers.hand_made import ask, found, hit, lexical_index, stored
from tests.fake_encoder import FakeEncoder

ENCODER = FakeEncoder("cat", "dog", "owl", "fish")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("**Ann Lee:** It is late.", "Ann Lee"),
        ("**Ann Lee**: It is late.", "Ann Lee"),
        ("**Ann Lee** (chair): It is late.", "Ann Lee"),
        ("* Ann: it is late", "Ann"),
        ("ANN LEE: It is late.", "ANN LEE"),
        ("ANN LEE.", "ANN LEE"),
        ("ANN LEE. It is late.", "ANN LEE"),
        ("ANN LEE\nIt is late.", "ANN LEE"),
        ("Ann Lee 00:12\nIt is late.", "Ann Lee"),
        ("Ann Lee (00:12:01): It is late.", "Ann Lee"),
        ("[00:12] Ann Lee: It is late.", "Ann Lee"),
        ("12/03/2024, 09:14 - Ann: it is late", "Ann"),
        ("[09:14] <ann> it is late", "ann"),
        ("Mr A. Lee: It is late.", "Mr A. Lee"),
        ("Ann Lee, treasurer: The balance is small.", "Ann Lee, treasurer"),
        ("Note: this is late.", ""),
        ("The rules are: be late.", ""),
        ("I said: no.", ""),
        ("In the summer of 1998: rain.", ""),
        ("Dr. Lee (12:03) said so.", ""),
        ("NASA is late.", ""),
    ],
)
def test_the_label_of_a_turn(text: str, speaker: str) -> None:
    assert speaker_in(text) == speaker


def test_a_turn_goes_on_until_the_next_label_or_heading() -> None:
    texts = ["It begins.", "Ann: Yes.", "I am.", "Bea: No.", "# Later", "It ends."]
    made = turns(texts, [None, None, None, None, "heading", None])
    assert [(turn.speaker, list(turn.sentences)) for turn in made] == [("Ann", [1, 2]), ("Bea", [3])]
    assert turns(["SUMMARY", "It ends."], ["heading", None]) == []


ANN_AND_BEA = ["**Ann:** An owl is late.", "So it goes.", "**Bea:** Right.", "A cat is later.", "**Cy:** I knew it."]


@pytest.mark.parametrize(
    ("question", "texts", "answer"),
    [
        ("Who said that a cat is late?", ANN_AND_BEA, [2, 3]),
        ("Who mentioned an owl?", ANN_AND_BEA, [0]),
        ("What did Bea say about the cat?", ANN_AND_BEA, [2, 3]),
        ("What does Ann think of a cat?", ANN_AND_BEA, [0]),
        ("Who told Bea about the cat?", [*ANN_AND_BEA, "**Dot:** A cat."], [5]),
        ("Who suggested a dog?", ["ANN", "An owl.", "BEA", "A dog.", "Or so."], [2, 3]),
        ("Who complained of the fish?", ["<ann> a fish again", "<bea> an owl", "<ann> no"], [0]),
        ("Who said a dog?", ["- Ann: an owl", "- Bea: a dog"], [1]),
    ],
)
def test_a_turn_belongs_to_one_speaker(tmp_path: Path, question: str, texts: list[str], answer: list[int]) -> None:
    index = lexical_index(tmp_path, " ".join(texts), "nothing of it")
    query = ask(question, ENCODER, index)
    assert answering_sentences(query, hit(found(ENCODER, stored(*texts)), query), index) == answer


@pytest.mark.parametrize(
    ("texts", "at", "speaker"),
    [
        (["Councillor Ann Lee, chair, said: “We are glad.", "“We go on,” she added."], 1, 0),
        (["The bridge is shut.", "Work began in May."], 1, None),
        (["Chris suggests to restart it.", "In short, they added a pod."], 1, 0),
        (["He said so.", "It is shut."], 1, None),
        (["It is shut, according to Ann Lee."], 0, 0),
        (["Bea Ott said so.", "“We are glad.", "We go on,” said Ann Lee."], 1, 2),
        (["Bea Ott said so.", "“We are glad. We go on.”", "Ann Lee said that on Monday."], 1, 2),
        (["Bea Ott said so.", '"We are glad.', 'We go on," Ann Lee told us.'], 1, 2),
        (["Bea Ott said: “We are glad.", "We go on.”", "Ann Lee said: “No.”"], 1, 0),
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
