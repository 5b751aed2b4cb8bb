"""The two encoders hold together: numpy and sentence-transformers give the same vectors, whatever the model and text."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from qa_bot.config import DEFAULT_MODEL
from qa_bot.errors import ModelError
from qa_bot.models.bert import BertEncoder, Unsupported
from qa_bot.models.choosing import FEW_CHARACTERS, passage_encoder, question_encoder
from qa_bot.models.encoder import Encoded, Encoder, Matrix
from qa_bot.models.finding import Model, bundled_folder
from qa_bot.models.word_vectors import unit
from qa_bot.models.worker_encoder import WorkerEncoder
from tests.conftest import REPOSITORY
from tests.fake_encoder import tiny_model

PROMPTS = {"query": "query: ", "document": "passage: "}
MODELS: dict[str, dict[str, object]] = {
    "mean": {},
    "bare": {"normalize": False, "seed": 1},
    "cls": {"pooling": "cls", "seed": 2},
    "prompts": {"prompts": PROMPTS, "seed": 3},
    "other names": {"prompts": {"query": "ask ", "passage": "read "}, "seed": 4},
}
TEXTS = [
    "What needs to improve?",
    "",
    " \n\t ",
    "a",
    "\u200b\ufeff",
    "Привет, 世界! Ünïcödé — naïve café 🎉 e\u0301",
    "It was — so they said — a \u201cgood\u201d year.\n\n\nAnd then?",
    "word " * 2000,
    "x" * 500,
    *(path.read_text()[:1500] for path in sorted((REPOSITORY / "seeds").iterdir())[1:3]),
]
REFERENCE = """
import sys, numpy as np
from sentence_transformers import SentenceTransformer
texts = list(np.load(sys.argv[1])["texts"])
for folder in sys.argv[2:]:
    model = SentenceTransformer(folder)
    # Of itself it takes "document" even where the model's own prompt for documents is called "passage".
    named = {"prompt_name": "passage"} if "passage" in model.prompts else {}
    np.savez(folder + ".npz", questions=model.encode_query(texts), passages=model.encode_document(texts, **named))
"""


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Each model's folder and the vectors that sentence-transformers itself gives the texts."""
    home = tmp_path_factory.mktemp("models")
    folders = {name: tiny_model(home / name, **options) for name, options in MODELS.items()}  # type: ignore[arg-type]
    (home / "bundled").symlink_to(bundled_folder())
    folders["bundled"] = home / "bundled"
    np.savez(home / "texts.npz", texts=np.array(TEXTS, dtype=object).astype(str))
    command = [sys.executable, "-c", REFERENCE, str(home / "texts.npz"), *map(str, folders.values())]
    subprocess.run(command, check=True, capture_output=True, timeout=500)
    return {name: (folder, Path(f"{folder}.npz")) for name, folder in folders.items()}


def cosines(encoded: list[Encoded], expected: Matrix) -> Matrix:
    vectors = np.array([e.vector for e in encoded])
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(expected, axis=1)
    return np.asarray(np.sum(vectors * expected, axis=1) / lengths, dtype=np.float32)


def in_order(encoder: Encoder, texts: list[str]) -> list[Encoded]:
    """The passages as they are encoded, each at its number."""
    encoded = dict(encoder.stream_passages(texts))
    return [encoded[i] for i in range(len(texts))]


@pytest.mark.parametrize("name", [*MODELS, "bundled"])
def test_numpy_agrees_with_sentence_transformers(references: dict[str, tuple[Path, Path]], name: str) -> None:
    folder, vectors = references[name]
    encoder, expected = BertEncoder.load(folder), np.load(vectors)
    assert cosines(encoder.encode_questions(TEXTS), expected["questions"]).min() >= 0.99999
    assert cosines(encoder.encode_passages(TEXTS), expected["passages"]).min() >= 0.99999


