"""Indexing 500 documents of one to five passages against bare SentenceTransformer.encode, batches of 32, of the same texts.

The processor time of the whole `qa-bot index` counts (reading, dividing, embedding passages and words, writing), and of
the other side the encoding alone, without its start-up.

    python -m tests.bench.throughput
"""

import json
import sys
import time
from contextlib import closing
from pathlib import Path

from . import corpus
from .measure import QA_BOT, Row, against, alternate, child, folder, options, print_rows, run

DOCUMENTS = 500


def measure(times: int, documents: int = DOCUMENTS) -> list[Row]:
    """Processor seconds; what torch's start-up takes of ours is in it."""
    with folder() as here:
        seeds = corpus.write(here / "seeds", documents)
        where: list[str | Path] = ["--seeds", seeds, "--index", here / "index"]
        run([*QA_BOT, "index", *where])
        ours, bare = alternate(
            times,
            lambda: {"all": run([*QA_BOT, "index", "--full", *where]).cpu},
            lambda: child("throughput", here / "index"),
        )
    cpu = [o["all"] for o in ours]
    return [
        against(
            f"index of {documents} documents, CPU",
            cpu,
            [b["encode"] for b in bare],
            "s",
            "SentenceTransformer.encode at batch 32 of the same passages, its start-up not counted",
            0.75,
            0.45,
        ),
        against(
            f"index of {documents} documents, CPU, both whole",
            cpu,
            [b["all"] for b in bare],
            "s",
            "the same with its start-up, as ours has",
        ),
    ]


def encode(index: Path) -> dict[str, float]:
    """Processor seconds of encoding every passage of the index, and of this whole process."""
    from sentence_transformers import SentenceTransformer

    from qa_bot.index.passage_vectors import embedded_text
    from qa_bot.index.store import Store
    from qa_bot.models.finding import bundled_folder

    with closing(Store.open(index)) as store:
        texts = [embedded_text(p.title, p.context, p.text) for p in store.passages()]
    model = SentenceTransformer(str(bundled_folder()))
    began = time.process_time()
    model.encode(texts, batch_size=32)
    return {"encode": time.process_time() - began, "all": time.process_time()}


if __name__ == "__main__":
    if len(sys.argv) == 2 and not sys.argv[1].startswith("-"):
        print(json.dumps(encode(Path(sys.argv[1]))))
    else:
        parser = options(__doc__)
        parser.add_argument("--documents", type=int, default=DOCUMENTS)
        args = parser.parse_args()
        print_rows("throughput", measure(args.times, args.documents))
