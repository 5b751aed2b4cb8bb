"""The training loop: in which order the examples are seen, how fast the network learns, when a checkpoint is kept.

The order of the examples depends on the seed alone, and the hidden tokens on the seed and the step. So a run that was
stopped goes on from its checkpoint as if it had not been stopped.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress, islice
from pathlib import Path

import numpy as np
import torch

from qa_bot.models.finding import bundled_folder
from tests.bench.sets import auroc

from .data import Data
from .examples import Example
from .losses import batch_of, loss_of, scores
from .network import Network

MIX = {"written": 0.26, "written_removed": 0.07, "near": 0.05, "public": 0.36, "public_removed": 0.16, "mined": 0.10}
"""The share of each pool in what is seen."""
BATCH = 32
TOGETHER = 16
"""Batches drawn at a time and sorted by length, so that little is padded."""
HEADS_RATE, TOP_RATE, DECAY = 5e-4, 1.5e-4, 0.87
"""Learning rates of the heads and of the top layer, and the share of a layer's rate that the layer below has."""
WARM_UP, LEAST_RATE = 80, 0.02
"""Steps over which the rates rise, and the share of them that is left at the end."""
SAVED_EVERY, TESTED_EVERY = 100, 500
"""Steps."""


@dataclass
class Plan:
    """How a run goes."""

    seed: int = 1
    layers: int = 4
    frozen: int = 1
    """Layers from below that stay as they are, beside the embeddings."""
    examples: int | None = None
    """How many are seen, or"""
    until: float | None = None
    """when training ends, in seconds since the epoch."""

    def done(self, step: int, spent: float) -> float:
        """How much of the run is over, in 0..1, after so many steps and seconds."""
        if self.examples is not None:
            return min(step * BATCH / self.examples, 1.0)
        left = max((self.until or 0.0) - time.time(), 0.0)
        return spent / (spent + left) if left else 1.0


def batches(data: Data, seed: int) -> Iterator[list[Example]]:
    """Examples of all pools without end: each pool is gone through, shuffled, again and again."""
    rng = random.Random(seed)
    mix = {name: share for name, share in MIX.items() if data.pools.get(name)}
    streams: dict[str, list[Example]] = {name: [] for name in mix}

    def draw(name: str) -> Example:
        while not streams[name]:  # where all weights are low, none may have been drawn
            for example in data.pools[name]:
                times = int(example.weight) + (rng.random() < example.weight % 1)
                streams[name] += [example] * times
            rng.shuffle(streams[name])
        return streams[name].pop()

    while True:
        drawn = [draw(name) for name in rng.choices(list(mix), list(mix.values()), k=BATCH * TOGETHER)]
        drawn.sort(key=lambda example: len(example.ids) + 8 * rng.random())
        cut = [drawn[at : at + BATCH] for at in range(0, len(drawn), BATCH)]
        rng.shuffle(cut)
        yield from cut


def optimizer_of(network: Network, plan: Plan) -> torch.optim.Optimizer:
    """AdamW with lower rates for lower layers; the embeddings and the lowest layers stay as they are."""
    for part in [network.bert.embeddings, *network.bert.encoder.layer[: plan.frozen]]:
        part.requires_grad_(False)
    groups = []
    for name, values in network.named_parameters():
        if values.requires_grad:
            inside = name.startswith("bert.")
            rate = TOP_RATE * DECAY ** (plan.layers - 1 - int(name.split(".")[3])) if inside else HEADS_RATE
            groups.append({"params": [values], "base": rate, "weight_decay": 0.01 if values.dim() > 1 else 0.0})
    return torch.optim.AdamW(groups, lr=TOP_RATE, betas=(0.9, 0.98))


class Run:
    """A network in training."""

    def __init__(self, plan: Plan):
        torch.manual_seed(plan.seed)
        self.plan = plan
        self.network = Network(bundled_folder(), plan.layers)
        self._optimizer = optimizer_of(self.network, plan)
        self.step = 0
        self.loss: float | None = None
        """A running mean over some fifty steps."""
        self._began = time.time()

    @property
    def done(self) -> float:
        """How much of the run is over, in 0..1."""
        return self.plan.done(self.step, time.time() - self._began)

    def learn(self, examples: list[Example]) -> None:
        """One step."""
        for group in self._optimizer.param_groups:
            group["lr"] = group["base"] * min(1.0, (self.step + 1) / WARM_UP) * max(LEAST_RATE, 1 - self.done)
        loss = loss_of(self.network, batch_of(examples, np.random.default_rng([self.plan.seed, self.step])))
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        self.step += 1
        self.loss = loss.item() if self.loss is None else 0.98 * self.loss + 0.02 * loss.item()

    def save(self, file: Path) -> None:
        """Keep all that `resume` needs; a run that is killed meanwhile leaves the checkpoint before."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "step": self.step,
            "loss": self.loss,
            "spent": time.time() - self._began,
        }
        torch.save(state, file.with_suffix(".partial"))
        file.with_suffix(".partial").replace(file)

    def resume(self, file: Path) -> None:
        """Go on from a checkpoint of the same plan."""
        state = torch.load(file)
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step, self.loss = state["step"], state["loss"]
        self._began = time.time() - state["spent"]


def fit(data: Data, plan: Plan, checkpoint: Path, say: Callable[[str], None] = print) -> Run:
    """The run to its end. Goes on from the checkpoint where there is one, and keeps the checkpoint up to date."""
    run = Run(plan)
    if checkpoint.exists():
        run.resume(checkpoint)
    for examples in islice(batches(data, plan.seed), run.step, None):
        if run.done == 1:
            break
        run.learn(examples)
        if run.step % SAVED_EVERY == 0:
            run.save(checkpoint)
            say(f"{run.step * BATCH} examples seen, loss {run.loss:.3f}")
        if run.step % TESTED_EVERY == 0:
            say(tested(run.network, data))
    run.save(checkpoint)
    say(tested(run.network, data))
    return run


def tested(network: Network, data: Data) -> str:
    """For each set, AUROC on documents that are held out: of the log odds of an answer, and of the margin of its words."""
    lines = []
    for name, examples in data.tests.items():
        answerable = [example.answers for example in examples]
        by_answer, by_words = (
            auroc(list(compress(kind, answerable)), [score for score, a in zip(kind, answerable, strict=True) if not a])
            for kind in scores(network, examples)
        )
        lines.append(
            f"{name}: {len(examples)} questions, AUROC {by_answer:.3f} by the answer, {by_words:.3f} by the words"
        )
    return "\n".join(lines)
