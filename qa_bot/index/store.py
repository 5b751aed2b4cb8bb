"""The truth of the index: one SQLite file of documents, passages, their vectors and a manifest.

All that FAISS and tantivy hold can be made again from it. Everything that belongs to one build is committed in one
transaction, so a kill leaves the old index or the new one. Vectors are kept by what was embedded (`key`), apart from the
passages that use them, so that they can be committed as they come: what was embedded before a kill is not embedded again.
"""

import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qa_bot.documents.model import Document, Passage, Span
from qa_bot.errors import IndexFolderError
from qa_bot.index.scope import Scope

FILE = "qa-bot.sqlite"
SCHEMA_VERSION = 2
SCHEMA = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL, title TEXT NOT NULL, date TEXT, names TEXT NOT NULL, scope TEXT NOT NULL,
    note TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE failures (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, context TEXT NOT NULL, residue INTEGER NOT NULL,
    text TEXT NOT NULL, sentences BLOB NOT NULL, key BLOB NOT NULL);
CREATE INDEX passages_of_document ON passages (document, start);
CREATE INDEX passages_by_key ON passages (key);
CREATE TABLE vectors (key BLOB PRIMARY KEY, passage BLOB NOT NULL, sentences BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when it was indexed, or failed to be."""

    path: str
    size: int
    mtime_ns: int
    sha256: str = ""
    reason: str = ""
    """Why it could not be indexed; empty where it was."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its document's name: what ranking and quoting need, without the whole text."""

    id: int
    document: str
    title: str
    date: str | None
    names: str
    """The names and dates its whole document is about."""
    scope: str
    """The other words of its document's title and path."""
    context: str
    residue: bool
    start: int
    end: int
    sentences: tuple[Span, ...]
    text: str
    """The document's text[start:end]."""


class Store:
    """An open index file. Readers see the generation that was current when they last began a transaction."""

    def __init__(self, connection: sqlite3.Connection, file: Path):
        self._db = connection
        self._file = file

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """The index in `folder`; IndexFolderError where there is none or it cannot be read."""
        file = folder / FILE
        if not file.is_file():
            raise IndexFolderError(f"there is no index in {folder}; build it with: qa-bot index")
        try:
            db = sqlite3.connect(file, check_same_thread=False, timeout=30, isolation_level=None)
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("SELECT value FROM manifest WHERE key = 'schema'").fetchone()
        except sqlite3.DatabaseError as error:
            raise damaged(folder, error) from error
        return cls(db, file)

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """A new, empty index in `folder`, which is made where missing; generation 0."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for leftover in folder.glob(FILE + "*"):
                leftover.unlink()
            db = sqlite3.connect(folder / FILE, check_same_thread=False, timeout=30, isolation_level=None)
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript("BEGIN;" + SCHEMA + "COMMIT;")
        except (OSError, sqlite3.Error) as error:
            raise IndexFolderError(
                f"the index folder {folder} cannot be written ({error}); choose another with --index"
            ) from error
        store = cls(db, folder / FILE)
        store.set_manifest(schema=str(SCHEMA_VERSION), generation="0")
        return store

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def begin_reading(self) -> None:
        """From here on see the index as it is now, whatever a build commits."""
        self._db.execute("BEGIN")
        self._db.execute("SELECT count(*) FROM manifest").fetchone()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a full disk or the like is an IndexFolderError and changes nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._db.rollback()
            raise IndexFolderError(
                f"the index {self._file} cannot be written ({error}); nothing was changed"
            ) from error
        except BaseException:
            self._db.rollback()
            raise

    # The manifest

    def manifest(self) -> dict[str, str]:
        """Schema, model, fingerprint, passage settings, generation."""
        return dict(self._db.execute("SELECT key, value FROM manifest"))

    def set_manifest(self, **values: str) -> None:
        """Set these keys, leave the others."""
        self._db.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", values.items())

    @property
    def generation(self) -> int:
        """Goes up by one with every build that changed anything."""
        return int(self.manifest().get("generation", "0"))

    # Files and documents

    def files(self) -> dict[str, FileRecord]:
        """Every file that was indexed or failed, by path."""
        rows = self._db.execute(
            "SELECT path, size, mtime_ns, sha256, '' FROM documents "
            "UNION ALL SELECT path, size, mtime_ns, '', reason FROM failures"
        )
        return {row[0]: FileRecord(*row) for row in rows}

    def touch(self, record: FileRecord) -> None:
        """The file's time changed but not what it holds."""
        self._db.execute(
            "UPDATE documents SET size = ?, mtime_ns = ? WHERE path = ?", (record.size, record.mtime_ns, record.path)
        )

    def forget(self, path: str) -> None:
        """Remove a document or a failure."""
        self._db.execute("DELETE FROM documents WHERE path = ?", (path,))
        self._db.execute("DELETE FROM failures WHERE path = ?", (path,))

    def add_failure(self, record: FileRecord) -> None:
        """Keep why a file could not be indexed, so that it is not tried again until it changes."""
        self.forget(record.path)
        self._db.execute(
            "INSERT INTO failures VALUES (?, ?, ?, ?)", (record.path, record.size, record.mtime_ns, record.reason)
        )

    def add_document(self, document: Document, record: FileRecord, scope: Scope, keys: Sequence[bytes]) -> None:
        """Put a document in, in place of the one of the same path; `keys` name its passages' vectors."""
        self.forget(document.path)
        cursor = self._db.execute(
            "INSERT INTO documents (path, size, mtime_ns, sha256, title, date, names, scope, note, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document.path, record.size, record.mtime_ns, record.sha256),
                *(document.title, document.date, " ".join(scope.names), " ".join(scope.words)),
                *(document.note, document.text),
            ),
        )
        self._db.executemany(
            'INSERT INTO passages (document, start, "end", context, residue, text, sentences, key) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    cursor.lastrowid,
                    p.start,
                    p.end,
                    p.context,
                    p.residue,
                    document.text[p.start : p.end],
                    pack_spans(p),
                    key,
                )
                for p, key in zip(document.passages, keys, strict=True)
            ],
        )

    def document(self, path: str) -> Document | None:
        """A document as it was indexed, or None."""
        row = self._db.execute("SELECT id, text, title, date, note FROM documents WHERE path = ?", (path,)).fetchone()
        if row is None:
            return None
        id_, text, title, date, note = row
        rows = self._db.execute(
            'SELECT start, "end", context, sentences, residue FROM passages WHERE document = ? ORDER BY start', (id_,)
        )
        passages = tuple(
            Passage(s, e, context, unpack_spans(blob), bool(residue)) for s, e, context, blob, residue in rows
        )
        return Document(path, text, title, date, passages, note)

    def text_before(self, path: str, offset: int) -> str:
        """A document's text up to `offset`; empty where there is no such document."""
        row = self._db.execute("SELECT substr(text, 1, ?) FROM documents WHERE path = ?", (offset, path)).fetchone()
        return row[0] if row else ""

    def documents(self) -> list[tuple[str, str, str | None, int]]:
        """Path, title, date and number of passages of every document, by path."""
        return self._db.execute(
            "SELECT path, title, date, (SELECT count(*) FROM passages WHERE document = documents.id) FROM documents ORDER BY path"
        ).fetchall()

    def counts(self) -> tuple[int, int]:
        """The number of documents and of passages."""
        row = self._db.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)").fetchone()
        return row[0], row[1]

    # Passages and vectors

    def passages(self, ids: Sequence[int] | None = None) -> Iterator[StoredPassage]:
        """The passages with these ids, in the order of the ids, or all in the order of their ids."""
        rows = self._db.execute(
            'SELECT p.id, d.path, d.title, d.date, d.names, d.scope, p.context, p.residue, p.start, p."end", p.sentences, p.text '
            "FROM passages p JOIN documents d ON d.id = p.document"
            + ("" if ids is None else f" WHERE p.id IN ({','.join('?' * len(ids))})")
            + " ORDER BY p.id",
            ids or (),
        )
        found = (
            StoredPassage(
                i, path, title, date, names, scope, context, bool(residue), start, end, unpack_spans(spans), text
            )
            for i, path, title, date, names, scope, context, residue, start, end, spans, text in rows
        )
        if ids is None:
            yield from found
        else:
            by_id = {p.id: p for p in found}
            yield from (by_id[i] for i in ids if i in by_id)

    def passage_ids(self, path: str) -> list[int]:
        """The ids of a document's passages, in order; none where there is no such document."""
        rows = self._db.execute(
            "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document WHERE d.path = ? ORDER BY p.start",
            (path,),
        )
        return [row[0] for row in rows]

    def average_length(self) -> float:
        """The mean length of a passage, in characters; 1 where there are none."""
        return float(self._db.execute('SELECT avg("end" - start) FROM passages').fetchone()[0] or 1.0)

    def known_keys(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of the keys that have vectors already."""
        known = set()
        for key in keys:
            if self._db.execute("SELECT 1 FROM vectors WHERE key = ?", (key,)).fetchone():
                known.add(key)
        return known

    def add_vectors(self, key: bytes, passage: bytes, sentences: bytes) -> None:
        """Keep the vector of a passage and those of its sentences, float16 little-endian, one after the other."""
        self._db.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", (key, passage, sentences))

    def passage_vectors(self) -> Iterator[tuple[int, bytes]]:
        """Every passage's id and its vector as float16 bytes, by id."""
        return self._db.execute("SELECT p.id, v.passage FROM passages p JOIN vectors v ON v.key = p.key ORDER BY p.id")

    def vectors(self, ids: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        """The vectors of these passages and of their sentences, as `add_vectors` took them, by passage id."""
        rows = self._db.execute(
            "SELECT p.id, v.passage, v.sentences FROM passages p JOIN vectors v ON v.key = p.key "
            f"WHERE p.id IN ({','.join('?' * len(ids))})",
            ids,
        )
        return {id_: (passage, sentences) for id_, passage, sentences in rows}

    def drop_unused_vectors(self) -> None:
        """Forget vectors that no passage uses any more."""
        self._db.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM passages)")

    def dimension(self) -> int:
        """The length of a vector; 1 where there are none."""
        row = self._db.execute("SELECT length(passage) FROM vectors LIMIT 1").fetchone()
        return row[0] // 2 if row else 1


def pack_spans(passage: Passage) -> bytes:
    """The sentences' offsets as little-endian int32 pairs."""
    flat = [offset for span in passage.sentences for offset in span]
    return struct.pack(f"<{len(flat)}i", *flat)


def unpack_spans(blob: bytes) -> tuple[Span, ...]:
    """The inverse of `pack_spans`."""
    return tuple(map(Span._make, struct.iter_unpack("<2i", blob)))


def damaged(folder: Path, error: Exception) -> IndexFolderError:
    """The index file cannot be read."""
    return IndexFolderError(f"the index in {folder} is damaged ({error}); build it anew with: qa-bot index --full")
