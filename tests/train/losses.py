"""What is learned: whether a passage answers, and which words do; and how sure the network is of the two."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from qa_bot.models.reader import LONGEST_SPAN

from .examples import Example
from .network import Network

MASKED = 0.04
"""The share of tokens that are hidden, so that single words count less."""
SMOOTHING = 0.02
"""How far the labels are from 0 and 1: some are wrong."""
SPAN_SHARE = 0.5
"""The weight of the loss of the spans beside that of the answers."""
CLS, SEP, MASK = 101, 102, 103
"""The encoder's numbers of its special tokens."""
AT_A_TIME = 32
"""Examples scored in one pass."""
FORBIDDEN = -1e4
"""The logit of a place where no span may stand."""


class Batch(NamedTuple):
    """Examples side by side, padded to one length."""

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    allowed: torch.Tensor
    """Where a span may stand: the passage, and [CLS] for none. Shape (batch, tokens)."""
    starts: torch.Tensor
    ends: torch.Tensor
    answers: torch.Tensor


def batch_of(examples: Sequence[Example], masking: np.random.Generator | None = None) -> Batch:
    """The examples as tensors, with some tokens hidden where `masking` draws them."""
    shape = len(examples), max(len(example.ids) for example in examples)
    ids, types, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    allowed = np.zeros(shape, dtype=bool)
    for row, example in enumerate(examples):
        length = len(example.ids)
        ids[row, :length] = example.ids
        types[row, example.asked : length] = 1
        mask[row, :length] = 1
        allowed[row, 0] = True
        allowed[row, example.first : length - 1] = True
    if masking:
        ids[(masking.random(shape) < MASKED) & (mask == 1) & (ids != CLS) & (ids != SEP)] = MASK
    return Batch(
        *map(torch.from_numpy, (ids, types, mask, allowed)),
        starts=torch.tensor([example.start for example in examples]),
        ends=torch.tensor([example.end for example in examples]),
        answers=torch.tensor([float(example.answers) for example in examples]),
    )


def loss_of(network: Network, batch: Batch) -> torch.Tensor:
    """Cross entropy of whether each passage answers, and of the start and end; [CLS] is right where there is no answer.

    Where a passage answers, but which words do is not known, any place but [CLS] is right.
    """
    with torch.autocast("cpu", torch.bfloat16):
        answers, spans = network(batch.ids, batch.types, batch.mask)
    labels = batch.answers * (1 - 2 * SMOOTHING) + SMOOTHING
    answer_loss = functional.binary_cross_entropy_with_logits(answers, labels)
    logs = spans.masked_fill(~batch.allowed[..., None], FORBIDDEN).log_softmax(dim=1)
    rows, known = torch.arange(len(labels)), batch.starts >= 0
    start, end = batch.starts.clamp(min=0), batch.ends.clamp(min=0)
    right = logs[rows, start, 0] + logs[rows, end, 1]
    somewhere = torch.log1p(-logs[:, 0].exp().clamp(max=1 - 1e-4)).sum(dim=1)
    span_loss = -torch.where((batch.answers == 1) & ~known, somewhere, right).mean() / 2
    return answer_loss + SPAN_SHARE * span_loss


def scores(network: Network, examples: Sequence[Example]) -> tuple[list[float], list[float]]:
    """For each example the log odds that the passage answers, and the margin of its best words over none."""
    answers, margins = [0.0] * len(examples), [0.0] * len(examples)
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].ids))
    for begin in range(0, len(order), AT_A_TIME):
        chosen = order[begin : begin + AT_A_TIME]
        batch = batch_of([examples[at] for at in chosen])
        with torch.no_grad():
            odds, spans = network(batch.ids, batch.types, batch.mask)
        spans = spans.masked_fill(~batch.allowed[..., None], FORBIDDEN)
        both = spans[:, 1:, None, 0] + spans[:, None, 1:, 1]
        possible = torch.ones(both.shape[1:], dtype=torch.bool).triu().tril(LONGEST_SPAN - 1)
        best = both.masked_fill(~possible, 2 * FORBIDDEN).amax(dim=(1, 2)) - spans[:, 0].sum(dim=1)
        for at, odd, margin in zip(chosen, odds.tolist(), best.tolist(), strict=True):
            answers[at], margins[at] = odd, margin
    return answers, margins
