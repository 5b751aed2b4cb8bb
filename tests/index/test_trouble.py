"""What can be wrong with seeds and index: bad files are named and skipped, the rest is told with its remedy."""

import os
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.errors import IndexFolderError, SeedsError
from qa_bot.index.schema import FILE
from qa_bot.index.status import status
from qa_bot.index.updating import update

from .conftest import texts


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
