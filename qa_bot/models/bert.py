"""A BERT encoder's forward pass in numpy over memory-mapped weights: a question embedded without importing torch.

Covers the models whose architecture is BertModel (MiniLM, BGE, E5, GTE) with mean or CLS pooling; for
any other, `BertEncoder.load` raises Unsupported and the caller takes sentence-transformers instead. Formulas: Devlin et
al. 2019 (arXiv:1810.04805) as in the Hugging Face BertModel; erf by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from qa_bot.models.encoder import Encoded, Matrix

TEXTS_AT_A_TIME = 16
"""Texts in one forward pass: more are not faster, and take more memory."""


class Unsupported(Exception):
    """The model is not one that this forward pass covers."""


class Bert:
    """The layers of a BERT model: token numbers to hidden states."""

    def __init__(self, config: dict[str, Any], weights: dict[str, Matrix]):
        self._size: int = config["hidden_size"]
        self._heads: int = config["num_attention_heads"]
        self._layers: int = config["num_hidden_layers"]
        self._epsilon: float = config.get("layer_norm_eps", 1e-12)
        self._activation = ACTIVATIONS[config["hidden_act"]]
        self._weights = weights
        if missing := weight_names(self._layers) - weights.keys():
            raise ValueError(f"it has no weights {min(missing)}")
        self._threads = ThreadpoolController()

    def states(self, ids: Sequence[Sequence[int]], types: Sequence[Sequence[int]] | None = None) -> list[Matrix]:
        """The last hidden states of each sequence of tokens, shape (tokens, hidden size) each.

        `types` tells for each token whether it is of the first text (0) or the second (1); all are of the first without.
        """
        # On one thread: several spin while they wait for a core that another process has, at a hundred times the cost.
        with self._threads.limit(limits=1, user_api="blas"):
            return self._states(ids, types)

    def _states(self, ids: Sequence[Sequence[int]], types: Sequence[Sequence[int]] | None) -> list[Matrix]:
        # Texts are laid end to end, so that the matrix products need neither padding nor a mask; attention alone is
        # done text by text.
        ends = np.cumsum([len(i) for i in ids])
        slices = [slice(end - len(i), end) for end, i in zip(ends, ids, strict=True)]
        w, embeddings = self._weights, "embeddings."
        x = w[embeddings + "word_embeddings.weight"][np.concatenate(ids)]
        x = x + w[embeddings + "position_embeddings.weight"][np.concatenate([np.arange(len(i)) for i in ids])]
        x += w[embeddings + "token_type_embeddings.weight"][0 if types is None else np.concatenate(types)]
        x = self._layer_norm(x, embeddings + "LayerNorm")
        for layer in range(self._layers):
            x = self._layer(x, f"encoder.layer.{layer}.", slices)
        return [x[s] for s in slices]

    def _layer(self, x: Matrix, name: str, slices: list[slice]) -> Matrix:
        attended = self._linear(self._attention(x, name + "attention.self.", slices), name + "attention.output.dense")
        x = self._layer_norm(x + attended, name + "attention.output.LayerNorm")
        inner = self._activation(self._linear(x, name + "intermediate.dense"))
        return self._layer_norm(x + self._linear(inner, name + "output.dense"), name + "output.LayerNorm")

    def _attention(self, x: Matrix, name: str, slices: list[slice]) -> Matrix:
        query, key, value = (self._linear(x, name + part) for part in ("query", "key", "value"))
        size = self._size // self._heads
        out = np.empty_like(query)
        for s in slices:
            q, k, v = (m[s].reshape(-1, self._heads, size).transpose(1, 0, 2) for m in (query, key, value))
            scores = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(size))
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            out[s] = (scores @ v).transpose(1, 0, 2).reshape(-1, self._size)
        return out

    def _linear(self, x: Matrix, name: str) -> Matrix:
        y: Matrix = x @ self._weights[name + ".weight"].T
        y += self._weights[name + ".bias"]
        return y

    def _layer_norm(self, x: Matrix, name: str) -> Matrix:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + np.float32(self._epsilon))
        x *= self._weights[name + ".weight"]
        x += self._weights[name + ".bias"]
        return x


class BertEncoder:
    """Texts to vectors with a BERT model read from a sentence-transformers folder."""

    def __init__(self, folder: Path, config: dict[str, Any], pooling: str, normalize: bool, prompts: dict[str, str]):
        self.dimension: int = config["hidden_size"]
        self._bert = Bert(config, read_weights(folder / "model.safetensors"))
        self._pooling, self._normalize, self._prompts = pooling, normalize, prompts
        self._tokenizer = read_tokenizer(folder / "tokenizer.json")
        # The file's own truncation and padding are those of the model's training, not of its use.
        self._tokenizer.enable_truncation(max_length(folder, config))
        self._tokenizer.no_padding()

    @classmethod
    def load(cls, folder: Path) -> "BertEncoder":
        """The encoder of the model in `folder`; raises Unsupported where only sentence-transformers will do."""
        config = read_json(folder / "config.json")
        supported = (
            config.get("model_type") == "bert"
            and config.get("hidden_act") in ACTIVATIONS
            and config.get("position_embedding_type", "absolute") == "absolute"
            and (folder / "model.safetensors").is_file()
            and (folder / "tokenizer.json").is_file()
        )
        lowered = read_json(folder / "sentence_bert_config.json", default={}).get("do_lower_case")
        modules = read_json(folder / "modules.json", default=[])
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
        if (
            not supported
            or lowered
            or kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        ):
            raise Unsupported
        pooling = pooling_mode(read_json(folder / modules[1]["path"] / "config.json"))
        prompts = read_json(folder / "config_sentence_transformers.json", default={}).get("prompts") or {}
        return cls(folder, config, pooling, "Normalize" in kinds, prompts)

    def encode(self, texts: Sequence[str], prompt: str = "") -> list["Encoded"]:
        """Each text under `prompt`, as a vector and as its tokens."""
        if not texts:
            return []
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        states = self._bert.states([encoding.ids for encoding in encodings])
        encoded = []
        for encoding, state in zip(encodings, states, strict=True):
            vector = state[0] if self._pooling == "cls" else state.mean(axis=0)
            if self._normalize:
                vector = vector / max(float(np.linalg.norm(vector)), 1e-12)
            encoded.append(Encoded.of(vector, state, encoding.offsets, len(prompt)))
        return encoded

    def encode_questions(self, texts: Sequence[str]) -> list["Encoded"]:
        """Questions, under the model's own query prompt where it has one."""
        return self.encode(texts, self._prompts.get("query") or "")

    def encode_passages(self, texts: Sequence[str]) -> list["Encoded"]:
        """Passages, under the model's own document prompt where it has one."""
        named = (self._prompts.get(name) for name in ("document", "passage", "corpus"))
        return self.encode(texts, next(filter(None, named), ""))

    def stream_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, "Encoded"]]:
        """Each passage's number and what the model makes of it, in their order."""
        for at in range(0, len(texts), TEXTS_AT_A_TIME):
            yield from enumerate(self.encode_passages(texts[at : at + TEXTS_AT_A_TIME]), at)

    def close(self) -> None:
        """Nothing to end: the weights go with the object."""


