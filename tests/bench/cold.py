"""One question from the shell: `qa-bot ask` over seeds/ against the naive program doing the same, both indexes made before.

python -m tests.bench.cold
"""

from pathlib import Path

from .measure import NAIVE, QA_BOT, REPOSITORY, Row, against, alternate, folder, options, print_rows, run

QUESTION = "What needs to improve in South Tyneside's social work practice?"


def measure(times: int) -> list[Row]:
    """Wall and peak memory."""
    seeds = REPOSITORY / "seeds"
    with folder() as here:
        where: list[str | Path] = ["--seeds", seeds, "--index", here / "ours"]
        run([*QA_BOT, "index", *where])
        run([*NAIVE, "index", seeds, here / "naive"])
        ours, naive = alternate(
            times,
            lambda: run([*QA_BOT, "ask", *where, QUESTION]),
            lambda: run([*NAIVE, "ask", here / "naive", QUESTION]),
        )
    named = "the naive program's ask"
    return [
        against("cold ask, wall", [u.wall for u in ours], [u.wall for u in naive], "s", named, 0.12, 0.06),
        against("cold ask, peak memory", [u.peak for u in ours], [u.peak for u in naive], "MB", named, 0.35, 0.25),
    ]


if __name__ == "__main__":
    print_rows("cold", measure(options(__doc__).parse_args().times))