def test_the_worker_agrees_with_numpy_token_by_token(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "m", prompts=PROMPTS)
    worker, here = WorkerEncoder(str(folder)), BertEncoder.load(folder)
    try:
        assert worker.dimension == here.dimension == 32
        for there, own in (
            (worker.encode_questions(TEXTS), here.encode_questions(TEXTS)),
            (in_order(worker, TEXTS), in_order(here, TEXTS)),
        ):
            assert len(there) == len(own) == len(TEXTS)
            assert cosines(there, np.array([e.vector for e in own])).min() >= 0.99999
            for a, b in zip(there, own, strict=True):
                assert a.spans == b.spans
                np.testing.assert_allclose(a.tokens, b.tokens, atol=5e-3)  # float16 on the way
        assert in_order(worker, []) == in_order(here, []) == []
    finally:
        worker.close()


def test_many_passages_through_the_worker_are_those_of_numpy_but_for_rounding() -> None:
    """Rounded to bfloat16 where the processor does that by itself and is faster for it."""
    words = " ".join(path.read_text() for path in sorted((REPOSITORY / "seeds").iterdir())[1:4]).split()
    texts = [" ".join(words[at : at + 60]) for at in range(0, 60 * 24, 60)]
    worker, here = WorkerEncoder(str(bundled_folder())), BertEncoder.load(bundled_folder())
    try:
        there, own = dict(worker.stream_passages(texts)), here.encode_passages(texts)
    finally:
        worker.close()
    assert sorted(there) == list(range(24))
    assert cosines([there[i] for i in range(24)], np.array([e.vector for e in own])).min() >= 0.9999
    for i, e in enumerate(own):
        assert there[i].spans == e.spans
        assert np.sum(unit(there[i].tokens) * unit(e.tokens), axis=1).min() >= 0.999


def test_tokens_stand_where_they_say_in_the_text() -> None:
    text = "The Lead Member said: naïve café."
    (encoded,) = BertEncoder.load(bundled_folder()).encode_questions([text])
    words = [text[start:end] for start, end in encoded.spans]
    assert words[:4] == ["The", "Lead", "Member", "said"]
    assert len(words) == len(encoded.tokens)


def test_the_model_reads_up_to_its_own_limit_not_that_of_its_tokenizer(tmp_path: Path) -> None:
    encoder = BertEncoder.load(tiny_model(tmp_path / "m", max_length=40))
    (long,) = encoder.encode_passages(["a " * 100])
    assert len(long.spans) == 38  # less [CLS] and [SEP]; the tokenizer's file says 16


@pytest.mark.parametrize("options", [{"kind": "distilbert"}, {"pooling": "max"}])
def test_numpy_says_what_it_does_not_cover(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(Unsupported):
        BertEncoder.load(tiny_model(tmp_path / "m", **options))  # type: ignore[arg-type]


def test_what_numpy_does_not_cover_goes_through_the_worker(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "m", kind="distilbert")
    encoder = question_encoder(Model.find(str(folder)))
    try:
        assert isinstance(encoder, WorkerEncoder)
        (encoded,) = encoder.encode_questions(["What needs to improve?"])
        assert encoded.vector.shape == (32,)
        assert np.isfinite(encoded.vector).all()
        assert len(encoded.spans) == len(encoded.tokens) == 19  # letters and the mark
    finally:
        encoder.close()


def test_few_passages_take_numpy_and_many_the_worker() -> None:
    model = Model.find(DEFAULT_MODEL)
    assert isinstance(passage_encoder(model, FEW_CHARACTERS), BertEncoder)
    many = passage_encoder(model, FEW_CHARACTERS + 1)
    many.close()
    assert isinstance(many, WorkerEncoder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", b""),
        ("model.safetensors", b"\x08\0\0\0\0\0\0\0garbage!"),
        ("model.safetensors", b"\x02\0\0\0\0\0\0\0{}"),
        ("tokenizer.json", b"{"),
        ("config.json", b"not json"),
        ("modules.json", b"[{}]"),
        ("1_Pooling/config.json", b"\xff\xfe"),
    ],
)
def test_a_damaged_model_is_told_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    folder = tiny_model(tmp_path / "m")
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=r"cannot be read .*; reinstall it or choose another with --model"):
        question_encoder(Model.find(str(folder)))


def test_a_worker_that_dies_is_told_with_the_remedy(tmp_path: Path) -> None:
    worker = WorkerEncoder(str(tiny_model(tmp_path / "m")))
    worker._process.kill()
    with pytest.raises(ModelError, match=r"ended early .*free some and run the command again"):
        worker.encode_questions(["hello"])
    worker.close()
