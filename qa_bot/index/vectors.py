"""The FAISS index of the passages' vectors: which passages mean something like the question. The only importer of faiss."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import faiss
import numpy as np

from qa_bot.index.bert import Matrix

ROWS_AT_A_TIME = 10_000
"""Vectors converted and added at once while building, to bound memory."""


class VectorIndex:
    """Exact inner products over unit vectors, mapped from disk; ids are the passages' ids."""

    def __init__(self, index: faiss.Index):
        self._index = index

    @classmethod
    def open(cls, file: Path) -> "VectorIndex":
        """The index in `file`, mapped into memory, not read."""
        return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC))

    def search(self, vector: Matrix, limit: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The nearest passages to `vector`, shape (dimension,): id and cosine, best first, at most `limit`.

        With `among` only passages with these ids are looked at.
        """
        if not len(self):
            return []
        chosen = None
        if among is not None:
            ids = np.asarray(among, dtype=np.int64)
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBatch(ids))  # type: ignore[call-arg]
        scores, ids = self._index.search(vector.reshape(1, -1), min(limit, self._index.ntotal), params=chosen)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def __len__(self) -> int:
        return int(self._index.ntotal)


def build(file: Path, dimension: int, rows: Iterable[tuple[int, bytes]]) -> None:
    """Write the index of `rows`, passage ids with their vectors as float16 bytes, to `file`."""
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
    stream = iter(rows)
    while batch := list(islice(stream, ROWS_AT_A_TIME)):
        ids = np.array([id_ for id_, _ in batch], dtype=np.int64)
        half = np.frombuffer(b"".join(vector for _, vector in batch), dtype=np.float16)
        vectors = half.reshape(len(batch), dimension).astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)  # float16 rounding, undone
        index.add_with_ids(vectors, ids)
    partial = file.with_name(f"partial-{file.name}")
    faiss.write_index(index, str(partial))
    partial.replace(file)
