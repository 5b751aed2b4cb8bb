"""`qa-bot index`: the index brought up to date, with a progress bar on a terminal and plain lines elsewhere."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from threading import Event
from typing import TYPE_CHECKING

from qa_bot.commands.options import add_command, common
from qa_bot.commands.output import print_json
from qa_bot.config import Settings
from qa_bot.errors import QaBotError, SeedsError

if TYPE_CHECKING:
    from qa_bot.commands.options import Commands
    from qa_bot.library import Library, Listener, Progress, Report

MOST_NAMED = 5
"""Failed files that are named before each question at most."""
LOOK_EVERY = 2.0
"""Seconds between two looks at the seeds folder where the file system reports no changes, or reported none before the watch
began."""


def configure(commands: "Commands") -> None:
    """Add the command."""
    index = add_command(commands, "index", "bring the index up to date with the seeds", run, common())
    index.add_argument("--full", action="store_true", help="embed everything again")
    index.add_argument(
        "--rebuild", action="store_true", help="embed everything again, even in place of another folder's index"
    )
    index.add_argument(
        "--watch", action="store_true", help="keep doing it whenever the seeds change, until interrupted"
    )
    index.add_argument("--json", action="store_true", help="print the report as one JSON object")


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Update the index once; with --watch, after every later change, too."""
    from qa_bot.library import Library

    library = Library(settings)
    update_index(library, full=args.full, rebuild=args.rebuild, as_json=args.json)
    if args.watch:
        watch(library, as_json=args.json)
    return 0


def update_index(library: "Library", *, full: bool = False, rebuild: bool = False, as_json: bool) -> None:
    """Update once and print the report."""
    with listener(library.settings) as listen:
        report = library.rebuild(listen) if rebuild else library.update(full, listen)
    print_report(report, library.settings, as_json=as_json)


def update_quietly(library: "Library") -> "Report":
    """Update the index before a question. Only notes and failures are printed, on standard error."""
    from qa_bot.showing.left_out import kinds_in_words, share_not_read

    with listener(library.settings) as listen:
        report = library.update(progress=listen)
    for note in report.notes:
        say(library.settings, f"note: {note}")
    print_failures(report, library.settings, MOST_NAMED)
    if share := share_not_read(len(report.not_read), report.files):
        kinds = kinds_in_words(one.path for one in report.not_read)
        say(library.settings, f"note: {share} ({kinds}); qa-bot status tells why")
    return report


def watch(library: "Library", *, as_json: bool) -> None:
    """Update after every change, until interrupted."""
    say(library.settings, f"watching {library.settings.seeds}; stop with Ctrl-C")
    told = ""
    with suppress(KeyboardInterrupt):
        for _ in library.watch(Event(), every=LOOK_EVERY, silence=LOOK_EVERY):
            try:
                if not library.status().up_to_date:
                    update_index(library, as_json=as_json)
                told = ""
            except QaBotError as error:  # the next change may mend it
                if str(error) != told:
                    told = str(error)
                    print(f"qa-bot: {told}", file=sys.stderr, flush=True)


def say(settings: Settings, line: str) -> None:
    """Print a line that is no part of the result, unless --quiet is given."""
    if not settings.quiet:
        print(line, file=sys.stderr, flush=True)


@contextmanager
def listener(settings: Settings) -> "Iterator[Listener | None]":
    """What shows progress: a bar on a terminal, one line a stage elsewhere; None with --quiet."""
    if settings.quiet:
        yield None
    elif sys.stderr.isatty():
        with progress_bar() as listen:
            yield listen
    else:
        yield plain_lines()


@contextmanager
def progress_bar() -> "Iterator[Listener]":
    """A progress bar, shown from the first step on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
    )
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}

    def listen(p: "Progress") -> None:
        if not tasks:
            bar.start()
        if p.stage not in tasks:
            tasks[p.stage] = bar.add_task(p.stage, total=p.total, left="")
        bar.update(tasks[p.stage], completed=p.done, total=p.total, left=left(p.seconds_left))

    try:
        yield listen
    finally:
        bar.stop()


def plain_lines() -> "Listener":
    """A line when a stage begins, and at each further tenth of the embedding."""
    said: set[tuple[str, int]] = set()

    def listen(p: "Progress") -> None:
        tenth = 10 * p.done // p.total if p.total and p.stage == "embedding" else 0
        if (p.stage, tenth) not in said and (p.stage != "reading" or p.total):
            said.add((p.stage, tenth))
            counted = f" {p.done}/{p.total}" if p.total and p.stage != "saving" else ""
            print(f"{p.stage}{counted}  {left(p.seconds_left)}".rstrip(), file=sys.stderr, flush=True)

    return listen


def left(seconds: float | None) -> str:
    """ "0:42 left", or nothing where it is not known."""
    return "" if not seconds else f"{int(seconds) // 60}:{int(seconds) % 60:02} left"


def print_report(report: "Report", settings: Settings, *, as_json: bool) -> None:
    """Print what the update did; SeedsError where nothing could be indexed."""
    if as_json:
        print_json(asdict(report))
    elif not settings.quiet:
        counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
        parts = [f"{len(paths)} {word}" for word, paths in counts.items() if paths]
        parts += [f"{report.unchanged} unchanged"] if report.unchanged else []
        parts += [f"{len(report.failed)} failed"] if report.failed else []
        parts += [f"{len(report.unread)} not read"] if report.unread else []
        if report.rebuilt:
            print(f"made anew: {report.rebuilt}")
        print(f"{', '.join(parts) or 'nothing to do'}; {report.embedded} passages embedded in {report.seconds:.1f} s")
        print(f"the index holds {report.documents} documents, {report.passages} passages", flush=True)
    for note in report.notes:
        say(settings, f"note: {note}")
    if report.unread:
        from qa_bot.showing.left_out import in_groups

        for line in in_groups(report.unread):
            say(settings, f"not read: {line}")
    print_failures(report, settings, len(report.failed))


def print_failures(report: "Report", settings: Settings, most: int) -> None:
    """The files that could not be indexed, the first `most` with the reason; SeedsError where that is all of them."""
    for failure in report.failed[:most]:
        print(f"qa-bot: not indexed: {failure.path}: {failure.reason}", file=sys.stderr)
    if len(report.failed) > most:
        print(f"qa-bot: not indexed: {len(report.failed) - most} more; qa-bot status names them", file=sys.stderr)
    if report.failed and not report.documents:
        from qa_bot.showing.formats import suffixes_in_words

        raise SeedsError(
            f"nothing in {settings.seeds} could be indexed; put {suffixes_in_words()} files there that hold text"
        )
