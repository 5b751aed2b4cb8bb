"""`qa-bot folders` lists what has an index in the cache folder, and deletes what qa-bot made there and nothing else."""

import json
import re
from pathlib import Path

import pytest

from qa_bot.cli import SWITCHES, parser, with_folder
from qa_bot.commands.folders import age
from qa_bot.config import index_of
from tests.commands.run_command import call, only_line


@pytest.fixture
def env(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A cache folder of its own, for the program and for this process."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return {"QA_BOT_MODEL": str(tiny), "XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def indexed(tmp_path: Path, env: dict[str, str]) -> tuple[Path, Path]:
    """Two folders of documents, indexed."""
    owls, cats = tmp_path / "owls", tmp_path / "cats"
    for folder in (owls, cats):
        folder.mkdir()
        (folder / "a.txt").write_text(f"About {folder.name}.\n\nThey sleep by day.")
        assert call("index", "--seeds", folder, "--quiet", cwd=tmp_path, env=env).returncode == 0
    return owls, cats


def test_folders_are_listed_and_one_is_forgotten(
    tmp_path: Path, env: dict[str, str], indexed: tuple[Path, Path]
) -> None:
    owls, cats = indexed
    first, second = call("folders", cwd=tmp_path, env=env).stdout.splitlines()
    assert first.endswith(str(cats))
    assert second.endswith(str(owls))
    assert "today" in first
    assert " 1 document " in first
    (index_of(owls) / "mine.txt").write_text("The user's own.")
    assert call("folders", "--forget", owls, cwd=tmp_path, env=env).stdout.startswith(f"forgotten: {owls} (")
    assert [file.name for file in index_of(owls).iterdir()] == ["mine.txt"]
    told = json.loads(call("folders", "--json", cwd=tmp_path, env=env).stdout)["folders"]
    assert [(one["folder"], one["documents"], one["exists"]) for one in told] == [(str(cats), 1, True)]
    assert call("folders", "--forget", "cats", cwd=tmp_path, env=env).returncode == 0
    assert not index_of(cats).exists()
    assert (owls / "a.txt").exists()
    assert (cats / "a.txt").exists()
    assert call("folders", cwd=tmp_path, env=env).stdout == "no folder has an index in your cache folder\n"


def test_a_folder_that_is_gone_and_a_damaged_index_are_listed_and_can_be_forgotten(
    tmp_path: Path, env: dict[str, str], indexed: tuple[Path, Path]
) -> None:
    owls, cats = indexed
    (owls / "a.txt").unlink()
    owls.rmdir()
    (index_of(cats) / "qa-bot.sqlite").write_bytes(b"no database" * 1000)
    told = call("folders", cwd=tmp_path, env=env).stdout
    assert f"{owls}  (the folder is gone)" in told
    assert f"an index that cannot be read: {index_of(cats)}" in told
    for folder in (owls, cats):
        assert call("folders", "--forget", folder, cwd=tmp_path, env=env).returncode == 0
        assert not index_of(folder).exists()


def test_an_unknown_folder_and_an_index_in_use_are_told(
    tmp_path: Path, env: dict[str, str], indexed: tuple[Path, Path]
) -> None:
    from filelock import FileLock

    assert "there is no index of nowhere in " in only_line(
        call("folders", "--forget", "nowhere", cwd=tmp_path, env=env)
    )
    with FileLock(index_of(indexed[0]) / "qa-bot.lock"):
        line = only_line(call("folders", "--forget", indexed[0], cwd=tmp_path, env=env))
    assert "is being updated; try again when that is done" in line
    assert (index_of(indexed[0]) / "qa-bot.sqlite").exists()


def test_ages_are_told_in_days() -> None:
    assert [age(days) for days in (0.3, 1.2, 40.0)] == ["today", "1 day ago", "40 days ago"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("./owls", "chat --seeds ./owls"),
        ("owls -k 2", "chat --seeds owls -k 2"),
        ("--quiet owls", "--quiet chat --seeds owls"),
        ("-k 2 --index=i owls", "-k 2 --index=i chat --seeds owls"),
        ("-k2 --model owls owls", "-k2 --model owls chat --seeds owls"),
        ("--seeds owls", "--seeds owls"),
        ("--seeds owls status", "--seeds owls status"),
        ("--quiet", "--quiet"),
        ("elsewhere", "elsewhere"),
        ("", ""),
    ],
)
def test_a_folder_in_place_of_a_command_opens_the_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, meant: str
) -> None:
    (tmp_path / "owls").mkdir()
    monkeypatch.chdir(tmp_path)
    assert with_folder(typed.split()) == meant.split()


def test_the_switches_are_the_options_of_the_program_that_take_no_value() -> None:
    usage = parser().format_usage()
    taken = set(re.findall(r"\[(--[a-z-]+)\]", usage)) | {"--help"}
    assert taken == set(SWITCHES)
