"""The trained reader as it ships: 8 bits a weight, one scale a row. `python -m tests.train.export CHECKPOINT FOLDER`.

What training leaves as it was (the encoder's word and position vectors) is not written: the reader takes them from the
encoder.
"""

import json
import sys
from pathlib import Path

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


def export(checkpoint: Path, folder: Path) -> None:
    """Write reader.safetensors and reader.json into `folder`."""
    state = torch.load(checkpoint, map_location="cpu")
    layers = len({name.split(".")[3] for name in state if name.startswith("bert.encoder.layer.")})
    config = {
        "hidden_size": state["dense.weight"].shape[0],
        "num_attention_heads": 12,
        "num_hidden_layers": layers,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "max_length": MAX_LENGTH,
    }
    folder.mkdir(parents=True, exist_ok=True)
    save_file(packed(state), folder / "reader.safetensors")
    (folder / "reader.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
