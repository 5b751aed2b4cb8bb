"""What grows with the index, and how fast: time to make it, its size, memory, the time of a question and of an update.

Text and vectors are made by `synthetic.py`, so nothing is embedded but the one changed file and the questions. The million
takes half an hour and 10 GB of disk: `--sizes 1000 10000 100000 1000000`.

    python -m tests.bench.scale
"""

import json
import math
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from .measure import QA_BOT, Row, child, folder, options, run

SIZES = (1_000, 10_000, 100_000)
"""Passages."""
QUESTIONS = 100
FIGURES = {
    "build": "to make the index, s",
    "disk": "on disk, MB",
    "ask p50": "a question, p50, ms",
    "ask p95": "a question, p95, ms",
    "memory": "an open bot, peak memory, MB",
    "cold ask": "qa-bot ask --no-update, s",
    "update": "update of one file, s",
}
"""What is measured at each size, as it is printed."""

Figures = dict[str, float]


def measure(sizes: Sequence[int] = SIZES, questions: int = QUESTIONS, times: int = 3) -> dict[int, Figures]:
    """The figures at each size; of what is run from the shell, the median of some times."""
    found = {}
    for size in sizes:
        with folder() as here:
            where: list[str | Path] = ["--seeds", here / "seeds", "--index", here / "index"]
            figures = child("scale", "build", here, size)
            figures |= child("scale", "ask", here, questions)
            question = "What is the report of the second year?"
            figures["cold ask"] = statistics.median(
                run([*QA_BOT, "ask", "--no-update", *where, question], codes=(0, 1)).wall for _ in range(times)
            )
            updates = []
            for _ in range(times):
                child("scale", "edit", here, 0)
                updates.append(run([*QA_BOT, "index", *where]).wall)
            figures["update"] = statistics.median(updates)
            found[size] = figures
            print(f"{size:,} passages measured", file=sys.stderr, flush=True)
    return found


def exponents(found: dict[int, Figures]) -> dict[str, list[float]]:
    """For each figure and each two neighbouring sizes the power of the size that it grows with: 0 not at all, 1 in proportion."""
    return {
        name: [
            math.log(found[large][name] / found[small][name]) / math.log(large / small)
            for small, large in pairwise(sorted(found))
        ]
        for name in FIGURES
    }


def rows(found: dict[int, Figures]) -> list[Row]:
    """The largest index's question against the smallest's."""
    few, many = min(found), max(found)
    ours, base = found[many]["ask p50"], found[few]["ask p50"]
    million = (3.0, 1.6) if many >= 1_000_000 else (None, None)
    return [Row(f"warm ask, {many:,} passages, p50", ours / base, ours, base, "ms", f"the same at {few:,}", *million)]


def print_figures(found: dict[int, Figures]) -> None:
    """The table, its growth exponents, and one JSON line."""
    print(f"{'passages':34}" + "".join(f"{size:>12,}" for size in sorted(found)) + "   grows with the power")
    for name, powers in exponents(found).items():
        figures = "".join(f"{found[size][name]:12.4g}" for size in sorted(found))
        print(f"{FIGURES[name]:34}{figures}   {'  '.join(f'{power:.2f}' for power in powers)}")
    print(json.dumps({"bench": "scale", "sizes": found, "exponents": exponents(found)}), flush=True)


def build(here: Path, size: int) -> Figures:
    """Make seeds and index."""
    from qa_bot.index.file_engine import size_of

    from . import synthetic

    began = time.perf_counter()
    settings = synthetic.build(here, size)
    return {"build": time.perf_counter() - began, "disk": size_of(settings.index) / 1e6}


def ask(here: Path, number: int) -> Figures:
    """Ask an open bot; the first questions, which read the index from disk, are not counted."""
    import qa_bot

    from . import synthetic

    took = []
    with qa_bot.open(here / "seeds", here / "index", update=False) as bot:
        for question in synthetic.questions(number + number // 4):
            began = time.perf_counter()
            bot.ask(question)
            took.append((time.perf_counter() - began) * 1000)
    found = statistics.quantiles(took[number // 4 :], n=20, method="inclusive")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1) / 1000
    return {"ask p50": found[9], "ask p95": found[18], "memory": peak}


def edit(here: Path, number: int) -> Figures:
    """Change one file."""
    from qa_bot.config import Settings

    from . import synthetic

    synthetic.edit(Settings(seeds=here / "seeds", index=here / "index"), number)
    return {}


if __name__ == "__main__":
    if sys.argv[1:2] in (["build"], ["ask"], ["edit"]):
        work = {"build": build, "ask": ask, "edit": edit}[sys.argv[1]]
        print(json.dumps(work(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        parser = options(__doc__)
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PASSAGES")
        parser.add_argument("--questions", type=int, default=QUESTIONS)
        args = parser.parse_args()
        print_figures(measure(args.sizes, args.questions))
