"""An encoder that is sentence-transformers in a subprocess: the parent's side of the protocol that `worker.py` describes."""

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
from qa_bot.models.encoder import Encoded


class WorkerEncoder:
    """sentence-transformers in a subprocess, which starts at once, loads the model meanwhile, and ends with `close`.

    Every method but `close` raises ModelError where the model cannot be loaded or the subprocess has died.
    """

    def __init__(self, model: str):
        self._model = model
        # torch's threads spin while they wait, which loses most of a core to any other process unless they are told not to.
        environment = {"OMP_WAIT_POLICY": "PASSIVE", "TOKENIZERS_PARALLELISM": "false", **os.environ}
        self._process = subprocess.Popen(
            # -P: without it, a torch.py or json.py in the current folder would be run.
            [sys.executable, "-P", "-m", "qa_bot.models.worker", model],
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

    def wait_until_loaded(self) -> None:
        """Return once the model is loaded; raise ModelError if it cannot be."""
        _ = self.dimension

    def encode_questions(self, texts: Sequence[str]) -> list[Encoded]:
        """Questions as vectors and tokens, in their order."""
        encoded = dict(self._stream("questions", texts))
        return [encoded[i] for i in range(len(texts))]

    def stream_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Each passage's number and what the model makes of it, in the order in which the worker encodes them."""
        return self._stream("passages", texts)

    def close(self) -> None:
        """End the subprocess, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def _stream(self, kind: Literal["questions", "passages"], texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
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
