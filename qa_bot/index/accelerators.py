"""The files that search one generation: a FAISS file and a tantivy folder, both made from the store.

Their names carry the generation and a token of the build that made them. An update writes the new ones first and commits
the store last, so a reader finds either the old generation whole or the new one whole. Where they are missing or
damaged, they are made again from the store, without embedding anything.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qa_bot.index import lexical, vectors
from qa_bot.index.engines import IndexStore, Searches
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.trouble import unwritable
from qa_bot.index.vector_search import VectorSearch
from qa_bot.index.vectors import VectorIndex
from qa_bot.language.choosing import language_of
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

MADE = re.compile(
    r"(?:partial-)?(?:(?P<file>vectors-\d+-(?:0|[0-9a-f]{8})\.faiss)|(?P<folder>lexical-\d+-(?:0|[0-9a-f]{8})))"
)
"""The names that builds give, finished or not; the index folder may hold files of the user's own."""


@dataclass(frozen=True, slots=True)
class Accelerators:
    """Where the FAISS file and the tantivy folder of one build stand."""

    vectors: Path
    lexical: Path
    language: Language = ENGLISH
    """Of the texts in the tantivy folder."""

    @classmethod
    def of(cls, folder: Path, manifest: Mapping[str, str]) -> "Accelerators":
        """Those of the generation that the manifest names."""
        stamp = f"{manifest['generation']}-{manifest.get('build', '0')}"
        return cls(
            folder / f"vectors-{stamp}.faiss", folder / f"lexical-{stamp}", language_of(manifest.get("language"))
        )


def open_accelerators(files: Accelerators, passages: int) -> Searches | None:
    """Both, where they are there and whole; None where they must be made again."""
    try:
        opened = Searches(VectorIndex.open(files.vectors), LexicalIndex.open(files.lexical, files.language))
    except (RuntimeError, ValueError, OSError):  # faiss, tantivy and the system each have their own
        return None
    return opened if len(opened.dense) == len(opened.term) == passages else None


@dataclass(frozen=True, slots=True)
class Before:
    """The accelerators of the last generation, and what has changed since."""

    files: Accelerators
    search: VectorSearch
    removed: Sequence[int]
    """Passages that went."""
    after: int
    """Passages that came have greater ids."""


def write_accelerators(
    store: IndexStore, files: Accelerators, passages: int, before: Before | None = None
) -> VectorSearch:
    """Make both: from those of the last generation and what has changed, or else from the whole store."""
    try:
        write_lexical(store, files, before)
        return write_vectors(store, files, passages, before)
    except (RuntimeError, ValueError, OSError) as error:
        raise unwritable(files.vectors.parent, error) from error


def write_lexical(store: IndexStore, files: Accelerators, before: Before | None) -> None:
    """The words."""
    if before is not None and before.files.lexical.is_dir():
        with suppress(ValueError, OSError):  # the last generation's are damaged: tantivy raises ValueError
            return lexical.update(
                before.files.lexical, files.lexical, before.removed, lexical_rows(store, before.after), files.language
            )
    return lexical.build(files.lexical, lexical_rows(store), files.language)


def write_vectors(store: IndexStore, files: Accelerators, passages: int, before: Before | None) -> VectorSearch:
    """The vectors; returns how they are searched."""
    if before is not None and vectors.carries(before.search, passages):
        with suppress(RuntimeError, AssertionError):  # damaged, or of another dimension
            changed = partial(store.passage_vectors, before.after)
            if vectors.update(before.files.vectors, files.vectors, before.removed, changed) == passages:
                return before.search
    return vectors.build(files.vectors, store.dimension(), passages, store.passage_vectors)


def lexical_rows(store: IndexStore, after: int = 0) -> Iterator[tuple[int, str, str, str]]:
    """Id, text with headings, document's names and subject words of each passage whose id is greater than `after`."""
    for passage in store.passages(after=after):
        yield passage.id, f"{passage.context}\n{passage.text}", passage.names, passage.subject


def remove_stale(folder: Path, keep: Accelerators | None) -> None:
    """Delete the accelerators of other builds, of all builds where none is kept, and nothing else that stands in the folder.

    What a reader has open stays open to it where the system allows that.
    """
    for path in folder.iterdir():
        if (
            (keep and path in (keep.vectors, keep.lexical))
            or path.is_symlink()
            or not (made := MADE.fullmatch(path.name))
        ):
            continue
        if made["file"] and path.is_file():
            path.unlink(missing_ok=True)
        elif made["folder"] and path.is_dir():
            lexical.remove(path)
