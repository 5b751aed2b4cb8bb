"""How the index file is laid out: its tables, and spans as bytes."""

import struct
from collections.abc import Iterable

from qa_bot.documents.model import Span

FILE = "qa-bot.sqlite"
SCHEMA_VERSION = 4
SCHEMA = f"""
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
CREATE TABLE vectors (key BLOB PRIMARY KEY, passage BLOB NOT NULL, words BLOB NOT NULL);
CREATE TABLE projections (key TEXT PRIMARY KEY, mean BLOB NOT NULL, basis BLOB NOT NULL);
INSERT INTO manifest VALUES ('schema', '{SCHEMA_VERSION}'), ('generation', '0');
"""


def pack_spans(spans: Iterable[Span]) -> bytes:
    """Offsets as little-endian int32 pairs."""
    flat = [offset for span in spans for offset in span]
    return struct.pack(f"<{len(flat)}i", *flat)


def unpack_spans(blob: bytes) -> tuple[Span, ...]:
    """The inverse of `pack_spans`."""
    return tuple(map(Span._make, struct.iter_unpack("<2i", blob)))
