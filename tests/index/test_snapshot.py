"""A reader's view: one generation, whole; accelerators that were lost are made again without embedding anything."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import qa_bot
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.documents.formats.registry import suffixes_in_words
from qa_bot.errors import IndexFolderError
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.store import Store
from qa_bot.index.updating import update

QUESTION = "What needs to improve in South Tyneside's social work practice?"


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def largest(folder: Path) -> Path:
    return max(folder.iterdir(), key=lambda file: file.stat().st_size)


def neither(index: Path) -> None:
    only(index, "vectors-*").unlink()
    shutil.rmtree(only(index, "lexical-*"))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no vectors": lambda index: only(index, "vectors-*").unlink(),
    "vectors cut short": lambda index: cut(only(index, "vectors-*")),
    "vectors are garbage": lambda index: only(index, "vectors-*").write_bytes(b"garbage" * 99),
    "vectors are empty": lambda index: only(index, "vectors-*").write_bytes(b""),
    "no words": lambda index: shutil.rmtree(only(index, "lexical-*")),
    "words without their list": lambda index: (only(index, "lexical-*") / "meta.json").unlink(),
    "words whose list is garbage": lambda index: (only(index, "lexical-*") / "meta.json").write_text("{"),
    "words cut short": lambda index: cut(largest(only(index, "lexical-*"))),
    "words without a file": lambda index: largest(only(index, "lexical-*")).unlink(),
    "neither": neither,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_lost_accelerators_are_made_again_from_the_store(own: Settings, damage: str) -> None:
    with Bot.open(own) as bot:
        before = bot.ask(QUESTION)
    DAMAGE[damage](own.index)
    with Bot.open(own) as bot:
        assert bot.ask(QUESTION) == before
    assert update(own).embedded == 0
    assert not list(own.index.glob("partial-*"))


@pytest.mark.parametrize("damage", ["no words", "words cut short", "words whose list is garbage", "neither"])
def test_an_update_over_lost_accelerators_makes_them_whole(own: Settings, damage: str) -> None:
    DAMAGE[damage](own.index)
    (own.seeds / "new.txt").write_text("The walrus is the largest of the pinnipeds.")
    assert update(own).embedded == 1
    with Bot.open(own) as bot:
        assert bot.ask("Which is the largest pinniped?").quotes[0].document == "new.txt"
        assert bot.ask(QUESTION).quotes[0].document.startswith("003_")


def test_accelerators_of_other_passages_are_not_used(own: Settings) -> None:
    old = shutil.copytree(own.index, own.index.parent / "old")
    (own.seeds / "new.txt").write_text("The walrus is the largest of the pinnipeds.")
    update(own)
    only(own.index, "vectors-*").write_bytes(only(old, "vectors-*").read_bytes())
    with Bot.open(own) as bot:
        assert bot.ask("Which is the largest pinniped?").quotes[0].document == "new.txt"


def test_a_reader_keeps_its_generation_until_it_reloads(own: Settings) -> None:
    with Bot.open(own) as bot:
        chat = bot.conversation()
        before = chat.ask(QUESTION)
        assert (bot.generation, bot.documents) == (1, 5)
        for path in own.seeds.iterdir():
            path.unlink()
        (own.seeds / "new.txt").write_text("The walrus is the largest of the pinnipeds.")
        update(own)
        update(own, full=True)
        still = bot.ask(QUESTION)
        assert [q.text for q in still.quotes] == [q.text for q in before.quotes]
        assert {q.state for q in still.quotes} == {"gone"}
        assert bot.generation == 1

        assert bot.reload()
        assert (bot.generation, bot.documents) == (3, 1)
        assert chat.ask("Which is the largest pinniped?").quotes[0].document == "new.txt"
        assert not bot.reload()


def test_opening_while_there_is_none_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match=r"there is no index in .*build it with: qa-bot index"):
        Snapshot.open(Settings(index=tmp_path))


def test_an_index_never_finished_says_so(tmp_path: Path) -> None:
    Store.create(tmp_path).close()
    with pytest.raises(IndexFolderError, match=r"is not finished; build it with: qa-bot index"):
        Snapshot.open(Settings(index=tmp_path))


def test_an_index_of_no_documents_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(IndexFolderError, match=f"holds nothing to answer from; put {suffixes_in_words()} files"):
        qa_bot.open(tmp_path, tmp_path / "index")


FULL_DISK = """
import sys
from pathlib import Path
from qa_bot.cli import main
sys.exit(main(["index", "--seeds", sys.argv[1], "--index", sys.argv[2], "--quiet"]))
"""


@pytest.mark.parametrize("room", [1_000, 20_000, 60_000, 120_000, 200_000])
def test_a_full_disk_is_told_in_a_line_and_leaves_the_old_index(own: Settings, room: int) -> None:
    """The limit on a file's size is what a process without privileges can have of a full disk."""
    for path in own.seeds.iterdir():
        path.write_text(path.read_text().replace("children", "pupils") * 2)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-c", FULL_DISK, str(own.seeds), str(own.index)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=500, preexec_fn=limit)
    assert run.returncode == 2
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"qa-bot: the index folder {own.index} cannot be written")
    with Bot.open(own) as bot:
        assert bot.generation == 1
        assert bot.ask(QUESTION).quotes[0].state == "changed"
    assert update(own).changed
    assert not list(own.index.glob("partial-*"))


def test_opening_twice_at_once_over_lost_accelerators(own: Settings) -> None:
    DAMAGE["neither"](own.index)
    script = "import sys, qa_bot; print(qa_bot.open(sys.argv[1], sys.argv[2], update=False).passages)"
    command = [sys.executable, "-c", script, str(own.seeds), str(own.index)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = {run.communicate(timeout=500)[0] for run in runs}
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert len(outputs) == 1
