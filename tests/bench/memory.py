"""Peak memory while indexing very many passages, against indexing a thousand: of the command and its children together.

The bundled model cut down to its first layer stands in for the whole, which would take an hour: its vectors are as long and
its tokens the same, so that a passage costs as much memory. Resident memory is looked at fifty times a second, in /proc.

    python -m tests.bench.memory
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from . import corpus
from .measure import QA_BOT, REPOSITORY, Row, against, child, environment, folder, options, print_rows

PASSAGES = (1_000, 10_000)
A_DOCUMENT = 3
"""Passages, on average."""
LOOK_EVERY = 0.02
"""Seconds."""
PAGE = os.sysconf("SC_PAGE_SIZE")


def measure(passages: Sequence[int] = PASSAGES, times: int = 1) -> list[Row]:
    """MB at the largest against MB at the smallest."""
    few, many = passages
    peaks: dict[int, list[float]] = {few: [], many: []}
    with folder() as here:
        child("memory", here / "model")
        for count in passages:
            seeds = corpus.write(here / f"seeds-{count}", count // A_DOCUMENT)
            for lap in range(times):
                where: list[str | Path] = [
                    "--seeds",
                    seeds,
                    "--index",
                    here / f"index-{count}-{lap}",
                    "--model",
                    here / "model",
                ]
                peaks[count].append(peak([*QA_BOT, "index", "--quiet", *where]))
    named = f"the same for {few:,} passages"
    return [against(f"index of {many:,} passages, peak memory", peaks[many], peaks[few], "MB", named, 2, 1.3)]


def one_layer(folder: Path) -> None:
    """The bundled model in `folder`, less all its layers but the first."""
    from safetensors.numpy import load_file, save_file

    from qa_bot.models.finding import bundled_folder

    shutil.copytree(bundled_folder(), folder)
    weights, config = folder / "model.safetensors", folder / "config.json"
    kept = {n: w for n, w in load_file(weights).items() if "encoder.layer." not in n or "encoder.layer.0." in n}
    save_file(kept, weights, metadata={"format": "pt"})
    config.write_text(json.dumps(json.loads(config.read_text()) | {"num_hidden_layers": 1}))


def peak(command: Sequence[str | Path]) -> float:
    """MB of the command and all below it, at the worst moment."""
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment()) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(map(resident, [process.pid, *below(process.pid)])))
            time.sleep(LOOK_EVERY)  # a sample, not a wait for something
    if process.returncode:
        raise RuntimeError(f"{command}: exit code {process.returncode}")
    return most / 1e6


def below(process: int) -> list[int]:
    """The ids of its children and theirs."""
    try:
        children = [int(id_) for id_ in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return children + [one for child in children for one in below(child)]


def resident(process: int) -> int:
    """Bytes; 0 of a process that is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0


if __name__ == "__main__":
    if len(sys.argv) == 2 and not sys.argv[1].startswith("-"):
        one_layer(Path(sys.argv[1]))
        print("{}")
        sys.exit()
    parser = options(__doc__)
    parser.set_defaults(times=1)
    parser.add_argument("--passages", type=int, nargs=2, default=PASSAGES, metavar=("FEW", "MANY"))
    args = parser.parse_args()
    print_rows("memory", measure(args.passages, args.times))
