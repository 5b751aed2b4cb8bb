"""`qa-bot eval`: asks the questions of a file and measures how many answers hold the words expected."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from qa_bot.commands.index import update_quietly
from qa_bot.commands.options import add_command, common, quotes
from qa_bot.commands.output import print_json
from qa_bot.config import Settings
from qa_bot.errors import SettingsError

if TYPE_CHECKING:
    from qa_bot.commands.figures import Outcome
    from qa_bot.commands.gold import Row
    from qa_bot.commands.options import Commands
    from qa_bot.library import Conversation, Library


def configure(commands: "Commands") -> None:
    """Add the command."""
    about = "ask the questions of a file and measure how many are answered with the words expected"
    evaluation = add_command(commands, "eval", about, run, common(), quotes())
    evaluation.add_argument(
        "gold",
        metavar="GOLD.jsonl",
        help='JSON lines {"question", "expect": "words of the answer, a list of such, or null for nothing"}, with the '
        '"document" that the words stand in and the "conversation" that the question is a turn of, or without',
    )
    evaluation.add_argument(
        "--min",
        metavar="X",
        help="exit code 1 when hit@1, the share of the questions with words expected whose first quote holds them, is "
        "below X (0 to 1)",
    )
    evaluation.add_argument("--json", action="store_true", help="print figures and misses as one JSON object")
    evaluation.add_argument("--no-update", action="store_true", help="ask the index as it is, changed seeds or not")


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Ask every question of the file and print the figures; 1 where hit@1 is below --min, else 0."""
    from qa_bot.commands.figures import as_dict, figures_of, print_figures
    from qa_bot.commands.gold import check, read_gold
    from qa_bot.commands.promise import promise_of
    from qa_bot.library import Library

    least = share(args.min)
    rows = read_gold(args.gold)
    if least is not None and not any(row.expect for row in rows):
        raise SettingsError(f"--min is measured by hit@1, and no row of {args.gold} expects words; give some that do")
    with Library(replace(settings, k=max(settings.k, 3))) as library:
        if not args.no_update:
            update_quietly(library)
        check(rows, library, args.gold)
        outcomes = outcomes_of(rows, library)
    figures = figures_of(outcomes)
    promise = promise_of([outcome.answer for outcome in outcomes], [outcome.right for outcome in outcomes])
    if args.json:
        print_json(as_dict(figures, outcomes, promise))
    else:
        print_figures(figures, outcomes, args.gold, promise)
    return 1 if least is not None and (figures["hit@1"] or 0) < least else 0


def share(text: str | None) -> float | None:
    """The number given with --min; SettingsError where it is not from 0 to 1."""
    try:
        value = None if text is None else float(text)
    except ValueError:
        value = -1
    if value is not None and not 0 <= value <= 1:
        raise SettingsError(f"--min must be a share of 0 to 1, such as 0.9, not {text!r}")
    return value


def outcomes_of(rows: "list[Row]", library: "Library") -> "list[Outcome]":
    """The outcome of each row, in order."""
    from qa_bot.commands.figures import Outcome
    from qa_bot.commands.gold import rank_of

    conversations: dict[str, Conversation] = {}
    outcomes = []
    with asked(library.settings, len(rows)) as advance:
        for row in rows:
            chat = library.conversation()
            if row.conversation is not None:
                chat = conversations.setdefault(row.conversation, chat)
            answer = chat.ask(row.question)
            outcomes.append(Outcome(row, answer, rank_of(row, answer, library)))
            advance()
    return outcomes


@contextmanager
def asked(settings: Settings, total: int) -> Iterator[Callable[[], object]]:
    """Gives a function to call after each question; on a terminal it moves a progress bar."""
    if settings.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("asking", total=total)
        yield lambda: bar.advance(task)
