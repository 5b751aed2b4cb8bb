"""The trained reader as it ships: 8 bits a weight, one scale a row.

What training leaves as it was (the encoder's word and position vectors) is not written: the reader takes them from the
encoder.
"""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

SHARED = ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")
MAX_LENGTH = 224


def packed(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The tensors to write: each matrix as signed bytes and the scale of each row, everything else in 32 bits."""
    tensors: dict[str, torch.Tensor] = {}
    for name, values in state.items():
        name = name.removeprefix("bert.")
        if name in SHARED or not values.is_floating_point():
            continue
        if values.dim() == 2 and min(values.shape) > 2:
            scale = values.abs().amax(dim=1).clamp(min=1e-12) / 127
            tensors[name] = (values / scale[:, None]).round().to(torch.int8)
            tensors[f"{name}.scale"] = scale.float()
        else:
            tensors[name] = values.float().contiguous()
    return tensors


def configuration(size: int, layers: int) -> dict[str, Any]:
    """What reader.json says of a network of that hidden size and so many layers."""
    return {
        "hidden_size": size,
        "num_attention_heads": 12,
        "num_hidden_layers": layers,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "max_length": MAX_LENGTH,
    }


def export(state: dict[str, torch.Tensor], folder: Path) -> None:
    """Write the weights of a network, its `state_dict()`, into `folder`: reader.safetensors and reader.json."""
    layers = len({name.split(".")[3] for name in state if name.startswith("bert.encoder.layer.")})
    config = configuration(state["dense.weight"].shape[0], layers)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(packed(state), folder / "reader.safetensors")
    (folder / "reader.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
