"""What `qa-bot eval` can promise of strong answers over the user's own documents: how many of them are wrong at most."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa_bot.answers.model import Answer
from qa_bot.showing.citation import band

FEWEST = 50
"""Questions that a file must hold before anything is promised: fewer tell nothing that would hold for other questions."""
CERTAINTY = 0.95
"""How certain the bound is."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Of so many strong answers, how many were wrong."""

    strong: int
    wrong: int

    @property
    def share(self) -> float:
        """The share that was wrong, 0 to 1."""
        return self.wrong / self.strong

    @property
    def bound(self) -> float:
        """The share, 0 to 1, that is not exceeded with CERTAINTY by the strong answers to other questions of this kind."""
        return upper_bound(self.wrong, self.strong)

    def __str__(self) -> str:
        return (
            f"{self.wrong} of {self.strong} strong answers were wrong ({self.share:.0%}); "
            f"to other questions of this kind at most {self.bound:.0%} are, with {CERTAINTY:.0%} certainty"
        )


def promise_of(answers: Sequence[Answer], right: Sequence[bool]) -> Promise | None:
    """The promise of these answers, each right or not; None where there are fewer than FEWEST, or none of them is strong."""
    strong = [good for answer, good in zip(answers, right, strict=True) if band(answer) == "strong"]
    return Promise(len(strong), strong.count(False)) if strong and len(answers) >= FEWEST else None


def upper_bound(wrong: int, of: int, certainty: float = CERTAINTY) -> float:
    """The one-sided upper bound of a share of which `wrong` of `of` were seen (Clopper and Pearson, Biometrika 26, 1934)."""
    low, high = wrong / of, 1.0
    while high - low > 1e-6:
        share = (low + high) / 2
        as_few = sum(math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(wrong + 1))
        low, high = (share, high) if as_few > 1 - certainty else (low, share)
    return high
