"""sentence-transformers in a process of its own: `python -m qa_bot.models.worker MODEL`.

The only importer of torch and sentence-transformers. A process, because importing them takes seconds, hundreds of
megabytes and the interpreter's lock; its memory goes back when the update is done. What it is asked and what it answers
are lines of JSON on standard input and output; the numbers of a reply follow its line as they are in memory.

    -> (started)                                     <- {"dimension": 384}  or  {"error": "..."}
    -> {"kind": "passages", "texts": ["...", ...]}   <- a line for each text, in any order,
                                                        {"text": 0, "spans": [[0, 5], ...], "hidden": 384},
                                                        each followed by its vector as float32 (dimension * 4 bytes) and its
                                                        tokens' states as float16 (len(spans) * hidden * 2 bytes)
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TRIAL = 8
"""Texts that tell which arithmetic is the faster; so few or twice as many are not worth finding out."""
TOKENS_A_BATCH = 1024
"""Texts of like length are embedded together up to this many tokens, padding included: fastest at 512 to 1024."""


def main() -> None:
    """Load the model named on the command line, then serve until standard input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Libraries that print must not print into the protocol.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        model = load(sys.argv[1])
    except Exception as error:  # noqa: BLE001 - whatever the library raised is reported to the parent, in one line
        reply(answers, {"error": " ".join(str(error).split()) or type(error).__name__})
        return
    reply(answers, {"dimension": model.get_embedding_dimension()})
    arithmetic: AbstractContextManager[Any] | None = None
    for line in sys.stdin.buffer:
        kind, texts = (request := json.loads(line))["kind"], request["texts"]
        if arithmetic is None and len(texts) > 2 * TRIAL:
            arithmetic = fastest(model, texts[:TRIAL])
        with arithmetic or nullcontext():
            for header, body in encode(model, kind, texts):
                reply(answers, header, body)


def load(name: str) -> "SentenceTransformer":
    """The model of that name or folder, on the GPU where there is one; downloaded where it is not here yet."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, trust_remote_code=False, local_files_only=True)
    except OSError:
        if Path(name).is_dir():
            raise
    # Asked once: the download itself tries a hub that cannot be reached for more than a minute.
    from huggingface_hub import HfApi

    HfApi().model_info(name if "/" in name else f"sentence-transformers/{name}", timeout=10)
    return SentenceTransformer(name, trust_remote_code=False)


def fastest(model: "SentenceTransformer", texts: Sequence[str]) -> AbstractContextManager[Any]:
    """The arithmetic to embed under: bfloat16 where the processor has it and it takes less of its time with these texts.

    Products are rounded to bfloat16, sums and norms are not: vectors keep a cosine of .99996 with those of float32 (the
    least over 200 passages with all-MiniLM-L6-v2; .9999 where all is bfloat16) at two fifths of the time.
    """
    if model.device.type != "cpu" or not has_bfloat16():
        return nullcontext()
    import torch

    def cost(arithmetic: AbstractContextManager[Any]) -> float:
        with arithmetic:
            list(encode(model, "passages", texts))  # the first time prepares
            began = time.process_time()
            list(encode(model, "passages", texts))
            return time.process_time() - began

    rounded = torch.autocast("cpu", dtype=torch.bfloat16)
    return rounded if cost(rounded) < cost(nullcontext()) else nullcontext()


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 by itself (AVX512-BF16, AMX, or Arm's), as Linux tells it."""
    try:
        about = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return not {"avx512_bf16", "amx_bf16", "bf16"}.isdisjoint(about.split())


def encode(model: "SentenceTransformer", kind: str, texts: Sequence[str]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Header and body of the reply for each text, as they come."""
    import numpy as np

    names = ("query",) if kind == "questions" else ("document", "passage", "corpus")
    prompt = next((model.prompts[name] for name in names if model.prompts.get(name)), "")
    for batch in batches(model, [prompt + text for text in texts]):
        prompted = [prompt + texts[i] for i in batch]
        outputs = model.encode(prompted, prompt="", batch_size=len(batch), output_value=None, show_progress_bar=False)
        offsets = model.tokenizer(
            prompted, truncation=True, max_length=model.get_max_seq_length(), return_offsets_mapping=True
        )["offset_mapping"]
        for i, output, spans in zip(batch, outputs, offsets, strict=True):
            mask = output["attention_mask"].bool()
            states = output["token_embeddings"][mask].float().cpu().numpy()
            kept = [t for t, (start, end) in enumerate(spans) if len(prompt) <= start < end]
            header = {
                "text": i,
                "spans": [[x - len(prompt) for x in spans[t]] for t in kept],
                "hidden": states.shape[1],
            }
            vector = output["sentence_embedding"].float().cpu().numpy().astype(np.float32)
            yield header, vector.tobytes() + states[kept].astype(np.float16).tobytes()


def batches(model: "SentenceTransformer", texts: Sequence[str]) -> Iterator[list[int]]:
    """Indices of texts of like length, each batch within the token budget."""
    limit = model.get_max_seq_length() or 512
    lengths = [min(len(ids), limit) for ids in model.tokenizer(list(texts), truncation=True)["input_ids"]]
    batch: list[int] = []
    for i in sorted(range(len(texts)), key=lengths.__getitem__):
        if batch and lengths[i] * (len(batch) + 1) > TOKENS_A_BATCH:  # the longest so far sets the padding
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def reply(answers: IO[bytes], header: dict[str, Any], body: bytes = b"") -> None:
    """One line of JSON, then the body."""
    answers.write(json.dumps(header).encode() + b"\n" + body)
    answers.flush()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):  # the parent is gone or was interrupted
        main()
