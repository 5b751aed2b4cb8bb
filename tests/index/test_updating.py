"""Updates: only what changed is read, only new text is embedded, and nothing is half done."""

import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.documents import PASSAGES_VERSION
from qa_bot.errors import Cancelled, IndexFolderError
from qa_bot.index.report import Progress, Report
from qa_bot.index.schema import FILE
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.status import status
from qa_bot.index.store import Store
from qa_bot.index.updating import update
from tests.fake_encoder import tiny_model

from .conftest import PARAGRAPHS, texts


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


def test_the_log_is_merged_into_the_index_when_the_last_reader_closes(settings: Settings) -> None:
    update(settings)
    reader = Snapshot.open(settings)
    (settings.seeds / "new.txt").write_text("\n\n".join(PARAGRAPHS))
    update(settings)
    log = settings.index / f"{FILE}-wal"
    assert log.stat().st_size > 0
    reader.close()
    assert not log.exists() or log.stat().st_size == 0
    assert len(texts(settings)) > 6


def test_a_log_that_a_kill_left_is_merged_by_the_next_look(settings: Settings, tmp_path: Path) -> None:
    update(settings)
    reader = Snapshot.open(settings)
    (settings.seeds / "new.txt").write_text("\n\n".join(PARAGRAPHS))
    update(settings)
    left = replace(settings, index=tmp_path / "left")
    shutil.copytree(settings.index, left.index)  # as a kill leaves it, with its log
    reader.close()
    assert (left.index / f"{FILE}-wal").stat().st_size > 0
    assert status(left).documents == 4
    assert not (left.index / f"{FILE}-wal").exists()


def test_new_files_can_be_taken_in_some_at_a_time(settings: Settings) -> None:
    first = update(settings, most=2)
    assert first.added == ("long.txt", "short.txt")
    assert status(settings).changes.added == ("sub/third.md",)
    assert status(settings).generation == 1
    rest = update(settings, most=2)
    assert (rest.added, rest.documents) == (("sub/third.md",), 3)
    assert rest.embedded == rest.passages - first.passages
    assert status(settings).up_to_date


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
    snapshot = Snapshot.open(settings)
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
    store = Store.open(settings.index)
    assert store.connection.execute("SELECT count(*) FROM projections").fetchone() == (1,)
    store.close()


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
    store.connection.execute("DROP TABLE failures")
    store.close()
    assert status(settings).needs_rebuild == "the index was made by another version of qa-bot"
    with pytest.raises(IndexFolderError, match=r"another version of qa-bot; build it anew with: qa-bot index"):
        Snapshot.open(settings)
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
        assert p.stage != "saving" or waiting.wait(300)

    def second(p: Progress) -> None:
        if p.stage == "waiting":
            waiting.set()

    one = threading.Thread(target=lambda: reports.append(update(settings, progress=first)))
    one.start()
    assert began.wait(300)
    two = threading.Thread(target=lambda: reports.append(update(settings, progress=second)))
    two.start()
    one.join(60)
    two.join(60)
    assert [report.embedded > 0 for report in reports] == [True, False]
    assert [report.documents for report in reports] == [3, 3]
    assert status(settings).generation == 1


def test_seeds_that_are_a_file(settings: Settings) -> None:
    from qa_bot.errors import SeedsError

    with pytest.raises(SeedsError, match="is a file"):
        update(Settings(seeds=settings.seeds / "short.txt", index=settings.index))


def many(settings: Settings, number: int, name: str = "many.txt") -> None:
    """A document of so many passages, no two alike."""
    paragraphs = (f"Number {n} of {name} is a number of its own, and so on. " * 9 for n in range(number))
    (settings.seeds / name).write_text(f"Many of {name}\n\n" + "\n\n".join(paragraphs))


def stopped_half_way(settings: Settings, **options: bool) -> None:
    steps: list[Progress] = []
    with pytest.raises(Cancelled):
        update(
            settings,
            progress=steps.append,
            cancelled=lambda: any(p.stage == "embedding" and p.done >= 256 for p in steps),
            **options,
        )


@pytest.mark.slow  # so much is embedded by a process of its own
def test_a_full_rebuild_that_was_stopped_goes_on_where_it_was(settings: Settings) -> None:
    many(settings, 400)
    passages = update(settings).passages
    before = texts(settings)
    stopped_half_way(settings, full=True)
    assert texts(settings) == before
    (settings.seeds / "short.txt").write_text("A short one\n\nIt says little about newts.")
    assert update(settings).embedded == 1  # into the old index, in between
    report = update(settings, full=True)
    assert report.passages == passages
    assert report.embedded in (passages - 320, passages - 319)  # the second batch was under way; one has changed since
    assert update(settings, full=True).embedded == passages  # it had come to its end
    store = Store.open(settings.index)
    assert store.connection.execute("SELECT count(*) FROM vectors").fetchone() == (passages,)
    store.close()


@pytest.mark.slow  # so much is embedded by a process of its own
def test_the_words_are_fitted_anew_when_there_are_many_more(settings: Settings) -> None:
    first = update(settings).passages
    assert first < 16
    many(settings, 2)
    assert update(settings).rebuilt is None
    many(settings, 300, "more.txt")
    report = update(settings)
    assert report.rebuilt == "there are many more words than the index was fitted to"
    assert report.embedded == report.passages == len(texts(settings))
    many(settings, 260, "still-more.txt")
    again = update(settings)  # fitted on as many as are ever taken, now
    assert (again.rebuilt, again.embedded) == (None, again.passages - report.passages)


@pytest.mark.slow  # so much is embedded by a process of its own
def test_what_a_stopped_update_embedded_and_is_wanted_no_more_goes(settings: Settings) -> None:
    many(settings, 260, "other.txt")
    update(settings)
    many(settings, 400)
    stopped_half_way(settings)
    (settings.seeds / "many.txt").unlink()
    (settings.seeds / "short.txt").write_text("A short one\n\nIt says little about newts.")
    passages = update(settings).passages
    store = Store.open(settings.index)
    assert store.connection.execute("SELECT count(*) FROM vectors").fetchone() == (passages,)
    store.close()


def test_files_of_the_users_own_in_the_index_folder_are_left_alone(settings: Settings) -> None:
    update(settings)
    kept = [
        "vectors-of-disease.md",
        "vectors-3.faiss",
        "partial-truth.txt",
        "lexical-notes/a.md",
        "lexical-1-0badcafe/a.md",
    ]
    for name in kept:
        (settings.index / name).parent.mkdir(exist_ok=True)
        (settings.index / name).write_text("mine")
    ours = [
        "vectors-7-0badcafe.faiss",
        "partial-vectors-8-0.faiss",
        "lexical-1-0badcafe/meta.json",
        "partial-lexical-2-0/meta.json",
    ]
    for name in ours:
        (settings.index / name).parent.mkdir(exist_ok=True)
        (settings.index / name).write_text("{}")
    (settings.seeds / "new.txt").write_text("A new one.")
    update(settings)
    assert [name for name in kept if not (settings.index / name).exists()] == []
    assert [name for name in ours if (settings.index / name).exists()] == []
    assert not (settings.index / "partial-lexical-2-0").exists()
    assert len(list(settings.index.glob("vectors-*-*.faiss"))) == 1
