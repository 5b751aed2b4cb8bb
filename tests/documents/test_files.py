"""What is seen in a folder: documents, files that cannot be read, files that are left out on purpose."""

from pathlib import Path

import pytest

from qa_bot.documents.files import IGNORE, survey
from qa_bot.documents.formats.unread import kinds_in_words, why_unread
from qa_bot.errors import SeedsError


def written(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("words")


def test_every_file_is_in_one_of_the_lists(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", "sub/b.md", "photo.JPG", "sub/old.doc", "all.zip", "noend", ".hidden.txt", ".git/config")
    found = survey(tmp_path)
    assert found.documents == ["a.txt", "sub/b.md"]
    reasons = dict(found.unread)
    assert list(reasons) == ["all.zip", "noend", "photo.JPG", "sub/old.doc"]
    assert all("; " in reason for reason in reasons.values())  # what is wrong; what to do
    assert "unpack it" in reasons["all.zip"]
    assert "OCR" in reasons["photo.JPG"]
    assert "save it as ." in reasons["sub/old.doc"]
    assert found.skipped == [(".git/", "hidden"), (".hidden.txt", "hidden")]


def test_the_remedy_names_a_format_that_is_read() -> None:
    for name in ("a.doc", "a.xlsb", "a.ppt", "a.mp3", "a.pages", "a.mobi", "a.msg", "a.xyz"):
        said = why_unread(name).replace("name it in .qa-bot-ignore", "")
        suffix = "." + said.rpartition(" .")[2].rstrip(" ,or").strip()
        assert survey_reads(suffix), said


def survey_reads(suffix: str) -> bool:
    from qa_bot.documents.formats.registry import is_readable

    return is_readable(f"a{suffix}")


def test_the_ignore_file_is_read_as_git_reads_its_own(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", "drafts/b.txt", "sub/drafts/c.txt", "x.md", "keep/x.md", "keep/y.md", "z.jpg")
    (tmp_path / IGNORE).write_text("# not these\ndrafts/\n/x.md\nkeep/*\n!keep/y.md\n*.jpg\n")
    found = survey(tmp_path)
    assert found.documents == ["a.txt", "keep/y.md"]
    assert found.unread == []
    assert [path for path, _ in found.skipped] == [IGNORE, "drafts/", "keep/x.md", "sub/drafts/", "x.md", "z.jpg"]


def test_an_ignore_file_that_cannot_be_understood_is_an_error_that_names_the_line(tmp_path: Path) -> None:
    written(tmp_path, "a.txt")
    (tmp_path / IGNORE).write_text("drafts\n!\n")
    with pytest.raises(SeedsError, match=r"line 2: '!' is no pattern; write"):
        survey(tmp_path)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    seeds, outside = tmp_path / "seeds", tmp_path / "seeds-outside"
    written(outside, "secret.txt", "more/secret.txt")
    written(seeds, "a.txt", "sub/b.txt")
    (seeds / "file.txt").symlink_to(outside / "secret.txt")
    (seeds / "folder").symlink_to(outside, target_is_directory=True)
    (seeds / "up").symlink_to(tmp_path, target_is_directory=True)
    (seeds / "within.txt").symlink_to(seeds / "sub" / "b.txt")
    found = survey(seeds)
    assert found.documents == ["a.txt", "sub/b.txt", "within.txt"]
    assert [path for path, _ in found.unread] == ["file.txt", "folder/", "up/"]
    assert all("leads out of the folder; " in reason for _, reason in found.unread)
    linked = tmp_path / "linked"
    linked.symlink_to(seeds, target_is_directory=True)
    assert survey(linked) == found


def test_the_files_of_an_index_in_the_folder_are_not_counted(tmp_path: Path) -> None:
    names = (
        "qa-bot.sqlite",
        "qa-bot.sqlite-wal",
        "qa-bot.lock",
        "vectors-1-00ff00ff.faiss",
        "lexical-1-00ff00ff/meta.json",
    )
    written(tmp_path, "a.txt", *(f"index/{name}" for name in names), "vectors-of-disease.md", "qa-bot.toml")
    found = survey(tmp_path)
    assert found.documents == ["a.txt", "vectors-of-disease.md"]
    assert found.unread == []


def test_kinds_are_counted_the_commonest_first() -> None:
    assert kinds_in_words(["a.zip", "b.JPG", "c.jpg", "Makefile", "shut/"]) == (
        "2 .jpg, 1 .zip, 1 without a suffix, 1 closed folder"
    )
    assert kinds_in_words([f"a.x{number}" for number in range(8)], most=2) == "1 .x0, 1 .x1, 6 of other kinds"
