"""What an update puts into the index and takes out of it.

Documents wait in SQLite's temporary tables, on disk, while their passages are embedded, so that memory does not grow with
them; they come into the index, and what they replace goes, in the one transaction that ends the update.
"""

import sqlite3
from collections.abc import Sequence

from qa_bot.documents.model import Document
from qa_bot.documents.subject import Subject
from qa_bot.index.records import FileRecord, Wanted
from qa_bot.index.schema import pack_marks, pack_spans

STAGE = """
CREATE TEMP TABLE staged_documents AS SELECT * FROM documents LIMIT 0;
CREATE TEMP TABLE staged_passages AS SELECT * FROM passages LIMIT 0;
CREATE UNIQUE INDEX temp.staged_documents_by_id ON staged_documents (id);
CREATE UNIQUE INDEX temp.staged_passages_by_id ON staged_passages (id);
CREATE TEMP TABLE wanted (key BLOB PRIMARY KEY, passage INTEGER NOT NULL, characters INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY, key BLOB NOT NULL);
"""
UNSTAGE = "".join(f"DROP TABLE IF EXISTS temp.{t};" for t in ("staged_documents", "staged_passages", "wanted", "gone"))


class Changeset:
    """The changes of one update of the store that has this connection; made by `Store.stage`."""

    def __init__(self, connection: sqlite3.Connection):
        self._db = connection
        self._db.executescript(UNSTAGE + STAGE)
        self._document = self._db.execute("SELECT coalesce(max(id), 0) FROM documents").fetchone()[0]
        self.after: int = self._last("passages")
        """The passages that this update adds have greater ids."""
        self._passage = self.after

    def add(self, document: Document, record: FileRecord, subject: Subject, keys: Sequence[bytes]) -> None:
        """A document of the file of the record; `keys` name its passages' vectors."""
        self._document += 1
        self._db.execute(
            "INSERT INTO staged_documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(self._document, document.path, record.size, record.mtime_ns, record.sha256),
                *(document.title, document.date, " ".join(subject.names), " ".join(subject.words)),
                *(document.note, document.text, pack_marks(document.marks), record.path),
            ),
        )
        for p, key in zip(document.passages, keys, strict=True):
            self._passage += 1
            text = document.text[p.start : p.end]
            self._db.execute(
                "INSERT INTO staged_passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._passage,
                    self._document,
                    p.start,
                    p.end,
                    p.context,
                    p.residue,
                    text,
                    pack_spans(p.sentences),
                    key,
                ),
            )
            self._db.execute(
                "INSERT OR IGNORE INTO wanted SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE key = ?1)",
                (key, self._passage, len(text)),
            )

    def wanted(self) -> tuple[int, int]:
        """How many passages have no vectors yet, and how many characters they are."""
        row = self._db.execute("SELECT count(*), coalesce(sum(characters), 0) FROM wanted").fetchone()
        return row[0], row[1]

    def wanted_after(self, key: bytes, limit: int) -> list[Wanted]:
        """The next of them after this key; in the order of their keys, which is none to a reader: at random."""
        rows = self._db.execute(
            "SELECT w.key, d.title, p.context, p.text FROM wanted w JOIN staged_passages p ON p.id = w.passage "
            "JOIN staged_documents d ON d.id = p.document WHERE w.key > ? ORDER BY w.key LIMIT ?",
            (key, limit),
        )
        return [Wanted(*row) for row in rows]

    # Within the transaction

    def touch(self, record: FileRecord) -> None:
        """The file's time changed but not what it holds."""
        self._db.execute(
            "UPDATE documents SET size = ?, mtime_ns = ? WHERE file = ?", (record.size, record.mtime_ns, record.path)
        )

    def forget(self, path: str) -> None:
        """Remove the documents of a file, or its failure."""
        self._db.execute(
            "INSERT INTO gone SELECT p.id, p.key FROM passages p JOIN documents d ON d.id = p.document WHERE d.file = ?",
            (path,),
        )
        self._db.execute("DELETE FROM documents WHERE file = ?", (path,))
        self._db.execute("DELETE FROM failures WHERE path = ?", (path,))

    def fail(self, record: FileRecord) -> None:
        """Keep why a file could not be indexed, so that it is not tried again until it changes."""
        self.forget(record.path)
        self._db.execute(
            "INSERT INTO failures VALUES (?, ?, ?, ?)", (record.path, record.size, record.mtime_ns, record.reason)
        )

    def place(self) -> int:
        """Put the documents in, in place of those of the same files; returns how many passages they have."""
        for (path,) in self._db.execute("SELECT DISTINCT file FROM staged_documents").fetchall():
            self.forget(path)
        self._db.execute("INSERT INTO documents SELECT * FROM staged_documents")
        return self._db.execute("INSERT INTO passages SELECT * FROM staged_passages").rowcount

    def removed(self) -> list[int]:
        """The ids of the passages that went."""
        return [row[0] for row in self._db.execute("SELECT id FROM gone")]

    def drop_unused_vectors(self, series: str, after: int, *, whole: bool) -> int:
        """Forget vectors that no passage uses any more; returns the mark that the next update gives as `after`.

        Looked at are those of the passages that went, and those of this series that have come since the mark: an update
        that was stopped may have left some. With `whole`, all are, and every other series goes.
        """
        unused = "NOT EXISTS (SELECT 1 FROM passages WHERE passages.key = vectors.key)"
        if whole:
            self._db.execute(f"DELETE FROM vectors WHERE {unused}")
            self._db.execute("DELETE FROM projections WHERE series != ?", (series,))
        else:
            self._db.execute(
                "DELETE FROM vectors WHERE id IN (SELECT v.id FROM gone CROSS JOIN vectors v ON v.key = gone.key UNION "
                "SELECT v.id FROM vectors v WHERE v.id > ? AND v.projection = (SELECT id FROM projections WHERE series = ?)) "
                f"AND {unused}",
                (after, series),
            )
        return self._last("vectors")

    def _last(self, table: str) -> int:
        """The greatest id that the table ever had."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return row[0] if row else 0
