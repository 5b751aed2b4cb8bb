"""What speaks for an answer, each figure worked out by hand."""

import math
from pathlib import Path
from typing import cast

import pytest

from qa_bot.answers.ranking.diversity import opposed
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.refusing.evidence import FEW, MANY, Evidence, absent_numbers, evidence_of, size_of
from qa_bot.answers.understanding.history import History
from qa_bot.answers.understanding.names import unknown_names
from qa_bot.answers.understanding.question import Question
from qa_bot.bot import open_bot
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.store import Store
from tests.answers.hand_made import ask, found, hit, lexical_index, stored
from tests.fake_encoder import FakeEncoder

ENCODER = FakeEncoder("cats", "dogs", "owls")


class Texts:
    """What is looked at of a store: the documents' texts."""

    def __init__(self, **texts: str):
        self._texts = texts

    def text(self, document: str) -> str:
        return self._texts.get(document, "")


def store(**texts: str) -> Store:
    return cast(Store, Texts(**texts))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return lexical_index(tmp_path, ("cats sleep", "Walton 2019", "letter"), "dogs", "owls")


def evidence(
    index: LexicalIndex, question: str, *made: str, history: History | None = None, documents: int = 1, **fields: object
) -> Evidence:
    query = ask(question, ENCODER, index, history)
    hits = [hit(found(ENCODER, stored(*text.split(" | "), document=text, **fields)), query) for text in made]
    told = evidence_of(query, hits, opposed(query, hits), index, store(), documents)
    assert told is not None
    return told


def test_no_hits_no_evidence(index: LexicalIndex) -> None:
    assert evidence_of(ask("cats?", ENCODER, index), [], set(), index, store(), 1) is None


def test_the_gap_to_the_runners_up(index: LexicalIndex) -> None:
    query = ask("Do cats sleep?", ENCODER, index)

    def scored(*scores: float) -> list[Hit]:
        return [hit(found(ENCODER, stored("Cats.")), query, score) for score in scores]

    first = evidence_of(query, scored(0.9, 0.6, 0.4), set(), index, store(), 1)
    alone = evidence_of(query, scored(0.9), set(), index, store(), 1)
    assert first is not None
    assert alone is not None
    assert (first.gap, alone.gap) == pytest.approx((0.9 - 0.5, 0.9))


MILEAGE = "Cats may claim {} pence a mile."


@pytest.mark.parametrize(
    ("texts", "agree"),
    [
        ([MILEAGE.format(40), MILEAGE.format(41), MILEAGE.format(42)], True),
        ([MILEAGE.format(40)] * 8, True),
        (["Walton. | Cats sleep all day long.", "Bury. | Cats sleep all day long."], True),
        (["Cats sleep all day long, says Ann.", "Cats sleep all day long, Ann says!"], True),
        (["Cats sleep all day long.", "Cats eat fish and mice."], False),
        (["Cats sleep all day long.", "Cats sleep on Monday morning, dogs walk."], False),
        (["date: 2019-01-02 cats", "date: 2020-03-04 cats"], False),
    ],
)
def test_sources_that_agree_are_no_runners_up(index: LexicalIndex, texts: list[str], agree: bool) -> None:
    query = ask("Do cats sleep?", ENCODER, index)
    hits = [
        hit(found(ENCODER, stored(*text.split(" | "), document=str(at))), query, 0.9 - at / 100)
        for at, text in enumerate(texts)
    ]
    told = evidence_of(query, hits, set(), index, store(), len(texts))
    alone = evidence_of(query, hits[:1], set(), index, store(), 1)
    assert told is not None
    assert alone is not None
    assert (told.gap == pytest.approx(alone.gap)) is agree


def test_passages_of_one_document_are_runners_up_whatever_they_say(index: LexicalIndex) -> None:
    query = ask("Do cats sleep?", ENCODER, index)
    same = [hit(found(ENCODER, stored("Cats sleep all day long.")), query, score) for score in (0.9, 0.5)]
    told = evidence_of(query, same, set(), index, store(), 1)
    assert told is not None
    assert told.gap == pytest.approx(0.4)


