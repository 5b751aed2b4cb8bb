"""Ranking: the score worked out by hand, what documents are about, page furniture below articles."""

from pathlib import Path
from typing import Any

import pytest

from qa_bot.answers.ranking import candidates
from qa_bot.answers.ranking.candidates import PassageReader
from qa_bot.answers.ranking.retrieval import (
    CLOSENESS,
    DENSE,
    ELSEWHERE,
    LAST_DOCUMENT,
    LEXICAL,
    NAME_CREDIT,
    NAME_NEAR,
    RESIDUE,
    SUBJECT_CREDIT,
    Hit,
    Scorer,
    retrieve,
)
from qa_bot.answers.understanding.query import Query
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.index.engines import K1
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.snapshot import Snapshot
from tests.answers.hand_made import ask, found, lexical_index, stored
from tests.fake_encoder import FakeEncoder

ENCODER = FakeEncoder("cats", "dogs", "owls")
LETTER = "003_7a3598a8e012728e.txt"


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return lexical_index(tmp_path, ("cats", "Walton", "letter"), ("dogs", "Ashby", "letter"), ("owls", "", ""))


def score(query: Query, index: LexicalIndex, *sentences: str, **fields: Any) -> Hit:
    passage = stored(*sentences, **fields)
    # As long as the average: BM25's correction for length is 1.
    return Scorer(query, index, len(passage.text)).score(found(ENCODER, passage))


def test_the_score_worked_out_by_hand(index: LexicalIndex) -> None:
    query = ask("cats dogs?", ENCODER, index)
    assert index.idf("cat") == index.idf("dog")
    hit = score(query, index, "Cats, owls and cats")
    assert hit.cosine == pytest.approx(2 / (2**0.5 * 5**0.5))  # [1, 1, 0] with [2, 0, 1]
    assert hit.lexical == pytest.approx(2 / (2 + K1) / 2)  # "cat" twice, half of the mass
    assert hit.closeness == pytest.approx(1 / 2)  # "cats" found, "dogs" not
    assert hit.similarities.max(axis=1).tolist() == pytest.approx([1, 0])
    assert hit.score == pytest.approx(DENSE * hit.cosine + LEXICAL * hit.lexical + CLOSENESS * hit.closeness)


def test_longer_passages_must_say_more(index: LexicalIndex) -> None:
    query, short, long = ask("cats?", ENCODER, index), stored("Cats"), stored("Cats " + "and so on " * 20)
    scorer = Scorer(query, index, 50)
    assert scorer.score(found(ENCODER, short)).lexical > scorer.score(found(ENCODER, long)).lexical


def test_what_the_document_as_a_whole_is_about_counts_as_said(index: LexicalIndex) -> None:
    query = ask("letter Walton", ENCODER, index)
    of_walton = score(query, index, "Owls", names="Walton", subject="letter")
    letter, walton = index.idf("letter"), index.idf("walton")
    assert of_walton.lexical == pytest.approx((SUBJECT_CREDIT * letter + NAME_CREDIT * walton) / (letter + walton))


def test_a_passage_of_another_documents_name_loses(index: LexicalIndex) -> None:
    query = ask("Cats in Walton?", ENCODER, index)
    own = score(query, index, "Cats", names="Walton")
    none = score(query, index, "Cats")
    other = score(query, index, "Cats", names="Ashby")
    saying = score(query, index, "Cats Walton", names="Ashby")
    assert own.score > none.score == other.score
    lost = LEXICAL * (own.lexical - other.lexical) + CLOSENESS * (own.closeness - other.closeness) + ELSEWHERE
    assert other.score == pytest.approx(own.score - lost)
    assert saying.score > other.score


def test_a_name_of_the_document_is_near_in_each_of_its_passages(index: LexicalIndex) -> None:
    query = ask("Cats in Walton?", ENCODER, index)
    own, other = score(query, index, "Cats", names="Walton"), score(query, index, "Cats", names="Ashby")
    weight = index.idf("walton") / (index.idf("walton") + index.idf("cat"))
    assert own.closeness == pytest.approx(other.closeness + weight * NAME_NEAR)
    alone = ask("And in Walton?", ENCODER, index)
    assert score(alone, index, "Cats", names="Walton").closeness == pytest.approx(1)


def test_page_furniture_is_ranked_below(index: LexicalIndex) -> None:
    query = ask("cats?", ENCODER, index)
    article, furniture = score(query, index, "Cats"), score(query, index, "Cats", residue=True)
    assert furniture.score == pytest.approx(RESIDUE * article.score)


def test_the_document_quoted_last_gains(index: LexicalIndex) -> None:
    from qa_bot.answers.understanding.history import History

    history = History()
    ask("owls?", ENCODER, index, history)
    history.quoted = "last.txt"
    query = ask("And cats?", ENCODER, index, history)
    assert score(query, index, "Cats", document="last.txt").score == pytest.approx(
        score(query, index, "Cats").score + LAST_DOCUMENT
    )


def test_a_question_of_stop_words_has_no_lexical_score(index: LexicalIndex) -> None:
    hit = score(ask("what is it?", ENCODER, index), index, "Cats")
    assert (hit.lexical, hit.closeness) == (0, 0)


def test_hits_come_best_first_each_passage_once(built: Settings) -> None:
    snapshot = Snapshot.open(built)
    with Bot.open(built) as bot:
        reader = PassageReader(snapshot.store, snapshot.series)
        from qa_bot.answers.understanding.history import History
        from qa_bot.answers.understanding.query import interpret

        query = interpret("How is staff morale?", History(), bot._encoder, reader.projection, snapshot.lexical)
        hits = retrieve(query, snapshot, reader, 10)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    ids = [hit.found.passage.id for hit in hits]
    assert len(ids) == len(set(ids)) == snapshot.passages  # fewer than there would be candidates
    assert all(0 <= hit.lexical <= 1 and hit.closeness <= 1.001 for hit in hits)
    snapshot.close()


@pytest.mark.parametrize(
    ("place", "documents"),
    [("North Tyneside", {"004_8ea13917c2a413e0.txt"}), ("South Tyneside", {"000", "001", "002", "003"})],
)
def test_a_place_decides_the_document(built: Settings, place: str, documents: set[str]) -> None:
    with Bot.open(built) as bot:
        for question in ("How good are social work assessments in {}?", "What did Ofsted find in {}?"):
            first = bot.ask(question.format(place)).quotes[0]
            assert first.document.startswith(tuple(documents)), question


def test_residue_of_the_seeds_is_not_quoted_first(built: Settings) -> None:
    with Bot.open(built) as bot:
        for question in ("Which services does the council deliver?", "Who delivers services to children and families?"):
            answer = bot.ask(question)
            assert "Mackman" not in (answer.quotes or answer.nearest)[0].text


def test_passages_kept_from_before_are_found_again_when_too_many_are_kept(
    built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "KEPT", 5)
    snapshot = Snapshot.open(built)
    try:
        reader, ids = PassageReader(snapshot.store, snapshot.series), snapshot.store.passage_ids(LETTER)[:8]
        for wanted in (ids[:4], ids[2:], ids):
            assert [found.passage.id for found in reader.read(wanted)] == wanted
    finally:
        snapshot.close()
