"""What holds at any size, on corpora made by the benchmarks' generator: small ones here."""

from pathlib import Path

import numpy as np
import pytest

from qa_bot.config import Settings
from qa_bot.documents import read_document
from qa_bot.index.builder import update
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.status import status
from tests.bench import synthetic


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    return synthetic.build(tmp_path, 300)


def test_a_synthetic_index_holds_what_its_files_say(corpus: Settings) -> None:
    now = status(corpus)
    assert (now.documents, now.passages, now.up_to_date) == (15, 300, True)
    assert update(corpus).embedded == 0
    snapshot = Snapshot.open(corpus.index)
    path = "000x/000003.md"
    assert snapshot.store.document(path) == read_document(corpus.seeds, path)
    assert len(snapshot.vectors) == len(snapshot.lexical) == 300
    assert len(snapshot.vectors.search(np.ones(384, dtype=np.float32), 50)) == 50
    snapshot.close()


def test_an_edit_of_a_synthetic_document_embeds_its_passage_only(corpus: Settings) -> None:
    path = synthetic.edit(corpus, 3)
    report = update(corpus)
    assert (report.changed, report.embedded, report.passages) == ((path,), 1, 300)


def test_the_same_seed_makes_the_same_corpus(tmp_path: Path) -> None:
    one, two, three = (synthetic.build(tmp_path / name, 40, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    texts = [(settings.seeds / "000x/000001.md").read_text() for settings in (one, two, three)]
    assert texts[0] == texts[1] != texts[2]
    assert synthetic.questions(5, 1) == synthetic.questions(5, 1) != synthetic.questions(5, 2)
