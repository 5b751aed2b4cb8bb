"""The FAISS index of the passages' vectors: which passages mean something like the question. The only importer of faiss.

Up to some tens of thousands of passages every vector is compared (IndexFlatIP). Beyond that they are put into lists by the
nearest of some centroids, kept at eight bits a dimension (IVF with scalar quantisation), and a question looks into as many
lists as it takes to find nearly all that an exact search would: how many is measured when the lists are made.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from qa_bot.index.vector_search import VectorSearch
from qa_bot.models.encoder import Matrix

EXACT_UP_TO = 50_000
"""Passages. An exact search of 384 dimensions takes 9 ms there on one thread, 18 ms at twice as many, 250 at a million."""
RECALL = 0.99
"""Of the hundred passages nearest to a passage, the share that is to be found on average. A question lies farther from
all passages: on 6,000 real ones where passages had .99 questions had .97, and .98 of their first ten."""
RECALL_AT = 100
QUERIES = 256
"""Vectors held against an exact search to measure the recall: the standard error of the share is then below .005."""
LISTS = 2
"""Lists, as a multiple of the square root of the number of passages; more take longer to make, fewer longer to search."""
SAMPLE = 50
"""Vectors a list that the centroids are fitted to; FAISS warns below 39 and uses no more than 256."""
GROWTH = 2
"""The centroids are fitted anew when the passages have become so many times as many."""
ROWS_AT_A_TIME = 10_000
"""Vectors converted and added at once, to bound memory."""

Ids = NDArray[np.int64]
Rows = Callable[[], Iterable[tuple[int, bytes]]]
"""Passage ids with their vectors as float16 bytes, in no order, so that the first are a sample of all; called once for each
pass over them."""


class VectorIndex:
    """Inner products over unit vectors, mapped from disk; ids are the passages' ids."""

    def __init__(self, index: faiss.Index):
        self._index = index

    @classmethod
    def open(cls, file: Path) -> "VectorIndex":
        """The index in `file`, mapped into memory, not read."""
        return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC))

    def search(self, vector: Matrix, limit: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The nearest passages to `vector`, shape (dimension,): id and cosine, best first, at most `limit`.

        With `among` only passages with these ids are looked at, wherever they are.
        """
        if not len(self):
            return []
        chosen = None
        if among is not None:
            ids = np.asarray(among, dtype=np.int64)
            everywhere = {"nprobe": self._index.nlist} if isinstance(self._index, faiss.IndexIVF) else {}
            kind: Any = faiss.SearchParametersIVF if everywhere else faiss.SearchParameters
            chosen = kind(sel=faiss.IDSelectorBatch(ids), **everywhere)
        with one_thread():
            scores, ids = self._index.search(vector.reshape(1, -1), min(limit, self._index.ntotal), params=chosen)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def __len__(self) -> int:
        return int(self._index.ntotal)


@contextmanager
def one_thread() -> Iterator[None]:
    """FAISS on one thread: with one question the others have nothing to do but be waited for, longer than the search takes
    where another process has their core."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def build(file: Path, dimension: int, passages: int, rows: Rows) -> VectorSearch:
    """Write the index of `rows`, about so many passages, to `file`."""
    if passages <= EXACT_UP_TO:
        index: Any = faiss.IndexIDMap(faiss.IndexFlatIP(dimension))
        how = VectorSearch(made_for=passages)
        for ids, vectors in batches(rows(), dimension):
            index.add_with_ids(vectors, ids)
    else:
        index, how = approximate(dimension, passages, rows)
    write(index, file)
    return how


def carries(how: VectorSearch, passages: int) -> bool:
    """Whether an index so searched may go on to hold so many passages, or is better made anew."""
    if how.kind == "Flat":
        return passages <= EXACT_UP_TO
    return EXACT_UP_TO / GROWTH < passages <= GROWTH * how.made_for


def update(old: Path, new: Path, removed: Sequence[int], rows: Rows) -> int:
    """Write into `new` the index in `old` less the passages `removed` plus `rows`; returns how many it then holds."""
    index: Any = faiss.read_index(str(old))
    if removed:
        index.remove_ids(np.array(removed, dtype=np.int64))
    for ids, vectors in batches(rows(), index.d):
        index.add_with_ids(vectors, ids)
    write(index, new)
    return int(index.ntotal)


def approximate(dimension: int, passages: int, rows: Rows) -> tuple[Any, VectorSearch]:
    """An index of lists, and what of an exact search it finds."""
    lists = int(LISTS * passages**0.5)
    index: Any = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.train(sample(rows(), dimension, SAMPLE * lists))
    queries = sample(rows(), dimension, QUERIES)
    nearest = faiss.ResultHeap(len(queries), RECALL_AT, keep_max=True)
    for ids, vectors in batches(rows(), dimension):
        index.add_with_ids(vectors, ids)
        scores, at = faiss.knn(queries, vectors, RECALL_AT, faiss.METRIC_INNER_PRODUCT)
        nearest.add_result(scores, ids[at])
    nearest.finalize()
    nprobe, recall = fewest_probes(index, queries, nearest.I)
    index.nprobe = nprobe
    return index, VectorSearch("IVF,SQ8", lists, nprobe, round(recall, 4), passages)


def fewest_probes(index: Any, queries: Matrix, nearest: Ids) -> tuple[int, float]:
    """The least nprobe that reaches RECALL, and the recall it has.

    What eight bits confuse, or passages that say the same, no probing brings back: where all lists together do not reach
    RECALL, the least nprobe within .005 of what they do reach.
    """

    def recall(nprobe: int) -> float:
        index.nprobe = nprobe
        found = index.search(queries, nearest.shape[1])[1]
        return sum(len(np.intersect1d(a, b)) for a, b in zip(found, nearest, strict=True)) / nearest.size

    wanted, reached = RECALL, {0: 0.0}
    while max(reached.values()) < RECALL and max(reached) < index.nlist:
        nprobe = min(2 * max(reached) or 1, index.nlist)
        reached[nprobe] = recall(nprobe)
    wanted = min(RECALL, max(reached.values()) - 0.005) if max(reached.values()) < RECALL else RECALL
    too_few = max(nprobe for nprobe, share in reached.items() if share < wanted)
    enough = min(nprobe for nprobe, share in reached.items() if share >= wanted)
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        reached[middle] = recall(middle)
        too_few, enough = (too_few, middle) if reached[middle] >= wanted else (middle, enough)
    return enough, reached[enough]


def sample(rows: Iterable[tuple[int, bytes]], dimension: int, size: int) -> Matrix:
    """The vectors of the first so many rows, which are in no order."""
    return np.concatenate([vectors for _, vectors in batches(islice(rows, size), dimension)])


def batches(rows: Iterable[tuple[int, bytes]], dimension: int) -> Iterator[tuple[Ids, Matrix]]:
    """Ids and unit vectors of the rows, some thousands at a time."""
    stream = iter(rows)
    while batch := list(islice(stream, ROWS_AT_A_TIME)):
        half = np.frombuffer(b"".join(vector for _, vector in batch), dtype=np.float16)
        vectors = half.reshape(len(batch), dimension).astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)  # float16 rounding, undone
        yield np.array([id_ for id_, _ in batch], dtype=np.int64), vectors


def write(index: faiss.Index, file: Path) -> None:
    """Write the index to `file`, whole or not at all."""
    partial = file.with_name(f"partial-{file.name}")
    faiss.write_index(index, str(partial))
    partial.replace(file)
