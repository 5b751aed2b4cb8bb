"""Updates: only what changed is read, only new text is embedded, bad files are named, and nothing is half done."""

import os
import shutil
import threading
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.documents import PASSAGES_VERSION
from qa_bot.errors import Cancelled, IndexFolderError, SeedsError
from qa_bot.index.builder import Progress, Report, update
from qa_bot.index.schema import FILE
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.status import status
from qa_bot.index.store import Store
from tests.fakes import tiny_model

PARAGRAPHS = [f"Paragraph {word} tells of {word} things. " * 12 for word in ("one", "two", "three", "four")]


@pytest.fixture
def settings(tmp_path: Path, tiny: Path) -> Settings:
    """Three documents, not indexed yet, and a model that takes no time."""
    seeds = tmp_path / "seeds"
    (seeds / "sub").mkdir(parents=True)
    (seeds / "long.txt").write_text("A long one\n\n" + "\n\n".join(PARAGRAPHS))
    (seeds / "short.txt").write_text("A short one\n\nIt says little about owls.")
    (seeds / "sub" / "third.md").write_text("# A third\n\nThis one tells of elephants.\n")
    return Settings(seeds=seeds, index=tmp_path / "index", model=str(tiny))


def texts(settings: Settings) -> list[str]:
    """All passages of the index as a question finds them: by FAISS, by tantivy and in the store alike."""
    snapshot = Snapshot.open(settings.index)
    passages = list(snapshot.store.passages())
    ids = {p.id for p in passages}
    everything = snapshot.vectors.search(snapshot_vector(snapshot), 1000)
    assert {i for i, _ in everything} == ids
    assert len(snapshot.lexical) == len(ids)
    assert snapshot.store.vectors(list(ids)).keys() == ids
    snapshot.close()
    return sorted(f"{p.document}: {p.text}" for p in passages)


def snapshot_vector(snapshot: Snapshot):  # type: ignore[no-untyped-def]
    import numpy as np

    return np.zeros(snapshot.store.dimension(), dtype=np.float32)


def test_the_first_update_indexes_everything(settings: Settings) -> None:
    report = update(settings)
    assert report.added == ("long.txt", "short.txt", "sub/third.md")
    assert (report.changed, report.removed, report.unchanged, report.failed) == ((), (), 0, ())
    assert (report.documents, report.embedded) == (3, report.passages)
    assert report.rebuilt is None
    assert len(texts(settings)) == report.passages >= 6


def test_a_second_update_does_nothing(settings: Settings) -> None:
    first = update(settings)
    steps: list[Progress] = []
    second = update(settings, progress=steps.append)
    assert steps == []
    assert second.embedded == 0
    assert second.unchanged == 3
    assert (second.documents, second.passages) == (first.documents, first.passages)
    assert status(settings).generation == 1


def test_touching_a_file_embeds_nothing_and_makes_no_new_generation(settings: Settings) -> None:
    update(settings)
    before = sorted(settings.index.iterdir())
    os.utime(settings.seeds / "long.txt", ns=(1, 1))
    assert status(settings).changes.changed == ("long.txt",)
    report = update(settings)
    assert (report.embedded, report.changed, report.unchanged) == (0, (), 3)
    assert status(settings).up_to_date
    assert status(settings).generation == 1
    assert sorted(settings.index.iterdir()) == before


def test_editing_a_paragraph_embeds_only_its_passages(settings: Settings) -> None:
    first = update(settings)
    (settings.seeds / "long.txt").write_text(
        "A long one\n\n" + "\n\n".join([*PARAGRAPHS[:2], PARAGRAPHS[2].replace("three", "3"), PARAGRAPHS[3]])
    )
    report = update(settings)
    assert report.changed == ("long.txt",)
    assert 1 <= report.embedded < first.passages / 2
    assert status(settings).generation == 2
    found = texts(settings)
    assert any("tells of 3 things" in text for text in found)
    assert not any("of three things" in text for text in found)


def test_words_put_before_a_paragraph_move_its_passages_without_embedding_them_again(settings: Settings) -> None:
    first = update(settings)
    (settings.seeds / "long.txt").write_text("A long one\n\nSomething new comes first.\n\n" + "\n\n".join(PARAGRAPHS))
    assert update(settings).embedded < first.passages
    snapshot = Snapshot.open(settings.index)
    document = snapshot.store.document("long.txt")
    assert document is not None
    assert document.text == (settings.seeds / "long.txt").read_text()
    for passage in snapshot.store.passages(snapshot.store.passage_ids("long.txt")):
        assert document.text[passage.start : passage.end] == passage.text
    snapshot.close()