def gelu(x: Matrix) -> Matrix:
    """x · Φ(x), with erf by Abramowitz and Stegun 7.1.26."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = np.float32(1.061405429) * t
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        poly += np.float32(coefficient)
        poly *= t
    np.square(z, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    poly *= z  # 1 - erf(|x| / √2)
    # x · Φ(x) = max(x, 0) - |x| · (1 - erf) / 2 on both sides of 0
    return np.asarray(np.maximum(x, 0) - np.float32(0.5) * np.abs(x) * poly, dtype=np.float32)


def gelu_tanh(x: Matrix) -> Matrix:
    """The tanh form of GELU (Hendrycks and Gimpel 2016, arXiv:1606.08415)."""
    inner = np.tanh(np.float32(0.7978845608028654) * (x + np.float32(0.044715) * x**3))
    return np.asarray(np.float32(0.5) * x * (1 + inner), dtype=np.float32)


def relu(x: Matrix) -> Matrix:
    """max(x, 0)."""
    return np.maximum(x, 0)


ACTIVATIONS = {"gelu": gelu, "gelu_new": gelu_tanh, "gelu_pytorch_tanh": gelu_tanh, "relu": relu}

KINDS: dict[str, type[np.generic]] = {"F32": np.float32, "F16": np.float16, "I8": np.int8}
"""The kinds of numbers that a weight file may hold; all are made float32."""


def pooling_mode(config: dict[str, Any]) -> str:
    """ "mean" or "cls" from a pooling module's configuration, old form or new; raises Unsupported for others."""
    if "pooling_mode" in config:
        modes = {config["pooling_mode"]}
    else:
        modes = {
            key.removeprefix("pooling_mode_") for key, on in config.items() if key.startswith("pooling_mode_") and on
        }
    names = {"mean_tokens": "mean", "mean": "mean", "cls_token": "cls", "cls": "cls"}
    found = [names.get(mode, "") for mode in modes]
    if len(found) != 1 or not found[0] or not config.get("include_prompt", True):
        raise Unsupported
    return found[0]


def max_length(folder: Path, config: dict[str, Any]) -> int:
    """The most tokens the model takes, special ones included."""
    own = read_json(folder / "sentence_bert_config.json", default={}).get("max_seq_length")
    limit = own or read_json(folder / "tokenizer_config.json", default={}).get("model_max_length")
    positions = int(config["max_position_embeddings"])
    return min(int(limit), positions) if limit else positions


def read_weights(path: Path) -> dict[str, Matrix]:
    """The tensors of a safetensors file, mapped rather than read, so that only what is used costs memory.

    The format: eight bytes of header length, a JSON header, the tensors (https://github.com/huggingface/safetensors). The
    library's own numpy reader copies each tensor, 47 MB of word vectors for one question among them.
    """
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    size = int(raw[:8].view(np.uint64)[0])
    header: dict[str, Any] = json.loads(raw[8 : 8 + size].tobytes())
    header.pop("__metadata__", None)
    weights = {}
    for name, tensor in header.items():
        if tensor["dtype"] == "I64":  # position_ids: a buffer, not a weight
            continue
        if tensor["dtype"] not in KINDS:
            raise Unsupported
        start, end = (8 + size + offset for offset in tensor["data_offsets"])
        values = raw[start:end].view(KINDS[tensor["dtype"]]).reshape(tensor["shape"])
        plain = np.asarray(values)  # off the memmap subclass, whose slicing is slow
        weights[name.removeprefix("bert.")] = plain if tensor["dtype"] == "F32" else plain.astype(np.float32)
    return weights


def weight_names(layers: int) -> set[str]:
    """The weights that the forward pass uses."""
    dense = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"]
    dense += ["attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"]
    affine = ["embeddings.LayerNorm", *(f"encoder.layer.{i}.{part}" for i in range(layers) for part in dense)]
    return {f"{part}.{kind}" for part in affine for kind in ("weight", "bias")} | {
        f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type")
    }


def read_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in `path`; ValueError where it is damaged."""
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more particular
        raise ValueError(f"{path.name}: {error}") from error


def read_json(path: Path, default: Any = None) -> Any:
    """The JSON in `path`, or `default` where there is no such file."""
    if default is not None and not path.is_file():
        return default
    return json.loads(path.read_text(encoding="utf-8"))
