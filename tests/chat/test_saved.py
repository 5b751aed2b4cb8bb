"""Conversations kept on disk."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qa_bot.answers.model import Answer, Quote
from qa_bot.chat.saved import Saved, resumed
from qa_bot.config import Settings
from qa_bot.errors import SavedError
from qa_bot.span import Span

NOON = datetime(2026, 3, 4, 12)


class Opened:
    """Opens stores, and closes them in the end."""

    def __init__(self) -> None:
        self.all: list[Saved] = []

    def __call__(self, folder: Path, now: Callable[[], datetime] = datetime.now) -> Saved:
        self.all.append(Saved(folder, Settings(folder / "seeds", folder / "index"), now))
        return self.all[-1]


@pytest.fixture
def opened() -> Iterator[Opened]:
    opened = Opened()
    yield opened
    for saved in opened.all:
        saved.close()


def answer(question: str, text: str = "One. Two.") -> Answer:
    quote = Quote("a.txt", "A [red]", None, 3, 3 + len(text), 1, text, (Span(3, 7),), 0.5)
    return Answer("c", question, question, True, 0.9, (quote,))


def add(saved: Saved, key: str, question: str, **turn: Any) -> Answer:
    made = answer(question)
    saved.add(key, made, **turn)
    return made


def test_what_is_added_comes_back_as_it_was(opened: Opened, tmp_path: Path) -> None:
    saved = opened(tmp_path / "data", lambda: NOON)
    answers = [add(saved, "k", question) for question in ("Why?", "And \x1b[31m\0 then?\n> so", "\udce9 \U0001f600?")]
    add(saved, "k", "And alone?", alone=True, scope=("a.txt", "b.md"))
    for reader in (saved, opened(tmp_path / "data")):
        turns = reader.turns("k")
        assert [turn.answer for turn in turns[:3]] == answers
        assert [turn.alone for turn in turns] == [False, False, False, True]
        assert [turn.scope for turn in turns] == [(), (), (), ("a.txt", "b.md")]
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0
        assert turns[0].asked == "2026-03-04T12:00:00"


def test_the_list_is_the_last_used_first(opened: Opened, tmp_path: Path) -> None:
    clock = iter(NOON + timedelta(hours=n) for n in range(9))
    saved = opened(tmp_path, lambda: next(clock))
    for key, question in (("a", "First?"), ("b", "Second?"), ("a", "Third?")):
        add(saved, key, question)
    first, second = saved.entries()
    assert (first.key, first.title, first.turns, first.asked) == ("a", "First?", 2, "2026-03-04T14:00:00")
    assert first.questions.splitlines() == ["First?", "Third?"]
    assert first.seeds == str(tmp_path / "seeds")
    assert (second.key, second.turns) == ("b", 1)


def test_a_deleted_conversation_is_gone_and_no_other(opened: Opened, tmp_path: Path) -> None:
    saved = opened(tmp_path)
    add(saved, "a", "First?")
    add(saved, "b", "Second?")
    saved.delete("a")
    assert [entry.key for entry in opened(tmp_path).entries()] == ["b"]
    assert saved.turns("a") == []


def test_looking_makes_nothing(opened: Opened, tmp_path: Path) -> None:
    assert opened(tmp_path / "data").entries() == []
    assert not (tmp_path / "data").exists()


def test_threads_and_other_chats_add_at_once(opened: Opened, tmp_path: Path) -> None:
    chats = [opened(tmp_path) for _ in range(3)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: add(chats[n % 3], f"k{n % 4}", f"Question {n}?"), range(60)))
    assert sum(entry.turns for entry in opened(tmp_path).entries()) == 60


KILLED = """
import sys
from pathlib import Path
from qa_bot.chat.saved import Saved
from qa_bot.config import Settings
from tests.chat.test_saved import add
saved = Saved(Path(sys.argv[1]), Settings())
for number in range(100_000):
    add(saved, "k", f"Question {number}?")
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_answered(opened: Opened, tmp_path: Path) -> None:
    told = 0
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == "20":
                    process.kill()
                    break
            told += 21 + len(process.stdout.read().splitlines())
        (entry,) = opened(tmp_path).entries()
        assert told <= entry.turns <= told + 3
        assert len(opened(tmp_path).turns("k")) == entry.turns
        told = entry.turns


def test_a_file_that_is_none_of_ours_is_left_alone_and_said(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "conversations.sqlite"
    file.write_text("my own notes, " * 100)
    for use in (
        opened(tmp_path).entries,
        lambda: opened(tmp_path).delete("a"),
        lambda: add(opened(tmp_path), "a", "Why?"),
    ):
        with pytest.raises(SavedError, match=r"conversations\.sqlite: file is not a database\); mend or move"):
            use()
    assert file.read_text() == "my own notes, " * 100


def test_a_folder_that_cannot_be_made_is_said(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SavedError, match=r"cannot be written .*choose another folder with --data"):
        add(opened(tmp_path / "file" / "data"), "a", "Why?")


def test_a_file_of_a_later_version_is_left_alone_and_said(opened: Opened, tmp_path: Path) -> None:
    add(opened(tmp_path), "a", "Why?")
    with sqlite3.connect(tmp_path / "conversations.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(SavedError, match="made by a later version of qa-bot"):
        opened(tmp_path).entries()


def test_a_turn_that_cannot_be_read_is_left_out_and_said(opened: Opened, tmp_path: Path) -> None:
    saved = opened(tmp_path)
    for question in ("First?", "Second?", "Third?"):
        add(saved, "a", question)
    with sqlite3.connect(tmp_path / "conversations.sqlite") as db:
        db.execute("UPDATE turns SET answer = ? WHERE question = 'Second?'", (json.dumps({"later": True}),))
    db.close()
    turns, unread = saved.read("a")
    assert [turn.answer.question for turn in turns] == ["First?", "Third?"]
    assert unread == 1
    assert "1 more turn cannot be read" in resumed(turns, unread)
    assert "cannot be read" not in resumed(turns)
