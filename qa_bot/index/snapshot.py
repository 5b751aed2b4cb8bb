"""One generation of the index, open: the store with the FAISS and tantivy indexes made from it.

The accelerators' file names carry the generation and a token of the build that made them. A build writes the new ones
first and commits the store last, so whoever opens the index finds either the old generation whole or the new one whole.
Where they are missing or damaged, they are made again from the store, without embedding anything.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_bot.errors import IndexFolderError
from qa_bot.index import lexical, vectors
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.store import SCHEMA_VERSION, Store, damaged
from qa_bot.index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class Accelerators:
    """Where the FAISS file and the tantivy folder of one build stand."""

    vectors: Path
    lexical: Path

    @classmethod
    def of(cls, folder: Path, manifest: Mapping[str, str]) -> "Accelerators":
        """Those of the generation that the manifest names."""
        stamp = f"{manifest['generation']}-{manifest.get('build', '0')}"
        return cls(folder / f"vectors-{stamp}.faiss", folder / f"lexical-{stamp}")


def build_accelerators(store: Store, files: Accelerators) -> None:
    """Make both from the store, whole."""
    vectors.build(files.vectors, store.dimension(), store.passage_vectors())
    lexical.build(files.lexical, lexical_rows(store))


def write_accelerators(
    store: Store, before: Accelerators | None, files: Accelerators, removed: Sequence[int], added: Sequence[int]
) -> None:
    """Make both for a new generation: the words from those of the last one and what changed, where that is there still."""
    if before is None or not before.lexical.is_dir():
        build_accelerators(store, files)
        return
    vectors.build(files.vectors, store.dimension(), store.passage_vectors())
    try:
        lexical.update(before.lexical, files.lexical, removed, lexical_rows(store, added))
    except (ValueError, OSError):  # damaged: tantivy raises ValueError
        lexical.build(files.lexical, lexical_rows(store))


def lexical_rows(store: Store, ids: Sequence[int] | None = None) -> Iterator[tuple[int, str, str, str]]:
    """Each passage's id, its text with its headings, its document's names and scope words; all passages, or these."""
    for passage in store.passages(ids):
        yield passage.id, f"{passage.context}\n{passage.text}", passage.names, passage.scope


def remove_stale(folder: Path, keep: Accelerators) -> None:
    """Delete the accelerators of other builds. What a reader has open stays open to it where the system allows that."""
    for path in [*folder.glob("vectors-*"), *folder.glob("lexical-*"), *folder.glob("partial-*")]:
        if path in (keep.vectors, keep.lexical):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


class Snapshot:
    """An index as a question sees it: one generation, whole, until it is closed."""

    def __init__(
        self, folder: Path, store: Store, vectors_: VectorIndex, lexical_: LexicalIndex, manifest: Mapping[str, str]
    ):
        self.folder, self.store, self.vectors, self.lexical = folder, store, vectors_, lexical_
        self.manifest = manifest
        self.generation = int(manifest["generation"])
        self.average_length = float(manifest.get("average_length", "500"))
        """Mean length of a passage, in characters."""
        self.documents, self.passages = store.counts()

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """The index in `folder` as it stands; IndexFolderError where there is none, or it does not fit this version."""
        store = Store.open(folder)
        try:
            store.begin_reading()
            manifest = store.manifest()
            if int(manifest.get("schema", "0")) != SCHEMA_VERSION or manifest["generation"] == "0":
                raise IndexFolderError(
                    f"the index in {folder} was made by another version; build it anew with: qa-bot index"
                )
            files = Accelerators.of(folder, manifest)
            try:
                return cls(folder, store, VectorIndex.open(files.vectors), LexicalIndex.open(files.lexical), manifest)
            except (
                RuntimeError,
                ValueError,
                OSError,
            ):  # missing or damaged: faiss, tantivy and the system each have their own
                build_accelerators(store, files)
            return cls(folder, store, VectorIndex.open(files.vectors), LexicalIndex.open(files.lexical), manifest)
        except (sqlite3.DatabaseError, KeyError, OSError) as error:
            store.close()
            raise damaged(folder, error) from error
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Close the store; the accelerators go with the object."""
        self.store.close()
