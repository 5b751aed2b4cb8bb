"""`qa-bot status`: what the index holds and what has changed since."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from qa_bot.commands.options import add_command, common
from qa_bot.commands.output import print_json
from qa_bot.config import Settings

if TYPE_CHECKING:
    from qa_bot.commands.options import Commands
    from qa_bot.library import Status


def configure(commands: "Commands") -> None:
    """Add the command."""
    about = "show what the index holds and what has changed since it was built"
    status = add_command(commands, "status", about, run, common())
    status.add_argument("--json", action="store_true", help="print the status as one JSON object")


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Print the status."""
    from qa_bot.library import Library

    now = Library(settings).status()
    if args.json:
        print_json(as_dict(now))
        return 0
    print(f"seeds      {settings.seeds}")
    print(f"index      {settings.index}  ({now.bytes / 1e6:.1f} MB, generation {now.generation})")
    print(f"documents  {now.documents}")
    print(f"passages   {now.passages}")
    print(f"model      {now.model}")
    print(f"vectors    {searched(now)}")
    print(f"state      {state(now)}")
    for word, paths in (
        ("added", now.changes.added),
        ("changed", now.changes.changed),
        ("removed", now.changes.removed),
    ):
        for path in paths:
            print(f"  {word:<8} {path}")
    for record in now.changes.failed:
        print(f"  {'failed':<8} {record.path}: {record.reason}")
    return 0


def state(now: "Status") -> str:
    """Whether the index is up to date, and which command helps where it is not."""
    if now.needs_rebuild:
        return f"needs building: {now.needs_rebuild} (qa-bot index)"
    return "the seeds have changed (qa-bot index)" if now.changes else "up to date"


def searched(now: "Status") -> str:
    """How the passages' vectors are searched."""
    if not now.vectors.nprobe:
        return "exact search"
    how = now.vectors
    return (
        f"{how.kind}, {how.nprobe} of {how.lists} lists searched; recall@100 {how.recall:.3f}, measured at "
        f"{how.made_for:,} passages"
    )


def as_dict(now: "Status") -> dict[str, object]:
    """The status as `--json` prints it."""
    changes = asdict(now.changes)
    return {
        "documents": now.documents,
        "passages": now.passages,
        "model": now.model,
        "generation": now.generation,
        "bytes": now.bytes,
        "vectors": {name: getattr(now.vectors, name) for name in ("kind", "lists", "nprobe", "recall", "made_for")},
        "up_to_date": now.up_to_date,
        "needs_rebuild": now.needs_rebuild,
        **{word: list(changes[word]) for word in ("added", "changed", "removed")},
        "failed": [{"path": r.path, "reason": r.reason} for r in now.changes.failed],
        "listing": [dict(zip(("path", "title", "date", "passages"), row, strict=True)) for row in now.listing],
    }