def test_added_removed_and_renamed_files(settings: Settings) -> None:
    update(settings)
    (settings.seeds / "short.txt").unlink()
    (settings.seeds / "long.txt").rename(settings.seeds / "renamed.txt")
    (settings.seeds / "new.md").write_text("# New\n\nPenguins.\n")
    changes = status(settings).changes
    assert changes.added == ("new.md", "renamed.txt")
    assert changes.removed == ("long.txt", "short.txt")
    report = update(settings)
    assert (report.added, report.removed) == (changes.added, changes.removed)
    assert report.embedded == 1  # what was renamed says what it said
    assert {text.split(":")[0] for text in texts(settings)} == {"new.md", "renamed.txt", "sub/third.md"}


def test_many_updates_leave_no_litter(settings: Settings) -> None:
    for number in range(4):
        (settings.seeds / "short.txt").write_text(f"A short one\n\nVersion {number}.")
        update(settings)
        texts(settings)
    names = [path.name.split("-")[0] for path in settings.index.iterdir()]
    assert names.count("vectors") == names.count("lexical") == 1
    assert "partial" not in names
    size = (settings.index / FILE).stat().st_size
    for _ in range(4):
        update(settings, full=True)
    assert (settings.index / FILE).stat().st_size < 2 * size


def test_full_embeds_everything_again_and_the_outcome_is_the_same(settings: Settings) -> None:
    first, before = update(settings), texts(settings)
    report = update(settings, full=True)
    assert report.embedded == first.passages
    assert report.rebuilt == "asked for"
    assert (report.added, report.changed, report.unchanged) == ((), (), 3)
    assert texts(settings) == before


def test_another_model_means_a_rebuild_and_back_again(settings: Settings, tmp_path: Path) -> None:
    first = update(settings)
    other = Settings(settings.seeds, settings.index, model=str(tiny_model(tmp_path / "other", seed=9)))
    assert "not" in (status(other).needs_rebuild or "")
    report = update(other)
    assert report.embedded == first.passages
    assert "was made with the model" in (report.rebuilt or "")
    assert status(other).up_to_date
    assert status(settings).needs_rebuild


def test_the_same_model_elsewhere_is_the_same_model(settings: Settings, tmp_path: Path) -> None:
    update(settings)
    shutil.copytree(settings.model, tmp_path / "moved")
    moved = Settings(settings.seeds, settings.index, model=str(tmp_path / "moved"))
    assert status(moved).up_to_date
    assert update(moved).embedded == 0


@pytest.mark.parametrize("version", ["0", "999", "nonsense"])
def test_an_index_of_another_schema_is_made_anew(settings: Settings, version: str) -> None:
    update(settings)
    store = Store.open(settings.index)
    store.set_manifest(schema=version)
    store._db.execute("DROP TABLE failures")
    store.close()
    assert status(settings).needs_rebuild == "the index was made by another version of qa-bot"
    with pytest.raises(IndexFolderError, match=r"another version of qa-bot; build it anew with: qa-bot index"):
        Snapshot.open(settings.index)
    assert update(settings).documents == 3
    texts(settings)


def test_other_passages_are_made_anew_and_those_that_stayed_are_not_embedded_again(settings: Settings) -> None:
    update(settings)
    store = Store.open(settings.index)
    store.set_manifest(passages=str(PASSAGES_VERSION - 1))
    store.close()
    report = update(settings)
    assert report.rebuilt == "this version divides documents into other passages"
    assert report.embedded == 0
    assert status(settings).generation == 2


def test_bad_files_are_named_and_the_rest_is_indexed(settings: Settings) -> None:
    seeds = settings.seeds
    (seeds / "binary.txt").write_bytes(b"text\0more")
    (seeds / "empty.md").write_text(" \n")
    (seeds / "dangling.txt").symlink_to(seeds / "nowhere")
    (seeds / "circle.txt").symlink_to(seeds / "circle.txt")
    (seeds / "folder.txt").mkdir()
    os.mkfifo(seeds / "pipe.txt")
    Path(os.fsdecode(os.fsencode(seeds) + b"/caf\xe9.txt")).write_text("A name in another encoding.")
    report = update(settings)
    reasons = {failure.path: failure.reason for failure in report.failed}
    assert reasons.keys() == {"binary.txt", "caf?.txt", "circle.txt", "dangling.txt", "empty.md", "pipe.txt"}
    assert all("; " in reason for reason in reasons.values())  # what is wrong; what to do
    assert "NUL" in reasons["binary.txt"]
    assert "name" in reasons["caf?.txt"]
    assert (report.documents, len(report.added)) == (3, 3)

    again = update(settings)
    assert again.failed == report.failed
    assert again.embedded == 0
    assert status(settings).generation == 1

    (seeds / "empty.md").write_text("# Not empty any more\n\nIt tells of zebras.")
    (seeds / "nowhere").write_text("Found after all.")
    (seeds / "binary.txt").unlink()
    mended = update(settings)
    assert [failure.path for failure in mended.failed] == ["caf?.txt", "circle.txt", "pipe.txt"]
    assert mended.documents == 5


