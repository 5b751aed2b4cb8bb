"""A few documents and a model that takes no time, for tests that update an index; and what an index then holds."""

from pathlib import Path

import numpy as np
import pytest

from qa_bot.config import Settings
from qa_bot.index.snapshot import Snapshot

PARAGRAPHS = [f"Paragraph {word} tells of {word} things. " * 12 for word in ("one", "two", "three", "four")]


@pytest.fixture
def settings(tmp_path: Path, tiny: Path) -> Settings:
    """Three documents, not indexed yet, and a model that takes no time."""
    seeds = tmp_path / "seeds"
    (seeds / "sub").mkdir(parents=True)
    (seeds / "long.txt").write_text("A long one\n\n" + "\n\n".join(PARAGRAPHS))
    (seeds / "short.txt").write_text("A short one\n\nIt says little about owls.")
    (seeds / "sub" / "third.md").write_text("# A third\n\nThis one tells of elephants.\n")
    return Settings(seeds=seeds, index=tmp_path / "index", model=str(tiny))


def texts(settings: Settings) -> list[str]:
    """All passages of the index as a question finds them: by FAISS, by tantivy and in the store alike."""
    snapshot = Snapshot.open(settings)
    passages = list(snapshot.store.passages())
    ids = {p.id for p in passages}
    everything = snapshot.vectors.search(np.zeros(snapshot.store.dimension(), dtype=np.float32), 1000)
    assert {i for i, _ in everything} == ids
    assert len(snapshot.lexical) == len(ids)
    assert snapshot.store.vectors(list(ids)).keys() == ids
    snapshot.close()
    return sorted(f"{p.document}: {p.text}" for p in passages)
