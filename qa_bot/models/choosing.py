"""Texts to unit vectors: one small interface, two encoders behind it.

Questions, and a handful of changed passages, go through a forward pass in numpy (`bert.py`) that starts in a fraction of a
second; many passages, and models that numpy does not cover, through sentence-transformers in a subprocess (`worker.py`).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import IO, Any, Literal

import numpy as np

from qa_bot.config import DEFAULT_MODEL
from qa_bot.errors import ModelError
from qa_bot.models.bert import BertEncoder, Unsupported
from qa_bot.models.encoder import Encoded, Encoder
from qa_bot.models.finding import Model

FEW_CHARACTERS = 100_000
"""Up to so much text, numpy is done before torch is even imported (some 5 s on two cores)."""


NUMPY_AT_A_TIME = 16
"""Texts in one forward pass: more are not faster, and take more memory."""


def question_encoder(model: Model) -> Encoder:
    """The encoder that starts at once: numpy, or a subprocess where the model needs sentence-transformers."""
    if model.folder is not None:
        try:
            return BertEncoder.load(model.folder)
        except Unsupported:
            pass
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"the model {model.name} cannot be read ({error}); reinstall it or choose another with --model"
            ) from error
    return WorkerEncoder(model.name if model.folder is None else str(model.folder))


def passage_encoder(model: Model, characters: int) -> Encoder:
    """The encoder that is done soonest with so many characters of text."""
    if characters <= FEW_CHARACTERS:
        return question_encoder(model)
    return WorkerEncoder(model.name if model.folder is None else str(model.folder))


def fetched(model: Model) -> Model:
    """The model with its folder known, downloaded first where need be: its fingerprint is that of its files."""
    if model.folder is not None:
        return model
    worker = WorkerEncoder(model.name)
    try:
        worker.dimension  # noqa: B018 - waits until the model is loaded; ModelError where it cannot be
    finally:
        worker.close()
    return Model.find(model.name)


def encoded_passages(encoder: Encoder, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
    """Each text's number and what the encoder makes of it, as they come, in an order of its own."""
    if isinstance(encoder, WorkerEncoder):
        yield from encoder.stream("passages", texts)
        return
    for at in range(0, len(texts), NUMPY_AT_A_TIME):
        yield from enumerate(encoder.encode_passages(texts[at : at + NUMPY_AT_A_TIME]), at)


class WorkerEncoder:
    """sentence-transformers in a subprocess; started at once, waited for when first needed, stopped by `close`."""

    def __init__(self, model: str):
        self._model = model
        # torch's threads spin while they wait, which loses most of a core to any other process unless they are told not to.
        environment = {"OMP_WAIT_POLICY": "PASSIVE", "TOKENIZERS_PARALLELISM": "false", **os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "qa_bot.models.worker", model],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    @cached_property
    def dimension(self) -> int:
        """The length of a vector. Waits for the model; raises ModelError if it cannot be loaded."""
        header = self._header()
        if "error" in header:
            raise ModelError(
                f"the model {self._model!r} cannot be loaded ({str(header['error'])[:300]}); give --model a folder that holds a "
                f"sentence-transformers model, a name that can be downloaded, or leave it out for {DEFAULT_MODEL}"
            )
        return int(header["dimension"])

    def encode_questions(self, texts: Sequence[str]) -> list[Encoded]:
        """Questions as vectors and tokens."""
        return self._encode("questions", texts)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Passages as vectors and tokens."""
        return self._encode("passages", texts)

    def close(self) -> None:
        """End the subprocess, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def stream(self, kind: Literal["questions", "passages"], texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Each text's number and what the model makes of it, in the order in which the worker is done with them."""
        dimension = self.dimension
        stdin, _ = self._pipes()
        try:
            stdin.write(json.dumps({"kind": kind, "texts": list(texts)}).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError as error:
            raise self._died() from error
        for _ in texts:
            header = self._header()
            spans, hidden = header["spans"], header["hidden"]
            vector = np.frombuffer(self._body(dimension * 4), dtype=np.float32)
            states = np.frombuffer(self._body(len(spans) * hidden * 2), dtype=np.float16).astype(np.float32)
            spans = [(start, end) for start, end in spans]
            yield header["text"], Encoded(vector, states.reshape(len(spans), hidden), spans)

    def _encode(self, kind: Literal["questions", "passages"], texts: Sequence[str]) -> list[Encoded]:
        done = dict(self.stream(kind, texts))
        return [done[i] for i in range(len(texts))]

    def _body(self, size: int) -> bytes:
        body = self._pipes()[1].read(size)
        if len(body) < size:
            raise self._died()
        return body

    def _header(self) -> dict[str, Any]:
        line = self._pipes()[1].readline()
        if not line:
            raise self._died()
        header: dict[str, Any] = json.loads(line)
        return header

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None  # made with PIPE, both
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def _died(self) -> ModelError:
        return ModelError(
            f"the process embedding with {self._model!r} ended early (exit code {self._process.poll()}), perhaps for "
            "want of memory; free some and run the command again: what was embedded is kept"
        )


def close(encoder: Encoder) -> None:
    """End the encoder's subprocess where it has one."""
    if isinstance(encoder, WorkerEncoder):
        encoder.close()
