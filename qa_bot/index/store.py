"""The truth of the index: one SQLite file of documents, passages, their vectors and a manifest.

All that FAISS and tantivy hold can be made again from it. Everything that belongs to one build is committed in one
transaction, so a kill leaves the old index or the new one. Vectors are kept by what was embedded (`key`), apart from the
passages that use them, so that they can be committed as they come: what was embedded before a kill is not embedded again.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa_bot.documents.model import Document, Passage, Span
from qa_bot.errors import IndexFolderError
from qa_bot.index.schema import FILE, SCHEMA, pack_spans, unpack_spans
from qa_bot.index.trouble import readable, trouble, unwritable

if TYPE_CHECKING:
    from qa_bot.index.scope import Scope


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
        with readable(folder):
            db = sqlite3.connect(file, check_same_thread=False, timeout=30, isolation_level=None)
            try:
                db.execute("PRAGMA foreign_keys = ON")
                db.execute("SELECT value FROM manifest WHERE key = 'schema'").fetchone()
            except sqlite3.Error:
                db.close()
                raise
        return cls(db, file)

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """A new, empty index in `folder`, in place of what is there; generation 0.

        It is made aside and put in place by renaming, so that a kill never leaves half of one.
        """
        file, new = folder / FILE, folder / f"{FILE}.new"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            db = sqlite3.connect(new, isolation_level=None)
            try:
                db.execute("PRAGMA journal_mode = WAL")
                db.executescript(f"BEGIN; {SCHEMA} COMMIT;")
            finally:
                db.close()
            for suffix in ("", "-wal", "-shm"):  # a log left behind would be played into the new file
                Path(f"{file}{suffix}").unlink(missing_ok=True)
            new.replace(file)
        except (OSError, sqlite3.Error) as error:
            raise unwritable(folder, error) from error
        return cls.open(folder)

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
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._db.rollback()
            raise trouble(self._file.parent, error) from error
        except BaseException:
            self._db.rollback()
            raise

    def sound(self) -> bool:
        """Whether the file is whole, as far as SQLite can tell; reads all of it."""
        try:
            return bool(self._db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        except sqlite3.DatabaseError:
            return False

    # The manifest

    def manifest(self) -> dict[str, str]:
        """Schema, model, fingerprint, passage settings, generation."""
        return dict(self._db.execute("SELECT key, value FROM manifest"))

    def set_manifest(self, **values: str) -> None:
        """Set these keys, leave the others."""
        self._db.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", values.items())

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

    def add_document(self, document: Document, record: FileRecord, scope: "Scope", keys: Sequence[bytes]) -> None:
        """Put a document in, in place of the one of the same path; `keys` name its passages' vectors."""
        self.forget(document.path)
        id_ = self._db.execute(
            "INSERT INTO documents (path, size, mtime_ns, sha256, title, date, names, scope, note, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document.path, record.size, record.mtime_ns, record.sha256),
                *(document.title, document.date, " ".join(scope.names), " ".join(scope.words)),
                *(document.note, document.text),
            ),
        ).lastrowid
        self._db.executemany(
            'INSERT INTO passages (document, start, "end", context, residue, text, sentences, key) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    id_,
                    p.start,
                    p.end,
                    p.context,
                    p.residue,
                    document.text[p.start : p.end],
                    pack_spans(p.sentences),
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
        passages = [Passage(s, e, context, unpack_spans(blob), bool(residue)) for s, e, context, blob, residue in rows]
        return Document(path, text, title, date, tuple(passages), note)

    def text(self, path: str) -> str:
        """A document's text; empty where there is no such document."""
        row = self._db.execute("SELECT text FROM documents WHERE path = ?", (path,)).fetchone()
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

    def passage_ids(self, *paths: str) -> list[int]:
        """The ids of these documents' passages, document by document in order; none for a path that is no document's."""
        rows = self._db.execute(
            "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE d.path IN (SELECT value FROM json_each(?)) ORDER BY d.id, p.start",
            (json.dumps(paths),),
        )
        return [row[0] for row in rows]

    def average_length(self) -> float:
        """The mean length of a passage, in characters; 1 where there are none."""
        return float(self._db.execute('SELECT avg("end" - start) FROM passages').fetchone()[0] or 1.0)

    def known_keys(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of the keys that have vectors already."""
        return {key for key in keys if self._db.execute("SELECT 1 FROM vectors WHERE key = ?", (key,)).fetchone()}

    def add_vectors(self, key: bytes, passage: bytes, words: bytes) -> None:
        """Keep the vector of a passage, float16, and those of its words as `Projection.pack` makes them."""
        self._db.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", (key, passage, words))

    def projection(self, key: str) -> tuple[bytes, bytes] | None:
        """Mean and basis, float32, of the words' projection of that name, or None."""
        rows = self._db.execute("SELECT mean, basis FROM projections WHERE key = ?", (key,))
        return next(rows, None)

    def add_projection(self, key: str, mean: bytes, basis: bytes) -> None:
        """Keep a projection; vectors made with it can be read with no other."""
        self._db.execute("INSERT OR REPLACE INTO projections VALUES (?, ?, ?)", (key, mean, basis))

    def passage_vectors(self) -> Iterator[tuple[int, bytes]]:
        """Every passage's id and its vector as float16 bytes, by id."""
        return self._db.execute("SELECT p.id, v.passage FROM passages p JOIN vectors v ON v.key = p.key ORDER BY p.id")

    def vectors(self, ids: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        """The vectors of these passages and of their words, as `add_vectors` took them, by passage id."""
        rows = self._db.execute(
            "SELECT p.id, v.passage, v.words FROM passages p JOIN vectors v ON v.key = p.key "
            f"WHERE p.id IN ({','.join('?' * len(ids))})",
            ids,
        )
        return {id_: (passage, words) for id_, passage, words in rows}

    def drop_unused_vectors(self, projection: str) -> None:
        """Forget vectors that no passage uses any more, and every projection but this one."""
        self._db.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM passages)")
        self._db.execute("DELETE FROM projections WHERE key != ?", (projection,))

    def dimension(self) -> int:
        """The length of a vector; 1 where there are none."""
        row = self._db.execute("SELECT length(passage) FROM vectors LIMIT 1").fetchone()
        return row[0] // 2 if row else 1
