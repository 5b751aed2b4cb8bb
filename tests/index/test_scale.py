"""What holds at any size, on corpora made by the benchmarks' generator: small ones here."""

from pathlib import Path

import faiss
import numpy as np
import pytest

from qa_bot.config import Settings
from qa_bot.documents import read_document
from qa_bot.index import vectors
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.status import status
from qa_bot.index.store import Store
from qa_bot.index.updating import update
from qa_bot.index.vector_search import VectorSearch
from qa_bot.models.encoder import Matrix
from qa_bot.models.word_vectors import unit
from tests.bench import synthetic

pytestmark = pytest.mark.slow


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    return synthetic.build(tmp_path, 300)


def test_a_synthetic_index_holds_what_its_files_say(corpus: Settings) -> None:
    now = status(corpus)
    assert (now.documents, now.passages, now.up_to_date) == (15, 300, True)
    assert update(corpus).embedded == 0
    snapshot = Snapshot.open(corpus)
    path = "000x/000003.md"
    assert snapshot.store.document(path) == read_document(corpus.seeds, path)
    assert len(snapshot.vectors) == len(snapshot.lexical) == 300
    assert len(snapshot.vectors.search(np.ones(384, dtype=np.float32), 50)) == 50
    snapshot.close()


def test_an_edit_of_a_synthetic_document_embeds_its_passage_only(corpus: Settings) -> None:
    path = synthetic.edit(corpus, 3)
    report = update(corpus)
    assert (report.changed, report.embedded, report.passages) == ((path,), 1, 300)


def test_the_same_seed_makes_the_same_corpus(tmp_path: Path) -> None:
    one, two, three = (synthetic.build(tmp_path / name, 40, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    texts = [(settings.seeds / "000x/000001.md").read_text() for settings in (one, two, three)]
    assert texts[0] == texts[1] != texts[2]
    assert synthetic.questions(5, 1) == synthetic.questions(5, 1) != synthetic.questions(5, 2)


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small indexes are made as large ones are."""
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1000)


def exact(store: Store, queries: Matrix, limit: int) -> list[set[int]]:
    """The nearest passages by comparing every vector."""
    ids, halves = zip(*store.passage_vectors(), strict=True)
    every = unit(np.frombuffer(b"".join(halves), np.float16).reshape(len(ids), -1).astype(np.float32))
    return [set(np.array(ids)[np.argsort(-(every @ query))[:limit]]) for query in queries]


def passage_sample(store: Store, number: int) -> Matrix:
    rows = [half for _, half in list(store.passage_vectors())[:number]]
    return unit(np.frombuffer(b"".join(rows), np.float16).reshape(len(rows), -1).astype(np.float32))


@pytest.mark.usefixtures("lists")
def test_a_large_index_finds_nearly_all_that_an_exact_search_does(tmp_path: Path) -> None:
    settings = synthetic.build(tmp_path, 4000)
    how = status(settings).vectors
    assert (how.kind, how.lists, how.made_for) == ("IVF,SQ8", 126, 4000)
    assert 1 <= how.nprobe < how.lists
    assert how.recall >= 0.98
    snapshot, store = Snapshot.open(settings), Store.open(settings.index)
    queries = passage_sample(store, 100)
    found = [{id_ for id_, _ in snapshot.vectors.search(query, 100)} for query in queries]
    recall = np.mean([len(a & b) / 100 for a, b in zip(found, exact(store, queries, 100), strict=True)])
    assert recall == pytest.approx(how.recall, abs=0.01)
    scores = [score for _, score in snapshot.vectors.search(queries[0], 100)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1, abs=0.01)

    far = [id_ for id_, _ in snapshot.vectors.search(-queries[0], 3)]
    assert [id_ for id_, _ in snapshot.vectors.search(queries[0], 5, among=far)] == far[::-1]  # in whatever lists
    snapshot.close()
    store.close()


@pytest.mark.usefixtures("lists")
def test_a_large_index_is_changed_in_place_and_made_anew_when_it_has_grown(tmp_path: Path) -> None:
    settings = synthetic.build(tmp_path, 1200)
    first = status(settings).vectors
    path = synthetic.edit(settings, 3)
    (settings.seeds / "000x" / "000004.md").unlink()
    assert update(settings).passages == 1180
    assert status(settings).vectors == first
    snapshot, store = Snapshot.open(settings), Store.open(settings.index)
    ids = {id_ for id_, _ in store.passage_vectors()}
    found = {id_ for id_, _ in snapshot.vectors.search(passage_sample(store, 1)[0], 1180, among=list(ids))}
    assert found == ids  # none that went, and all that came
    assert set(snapshot.store.passage_ids(path)) <= found
    snapshot.close()
    store.close()

    snapshot = Snapshot.open(settings)
    assert vectors.carries(first, 2400)
    assert not vectors.carries(first, 2401)
    assert vectors.carries(first, 501)
    assert not vectors.carries(first, 500)  # few enough to compare them all
    assert not vectors.carries(VectorSearch(), 1001)
    snapshot.close()


def test_where_no_number_of_lists_is_enough_the_fewest_that_are_as_good_as_all() -> None:
    rng = np.random.default_rng(0)
    rows = unit(rng.standard_normal((2000, 16)).astype(np.float32))
    index = faiss.index_factory(16, "IVF40,SQ8", faiss.METRIC_INNER_PRODUCT)
    index.train(rows)
    index.add(rows)
    scores = rows[:50] @ rows.T
    nearest = np.argsort(-scores, axis=1)[:, :100]
    nearest[:, ::2] = 5000 + np.arange(50)  # half of what is to be found is not there
    nprobe, recall = vectors.fewest_probes(index, rows[:50], nearest)
    assert 1 < nprobe < 40
    assert 0.48 < recall <= 0.5
