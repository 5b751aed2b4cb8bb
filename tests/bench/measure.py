"""What the benchmarks share: commands run in alternation, their time and memory, and the table and JSON line of each.

A figure is a ratio to something else on the same machine in the same minutes, for seconds say little elsewhere: both are
run in turn, once unmeasured and then some times, and the median of the ratios counts. Nothing heavy is imported here: a
child's peak memory counts that of the process that starts it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

REPOSITORY = Path(__file__).parents[2]
QA_BOT = [str(Path(sys.executable).with_name("qa-bot"))]
NAIVE = [sys.executable, "-m", "tests.bench.naive"]
TIMES = 5
"""Of each measurement, unless told otherwise."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Usage:
    """What a command took, its own children with it."""

    wall: float
    """Seconds from its start to its end."""
    cpu: float
    """Seconds of processor."""
    peak: float
    """Of its largest process, in MB."""


@dataclass(frozen=True)
class Row:
    """A line of a benchmark's table."""

    what: str
    ratio: float
    """The median of the pairs' ratios."""
    ours: float
    """The median, in `unit`."""
    base: float
    """The same of what it is held against."""
    unit: str
    against: str
    bar: float | None = None
    """The ratio must not be higher."""
    goal: float | None = None


def environment() -> dict[str, str]:
    """Ours, so that every command is of this repository, less what is set for the user's own index.

    Byte code is kept between runs, as Python does unless told otherwise: else our modules alone would be compiled each time.
    """
    set_by_user = {name for name in os.environ if name.startswith("QA_BOT_")}
    kept = {name: value for name, value in os.environ.items() if name not in {*set_by_user, "PYTHONDONTWRITEBYTECODE"}}
    return kept | {"PYTHONPATH": str(REPOSITORY), "TOKENIZERS_PARALLELISM": "false"}


def run(command: Sequence[str | Path], codes: Sequence[int] = (0,)) -> Usage:
    """Run to its end; RuntimeError with what it said for an exit code other than these."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment(), stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            said.seek(0)
            raise RuntimeError(f"{command}: exit code {process.returncode}\n{said.read().decode(errors='replace')}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Usage(wall, usage.ru_utime + usage.ru_stime, kilobytes / 1000)


def child(module: str, *arguments: object) -> dict[str, float]:
    """The numbers that a benchmark's own process prints as its last line, a JSON object."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}: exit code {done.returncode}\n{done.stderr}")
    numbers: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return numbers


def alternate(times: int, *measured: Callable[[], Result]) -> list[list[Result]]:
    """The results of each, taken in turn so that a busy minute falls on all; the first round, unmeasured, warms the disk."""
    rounds = [[one() for one in measured] for _ in range(times + 1)]
    return [list(results) for results in zip(*rounds[1:], strict=True)]


def against(
    what: str,
    ours: Sequence[float],
    base: Sequence[float],
    unit: str,
    named: str,
    bar: float | None = None,
    goal: float | None = None,
) -> Row:
    """The row of two series taken in alternation."""
    ratio = statistics.median(a / b for a, b in zip(ours, base, strict=True))
    return Row(what, ratio, statistics.median(ours), statistics.median(base), unit, named, bar, goal)


def print_rows(name: str, rows: Sequence[Row]) -> None:
    """The table for a person, then one JSON line for a program."""
    print(f"{'':44}{'ratio':>8}{'bar':>7}{'goal':>7}")
    for row in rows:
        bar, goal = ("" if x is None else f"{x:g}" for x in (row.bar, row.goal))
        missed = "" if row.bar is None or row.ratio <= row.bar else "  above the bar"
        print(f"{row.what:44}{row.ratio:8.3f}{bar:>7}{goal:>7}{missed}")
        print(f"    {row.ours:.4g} {row.unit} against {row.base:.4g} {row.unit}: {row.against}")
    print(json.dumps({"bench": name, "rows": [asdict(row) for row in rows]}), flush=True)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for seeds and indexes, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="qa-bot-bench-") as name:
        yield Path(name)


def options(about: str) -> argparse.ArgumentParser:
    """The command line of one benchmark."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=TIMES, help=f"measurements of each (default: {TIMES})")
    return parser
