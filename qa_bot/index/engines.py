"""What an index is kept in, as the rest of the program sees it: a passage store, a dense index and a term index.

Each Protocol has the methods that answers and updates call, and no others. `file_engine.py` implements them with SQLite,
FAISS and tantivy in one folder. Another engine is a module of its own that `choosing.py` then knows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from qa_bot.documents.marks import Mark
    from qa_bot.documents.model import Document
    from qa_bot.documents.subject import Subject
    from qa_bot.index.records import FileRecord, StoredPassage, Wanted
    from qa_bot.language.language import Language
    from qa_bot.models.encoder import Matrix


K1, B = 1.2, 0.75
"""BM25's parameters, the usual ones (Robertson and Zaragoza 2009), which a term index is to use; tantivy has no others."""


class DenseIndex(Protocol):
    """Finds passages by the vectors of their texts."""

    def search(self, vector: "Matrix", limit: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The passages nearest to `vector`, shape (dimension,): id and cosine, best first, at most `limit`.

        With `among`, only passages with these ids are searched.
        """
        ...

    def __len__(self) -> int:
        """The number of passages."""
        ...


class TermIndex(Protocol):
    """Finds passages by their terms (`qa_bot.language.analysis.terms`), and tells how common a term is."""

    language: "Language"
    """Of the documents: its terms are those of this language."""

    def search(self, weights: Mapping[str, float], limit: int, among: Sequence[int] | None = None) -> list[int]:
        """The ids of the passages with the highest BM25 for the weighted terms, best first, at most `limit`.

        With `among`, only passages with these ids are searched.
        """
        ...

    def idf(self, term: str) -> float:
        """BM25's inverse document frequency of a term among the passages' texts; greatest for a term of no passage."""
        ...

    def name_idf(self, term: str) -> float:
        """How well a name tells documents apart: 0 for a term that is no name, and for a name of every document."""
        ...

    def holds(self, term: str) -> bool:
        """Whether a passage, a document's names or a document's scope has the term."""
        ...

    def written_with(self, start: str) -> list[tuple[str, int]]:
        """The documents' words that begin with `start`, in lower case and unstemmed, each with its number of passages."""
        ...

    def __len__(self) -> int:
        """The number of passages."""
        ...


class PassageStore(Protocol):
    """Documents, their passages and the passages' vectors, as answering reads them."""

    def manifest(self) -> dict[str, str]:
        """What the index was made with and for, and the number of its generation."""
        ...

    def documents(self) -> list[tuple[str, str, str | None, int]]:
        """Path, title, date and number of passages of every document, by path."""
        ...

    def document(self, path: str) -> "Document | None":
        """A document as it was indexed; None where there is no such document."""
        ...

    def text(self, path: str) -> str:
        """A document's text; empty where there is no such document."""
        ...

    def marks(self, path: str) -> "tuple[Mark, ...]":
        """Where a document's pages, slides or rows begin; none where there are none, or no such document."""
        ...

    def file(self, path: str) -> "FileRecord | None":
        """A document's file as it was when it was indexed; None where there is no such document."""
        ...

    def passage_ids(self, *paths: str) -> list[int]:
        """The ids of these documents' passages."""
        ...

    def passages(self, ids: Sequence[int] | None = None, *, after: int = 0) -> "Iterator[StoredPassage]":
        """The passages with these ids, in the order of `ids`; without `ids`, those whose id is greater than `after`."""
        ...

    def vectors(self, ids: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        """By passage id: the passage's vector as float16, and its words' vectors as `Projection.pack` made them."""
        ...

    def projection(self, series: str) -> tuple[bytes, bytes] | None:
        """Mean and basis, float32, of the projection that these vectors were made with; None where there is none."""
        ...

    def dimension(self) -> int:
        """The length of a passage's vector; 1 where there are none."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


class IndexStore(PassageStore, Protocol):
    """A passage store as updates and `status` use it: with its manifest, its files, and what changes it."""

    def begin_reading(self) -> None:
        """From now on, read the index as it is now, whatever an update commits."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Commit all that is changed within it, or nothing. Raises IndexFolderError."""
        ...

    def sound(self) -> bool:
        """Whether the store is whole."""
        ...

    def set_manifest(self, **values: str) -> None:
        """Set these keys, leave the others."""
        ...

    def files(self) -> "dict[str, FileRecord]":
        """Every file that was indexed or failed, by path."""
        ...

    def sha256(self, path: str) -> str:
        """The hash of the file when its documents were indexed; empty where none of them is in the index."""
        ...

    def failures(self) -> "list[FileRecord]":
        """The files that could not be indexed."""
        ...

    def counts(self) -> tuple[int, int]:
        """The number of documents and of passages, as the last update counted them."""
        ...

    def measure(self) -> tuple[int, int, float]:
        """The number of documents and of passages, counted now, and the passages' mean length in characters."""
        ...

    def fitted_on(self, series: str) -> int:
        """The number of passages that this projection was fitted on; 0 where there is none."""
        ...

    def add_projection(self, series: str, fitted_on: int, mean: bytes, basis: bytes) -> None:
        """Keep a projection that was fitted on so many passages."""
        ...

    def add_vectors(self, series: str, rows: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        """Keep vectors: key, passage's vector, words' vectors, the last two as `vectors` returns them."""
        ...

    def passage_vectors(self, after: int = 0) -> Iterator[tuple[int, bytes]]:
        """Id and vector, as float16, of the passages whose id is greater than `after`.

        All of them (`after` 0) come in random order, so that the first are a sample of all.
        """
        ...

    def stage(self) -> "Staging":
        """An empty set of changes; only the holder of the engine's lock makes one."""
        ...


class Staging(Protocol):
    """The changes of one update, which wait outside the index until the transaction that ends the update."""

    after: int
    """The passages that this update adds have greater ids."""

    def add(self, document: "Document", record: "FileRecord", subject: "Subject", keys: Sequence[bytes]) -> None:
        """Stage a document of the file of the record; `keys` name the vectors of its passages."""
        ...

    def wanted(self) -> tuple[int, int]:
        """How many staged passages have no vectors yet, and how many characters these passages have."""
        ...

    def wanted_after(self, key: bytes, limit: int) -> "list[Wanted]":
        """Passages that have no vectors yet, in the order of their keys, those after `key`, at most `limit`."""
        ...

    def touch(self, record: "FileRecord") -> None:
        """The file's time has changed, its content has not."""
        ...

    def forget(self, path: str) -> None:
        """Remove the documents of a file, or its failure."""
        ...

    def fail(self, record: "FileRecord") -> None:
        """Keep why a file could not be indexed."""
        ...

    def place(self) -> int:
        """Put the staged documents into the index; returns the number of their passages."""
        ...

    def removed(self) -> list[int]:
        """The ids of the passages that this update has removed."""
        ...

    def drop_unused_vectors(self, series: str, after: int, *, whole: bool) -> int:
        """Delete vectors that no passage uses; returns the `after` of the next update."""
        ...


class Searches(NamedTuple):
    """The two indexes of one generation."""

    dense: DenseIndex
    term: TermIndex


class Since(NamedTuple):
    """What has changed since the last generation, from which the next one's searches can be made."""

    manifest: Mapping[str, str]
    """Of the last generation."""
    removed: Sequence[int]
    """Ids of the passages that were removed."""
    after: int
    """Passages that were added have greater ids."""


class Engine(Protocol):
    """Where one index is kept, and how it is searched. Its methods raise IndexFolderError."""

    name: str
    """What messages call the place of the index."""

    def exists(self) -> bool:
        """Whether there is an index, finished or not."""
        ...

    def size(self) -> int:
        """The bytes that the index takes."""
        ...

    def lock(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """Be the only one who updates the index; `waiting` is called now and then while another one does."""
        ...

    def open(self) -> IndexStore:
        """The store of the index."""
        ...

    def create(self) -> IndexStore:
        """A new, empty store in place of the one that is there; its generation is 0."""
        ...

    def searches(self, store: IndexStore, manifest: Mapping[str, str]) -> Searches:
        """Those of the generation that the manifest names; made again from the store where they are lost or damaged."""
        ...

    def write_searches(self, store: IndexStore, manifest: Mapping[str, str], since: Since | None) -> dict[str, str]:
        """Make those of the generation that `manifest` names, from the whole store where `since` is None.

        Called before the transaction ends; the last generation stays as it is. Returns what the manifest is to say of them.
        """
        ...

    def remove(self) -> None:
        """Delete the index, and nothing else that stands beside it; the caller holds the lock."""
        ...

    def remove_others(self, manifest: Mapping[str, str]) -> None:
        """Delete the searches of every generation but the one that the manifest names."""
        ...
