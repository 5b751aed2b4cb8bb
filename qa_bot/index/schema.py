"""How the index file is laid out: its tables, and spans and marks as SQLite keeps them."""

import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa_bot.documents.marks import Mark
    from qa_bot.span import Span

FILE = "qa-bot.sqlite"
SCHEMA_VERSION = 6
SCHEMA = f"""
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL, title TEXT NOT NULL, date TEXT, names TEXT NOT NULL, scope TEXT NOT NULL,
    note TEXT NOT NULL, text TEXT NOT NULL, marks TEXT NOT NULL,
    -- The path of the file that holds the document, perhaps with others: size, time and hash are that file's.
    file TEXT NOT NULL);
CREATE INDEX documents_of_file ON documents (file);
CREATE TABLE failures (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, context TEXT NOT NULL, residue INTEGER NOT NULL,
    text TEXT NOT NULL, sentences BLOB NOT NULL, key BLOB NOT NULL);
-- With its end, so that counting and measuring all passages reads this index alone.
CREATE INDEX passages_of_document ON passages (document, start, "end");
CREATE INDEX passages_by_key ON passages (key);
CREATE TABLE projections (
    id INTEGER PRIMARY KEY, series TEXT NOT NULL UNIQUE, fitted_on INTEGER NOT NULL, mean BLOB NOT NULL, basis BLOB NOT NULL);
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT, projection INTEGER NOT NULL, key BLOB NOT NULL UNIQUE,
    passage BLOB NOT NULL);
-- Apart, and ten times the size of the others: read for candidates only.
CREATE TABLE words (id INTEGER PRIMARY KEY REFERENCES vectors ON DELETE CASCADE, words BLOB NOT NULL);
INSERT INTO manifest VALUES ('schema', '{SCHEMA_VERSION}'), ('generation', '0');
"""


def pack_marks(marks: "Iterable[Mark]") -> str:
    """Marks as JSON; "" for none."""
    import json

    listed = list(marks)
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")) if listed else ""


def unpack_marks(packed: str) -> "tuple[Mark, ...]":
    """The inverse of `pack_marks`."""
    if not packed:
        return ()
    import json

    from qa_bot.documents.marks import Mark

    return tuple(Mark(*mark) for mark in json.loads(packed))


def pack_spans(spans: "Iterable[Span]") -> bytes:
    """Offsets as little-endian int32 pairs."""
    flat = [offset for span in spans for offset in span]
    return struct.pack(f"<{len(flat)}i", *flat)


def unpack_spans(blob: bytes) -> "tuple[Span, ...]":
    """The inverse of `pack_spans`."""
    from qa_bot.span import Span

    return tuple(map(Span._make, struct.iter_unpack("<2i", blob)))
