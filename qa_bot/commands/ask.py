"""`qa-bot ask`: one answer for a person, one as JSON, or a batch as JSON lines."""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from qa_bot.commands.index import update_quietly
from qa_bot.commands.options import ANSWERED, ERROR, NOTHING_ANSWERS, add_command, common, quotes
from qa_bot.commands.output import print_json
from qa_bot.config import Settings
from qa_bot.errors import SettingsError

if TYPE_CHECKING:
    from qa_bot.commands.options import Commands
    from qa_bot.library import Conversation, Library, Report

EXAMPLE = 'for example: qa-bot ask "What needs to improve?"'


def configure(commands: "Commands") -> None:
    """Add the command."""
    about = "answer one question, or a batch of them; exit code 0 answered, 1 nothing answers, 2 error"
    ask = add_command(commands, "ask", about, run, common(), quotes())
    ask.add_argument("question", nargs="*", help="the question, in quotation marks")
    ask.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    ask.add_argument(
        "--batch",
        metavar="FILE",
        help='answer JSON lines {"conversation", "question"} from FILE (- is standard input)',
    )
    ask.add_argument("--no-update", action="store_true", help="answer from the index as it is, changed seeds or not")


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Answer the question, or the batch."""
    if len(args.question) > 1:
        question = " ".join(args.question)
        raise SettingsError(
            f'the question is one argument; put it in quotation marks, for example: qa-bot ask "{question}"'
        )
    if (not args.question) == (args.batch is None):
        raise SettingsError(f"ask takes either a question or --batch FILE; {EXAMPLE}")
    if args.batch is not None:
        return answer_batch(settings, args.batch, update=not args.no_update)
    question = os.fsencode(args.question[0]).decode(errors="replace")  # typed in UTF-8, whatever the locale says
    return answer_one(settings, question, as_json=args.json, update=not args.no_update)


def answer_one(settings: Settings, question: str, *, as_json: bool, update: bool) -> int:
    """Print the answer to one question; 0 when answered, 1 when not."""
    if not question.strip():
        raise SettingsError(f"the question is empty; {EXAMPLE}")
    from qa_bot.library import Library

    with Library(settings) as library:
        report = update_quietly(library) if update else None
        asked = library.open().documents
        answer = library.ask(question)
        if as_json:
            print_json(answer.to_json())
        else:
            from qa_bot.commands.printing import print_answer

            print_answer(answer, asked, "" if answer.answered else share_not_read(library, report))
    return ANSWERED if answer.answered else NOTHING_ANSWERS


def share_not_read(library: "Library", report: "Report | None") -> str:
    """How many files could not be read, for below a refusal; "" where all were read."""
    from qa_bot.showing.left_out import share_not_read

    if report is not None:
        return share_not_read(len(report.not_read), report.files)
    seeds = library.look()
    return share_not_read(seeds.not_read, seeds.files)


def answer_batch(settings: Settings, source: str, *, update: bool) -> int:
    """Answer JSON lines as they come, a line each in the same order; 0 whatever the answers are.

    A row that cannot be read is told on standard error, and has an object with `error` in its place; then 2 at the end.
    """
    from qa_bot.library import Library

    with lines_of(source) as lines, Library(settings) as library:
        if update:
            update_quietly(library)
        library.open()
        conversations: dict[str, Conversation] = {}
        code = ANSWERED
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                name, question = read_row(line, number)
            except SettingsError as error:
                print(f"qa-bot: {error}", file=sys.stderr, flush=True)
                print_json({"line": number, "error": str(error)})
                code = ERROR
                continue
            chat = conversations.setdefault(name, library.conversation(name))
            print_json(chat.ask(question).to_json())
    return code


@contextmanager
def lines_of(source: str) -> Iterator[TextIO]:
    """The lines of a file, or of standard input for "-"; SettingsError where it cannot be read."""
    if source == "-":
        # Read as UTF-8 whatever the locale: JSON is.
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
        return
    try:
        with Path(source).open(encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as error:
        raise SettingsError(
            f"the batch {source} cannot be read ({error.strerror}); give a file of JSON lines, or -"
        ) from error


def read_row(line: str, number: int) -> tuple[str, str]:
    """Conversation and question of a batch's line; SettingsError where it is something else."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise SettingsError(
            f'line {number} of the batch is not a row like {{"conversation": "c1", "question": "…"}}; mend it, '
            "the other rows are answered"
        )
    name = row.get("conversation")
    return str(number if name is None else name), row["question"]
