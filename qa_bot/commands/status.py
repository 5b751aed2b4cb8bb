"""`qa-bot status`: the size of the index, and the changes in the seeds since it was built."""

import argparse
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

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
    status.add_argument("--files", action="store_true", help="list every file and what became of it")
    status.add_argument("--json", action="store_true", help="print the status as one JSON object")


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Print the status."""
    from qa_bot.library import Library

    now = Library(settings).status()
    if args.json:
        print_json(as_dict(now) | ({"every_file": [one._asdict() for one in files(now)]} if args.files else {}))
        return 0
    print(f"seeds      {settings.seeds}")
    print(f"index      {settings.index}  ({now.bytes / 1e6:.1f} MB, generation {now.generation})")
    print(f"documents  {now.documents}")
    print(f"passages   {now.passages}")
    print(f"model      {now.model}")
    print(f"vectors    {searched(now)}")
    print(f"state      {state(now)}")
    if args.files:
        print_files(now)
    else:
        print_changes(now)
    return 0


def print_changes(now: "Status") -> None:
    """What has changed, and what could not be read."""
    from qa_bot.showing.left_out import in_groups

    for word, paths in (
        ("added", now.changes.added),
        ("changed", now.changes.changed),
        ("removed", now.changes.removed),
    ):
        for path in paths:
            print(f"  {word:<8} {path}")
    for record in now.changes.failed:
        print(f"  {'failed':<8} {record.path}: {record.reason}")
    for line in in_groups(now.changes.unread):
        print(f"  {'not read':<8} {line}")


class File(NamedTuple):
    """A file of the folder and what became of it."""

    path: str
    state: str
    """indexed, added, changed or removed since, failed, not read, or left out (on purpose)."""
    reason: str = ""


def files(now: "Status") -> list[File]:
    """Every file of the folder, sorted by path."""
    changes = now.changes
    listed = [
        *(File(path, "indexed") for path in changes.unchanged),
        *(File(path, "added") for path in changes.added),
        *(File(path, "changed") for path in changes.changed),
        *(File(path, "removed") for path in changes.removed),
        *(File(record.path, "failed", record.reason) for record in changes.failed),
        *(File(one.path, "not read", one.reason) for one in changes.unread),
        *(File(one.path, "left out", one.reason) for one in changes.skipped),
    ]
    return sorted(listed)


def print_files(now: "Status") -> None:
    """Every file with its state, then how many there are of each state."""
    listed = files(now)
    for one in listed:
        print(f"  {one.state:<8} {one.path}" + (f": {one.reason}" if one.reason else ""))
    counts = Counter(one.state for one in listed)
    print("  " + ", ".join(f"{number:,} {state}" for state, number in counts.most_common()))


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
        "unread": [one._asdict() for one in now.changes.unread],
        "files": now.changes.seen,
        "listing": [dict(zip(("path", "title", "date", "passages"), row, strict=True)) for row in now.listing],
    }
