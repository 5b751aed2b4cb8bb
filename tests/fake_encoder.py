"""Stand-ins whose vectors can be known: an encoder worked out by hand, and real but tiny models made on the spot."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from qa_bot.models.encoder import Encoded, Matrix

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,;:!?-"


class FakeEncoder:
    """Each word that it knows is an axis of its own; a text's vector is the sum of its words', at length 1.

    FakeEncoder("cat", "dog") sees "Cat, cat, dog" as [2, 1] / sqrt(5); words it does not know are zeros.
    """

    def __init__(self, *words: str):
        self._axes = {word: axis for axis, word in enumerate(words)}

    @property
    def dimension(self) -> int:
        return len(self._axes)

    def encode_questions(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._encode(text) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._encode(text) for text in texts]

    def stream_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        yield from enumerate(self.encode_passages(texts))

    def close(self) -> None:
        pass

    def _encode(self, text: str) -> Encoded:
        words = list(re.finditer(r"\w+", text))
        tokens = np.zeros((len(words), self.dimension), dtype=np.float32)
        for row, word in enumerate(words):
            if (axis := self._axes.get(word.group().lower())) is not None:
                tokens[row, axis] = 1
        total = tokens.sum(axis=0)
        return Encoded(total / max(float(np.linalg.norm(total)), 1e-12), tokens, [word.span() for word in words])


def tiny_model(
    folder: Path,
    *,
    kind: str = "bert",
    pooling: str = "mean",
    normalize: bool = True,
    prompts: Mapping[str, str] | None = None,
    max_length: int = 64,
    seed: int = 0,
) -> Path:
    """A sentence-transformers model of two layers and 32 dimensions with random weights; `kind` is bert or distilbert."""
    folder.mkdir(parents=True)
    weights = {"bert": bert_weights, "distilbert": distilbert_weights}[kind](np.random.default_rng(seed))
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer(folder)
    modules = ["Transformer", "Pooling", *(["Normalize"] if normalize else [])]
    write(
        folder,
        {
            "config.json": CONFIGS[kind],
            "modules.json": [
                {"idx": i, "name": str(i), "path": "" if i == 0 else f"{i}_{module}", "type": f"{MODULES}.{module}"}
                for i, module in enumerate(modules)
            ],
            "sentence_bert_config.json": {"max_seq_length": max_length, "do_lower_case": False},
            "config_sentence_transformers.json": {"prompts": dict(prompts or {}), "default_prompt_name": None},
            "1_Pooling/config.json": {
                "word_embedding_dimension": SIZE,
                "pooling_mode_cls_token": pooling == "cls",
                "pooling_mode_mean_tokens": pooling == "mean",
                "pooling_mode_max_tokens": pooling == "max",
                "pooling_mode_mean_sqrt_len_tokens": False,
            },
            "2_Normalize/config.json": {},
        },
    )
    return folder


MODULES = "sentence_transformers.models"
SIZE, INNER, LAYERS, POSITIONS = 32, 64, 2, 96
VOCABULARY = [*SPECIAL, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
CONFIGS: dict[str, dict[str, object]] = {
    "bert": {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": SIZE,
        "num_attention_heads": 4,
        "num_hidden_layers": LAYERS,
        "intermediate_size": INNER,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": POSITIONS,
        "type_vocab_size": 2,
        "vocab_size": len(VOCABULARY),
        "pad_token_id": 0,
    },
    "distilbert": {
        "model_type": "distilbert",
        "architectures": ["DistilBertModel"],
        "dim": SIZE,
        "n_heads": 4,
        "n_layers": LAYERS,
        "hidden_dim": INNER,
        "activation": "gelu",
        "max_position_embeddings": POSITIONS,
        "vocab_size": len(VOCABULARY),
        "pad_token_id": 0,
    },
}


def bert_weights(rng: np.random.Generator) -> dict[str, Matrix]:
    shapes = {"": (SIZE, SIZE), "intermediate": (INNER, SIZE), "output": (SIZE, INNER)}
    weights = embeddings(rng) | {"embeddings.token_type_embeddings.weight": values(rng, 2, SIZE)}
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}."
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            weights |= dense(rng, layer + part, *shapes[""])
        weights |= dense(rng, layer + "intermediate.dense", *shapes["intermediate"])
        weights |= dense(rng, layer + "output.dense", *shapes["output"])
        weights |= norm(rng, layer + "attention.output.LayerNorm") | norm(rng, layer + "output.LayerNorm")
    return weights


def distilbert_weights(rng: np.random.Generator) -> dict[str, Matrix]:
    weights = embeddings(rng)
    for i in range(LAYERS):
        layer = f"transformer.layer.{i}."
        for part in ("attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin"):
            weights |= dense(rng, layer + part, SIZE, SIZE)
        weights |= dense(rng, layer + "ffn.lin1", INNER, SIZE) | dense(rng, layer + "ffn.lin2", SIZE, INNER)
        weights |= norm(rng, layer + "sa_layer_norm") | norm(rng, layer + "output_layer_norm")
    return weights


def embeddings(rng: np.random.Generator) -> dict[str, Matrix]:
    return norm(rng, "embeddings.LayerNorm") | {
        "embeddings.word_embeddings.weight": values(rng, len(VOCABULARY), SIZE),
        "embeddings.position_embeddings.weight": values(rng, POSITIONS, SIZE),
    }


def dense(rng: np.random.Generator, name: str, rows: int, columns: int) -> dict[str, Matrix]:
    return {f"{name}.weight": values(rng, rows, columns), f"{name}.bias": values(rng, rows)}


def norm(rng: np.random.Generator, name: str) -> dict[str, Matrix]:
    return {f"{name}.weight": 1 + values(rng, SIZE), f"{name}.bias": values(rng, SIZE)}


def values(rng: np.random.Generator, *shape: int) -> Matrix:
    return (0.2 * rng.standard_normal(shape)).astype(np.float32)


def tokenizer(folder: Path) -> None:
    """One token a letter, so that the vocabulary stays tiny; letters it does not know are [UNK]."""
    ids = {token: i for i, token in enumerate(VOCABULARY)}
    made = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])]
    )
    # What real models ship: the length of their training, not of their use.
    made.enable_truncation(16)
    made.enable_padding(length=16)
    made.save(str(folder / "tokenizer.json"))
    names = {f"{token[1:-1].lower()}_token": token for token in SPECIAL}
    write(folder, {"tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", **names}})


def write(folder: Path, files: Mapping[str, object]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content))
