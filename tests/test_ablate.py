"""The weights that are halved and doubled are those of the code, and questions are judged by what their answers hold."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import qa_bot.answers
from qa_bot.answers.model import Answer, Quote
from qa_bot.answers.ranking import retrieval
from qa_bot.answers.refusing import confidence
from qa_bot.answers.understanding import query
from qa_bot.span import Span

from .bench.ablate import ALL, Weight, changed
from .bench.sets import Gold, Turn, auroc, spans_of

LEFT_OUT = {
    f"qa_bot.answers.{name}" for name in ("quoting.explaining.CLOSE", "ranking.retrieval.K1", "ranking.retrieval.B")
}
"""What only words an explanation, and BM25's own two numbers, which the term index has as well and does not let change."""
TEXT = "One two.\n\nThree  four\nfive. Six seven eight nine."


@pytest.mark.parametrize("weight", ALL, ids=str)
def test_each_weight_is_there_and_is_put_back(weight: Weight) -> None:
    before, value = weight.whole, weight.value
    assert value != 0
    with pytest.raises(ZeroDivisionError), changed(weight, 2):
        assert weight.value == 2 * value
        raise ZeroDivisionError
    assert weight.whole is before


def test_every_weight_of_the_code_is_tried() -> None:
    known = {(weight.name, weight.whole) for weight in ALL if not weight.part}  # by value: others import them by name
    found = {
        f"{module.name}.{name}"
        for module in pkgutil.walk_packages(qa_bot.answers.__path__, "qa_bot.answers.")
        for name, value in vars(import_module(module.name)).items()
        if isinstance(value, float) and name.isupper() and (name, value) not in known
    }
    assert found <= LEFT_OUT


def test_what_is_changed_is_what_answers_are_made_with() -> None:
    with changed(Weight("ranking.retrieval", "DENSE"), 0.5):
        assert retrieval.DENSE == 0.15
    with changed(Weight("understanding.query", "BARE", "carry"), 2):
        assert (query.BARE.carry, query.BARE.alone) == (2.0, 2.0)
    with changed(Weight("refusing.confidence", "REFUSE_BELOW"), 2):
        assert confidence.band(0.6) == "refused"


def quote(start: int, end: int, *marked: tuple[int, int], document: str = "a.txt") -> Quote:
    highlights = tuple(Span(*mark) for mark in marked)
    return Quote(document, "", None, start, end, 1, TEXT[start:end], highlights, 0.5)


def answer(*quotes: Quote) -> Answer:
    return Answer("", "", "", bool(quotes), 0.5, quotes)


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    return Gold(tmp_path)


FOUR = {"doc": "a.txt", "quote": "Three four five."}
AT = TEXT.index("Three"), TEXT.index("five.") + 5


@pytest.mark.parametrize(
    ("answer", "right", "first", "marked"),
    [
        (answer(quote(8, len(TEXT), AT)), 1, 1, 1),
        (answer(quote(8, len(TEXT), (AT[0], AT[0] + 4))), 1, 1, 0),  # too little is marked
        (answer(quote(8, len(TEXT), (0, len(TEXT)))), 1, 1, 1),
        (answer(quote(AT[0], AT[0] + 7, AT)), 0, 0, 1),  # less than half is quoted
        (answer(quote(8, len(TEXT), AT, document="b.txt"), quote(*AT)), 1, 0, 0),
        (answer(*[quote(0, 8)] * 3, quote(*AT)), 0, 0, 0),  # only three are looked at
        (answer(), 0, 0, 0),
    ],
)
def test_an_answer_is_judged_by_what_it_holds(
    gold: Gold, answer: Answer, right: float, first: float, marked: float
) -> None:
    turn = {"answerable": True, "gold": [FOUR], "any_of": True}
    refused = float(not answer.answered)
    expected = {"right": right, "right@1": first, "mark@1": marked, "false refusal": refused}
    assert gold.judge(turn, answer) == expected


def test_all_places_may_be_needed_and_others_serve_instead(gold: Gold) -> None:
    both: Turn = {"answerable": True, "any_of": False, "gold": [FOUR, {"doc": "b.txt", "start": 0, "end": 8}]}
    one, other = quote(*AT), quote(0, 8, document="b.txt")
    assert gold.judge(both, answer(one))["right"] == 0
    assert gold.judge(both, answer(one, other))["right@1"] == 1
    both["gold"][1]["or"] = [FOUR]
    assert gold.judge(both, answer(one))["right"] == 1


def test_a_few_words_must_be_held_in_full(gold: Gold) -> None:
    turn = {"answerable": True, "gold": [FOUR | {"short": True}]}
    figures = gold.judge(turn, answer(quote(AT[0], AT[1] - 1, AT)))
    assert (figures["right"], figures["mark@1"]) == (0, 1)


def test_what_nothing_answers_is_to_be_refused(gold: Gold) -> None:
    assert gold.judge({"answerable": False}, answer()) == {"right": 1, "right@1": 1, "refused": 1}
    assert gold.judge({"answerable": False}, answer(quote(0, 8)))["refused"] == 0


def test_words_are_found_whatever_the_white_space() -> None:
    assert [TEXT[s:e] for s, e in spans_of("two. Three four", TEXT)] == ["two.\n\nThree  four"]
    assert list(spans_of("a b", " a \t b a\nb")) == [(1, 6), (7, 10)]
    with pytest.raises(ValueError, match="not in their document"):
        list(spans_of("six", TEXT))


def test_the_area_under_the_curve() -> None:
    assert auroc([0.9, 0.5], [0.1, 0.5]) == 0.875