@pytest.mark.parametrize("copies", [False, True])
def test_agreement_does_not_lower_the_confidence(tmp_path: Path, copies: bool) -> None:
    def sure(number: int) -> float:
        seeds = tmp_path / str(number)
        seeds.mkdir()
        for at in range(number):
            pence, year = (45, "") if copies else (40 + at, f" {2018 + at}")
            text = (
                f"# Travel policy{year}\n\nStaff may claim mileage at {pence} pence a mile. Claims go to the office.\n"
            )
            (seeds / f"travel-{at if copies else year.strip()}.md").write_text(text, encoding="utf-8")
        with open_bot(seeds, tmp_path / f"index-{number}") as bot:
            return bot.ask("What is the mileage rate?").confidence

    one = sure(1)
    for number in (2, 3, 7):
        assert sure(number) > one - 0.1


def test_the_best_sentence_leads_the_second(index: LexicalIndex) -> None:
    assert evidence(index, "cats or dogs?", "Owls. | Cats and dogs. | Cats.").lead == pytest.approx(0.5)
    assert evidence(index, "cats or dogs?", "Cats. | Dogs.").lead == pytest.approx(0)
    assert evidence(index, "cats or dogs?", "Cats.").lead == 0
    assert 0 < evidence(index, "cats in Walton?", "Cats. | Owls.", names="Walton").lead < 0.5
    assert evidence(index, "in Walton?", "Cats. | Owls.", names="Walton").lead == pytest.approx(0)


def test_how_near_the_words_are_matched(index: LexicalIndex) -> None:
    assert evidence(index, "cats or dogs?", "Cats.").matched == pytest.approx(0.5 * math.sqrt(2))
    assert evidence(index, "cats or dogs?", "Dogs, cats.").matched == pytest.approx(math.sqrt(2))
    assert evidence(index, "cats in Walton?", "Cats.", names="Walton").matched == pytest.approx(math.sqrt(2))
    assert evidence(index, "what is it?", "Cats.").matched == 0


def test_whether_the_sentence_speaks_of_nothing_else(index: LexicalIndex) -> None:
    assert evidence(index, "cats?", "Cats.").about == pytest.approx(1)
    assert evidence(index, "cats?", "Cats owls. | Dogs.").about == pytest.approx(0.5)
    assert evidence(index, "?", "Cats.").about == 0


def test_something_exact_is_asked_and_no_number_is_there(index: LexicalIndex) -> None:
    assert evidence(index, "Do cats sleep?", "Cats.").asks == 0
    assert evidence(index, "Why do cats sleep?", "Cats.").asks == 0
    assert evidence(index, "Who has cats?", "Cats.").asks == 1
    assert evidence(index, "What is the cat's name?", "Cats.").asks == 1
    assert evidence(index, "How many cats?", "Cats.").uncounted == 1
    assert evidence(index, "How many cats?", "Cats, 12 of them.").uncounted == 0
    assert evidence(index, "How many cats?", "Dogs, 12. | Cats.").uncounted == 1
    assert evidence(index, "How many cats?", "1. Cats at 12:30").uncounted == 1


@pytest.mark.parametrize(
    ("question", "text", "date", "returns"),
    [
        ("Who said that?", "“Cats sleep,” said Ann Lee.", None, 1),
        ("Who said that?", "Cats sleep.", None, 0.5),
        ("When?", "Cats sleep.", "2019-03-22", 1),
        ("When?", "Cats slept in May.", None, 1),
        ("When?", "Cats sleep.", None, 0.5),
        ("Why?", "Cats sleep because they are cats.", None, 1),
        ("Why do owls?", "Cats sleep because they are cats.", None, 0),
    ],
)
def test_a_question_about_the_quote_just_shown(
    index: LexicalIndex, question: str, text: str, date: str | None, returns: float
) -> None:
    history = History([Question.read("cats?", index)], quoted=text, quoted_at=0)
    assert evidence(index, question, text, history=history, date=date).returns == returns
    assert evidence(index, question, "Another.", text, history=history, date=date).returns == 0


