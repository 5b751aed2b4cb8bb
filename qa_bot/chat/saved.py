"""Conversations kept on disk, each answered turn at once: one SQLite file in a folder of the user's.

A turn is written in one transaction before its answer is shown, so a kill at any moment loses none that was.
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
    """The folder it was held over, in full."""
    index: str
    asked: str
    """ISO date and time of its last question."""
    turns: int
    questions: str
    """All of them, a line each."""
    title: str
    """The first question."""


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A turn as it was answered."""

    asked: str
    alone: bool
    """Whether it was asked without what came before it."""
    scope: tuple[str, ...]
    """The documents it was put to; none named: all."""
    answer: Answer


class Saved:
    """The saved conversations. May be used from several threads, and by several chats at once."""

    def __init__(self, folder: Path, settings: Settings, now: Callable[[], datetime] = datetime.now) -> None:
        """Kept in `folder`, and over the folders of `settings` where they begin here. Touches nothing until it is used."""
        self.path = folder / FILE
        self.seeds, self.index = (writable(str(path.resolve())) for path in (settings.seeds, settings.index))
        self._now = now
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None

    def add(self, key: str, answer: Answer, *, alone: bool = False, scope: Sequence[str] = ()) -> None:
        """Write a turn down at the end of the conversation with this key, which begins with its first."""
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
        """Forget a conversation, for good."""
        with self._database("written") as db:
            db.execute("DELETE FROM conversations WHERE key = ?", (key,))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    @contextmanager
    def _database(self, doing: str) -> Iterator[sqlite3.Connection]:
        """The open database in a transaction; SavedError names the remedy where something is wrong with it."""
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
    """The text as UTF-8 can hold it: file names may have half characters."""
    return text.encode(errors="replace").decode()


def resumed(turns: Sequence[SavedTurn], unread: int = 0) -> str:
    """One line that a saved conversation goes on here: its turns, the state of its quotes today, and the number of turns
    that cannot be read."""
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
    """An ISO date and time as it is short to read."""
    try:
        return f"{datetime.fromisoformat(asked):%Y-%m-%d %H:%M}"
    except ValueError:
        return one_line(asked)