def test_a_document_that_goes_bad_leaves_the_index(settings: Settings) -> None:
    update(settings)
    (settings.seeds / "short.txt").write_bytes(b"\0")
    report = update(settings)
    assert [failure.path for failure in report.failed] == ["short.txt"]
    assert report.documents == 2
    assert not any(text.startswith("short.txt") for text in texts(settings))


def test_nothing_but_bad_files_is_an_index_of_nothing(settings: Settings) -> None:
    for name in ("long.txt", "short.txt", "sub/third.md"):
        (settings.seeds / name).write_bytes(b"\0")
    report = update(settings)
    assert (report.documents, report.passages, len(report.failed)) == (0, 0, 3)
    assert update(settings).failed == report.failed


def test_documents_without_words_do_no_harm(settings: Settings) -> None:
    for name in ("long.txt", "short.txt", "sub/third.md"):
        (settings.seeds / name).write_text("— … —\n\n!!!\n")
    update(settings)
    (settings.seeds / "new.txt").write_text("Now there are words.")
    assert update(settings).embedded >= 1
    texts(settings)


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_seeds_that_are_none_are_told_and_leave_no_index(tmp_path: Path, kind: str) -> None:
    seeds = tmp_path / "seeds"
    if kind == "empty":
        seeds.mkdir()
        (seeds / "picture.png").write_bytes(b"\x89PNG")
    elif kind == "file":
        seeds.write_text("text")
    with pytest.raises(SeedsError, match=r"seeds folder .*; .*--seeds"):
        update(Settings(seeds=seeds, index=tmp_path / "index"))
    assert not (tmp_path / "index").exists()


def test_an_index_folder_that_cannot_be_written_is_told(settings: Settings) -> None:
    settings.index.write_text("a file")
    with pytest.raises(IndexFolderError, match=r"cannot be written .*--index"):
        update(settings)


def test_a_damaged_index_is_told_and_full_makes_it_anew(settings: Settings) -> None:
    update(settings)
    (settings.index / FILE).write_bytes(b"garbage" * 1000)
    with pytest.raises(IndexFolderError, match=r"is damaged .*qa-bot index --full"):
        update(settings)
    assert update(settings, full=True).documents == 3
    texts(settings)


@pytest.mark.parametrize("page", range(1, 12))
def test_a_damaged_page_is_told_or_does_no_harm_and_full_makes_it_anew(settings: Settings, page: int) -> None:
    update(settings)
    content = bytearray((settings.index / FILE).read_bytes())
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    (settings.index / FILE).write_bytes(content)
    (settings.seeds / "short.txt").write_text("Changed.")
    told = ""
    try:
        update(settings)
    except IndexFolderError as error:
        told = str(error)
    assert not told or "is damaged" in told
    assert update(settings, full=True).documents == 3
    texts(settings)


@pytest.mark.parametrize("stage", ["reading", "embedding"])
def test_a_cancelled_update_leaves_the_index_as_it_was(settings: Settings, stage: str) -> None:
    update(settings)
    before = texts(settings)
    (settings.seeds / "new.txt").write_text("Something else about walruses.")
    seen: list[str] = []
    with pytest.raises(Cancelled):
        update(settings, progress=lambda p: seen.append(p.stage), cancelled=lambda: stage in seen)
    assert texts(settings) == before
    assert update(settings).added == ("new.txt",)


def test_a_cancel_that_comes_too_late_is_no_cancel(settings: Settings) -> None:
    steps: list[Progress] = []

    def saved() -> bool:
        return Progress("saving", 1, 1) in steps

    assert update(settings, progress=steps.append, cancelled=saved).documents == 3
    assert saved()


def test_progress_goes_from_stage_to_stage_and_counts_up(settings: Settings) -> None:
    steps: list[Progress] = []
    report = update(settings, progress=steps.append)
    assert list(dict.fromkeys(p.stage for p in steps)) == ["reading", "embedding", "saving"]
    assert [p.done for p in steps if p.stage == "reading"] == [0, 1, 2, 3]
    embedding = [p for p in steps if p.stage == "embedding"]
    assert (embedding[0].done, embedding[-1].done, embedding[-1].total) == (0, report.passages, report.passages)
    assert embedding[-1].seconds_left == pytest.approx(0)


def test_two_updates_at_once_come_one_after_the_other(settings: Settings) -> None:
    reports: list[Report] = []
    waiting, began = threading.Event(), threading.Event()

    def first(p: Progress) -> None:
        began.set()
        assert p.stage != "saving" or waiting.wait(30)

    def second(p: Progress) -> None:
        if p.stage == "waiting":
            waiting.set()

    one = threading.Thread(target=lambda: reports.append(update(settings, progress=first)))
    one.start()
    assert began.wait(30)
    two = threading.Thread(target=lambda: reports.append(update(settings, progress=second)))
    two.start()
    one.join(60)
    two.join(60)
    assert [report.embedded > 0 for report in reports] == [True, False]
    assert [report.documents for report in reports] == [3, 3]
    assert status(settings).generation == 1