def test_a_name_of_other_documents_is_foreign(tmp_path: Path) -> None:
    index = lexical_index(tmp_path, ("cats", "Walton", ""), ("cats", "Ashby", ""))

    def foreign(question: str, *names: str, text: str = "Cats.") -> float:
        query = ask(question, ENCODER, index)
        hits = [hit(found(ENCODER, stored("Cats.", document=name, names=name)), query) for name in names]
        told = evidence_of(query, hits, opposed(query, hits), index, store(**{names[0]: text}), 1)
        assert told is not None
        return told.foreign

    assert foreign("Are there cats in Walton?", "Walton", "Ashby") == 0
    assert foreign("Are there cats in Walton?", "Ashby", "Walton") == 1
    assert foreign("Are there cats in Walton?", "Ashby", "Walton", text="Cats.\nOwls near Walton.") == 0
    assert foreign("Are there cats?", "Ashby", "Walton") == 0
    assert foreign("Are there cats in Walton and in Ashby?", "Ashby", "Walton") == 0


def test_the_size_of_the_collection() -> None:
    assert [size_of(n) for n in (0, 1, FEW)] == [0, 0, 0]
    assert [size_of(n) for n in (MANY, 10 * MANY)] == [1, 1]
    assert size_of(int(math.sqrt(FEW * MANY))) == pytest.approx(0.5, abs=0.01)


def test_what_counts_among_many_documents(index: LexicalIndex) -> None:
    few, many = evidence(index, "cats or dogs?", "Cats."), evidence(index, "cats or dogs?", "Cats.", documents=MANY)
    assert (few.size, few.sized_cosine, few.sized_weakest, few.sized_matched, few.sized_follows) == (0,) * 5
    assert (many.size, many.sized_weakest) == (1, 0)
    assert many.sized_matched == many.matched > 0
    assert many.sized_cosine == pytest.approx(1 / math.sqrt(2))
    after = evidence(index, "cats or dogs?", "Cats.", history=History([Question.read("owls?", index)]), documents=MANY)
    assert after.sized_follows == 1


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Do cats sleep in Paris?", ["Paris"]),
        ("Do cats sleep in Walton?", []),
        ("do cats sleep in paris?", []),  # nothing tells a name there
        ("Paris has cats?", []),  # nor at the start
        ("Hello. Paris has cats?", []),
        ("Do cats say “Paris”?", ["Paris"]),
        ("Do cats sleep in A Coruña?", ["Coruña"]),
        ("", []),
    ],
)
def test_unknown_names(index: LexicalIndex, question: str, unknown: list[str]) -> None:
    assert unknown_names(question, index) == unknown


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("In 2019?", []),  # of the document
        ("In 2017?", []),  # in its text
        ("In 2016?", ["2016"]),
        ("Are 12 of 13 right?", ["13"]),
        ("Version 4.1.0 or 4.1?", ["4.1.0"]),
        ("In 201?", ["201"]),  # a part of a number is none
        ("What of b2b and s47?", []),  # words
        ("No number?", []),
    ],
)
def test_absent_numbers(index: LexicalIndex, question: str, absent: list[str]) -> None:
    query = ask(question, ENCODER, index)
    made = [hit(found(ENCODER, stored("Cats.", document="a", names="2019", title="Ours, 4.1")), query)]
    assert absent_numbers(query, made, store(a="Cats in 2017, 12 of them.")) == absent


def test_strays_count_names_and_numbers(index: LexicalIndex) -> None:
    def strays(question: str) -> float:
        query = ask(question, ENCODER, index)
        evidence = evidence_of(query, [hit(found(ENCODER, stored("Cats.")), query)], set(), index, store(), 1)
        assert evidence is not None
        return evidence.strays

    assert strays("Are there cats?") == 0
    assert strays("Are there cats in Paris?") == strays("Are there cats in Paris or Rome?") == 1
    assert strays("Are there 12 cats?") == 1
    assert strays("Were there cats in 1999?") == 2
    assert strays("Were there cats in Paris in 1999?") == 3
    assert strays("And in Paris?") == 2
