"""The truth of the index: one SQLite file of documents, passages, their vectors and a manifest.

All that FAISS and tantivy hold can be made again from it. Everything that belongs to one build is committed in one
transaction (`changeset.py`), so a kill leaves the old index or the new one. Vectors are kept by what was embedded (`key`),
apart from the passages that use them, so that they can be committed as they come: what was embedded before a kill is not
embedded again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qa_bot.errors import IndexFolderError
from qa_bot.index.records import FileRecord, StoredPassage
from qa_bot.index.schema import FILE, SCHEMA, unpack_marks, unpack_spans
from qa_bot.index.trouble import readable, trouble, unwritable

if TYPE_CHECKING:
    from qa_bot.documents.marks import Mark
    from qa_bot.documents.model import Document
    from qa_bot.index.changeset import Changeset


class Store:
    """An open index file. Readers see the generation that was current when they last began a transaction."""

    def __init__(self, connection: sqlite3.Connection, file: Path):
        self.connection = connection
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
                db.execute("PRAGMA synchronous = NORMAL")  # whole after a power cut too; the last commit may be undone
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
        self.connection.close()

    def begin_reading(self) -> None:
        """From here on see the index as it is now, whatever a build commits."""
        self.connection.execute("BEGIN")
        self.connection.execute("SELECT count(*) FROM manifest").fetchone()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a full disk or the like is an IndexFolderError and changes nothing."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self.connection.rollback()
            raise trouble(self._file.parent, error) from error
        except BaseException:
            self.connection.rollback()
            raise

    def sound(self) -> bool:
        """Whether the file is whole, as far as SQLite can tell; reads all of it."""
        try:
            return bool(self.connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        except sqlite3.DatabaseError:
            return False

    def stage(self) -> "Changeset":
        """An empty set of changes; only the holder of the build lock makes one."""
        from qa_bot.index.changeset import Changeset

        return Changeset(self.connection)

    # The manifest

    def manifest(self) -> dict[str, str]:
        """Schema, model, fingerprint, passage settings, generation."""
        return dict(self.connection.execute("SELECT key, value FROM manifest"))

    def set_manifest(self, **values: str) -> None:
        """Set these keys, leave the others."""
        self.connection.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", values.items())

    # Files and documents

    def files(self) -> dict[str, FileRecord]:
        """Every file that was indexed or failed, by path."""
        rows = self.connection.execute(
            "SELECT file, size, mtime_ns, sha256, '' FROM documents GROUP BY file "
            "UNION ALL SELECT path, size, mtime_ns, '', reason FROM failures"
        )
        return {row[0]: FileRecord(*row) for row in rows}

    def sha256(self, path: str) -> str:
        """Of the file when its documents were indexed; empty where none of them is here."""
        row = self.connection.execute("SELECT sha256 FROM documents WHERE file = ?", (path,)).fetchone()
        return row[0] if row else ""

    def failures(self) -> list[FileRecord]:
        """The files that could not be indexed."""
        rows = self.connection.execute("SELECT path, size, mtime_ns, '', reason FROM failures")
        return [FileRecord(*row) for row in rows]

    def document(self, path: str) -> "Document | None":
        """A document as it was indexed, or None."""
        from qa_bot.documents.model import Document, Passage

        row = self.connection.execute(
            "SELECT id, text, title, date, note, marks FROM documents WHERE path = ?", (path,)
        ).fetchone()
        if row is None:
            return None
        id_, text, title, date, note, marks = row
        rows = self.connection.execute(
            'SELECT start, "end", context, sentences, residue FROM passages WHERE document = ? ORDER BY start', (id_,)
        )
        passages = [Passage(s, e, context, unpack_spans(blob), bool(residue)) for s, e, context, blob, residue in rows]
        return Document(path, text, title, date, tuple(passages), note, unpack_marks(marks))

    def text(self, path: str) -> str:
        """A document's text; empty where there is no such document."""
        row = self.connection.execute("SELECT text FROM documents WHERE path = ?", (path,)).fetchone()
        return row[0] if row else ""

    def marks(self, path: str) -> "tuple[Mark, ...]":
        """Where a document's pages, slides or rows begin; none where there are none, or no such document."""
        row = self.connection.execute("SELECT marks FROM documents WHERE path = ?", (path,)).fetchone()
        return unpack_marks(row[0]) if row else ()

    def file(self, path: str) -> FileRecord | None:
        """A document's file as it was when it was indexed; None where there is no such document."""
        row = self.connection.execute(
            "SELECT path, size, mtime_ns, sha256 FROM documents WHERE path = ?", (path,)
        ).fetchone()
        return FileRecord(*row) if row else None

    def documents(self) -> list[tuple[str, str, str | None, int]]:
        """Path, title, date and number of passages of every document, by path."""
        return self.connection.execute(
            "SELECT path, title, date, (SELECT count(*) FROM passages WHERE document = documents.id) FROM documents ORDER BY path"
        ).fetchall()

    def counts(self) -> tuple[int, int]:
        """The number of documents and of passages, as the last build counted them."""
        said = self.manifest()
        if "document_count" in said:
            return int(said["document_count"]), int(said["passage_count"])
        return self.measure()[:2]

    def measure(self) -> tuple[int, int, float]:
        """The number of documents, of passages, and the mean length of these, in characters (1 where there are none)."""
        row = self.connection.execute(
            'SELECT (SELECT count(*) FROM documents), count(*), avg("end" - start) FROM passages INDEXED BY passages_of_document'
        ).fetchone()
        return row[0], row[1], row[2] or 1.0

    # Passages and vectors

    def passages(self, ids: Sequence[int] | None = None, *, after: int = 0) -> Iterator[StoredPassage]:
        """The passages with these ids, in the order of the ids; or all whose id is greater than `after`, in order."""
        rows = self.connection.execute(
            'SELECT p.id, d.path, d.title, d.date, d.names, d.scope, p.context, p.residue, p.start, p."end", p.sentences, p.text '
            "FROM passages p JOIN documents d ON d.id = p.document WHERE "
            + ("p.id > ?" if ids is None else f"p.id IN ({','.join('?' * len(ids))})")
            + " ORDER BY p.id",
            (after,) if ids is None else ids,
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
        import json

        rows = self.connection.execute(
            "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE d.path IN (SELECT value FROM json_each(?)) ORDER BY d.id, p.start",
            (json.dumps(paths),),
        )
        return [row[0] for row in rows]

    def add_vectors(self, series: str, rows: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        """Keep, by key, vectors of passages, float16, and those of their words, packed with the projection of the series."""
        for key, passage, words in rows:
            added = self.connection.execute(
                "INSERT OR IGNORE INTO vectors (projection, key, passage) "
                "VALUES ((SELECT id FROM projections WHERE series = ?), ?, ?)",
                (series, key, passage),
            )
            if added.rowcount:
                self.connection.execute("INSERT INTO words VALUES (?, ?)", (added.lastrowid, words))

    def projection(self, series: str) -> tuple[bytes, bytes] | None:
        """Mean and basis, float32, that this series of vectors is made with, or None."""
        rows = self.connection.execute("SELECT mean, basis FROM projections WHERE series = ?", (series,))
        return next(rows, None)

    def add_projection(self, series: str, fitted_on: int, mean: bytes, basis: bytes) -> None:
        """Keep a projection fitted on so many passages; vectors made with it can be read with no other."""
        self.connection.execute(
            "INSERT INTO projections (series, fitted_on, mean, basis) VALUES (?, ?, ?, ?)",
            (series, fitted_on, mean, basis),
        )

    def fitted_on(self, series: str) -> int:
        """The number of passages that the projection of this series was fitted on; 0 where there is none."""
        row = self.connection.execute("SELECT fitted_on FROM projections WHERE series = ?", (series,)).fetchone()
        return row[0] if row else 0

    def passage_vectors(self, after: int = 0) -> Iterator[tuple[int, bytes]]:
        """The id and the vector, as float16 bytes, of every passage whose id is greater than `after`.

        All of them come in the order of their keys, which is that in which they were embedded: from the disk in one go,
        and at random over the documents.
        """
        if after:
            return self.connection.execute(
                "SELECT p.id, v.passage FROM passages p JOIN vectors v ON v.key = p.key WHERE p.id > ?", (after,)
            )
        return self.connection.execute(
            "SELECT p.id, v.passage FROM passages p INDEXED BY passages_by_key JOIN vectors v ON v.key = p.key ORDER BY p.key"
        )

    def vectors(self, ids: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        """The vectors of these passages and of their words, as `add_vectors` took them, by passage id."""
        rows = self.connection.execute(
            "SELECT p.id, v.passage, w.words FROM passages p JOIN vectors v ON v.key = p.key JOIN words w ON w.id = v.id "
            f"WHERE p.id IN ({','.join('?' * len(ids))})",
            ids,
        )
        return {id_: (passage, words) for id_, passage, words in rows}

    def dimension(self) -> int:
        """The length of a vector; 1 where there are none."""
        row = self.connection.execute("SELECT length(passage) FROM vectors LIMIT 1").fetchone()
        return row[0] // 2 if row else 1


def remove_store(folder: Path) -> None:
    """Delete the index file in `folder`, its log, and what a kill left of a new one."""
    for name in (FILE, f"{FILE}.new"):
        for suffix in ("", "-wal", "-shm"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)
