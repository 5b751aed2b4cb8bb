"""Typing errors are corrected against the documents' words; what is a word already stays as it is."""

from pathlib import Path

import numpy as np
import pytest

from qa_bot.answers.understanding.spelling import corrected, nearest
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.index.lexical import LexicalIndex
from qa_bot.language.analysis import word_spans
from qa_bot.models.encoder import Encoded
from tests.answers.hand_made import lexical_index


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    whole = ("house", "Walton", "charter")
    abroad = "The organisation's behavior centre, for multi-agency program analyses"
    rows = "The assessment of children in Gateshead", "An assessment", "assessor moose", abroad, whole
    return lexical_index(tmp_path, *rows)


def in_pieces(question: str, *whole: str) -> Encoded:
    """As a model sees it that has only these words whole; of all others it has the letters."""
    spans: list[tuple[int, int]] = []
    for start, end in word_spans(question):
        pieces = [(start, end)] if question[start:end] in whole else [(i, i + 1) for i in range(start, end)]
        spans += pieces
    return Encoded(np.zeros(2, np.float32), np.zeros((len(spans), 2), np.float32), spans)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the asessment", "the assessment"),  # a letter missing
        ("assesssment?", "assessment?"),  # one too many
        ("asssesment", "assessment"),  # one at the wrong place: two errors in a long word
        ("chidlren", "children"),  # two swapped
        ("Gatesheed", "Gateshead"),  # a name keeps its capital
        ("Waltan and chartar", "Walton and charter"),  # of the document as a whole
        ("assessments", "assessments"),  # the same term
        ("hoose", "house"),
        ("mouse", "mouse"),  # a word of the model's
        ("Gertrude", "Gertrude"),  # nothing near
        ("Gatesheeed", "Gatesheeed"),  # names: one error at most, however long
        ("hous", "hous"),  # the same term as "house"
        ("asessment2", "asessment2"),  # no word
        ("teh", "teh"),  # too short to tell
        ("Organizations", "Organisations"),  # American where the documents are British
        ("behaviour", "behavior"),  # and the other way round
        ("center programme", "centre program"),
        ("four", "four"),  # not "for"
        ("multiagency", "multi agency"),
        ("Multiagency", "Multiagency"),  # a name
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_corrections(index: LexicalIndex, typed: str, meant: str) -> None:
    assert corrected(typed, in_pieces(typed, "the", "mouse", "four", "behaviour", "Organizations"), index) == meant


def test_the_fewest_errors_win_then_the_commonest_word(tmp_path: Path) -> None:
    index = lexical_index(tmp_path, "barns", "borns", "borns")
    assert nearest("burns", index) == "borns"
    assert nearest("barms", index) == "barns"
    assert nearest("quiz", index) == "quiz"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[(word, word) for word in ("wifi", "vape", "kelp", "sofa", "taxe", "gyro")],
        *[("wkii", "wiki"), ("wikki", "wiki"), ("wki", "wki"), ("soffa", "soffa"), ("vesa", "vesa"), ("kepl", "kepl")],
    ],
)
def test_a_changed_letter_makes_another_word_of_a_short_one(tmp_path: Path, typed: str, meant: str) -> None:
    index = lexical_index(tmp_path, "wiki", "vase", "help", "soda", "tame", "gyre")
    assert corrected(typed, in_pieces(typed), index) == meant


def test_typing_errors_over_the_seeds(built: Settings) -> None:
    with Bot.open(built) as bot:
        right = bot.ask("How is staff morale in North Tyneside?")
        wrong = bot.ask("How is staff morale in Nroth Tynesdie?")
        assert wrong.question == "How is staff morale in Nroth Tynesdie?"
        assert wrong.searched == right.question
        assert wrong.quotes == right.quotes
        assert bot.ask("What is the capital of France?").searched == "What is the capital of France?"


def test_a_word_that_only_lacks_its_end_is_taken_for_the_longer_one(tmp_path: Path) -> None:
    assert nearest("wher", lexical_index(tmp_path, "when and when and where", "when")) == "where"
