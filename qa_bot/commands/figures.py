"""The output of `qa-bot eval`: the figures, and each question that was not answered right."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from textwrap import shorten
from typing import Any

from rich.table import Table
from rich.text import Text

from qa_bot.answers.model import Answer, Quote
from qa_bot.commands.gold import Row, fold
from qa_bot.commands.printing import console
from qa_bot.commands.promise import Promise
from qa_bot.showing.text import visible

SHOWN = 200
"""Characters of a quote that a miss is shown with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row of the file with its answer."""

    row: Row
    answer: Answer
    rank: int | None
    """The number of the first quote that holds the expected words, counting from 1; None where no quote does."""

    @property
    def right(self) -> bool:
        """Whether the first quote is the right one, or nothing was to be answered and nothing was."""
        return self.rank == 1 if self.row.expect else not self.answer.answered


Figures = dict[str, float | None]
"""By name, see `figures_of`; shares are 0 to 1, None where there is no row to measure them by."""


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    """Of the rows that expect words: the share whose first quote, or one of the first three, holds them, the mean of 1 / rank,
    and the share refused; of those that expect nothing, the share refused."""
    wanted = [o for o in outcomes if o.row.expect]
    return {
        "hit@1": mean([o.rank == 1 for o in wanted]),
        "hit@3": mean([o.rank is not None and o.rank <= 3 for o in wanted]),
        "MRR": mean([1 / o.rank if o.rank else 0 for o in wanted]),
        "refused": mean([not o.answer.answered for o in outcomes if not o.row.expect]),
        "false refusals": mean([not o.answer.answered for o in wanted]),
        "n": len(outcomes),
    }


def mean(values: Sequence[float]) -> float | None:
    """The mean; None where there are no values."""
    return fmean(values) if values else None


def as_dict(figures: Figures, outcomes: Sequence[Outcome], promise: Promise | None) -> dict[str, Any]:
    """The result as `--json` prints it."""
    rounded = {k.lower().replace(" ", "_"): v and round(v, 4) for k, v in figures.items()}
    strong = promise and {"n": promise.strong, "wrong": promise.wrong, "wrong_at_most": round(promise.bound, 4)}
    return {**rounded, "strong": strong, "misses": [miss(outcome) for outcome in outcomes if not outcome.right]}


def miss(outcome: Outcome) -> dict[str, Any]:
    """A question that was not answered right, with what was quoted first instead: the nearest where it was refused."""
    row, answer = outcome.row, outcome.answer
    first = next(iter((*answer.quotes, *answer.nearest)), None)
    return {
        "line": row.line,
        "question": row.question,
        "searched": answer.searched,
        "expect": list(row.expect) or None,
        "document": row.document,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "rank": outcome.rank,
        "quoted": first
        and {"document": first.document, "line": first.line, "text": first.text, "marked": marked(first)},
    }


def marked(quote: Quote) -> str:
    """The sentences that were taken to answer, on one line."""
    return " ".join(map(fold, quote.marked))


def print_figures(figures: Figures, outcomes: Sequence[Outcome], gold: str, promise: Promise | None) -> None:
    """The table, what can be promised of strong answers, and the misses, for a person."""
    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_row(*("–" if v is None else f"{v:.2f}" if isinstance(v, float) else str(v) for v in figures.values()))
    out.print(table)
    if promise:
        out.print(f"\n{promise}.")
    for found in [miss(outcome) for outcome in outcomes if not outcome.right]:
        out.print()
        out.print(Text(visible(f"{Path(gold).name}:{found['line']}  {found['question']}"), style="bold"))
        if found["searched"] != found["question"]:
            out.print(Text(visible(f"  searched  {found['searched']}"), style="dim"))
        words = " or ".join(f"“{each}”" for each in found["expect"] or ()) or "nothing"
        where = f" in {found['document']}" if found["document"] else ""
        out.print(Text(visible(f"  expected  {words}{where}")))
        told = "quoted   " if found["answered"] else "refused; nearest"
        if quoted := found["quoted"]:
            words = shorten(quoted["marked"], SHOWN, placeholder="…")
            out.print(Text(visible(f"  {told} “{words}” {quoted['document']}:{quoted['line']}")))
        else:
            out.print(Text(f"  {told} nothing"))
        if found["rank"]:
            out.print(Text(f"  what was expected came as number {found['rank']}"))
