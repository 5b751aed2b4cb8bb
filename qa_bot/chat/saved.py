"""Conversations saved on disk, in one SQLite file in the user's data folder.

Each turn is written in one transaction before its answer is shown. So no answer that was shown is lost, whenever the program is
killed.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from qa_bot.answers.model import Answer
from qa_bot.config import Settings
from qa_bot.errors import SavedError
from qa_bot.library import answer_of
from qa_bot.showing.states import quotes_of
from qa_bot.showing.text import counted, one_line

FILE = "conversations.sqlite"
SCHEMA_VERSION = 1
SCHEMA = f"""
CREATE TABLE conversations (key TEXT PRIMARY KEY, seeds TEXT NOT NULL, "index" TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE turns (
    id INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    asked TEXT NOT NULL, question TEXT NOT NULL, alone INTEGER NOT NULL, scope TEXT NOT NULL, answer TEXT NOT NULL);
CREATE INDEX turns_of_conversation ON turns (conversation, id);
PRAGMA user_version = {SCHEMA_VERSION};
"""
LIST = """
SELECT c.key, c.seeds, c."index", max(t.asked), count(*), group_concat(t.question, char(10)),
    (SELECT question FROM turns WHERE conversation = c.key ORDER BY id LIMIT 1)
FROM conversations c JOIN turns t ON t.conversation = c.key GROUP BY c.key ORDER BY max(t.id) DESC
"""
PATIENCE = 5.0
"""Seconds to wait while another chat writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A saved conversation, as a list shows it."""

    key: str
    seeds: str
    """The full path of the seeds folder that was asked."""
    index: str
    asked: str
    """ISO date and time of its last question."""
    turns: int
    questions: str
    """All questions, one a line."""
    title: str
    """The first question."""


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A turn as it was saved."""

    asked: str
    alone: bool
    """Whether the question was asked on its own, without the earlier turns as context."""
    scope: tuple[str, ...]
    """The paths of the documents that were asked; empty: all documents."""
    answer: Answer


class Saved:
    """The saved conversations. May be used from several threads, and by several chats at once."""

    def __init__(self, folder: Path, settings: Settings, now: Callable[[], datetime] = datetime.now) -> None:
        """The file lies in `folder`; new conversations are held over the folders of `settings`. No file is opened yet."""
        self.path = folder / FILE
        self.seeds, self.index = (writable(str(path.resolve())) for path in (settings.seeds, settings.index))
        self._now = now
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None

    def add(self, key: str, answer: Answer, *, alone: bool = False, scope: Sequence[str] = ()) -> None:
        """Add a turn to the conversation with this key; the first turn makes the conversation."""
        asked = self._now().isoformat(timespec="seconds")
        row = (key, asked, writable(answer.question), alone, json.dumps(scope), json.dumps(answer.to_json()))
        with self._database("written") as db:
            db.execute("INSERT OR IGNORE INTO conversations VALUES (?, ?, ?)", (key, self.seeds, self.index))
            db.execute("INSERT INTO turns VALUES (NULL, ?, ?, ?, ?, ?, ?)", row)

    def entries(self) -> list[Entry]:
        """All conversations, the last used first."""
        if not self.path.exists():
            return []
        with self._database("read") as db:
            return [Entry(*row) for row in db.execute(LIST)]

    def turns(self, key: str) -> list[SavedTurn]:
        """The turns of a conversation that can be read, oldest first."""
        return self.read(key)[0]

    def read(self, key: str) -> tuple[list[SavedTurn], int]:
        """The turns of a conversation, oldest first, and how many more cannot be read: a later version wrote them, say."""
        of_this = "SELECT asked, alone, scope, answer FROM turns WHERE conversation = ? ORDER BY id"
        with self._database("read") as db:
            rows = db.execute(of_this, (key,)).fetchall()
        turns: list[SavedTurn] = []
        for asked, alone, scope, answer in rows:
            with suppress(ValueError):
                turns.append(SavedTurn(asked, bool(alone), tuple(json.loads(scope)), answer_of(json.loads(answer))))
        return turns, len(rows) - len(turns)

    def delete(self, key: str) -> None:
        """Delete a conversation for good."""
        with self._database("written") as db:
            db.execute("DELETE FROM conversations WHERE key = ?", (key,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    @contextmanager
    def _database(self, doing: str) -> Iterator[sqlite3.Connection]:
        """A transaction of the database; SavedError names the remedy where the file cannot be used."""
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._open()
                with self._opened as db:
                    yield db
            except (sqlite3.Error, OSError) as error:
                said = getattr(error, "strerror", None) or error
                raise SavedError(
                    f"saved conversations cannot be {doing} ({self.path}: {said}); mend or move that file, or choose another "
                    "folder with --data"
                ) from error

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # nobody else's business
        db = sqlite3.connect(self.path, timeout=PATIENCE, check_same_thread=False)
        try:
            # What is committed outlives the program; only a power cut may lose the last moments.
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            with db:
                db.execute("BEGIN IMMEDIATE")
                version = db.execute("PRAGMA user_version").fetchone()[0]
                if version == 0:
                    for statement in filter(str.strip, SCHEMA.split(";")):
                        db.execute(statement)
            if version > SCHEMA_VERSION:
                raise sqlite3.DatabaseError("made by a later version of qa-bot")
        except BaseException:
            db.close()
            raise
        return db


def writable(text: str) -> str:
    """The text, with what UTF-8 cannot encode replaced: file names may hold half characters."""
    return text.encode(errors="replace").decode()


def resumed(turns: Sequence[SavedTurn], unread: int = 0) -> str:
    """One line for a resumed conversation: its number of turns, the states of its quotes by today's files, and the number of
    turns that cannot be read."""
    states = Counter(quote.state for quote in quotes_of(turn.answer for turn in turns))
    quotes = counted(states.total(), "quote")
    if states["changed"] or states["gone"]:
        others = " and ".join(f"{states[state]} {state}" for state in ("changed", "gone") if states[state])
        quotes += f" held against today's files: {others}"
    else:
        quotes += " still verbatim"
    last = f", last asked {when(turns[-1].asked)}" if turns else ""
    lost = (
        f" {counted(unread, 'more turn')} cannot be read: saved by another version of qa-bot, or damaged."
        if unread
        else ""
    )
    return f"Resumed: {counted(len(turns), 'turn')}{last}; {quotes}.{lost}"


def when(asked: str) -> str:
    """An ISO date and time in short: "2019-03-22 14:05"."""
    try:
        return f"{datetime.fromisoformat(asked):%Y-%m-%d %H:%M}"
    except ValueError:
        return one_line(asked)
