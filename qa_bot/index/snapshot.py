"""One generation of the index, open: the store with the FAISS and tantivy indexes made from it.

The accelerators' file names carry the generation and a token of the build that made them. A build writes the new ones
first and commits the store last, so whoever opens the index finds either the old generation whole or the new one whole.
Where they are missing or damaged, they are made again from the store, without embedding anything.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qa_bot.documents.formats.registry import suffixes_in_words
from qa_bot.errors import IndexFolderError
from qa_bot.index import lexical, vectors
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.lock import build_lock
from qa_bot.index.schema import SCHEMA_VERSION
from qa_bot.index.store import Store
from qa_bot.index.trouble import readable, unwritable
from qa_bot.index.vector_search import VectorSearch
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


def open_accelerators(files: Accelerators, passages: int) -> tuple[VectorIndex, LexicalIndex] | None:
    """Both, where they are there and whole; None where they must be made again."""
    try:
        opened = VectorIndex.open(files.vectors), LexicalIndex.open(files.lexical)
    except (RuntimeError, ValueError, OSError):  # faiss, tantivy and the system each have their own
        return None
    return opened if len(opened[0]) == len(opened[1]) == passages else None


@dataclass(frozen=True, slots=True)
class Before:
    """The accelerators of the last generation, and what has changed since."""

    files: Accelerators
    search: VectorSearch
    removed: Sequence[int]
    """Passages that went."""
    after: int
    """Passages that came have greater ids."""


def write_accelerators(store: Store, files: Accelerators, passages: int, before: Before | None = None) -> VectorSearch:
    """Make both: from those of the last generation and what has changed, or else from the whole store."""
    try:
        write_lexical(store, files, before)
        return write_vectors(store, files, passages, before)
    except (RuntimeError, ValueError, OSError) as error:
        raise unwritable(files.vectors.parent, error) from error


def write_lexical(store: Store, files: Accelerators, before: Before | None) -> None:
    """The words."""
    if before is not None and before.files.lexical.is_dir():
        with suppress(ValueError, OSError):  # the last generation's are damaged: tantivy raises ValueError
            return lexical.update(
                before.files.lexical, files.lexical, before.removed, lexical_rows(store, before.after)
            )
    return lexical.build(files.lexical, lexical_rows(store))


def write_vectors(store: Store, files: Accelerators, passages: int, before: Before | None) -> VectorSearch:
    """The vectors; returns how they are searched."""
    if before is not None and vectors.carries(before.search, passages):
        with suppress(RuntimeError, AssertionError):  # damaged, or of another dimension
            changed = partial(store.passage_vectors, before.after)
            if vectors.update(before.files.vectors, files.vectors, before.removed, changed) == passages:
                return before.search
    return vectors.build(files.vectors, store.dimension(), passages, store.passage_vectors)


def lexical_rows(store: Store, after: int = 0) -> Iterator[tuple[int, str, str, str]]:
    """Id, text with headings, document's names and subject words of each passage whose id is greater than `after`."""
    for passage in store.passages(after=after):
        yield passage.id, f"{passage.context}\n{passage.text}", passage.names, passage.subject


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
        self.series = manifest["fingerprint"] + manifest.get("salt", "")
        """Names the vectors that may be held against each other."""
        self.average_length = float(manifest.get("average_length", "500"))
        """Mean length of a passage, in characters."""
        self.documents, self.passages = store.counts()

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """The index in `folder` as it stands; IndexFolderError where there is none, or it does not fit this version."""
        with readable(folder):
            store = Store.open(folder)
            try:
                store.begin_reading()
                manifest = store.manifest()
                if manifest.get("schema") != str(SCHEMA_VERSION):
                    raise IndexFolderError(
                        f"the index in {folder} was made by another version of qa-bot; build it anew with: qa-bot index"
                    )
                if manifest["generation"] == "0":
                    raise IndexFolderError(f"the index in {folder} is not finished; build it with: qa-bot index")
                if not store.counts()[1]:
                    raise IndexFolderError(
                        f"the index in {folder} holds nothing to answer from; put {suffixes_in_words()} files that hold text "
                        "into the seeds folder, then: qa-bot index"
                    )
                return cls(folder, store, *cls._accelerators(folder, store, manifest), manifest)
            except BaseException:
                store.close()
                raise

    @staticmethod
    def _accelerators(folder: Path, store: Store, manifest: Mapping[str, str]) -> tuple[VectorIndex, LexicalIndex]:
        files, (_, passages) = Accelerators.of(folder, manifest), store.counts()
        opened = open_accelerators(files, passages)
        if opened is None:
            with build_lock(folder, lambda: None):
                opened = open_accelerators(files, passages)  # perhaps another reader has made them meanwhile
                if opened is None:
                    write_accelerators(store, files, passages)
                    opened = open_accelerators(files, passages)
        if opened is None:
            raise IndexFolderError(f"the index in {folder} cannot be opened; build it anew with: qa-bot index --full")
        return opened

    def close(self) -> None:
        """Close the store; the accelerators go with the object."""
        self.store.close()
