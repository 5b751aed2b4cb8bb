"""The store: one transaction or none of it, what went in comes out, damage is told with its remedy."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from qa_bot.documents import Document, Passage, Span
from qa_bot.documents.subject import Subject
from qa_bot.errors import IndexFolderError
from qa_bot.index.changeset import Changeset
from qa_bot.index.records import FileRecord
from qa_bot.index.schema import FILE, SCHEMA_VERSION, pack_spans, unpack_spans
from qa_bot.index.store import Store

TEXT = "# Pets\n\nCats purr. Dogs bark.\n\nFish swim."
DOCUMENT = Document(
    "a/pets.md",
    TEXT,
    "Pets",
    "2024-05",
    (
        Passage(8, 29, "Pets", (Span(8, 18), Span(19, 29))),
        Passage(31, 41, "Pets", (Span(31, 41),), residue=True),
    ),
    "read as windows-1252",
)
RECORD = FileRecord("a/pets.md", 41, 123, "ab" * 32)
SUBJECT = Subject(("pets", "may"), ("pets", "2024"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "index")


def fill(store: Store) -> Changeset:
    changes = store.stage()
    changes.add(DOCUMENT, RECORD, SUBJECT, [b"k1", b"k2"])
    with store.transaction():
        if not store.fitted_on("series"):
            store.add_projection("series", 7, b"mean", b"basis")
        store.add_vectors("series", [(b"k1", b"\0\1\0\2", b"words 1"), (b"k2", b"\0\3\0\4", b"words 2")])
        assert changes.place() == 2
    return changes


def keys(store: Store) -> set[bytes]:
    return {key for (key,) in store.connection.execute("SELECT key FROM vectors")}


def test_a_new_index_is_of_this_schema_and_generation_0(store: Store) -> None:
    assert store.manifest() == {"schema": str(SCHEMA_VERSION), "generation": "0"}
    assert store.counts() == (0, 0)
    assert store.sound()


def test_a_document_comes_out_as_it_went_in(store: Store) -> None:
    fill(store)
    assert store.document("a/pets.md") == DOCUMENT
    assert store.document("other") is None
    assert store.documents() == [("a/pets.md", "Pets", "2024-05", 2)]
    assert store.files() == {"a/pets.md": RECORD}
    assert store.text("a/pets.md")[:8] == "# Pets\n\n"
    assert store.text("other") == ""


def test_passages_come_in_the_order_asked_for_each_with_its_words(store: Store) -> None:
    fill(store)
    first, second = store.passage_ids("a/pets.md")
    found = list(store.passages([second, 99, first]))
    assert [p.id for p in found] == [second, first]
    assert [p.text for p in found] == ["Fish swim.", "Cats purr. Dogs bark."]
    assert [p.residue for p in found] == [True, False]
    assert found[1].sentences == DOCUMENT.passages[0].sentences
    assert list(store.passages()) == found[::-1]
    assert store.vectors([first, second]) == {first: (b"\0\1\0\2", b"words 1"), second: (b"\0\3\0\4", b"words 2")}
    assert list(store.passage_vectors()) == [(first, b"\0\1\0\2"), (second, b"\0\3\0\4")]
    assert store.dimension() == 2
    assert store.measure() == (1, 2, (21 + 10) / 2)


def test_ids_are_never_used_twice(store: Store) -> None:
    fill(store)
    before = store.passage_ids("a/pets.md")
    assert fill(store).removed() == before
    assert not set(before) & set(store.passage_ids("a/pets.md"))


def test_forgetting_a_document_takes_its_passages_and_then_its_vectors(store: Store) -> None:
    changes = fill(store)
    changes.forget("a/pets.md")
    assert store.counts() == (0, 0)
    assert keys(store) == {b"k1", b"k2"}
    assert changes.drop_unused_vectors("series", 2, whole=False) == 2
    assert keys(store) == set()
    assert store.connection.execute("SELECT count(*) FROM words").fetchone() == (0,)


def test_vectors_that_a_stopped_update_left_go_with_the_next(store: Store) -> None:
    changes = fill(store)
    store.add_projection("other", 7, b"mean", b"basis")
    store.add_vectors("series", [(b"k3", b"\0\1\0\2", b"words 3")])
    store.add_vectors("other", [(b"k4", b"\0\1\0\2", b"words 4")])
    assert changes.drop_unused_vectors("series", 3, whole=False) == 4  # said to be used until the third
    assert keys(store) == {b"k1", b"k2", b"k3", b"k4"}
    changes.drop_unused_vectors("series", 2, whole=False)
    assert keys(store) == {b"k1", b"k2", b"k4"}  # a rebuild that was stopped can go on
    changes.drop_unused_vectors("series", 4, whole=True)
    assert keys(store) == {b"k1", b"k2"}
    assert (store.fitted_on("series"), store.fitted_on("other")) == (7, 0)
    assert (store.projection("series"), store.projection("other")) == ((b"mean", b"basis"), None)


def test_passages_without_vectors_are_wanted_once_each(store: Store) -> None:
    fill(store)
    changes = store.stage()
    changes.add(DOCUMENT, RECORD, SUBJECT, [b"k1", b"k3"])
    other = replace(DOCUMENT, path="b.md", title="Other pets")
    changes.add(other, RECORD, SUBJECT, [b"k0", b"k3"])
    assert changes.wanted() == (2, 21 + 10)
    first, second = changes.wanted_after(b"", 5)
    assert first == (b"k0", "Other pets", "Pets", "Cats purr. Dogs bark.")
    assert second == (b"k3", "Pets", "Pets", "Fish swim.")
    assert changes.wanted_after(b"", 1) == [first]
    assert changes.wanted_after(b"k0", 5) == [second]
    assert store.counts() == (1, 2)  # nothing is in yet


def test_a_failure_takes_the_document_s_place_and_the_other_way_round(store: Store) -> None:
    changes = fill(store)
    bad = FileRecord("a/pets.md", 5, 6, reason="is empty")
    changes.fail(bad)
    assert store.files() == {"a/pets.md": bad}
    assert store.counts() == (0, 0)
    fill(store)
    assert store.files() == {"a/pets.md": RECORD}


def test_touching_keeps_everything_but_the_time(store: Store) -> None:
    fill(store).touch(FileRecord("a/pets.md", 41, 456))
    assert store.files()["a/pets.md"] == FileRecord("a/pets.md", 41, 456, RECORD.sha256)


def test_an_error_within_a_transaction_undoes_all_of_it(store: Store) -> None:
    changes = store.stage()
    with pytest.raises(KeyError), store.transaction():
        changes.fail(FileRecord("b.txt", 1, 1, reason="is empty"))
        raise KeyError
    assert store.files() == {}


def test_an_error_of_sqlite_undoes_all_of_it(store: Store) -> None:
    changes = store.stage()
    with pytest.raises(IndexFolderError, match=r"is damaged .*qa-bot index --full"), store.transaction():
        changes.fail(FileRecord("b.txt", 1, 1, reason="is empty"))
        store.connection.execute("INSERT INTO nowhere VALUES (1)")
    assert store.files() == {}


def test_an_index_that_another_program_holds_is_told(store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "index" / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.connection.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(IndexFolderError, match=r"cannot be written \(database is locked\)"), store.transaction():
        pass
    other.close()


def test_what_is_not_committed_is_not_seen_and_a_reader_keeps_what_it_began_with(store: Store, tmp_path: Path) -> None:
    reader = Store.open(tmp_path / "index")
    changes = store.stage()
    with store.transaction():
        changes.fail(FileRecord("b.txt", 1, 1, reason="is empty"))
        assert reader.files() == {}
    assert reader.files().keys() == {"b.txt"}
    reader.begin_reading()
    fill(store)
    assert reader.files().keys() == {"b.txt"}
    reader.close()


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000, b"SQLite format 3\0" + b"\0" * 5000])
def test_garbage_is_told_with_its_remedy_and_made_anew_by_create(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(IndexFolderError, match=r"is damaged .*qa-bot index --full"):
        Store.open(tmp_path)
    Store.create(tmp_path).close()
    assert Store.open(tmp_path).manifest()["generation"] == "0"


def test_no_index_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match=r"there is no index in .*build it with: qa-bot index"):
        Store.open(tmp_path)


def test_a_log_left_behind_is_not_played_into_a_new_index(tmp_path: Path) -> None:
    # The folder as a kill leaves it: a file with its log still beside it.
    old = Store.create(tmp_path / "index")
    fill(old)
    left = {f.name: f.read_bytes() for f in (tmp_path / "index").iterdir()}
    old.close()
    assert any(name.endswith("-wal") and content for name, content in left.items())
    for name, content in left.items():
        (tmp_path / "index" / name).write_bytes(content)
    new = Store.create(tmp_path / "index")
    assert new.counts() == (0, 0)
    assert new.sound()


def test_a_damaged_page_is_not_sound(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.close()
    file = tmp_path / "index" / FILE
    content = bytearray(file.read_bytes())
    content[-8192:] = b"\xff" * 8192
    file.write_bytes(content)
    damaged = Store.open(tmp_path / "index")
    assert not damaged.sound()
    damaged.close()


def test_a_file_cut_short_is_told_with_its_remedy(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.close()
    file = tmp_path / "index" / FILE
    file.write_bytes(file.read_bytes()[:-8192])
    with pytest.raises(IndexFolderError, match=r"is damaged .*qa-bot index --full"):
        Store.open(tmp_path / "index")


def test_a_folder_that_cannot_be_made_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(IndexFolderError, match=r"cannot be written .*--index"):
        Store.create(tmp_path / "index")


def test_spans_as_bytes() -> None:
    spans = (Span(0, 3), Span(70_000, 2_000_000_000))
    assert unpack_spans(pack_spans(spans)) == spans
    assert unpack_spans(pack_spans(())) == ()


def test_the_file_is_plain_sqlite(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.close()
    other = sqlite3.connect(tmp_path / "index" / FILE)
    assert other.execute("SELECT title FROM documents").fetchall() == [("Pets",)]
    other.close()
