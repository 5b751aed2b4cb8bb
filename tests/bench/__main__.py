"""All benchmarks, or those named; each says what it does, and prints a table and a JSON line.

python -m tests.bench                        all, some ten minutes on two cores
python -m tests.bench cold warm              these
python -m tests.bench --quick                all at small sizes, once each, to see that they run
python -m tests.bench memory scale --large   100,000 passages indexed, a million asked: an hour and 10 GB of disk
python -m tests.bench --keep "2 cores"       keeps the figures for the guide, as those of this machine
"""

import argparse
from collections.abc import Callable
from dataclasses import asdict, dataclass

from . import cold, memory, paint, report, scale, throughput, upkeep, warm
from .measure import TIMES, Row, print_rows


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    times: int = TIMES
    documents: int = 500
    indexed: tuple[int, int] = (1_000, 10_000)
    """Passages whose indexing is watched for memory: few, and many."""
    asked: tuple[int, ...] = (1_000, 10_000, 100_000)
    """Passages of the indexes that are compared."""
    questions: int = 100


USUAL = Sizes()
QUICK = Sizes(times=1, documents=20, indexed=(100, 300), asked=(100, 1_000), questions=20)
LARGE = Sizes(indexed=(1_000, 100_000), asked=(1_000, 10_000, 100_000, 1_000_000))

BENCHMARKS: dict[str, tuple[str, Callable[[Sizes], list[Row]]]] = {
    "cold": ("a question from the shell", lambda sizes: cold.measure(sizes.times)),
    "warm": ("a question to an open bot", lambda sizes: warm.measure(sizes.times)),
    "paint": ("the chat's first picture", lambda sizes: paint.measure(3 * sizes.times)),
    "upkeep": ("an index kept up to date", lambda sizes: upkeep.measure(sizes.times, sizes.documents)),
    "throughput": ("documents indexed", lambda sizes: throughput.measure(sizes.times, sizes.documents)),
    "memory": ("memory while indexing", lambda sizes: memory.measure(sizes.indexed)),
}
SCALE = "what grows with the index"


def main() -> None:
    """Run those asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join([*BENCHMARKS, 'scale'])}")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", dest="sizes", action="store_const", const=QUICK, default=USUAL, help="small sizes")
    size.add_argument("--large", dest="sizes", action="store_const", const=LARGE, help="the largest sizes")
    parser.add_argument("--keep", metavar="MACHINE", help="keep the figures for the guide, as those of this machine")
    args = parser.parse_args()
    if unknown := set(args.names) - {*BENCHMARKS, "scale"}:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    for name, (about, measure) in BENCHMARKS.items():
        if name in (args.names or BENCHMARKS):
            print(f"\n{name}: {about}", flush=True)
            rows = measure(args.sizes)
            print_rows(name, rows)
            if args.keep:
                report.keep(args.keep, [asdict(row) for row in rows])
    if not args.names or "scale" in args.names:
        print(f"\nscale: {SCALE}", flush=True)
        found = scale.measure(args.sizes.asked, args.sizes.questions)
        scale.print_figures(found)
        print_rows("scale", rows := scale.rows(found))
        if args.keep:
            report.keep(args.keep, [asdict(row) for row in rows], found)


if __name__ == "__main__":
    main()
