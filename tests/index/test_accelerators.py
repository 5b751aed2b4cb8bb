"""FAISS and tantivy by themselves: built, searched, changed, damaged."""

from pathlib import Path

import numpy as np
import pytest

from qa_bot.index import lexical, vectors
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.vectors import VectorIndex
from qa_bot.language.analysis import terms

ROWS = [
    (1, "Cats purr and purr again.", "", "pets"),
    (2, "A dog barks at the cats.", "", "pets"),
    (3, "Inspectors inspected the inspection.", "", "reports"),
    (2**40, "The café was naïve.", "", "reports"),
]


def half(*values: float) -> bytes:
    return np.array(values, dtype=np.float16).tobytes()


def test_vectors_are_found_by_their_cosine_best_first(tmp_path: Path) -> None:
    vectors.build(tmp_path / "v", 2, 3, lambda: [(7, half(1, 0)), (9, half(0, 2)), (2**40, half(3, 4))])
    index = VectorIndex.open(tmp_path / "v")
    found = index.search(np.array([1, 0], dtype=np.float32), 10)
    assert [i for i, _ in found] == [7, 2**40, 9]
    assert [s for _, s in found] == pytest.approx([1, 0.6, 0], abs=1e-3)
    assert index.search(np.array([0, 1], dtype=np.float32), 1)[0][0] == 9
    assert len(index) == 3
    assert [f.name for f in tmp_path.iterdir()] == ["v"]


def test_vectors_are_found_among_some_only(tmp_path: Path) -> None:
    vectors.build(tmp_path / "v", 2, 3, lambda: [(7, half(1, 0)), (9, half(0, 2)), (2**40, half(3, 4))])
    index = VectorIndex.open(tmp_path / "v")
    assert [i for i, _ in index.search(np.array([1, 0], dtype=np.float32), 1, [9, 2**40, 5])] == [2**40]
    assert index.search(np.array([1, 0], dtype=np.float32), 3, []) == []


def test_no_vectors_find_nothing(tmp_path: Path) -> None:
    vectors.build(tmp_path / "v", 1, 3, list)
    assert VectorIndex.open(tmp_path / "v").search(np.zeros(384, dtype=np.float32), 5) == []


def test_terms_are_stemmed_folded_and_without_stop_words() -> None:
    assert terms("The Inspectors' inspections; the CAFÉ, naïve") == ["inspector", "inspect", "cafe", "naiv"]
    assert terms("the of and") == []
    assert terms("") == []


@pytest.fixture
def built(tmp_path: Path) -> Path:
    lexical.build(tmp_path / "lexical-1", ROWS)
    return tmp_path / "lexical-1"


def test_words_are_found_by_their_stems(built: Path) -> None:
    index = LexicalIndex.open(built)
    assert len(index) == 4
    assert index.search(dict.fromkeys(terms("inspecting"), 1.0), 5) == [3]
    assert index.search(dict.fromkeys(terms("cafe"), 1.0), 5) == [2**40]
    assert index.search(dict.fromkeys(terms("cat"), 1.0), 5) == [1, 2]  # the shorter first
    assert index.search({}, 5) == []
    assert index.search({"cat": 1.0}, 0) == []
    assert index.search({"nowher": 1.0}, 5) == []


def test_words_are_found_among_some_only(built: Path) -> None:
    index = LexicalIndex.open(built)
    everywhere = dict.fromkeys(terms("cat dog inspection cafe"), 1.0)
    assert set(index.search(everywhere, 5)) == {1, 2, 3, 2**40}
    assert set(index.search(everywhere, 5, [2**40, 3, 77])) == {3, 2**40}
    assert index.search(everywhere, 1, [1]) == [1]
    assert index.search(everywhere, 5, []) == []


def test_a_word_of_the_whole_document_finds_its_passages(built: Path) -> None:
    assert set(LexicalIndex.open(built).search({"pet": 1.0}, 5)) == {1, 2}
    assert LexicalIndex.open(built).holds("pet")
    assert not LexicalIndex.open(built).holds("nowher")


def test_heavier_words_count_for_more(built: Path) -> None:
    index = LexicalIndex.open(built)
    assert index.search({"purr": 1.0, "dog": 0.1}, 5)[0] == 1
    assert index.search({"purr": 0.1, "dog": 1.0}, 5)[0] == 2


def test_rarer_words_have_more_idf(built: Path) -> None:
    index = LexicalIndex.open(built)
    assert index.idf("dog") > index.idf("cat") > 0
    assert index.idf("cat") == pytest.approx(np.log(1 + 2.5 / 2.5))
    assert index.idf("nowher") > index.idf("dog")


def test_an_update_adds_and_removes_and_leaves_the_old_one_alone(built: Path, tmp_path: Path) -> None:
    old = LexicalIndex.open(built)
    new = tmp_path / "lexical-2"
    lexical.update(built, new, [1, 2**40], [(5, "Cats climb.", "", "pets")])
    index = LexicalIndex.open(new)
    assert len(index) == 3
    assert index.search({"cat": 1.0}, 5) == [5, 2]
    assert index.search({"purr": 1.0}, 5) == []
    assert index.search({"cafe": 1.0}, 5) == []
    assert old.search({"cat": 1.0}, 5) == [1, 2]
    assert LexicalIndex.open(built).search({"cafe": 1.0}, 5) == [2**40]


def test_an_open_index_lives_on_when_its_files_are_taken_away(built: Path) -> None:
    index = LexicalIndex.open(built)
    for file in built.iterdir():
        file.unlink()
    assert index.search({"cat": 1.0}, 5) == [1, 2]


def test_idf_follows_removals(built: Path, tmp_path: Path) -> None:
    lexical.update(built, tmp_path / "lexical-2", [1, 2], [])
    index = LexicalIndex.open(tmp_path / "lexical-2")
    assert len(index) == 2
    assert index.idf("inspect") == pytest.approx(np.log(1 + 1.5 / 1.5))


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    lexical.build(tmp_path / "lexical", [])
    index = LexicalIndex.open(tmp_path / "lexical")
    assert len(index) == 0
    assert index.search({"cat": 1.0}, 5) == []
    assert index.idf("cat") > 0


def test_building_takes_the_place_of_what_is_there(built: Path, tmp_path: Path) -> None:
    lexical.build(built, ROWS[:1])
    assert len(LexicalIndex.open(built)) == 1
    assert [f.name for f in tmp_path.iterdir()] == ["lexical-1"]
