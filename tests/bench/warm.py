"""A question to an open bot over seeds/, retrieval to refusal, against one bare encoding of the same question.

python -m tests.bench.warm
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .measure import REPOSITORY, Row, against, child, folder, options, print_rows

CONVERSATIONS = (
    ("What needs to improve in South Tyneside's social work practice?", "And in 2019?", "Who wrote that letter?"),
    ("How is staff morale in North Tyneside?", "And in South Tyneside?", "Why is that?"),
    ("Who is the Lead Member?", "Where was the photo taken?", "What did she say about it?"),
    ("What did the inspectors find about children who go missing?", "Are the return interviews good?", "Since when?"),
    ("Is there a new electronic recording system?", "Who uses it?", "What do social workers think of it?"),
    ("What is the capital of France?", "When was the focused visit?", "How many inspectors were there?"),
)


LAPS = 4
"""Over the conversations; the first, which reads the model and the index from disk, is not counted."""


def measure(times: int) -> list[Row]:
    """A first question, and one that follows, in p50 and p95."""
    with folder() as here:
        rounds = [child("warm", here / "index", LAPS) for _ in range(times)]
    encode = [r["encode p50"] for r in rounds]
    named = "one bare numpy encoding of the question, p50"
    return [
        against("warm ask, p50", [r["ask p50"] for r in rounds], encode, "ms", named, 2.5, 1.5),
        against("warm ask, p95", [r["ask p95"] for r in rounds], encode, "ms", named),
        against("warm follow-up, p50", [r["follow-up p50"] for r in rounds], encode, "ms", named, 4, 2.2),
        against("warm follow-up, p95", [r["follow-up p95"] for r in rounds], encode, "ms", named),
    ]


def one_round(index: Path, laps: int) -> dict[str, float]:
    """Encoding, asking and following up in turn, question by question; milliseconds."""
    import qa_bot
    from qa_bot.models.bert import BertEncoder
    from qa_bot.models.finding import bundled_folder

    encoder = BertEncoder.load(bundled_folder())
    took: dict[str, list[float]] = {"encode": [], "ask": [], "follow-up": []}
    with qa_bot.open(REPOSITORY / "seeds", index) as bot:
        for lap in range(laps):
            for first, *following in CONVERSATIONS:
                chat = bot.conversation()
                times = [("ask", timed(lambda: chat.ask(first)))]  # noqa: B023 - called at once
                times += [("follow-up", timed(lambda: chat.ask(question))) for question in following]  # noqa: B023
                times += [("encode", timed(lambda: encoder.encode_questions([q]))) for q in (first, *following)]  # noqa: B023
                for name, ms in times if lap else ():
                    took[name].append(ms)
    return {f"{name} p{p}": percentile(ms, p) for name, ms in took.items() for p in (50, 95)}


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def percentile(values: Sequence[float], p: int) -> float:
    """The p-th percentile."""
    return statistics.quantiles(values, n=100, method="inclusive")[p - 1]


if __name__ == "__main__":
    if len(sys.argv) == 3 and not sys.argv[1].startswith("-"):
        print(json.dumps(one_round(Path(sys.argv[1]), int(sys.argv[2]))))
    else:
        print_rows("warm", measure(options(__doc__).parse_args().times))
