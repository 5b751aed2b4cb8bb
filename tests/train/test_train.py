"""The reader can be trained anew: from rows to weights that the program loads."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa_bot.models.bert import read_tokenizer
from qa_bot.models.finding import bundled_folder
from qa_bot.models.reader import BertReader, Text
from tests.train.data import Data, held_out, load
from tests.train.examples import removed, sentences

pytestmark = pytest.mark.slow

WORKSHOPS = ["Weaving", "Pottery", "Bookbinding", "Carving", "Smithing", "Dyeing", "Printing", "Basketry"]
FIRST = "The {} workshop opens at {} o'clock on Tuesdays, and the door stays open until the last guest has left. "
SECOND = "Aprons hang by the stove, and everyone is asked to sweep the floor before going home."
THIRD = "Whoever breaks a tool of the {} workshop tells the warden, and the warden has the tool mended within a week."


def rows() -> Iterator[dict[str, object]]:
    """Of each workshop two passages with a question that the document answers, and one that it does not answer."""
    for hour, name in enumerate(WORKSHOPS, start=7):
        first, third = FIRST.format(name, hour) + SECOND, THIRD.format(name)
        about = {"doc": f"{name}.md", "title": f"{name} workshop", "source": "written_workshops"}
        at, told = first.index(str(hour)), third.index("the warden")
        yield about | {
            "question": "When does it open?",
            "history": [f"What is the {name} workshop?"],
            "passage": first,
            "answer_spans": [[at, at + len(f"{hour} o'clock")]],
            "answerable": True,
        }
        yield about | {
            "question": "Who must be told of a broken tool?",
            "passage": third,
            "answer_spans": [[told, told + len("the warden")]],
            "answerable": True,
        }
        yield about | {
            "question": "How many aprons are there?",
            "passage": first,
            "answer_spans": [],
            "answerable": False,
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data")
    written = list(rows())
    mined = [row | {"passage": THIRD.format("Glass"), "answer_spans": [], "answerable": False} for row in written[::3]]
    sets = {"written_workshops": written, "doqa": written[:6], "boolq": written[1::3], "hardneg_other_doc": mined}
    for name, content in sets.items():
        with gzip.open(made / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in content)
    return made


@pytest.fixture(scope="module")
def data(folder: Path) -> Data:
    return load(folder, seed=5)


def seen(data: Data, steps: int) -> list[list[int]]:
    from tests.train.fit import batches

    return [example.ids.tolist() for _, drawn in zip(range(steps), batches(data, 5), strict=False) for example in drawn]


def test_every_kind_of_example_is_made(data: Data) -> None:
    assert set(data.pools) == {"written", "written_removed", "near", "public", "public_removed", "mined"}
    assert all(example.answers for example in data.pools["public"])
    for kind in ("written_removed", "near", "public_removed", "mined"):
        assert not any(example.answers or example.start >= 0 for example in data.pools[kind])
    assert {example.answers for example in data.pools["written"]} == {True, False}


def test_documents_held_out_are_tested_on_and_not_trained_on(folder: Path, data: Data) -> None:
    out = [name for name in WORKSHOPS if held_out(f"{name}.md")]
    assert 0 < len(out) < len(WORKSHOPS)
    assert len(data.tests["written_workshops"]) == 3 * len(out)
    assert len(data.pools["written"]) == 3 * (len(WORKSHOPS) - len(out))
    apart = load(folder, 5, apart=["written_workshops"])
    assert len(apart.tests["written_workshops"]) == 3 * len(WORKSHOPS)
    assert "written" not in apart.pools


def test_the_tokens_that_answer_are_those_of_the_span(data: Data) -> None:
    tokenizer = read_tokenizer(bundled_folder() / "tokenizer.json")
    answers = {
        tokenizer.decode(example.ids[example.start : example.end + 1].tolist())
        for example in data.pools["written"]
        if example.answers
    }
    assert "the warden" in answers
    assert all(answer == "the warden" or answer.endswith("o ' clock") for answer in answers)


def test_the_sentence_that_answers_is_taken_away() -> None:
    row = next(rows())
    assert "".join(str(row["passage"])[start:end] for start, end in sentences(str(row["passage"]))) == row["passage"]
    rest = removed(row)
    assert rest is not None
    assert rest["passage"] == SECOND
    assert not rest["answerable"]


def test_the_same_seed_makes_the_same_examples(folder: Path, data: Data) -> None:
    again, other = load(folder, seed=5), load(folder, seed=6)
    assert seen(again, 20) == seen(data, 20)
    assert seen(other, 20) != seen(data, 20)


def test_training_goes_on_from_its_checkpoint_and_the_reader_loads_what_is_learned(data: Data, tmp_path: Path) -> None:
    from tests.train.export import export
    from tests.train.fit import BATCH, Plan, Run, batches, fit
    from tests.train.losses import batch_of, loss_of

    said: list[str] = []
    plan = Plan(seed=5, layers=1, frozen=0, examples=16 * BATCH)
    untrained = Run(plan).network
    whole = fit(data, plan, tmp_path / "whole.pt", said.append)
    assert "AUROC" in said[-1]
    batch = batch_of(next(batches(data, 5)))
    assert loss_of(whole.network, batch).item() < loss_of(untrained, batch).item() - 0.02

    half = Run(plan)
    for _, examples in zip(range(8), batches(data, 5), strict=False):
        half.learn(examples)
    half.save(tmp_path / "half.pt")
    resumed = fit(data, plan, tmp_path / "half.pt", said.append)
    assert resumed.step == whole.step == 16
    for name, values in whole.network.state_dict().items():
        np.testing.assert_allclose(resumed.network.state_dict()[name], values, atol=1e-3)

    export(whole.network.state_dict(), tmp_path / "weights")
    reading = BertReader.load(tmp_path / "weights").read("When does it open?", [Text("", SECOND)])[0]
    assert np.isfinite([reading.answers, reading.margin]).all()
