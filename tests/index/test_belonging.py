"""An index belongs to one folder: no forgotten --index throws another folder's index away."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qa_bot.bot import Bot
from qa_bot.config import Settings, settings_from
from qa_bot.errors import IndexFolderError
from qa_bot.index.status import status
from qa_bot.index.updating import update
from tests.commands.run_command import call, only_line


@pytest.fixture
def other(settings: Settings, tmp_path: Path) -> Settings:
    """The settings of a second folder, with the index of the first named by mistake."""
    update(settings)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "fox.txt").write_text("The fox sleeps by day.")
    return replace(settings, seeds=tmp_path / "other")


def test_the_index_of_another_folder_is_left_alone(settings: Settings, other: Settings) -> None:
    for act in (update, lambda s: update(s, full=True), Bot.open):
        with pytest.raises(IndexFolderError, match=r"is of the folder .*seeds, not of .*other; leave --index out"):
            act(other)
    assert "the index is of the folder" in str(status(other).needs_rebuild)
    assert update(settings).unchanged == 3
    assert update(other, rebuild=True).documents == 1
    assert status(other).up_to_date
    with pytest.raises(IndexFolderError, match="qa-bot index --rebuild"):
        update(settings)


def test_a_folder_and_its_index_may_move_together(settings: Settings, tmp_path: Path) -> None:
    update(settings)
    (tmp_path / "moved").mkdir()
    for folder in (settings.seeds, settings.index):
        shutil.move(folder, tmp_path / "moved" / folder.name)
    moved = replace(settings, seeds=tmp_path / "moved" / "seeds", index=tmp_path / "moved" / "index")
    assert update(moved).unchanged == 3


def test_each_folder_has_an_index_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("seeds", "a/letters", "b/letters"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "linked").symlink_to(tmp_path / "a" / "letters")
    index = {
        name: settings_from({"seeds": name}, {}).index
        for name in ("seeds", "./seeds/", "a/letters", "b/letters", "linked")
    }
    assert index["seeds"] == index["./seeds/"] == settings_from({}, {}).index == Path("index")
    assert index["a/letters"] != index["b/letters"]
    assert index["a/letters"] == index["linked"]
    assert index["a/letters"].parent.name == "indexes"
    assert settings_from({"seeds": "a/letters", "index": "here"}, {}).index == Path("here")
    assert settings_from({"seeds": "a/letters"}, {"QA_BOT_INDEX": "there"}).index == Path("there")


def test_commands_keep_the_indexes_of_folders_apart(tmp_path: Path, tiny: Path) -> None:
    env = {"QA_BOT_MODEL": str(tiny)}
    for name in ("seeds", "letters"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"Words about {name}.")
    assert call("index", cwd=tmp_path, env=env).returncode == 0
    assert call("index", "--seeds", "letters", cwd=tmp_path, env=env).stdout.startswith("1 added")
    assert call("index", cwd=tmp_path, env=env).stdout.startswith("1 unchanged")
    assert "is of the folder" in only_line(
        call("index", "--seeds", "letters", "--index", "index", cwd=tmp_path, env=env)
    )
    for arguments in (["letters"], ["./letters", "-k", "1"], ["./nowhere"]):
        assert "the chat needs a terminal" in call(*arguments, cwd=tmp_path, env=env).stderr
    assert "invalid choice" in call("nowhere", cwd=tmp_path, env=env).stderr
