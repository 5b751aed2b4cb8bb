"""What it costs to keep an index of 500 documents: nothing changed, and one document changed.

python -m tests.bench.upkeep
"""

from itertools import count
from pathlib import Path

from . import corpus
from .measure import NAIVE, QA_BOT, Row, against, alternate, folder, options, print_rows, run

DOCUMENTS = 500


def measure(times: int, documents: int = DOCUMENTS) -> list[Row]:
    """Wall of an update with nothing to do against `qa-bot --help`; processor of one file's against the naive start."""
    numbers = count()
    with folder() as here:
        seeds = corpus.write(here / "seeds", documents)
        where: list[str | Path] = ["--seeds", seeds, "--index", here / "ours"]
        run([*QA_BOT, "index", *where])
        run([*NAIVE, "index", seeds, here / "naive"])
        nothing, told = alternate(
            4 * times,  # each is a matter of milliseconds
            lambda: run([*QA_BOT, "index", *where]).wall,
            lambda: run([*QA_BOT, "--help"]).wall,
        )

        def update() -> float:
            number = next(numbers)
            corpus.change(seeds, number % documents, f"{number + 2} times")
            return run([*QA_BOT, "index", *where]).cpu

        one, start = alternate(times, update, lambda: run([*NAIVE, "start", here / "naive"]).cpu)
    return [
        against(f"nothing changed in {documents}, wall", nothing, told, "s", "qa-bot --help", 2, 1.3),
        against(f"one of {documents} changed, CPU", one, start, "s", "the naive program's start-up", 0.15, 0.08),
    ]


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    args = parser.parse_args()
    print_rows("upkeep", measure(args.times, args.documents))
