"""The reader in numpy says what the same network says in torch, and finds words that stand in the passage."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from qa_bot.errors import ModelError
from qa_bot.models.finding import bundled_folder
from qa_bot.models.reader import NOWHERE, BertReader, Text
from qa_bot.span import Span

if TYPE_CHECKING:
    from tests.train.network import Network

PASSAGES = [
    Text("Opening hours", "The baths open at nine on Sunday and close at noon for cleaning. Towels cost £2."),
    Text("", "Café “Zur Post” serves 12 soups… 👩‍👩‍👧 welcome."),
    Text("A heading " * 40, "Short."),
    Text("Long", "The committee met again to hear what had been done. " * 60),
]


@pytest.fixture(scope="module")
def network() -> "Network":
    from tests.train.network import Network

    torch.manual_seed(3)
    made = Network(bundled_folder(), layers=1)
    made.eval()
    return made


@pytest.fixture(scope="module")
def reader(network: "Network", tmp_path_factory: pytest.TempPathFactory) -> BertReader:
    from tests.train.export import export

    folder = tmp_path_factory.mktemp("reader")
    export(network.state_dict(), folder)
    return BertReader.load(folder)


def test_numpy_says_what_torch_says(network: "Network", reader: BertReader) -> None:
    question = "When do the baths open on Sunday?"
    readings = reader.read(question, PASSAGES)
    for text, reading in zip(PASSAGES, readings, strict=True):
        encoded = reader.encoded(question, [text])[0]
        with torch.no_grad():
            answers, _ = network(
                torch.tensor([encoded.ids]), torch.tensor([encoded.types]), torch.ones(1, len(encoded.ids))
            )
        assert reading.answers == pytest.approx(float(answers[0]), abs=0.05)  # 8 bits a weight


def test_the_words_found_stand_in_the_passage(reader: BertReader) -> None:
    for text, reading in zip(PASSAGES, reader.read("What does it cost?", PASSAGES), strict=True):
        start, end = reading.span
        assert 0 <= start < end <= len(text.passage)
        assert np.isfinite(reading.margin)


def test_a_passage_is_read_alike_alone_and_among_others(reader: BertReader) -> None:
    together = reader.read("Who met?", PASSAGES)
    alone = [reader.read("Who met?", [text])[0] for text in PASSAGES]
    assert [r.answers for r in together] == pytest.approx([r.answers for r in alone], abs=1e-4)
    assert [r.span for r in together] == [r.span for r in alone]


def test_an_empty_passage_and_no_passage_can_be_read(reader: BertReader) -> None:
    assert reader.read("Who met?", []) == []
    assert reader.read("Who met?", [Text("", "")])[0].span == (0, 0)


def test_the_best_words_of_a_sentence_are_at_most_those_of_the_passage(reader: BertReader) -> None:
    reading = reader.read("When do the baths open?", PASSAGES[:1])[0]
    first, second = reading.within(Span(0, 62)), reading.within(Span(63, 80))
    assert reading.margin == pytest.approx(max(first, second), abs=2)
    assert max(first, second) <= reading.margin + 1e-5
    assert reading.within(Span(500, 600)) == NOWHERE


def test_a_damaged_reader_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "reader.json").write_text("{}")
    (tmp_path / "reader.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="--reader none"):
        BertReader.load(tmp_path)
