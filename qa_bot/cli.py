"""The `qa-bot` program: reads the arguments, runs the command, turns errors into one line and an exit code."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from qa_bot import __version__
from qa_bot.commands import ask, chat, evaluate, folders, help, index, serve, status, verify
from qa_bot.commands.options import ANSWERED, ERROR, Parser, common, data, quotes
from qa_bot.config import settings_from
from qa_bot.errors import QaBotError
from qa_bot.garbage import start_fast

COMMANDS = (chat, serve, ask, index, evaluate, verify, status, folders, help)
"""The modules of the commands, in the order of the help."""
SWITCHES = ("--quiet", "--help", "--version")
"""The options before the command that take no value."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done or answered, 1 nothing answers, 2 error."""
    start_fast()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character is no reason to stop
    try:
        args = parser().parse_args(with_folder(sys.argv[1:] if arguments is None else arguments))
        code: int = args.run(settings_from(vars(args)), args)
        sys.stdout.flush()
    except QaBotError as error:
        return fail(str(error))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except OSError as error:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # or Python would fail again when it writes the rest at exit
        if isinstance(error, BrokenPipeError):  # the program that reads our output has closed the pipe
            return ANSWERED
        return fail(f"{error}; make room or write elsewhere")
    return code


def fail(message: str) -> int:
    """One line on standard error."""
    print(f"qa-bot: {' '.join(message.splitlines())}", file=sys.stderr)
    return ERROR


def with_folder(arguments: Sequence[str]) -> list[str]:
    """`qa-bot FOLDER …` is `qa-bot chat --seeds FOLDER …`, where FOLDER is a path or a folder that has no command's name.

    Options may stand before it.
    """
    at = after_options(arguments)
    first = arguments[at] if at < len(arguments) else ""
    names = {"eval" if command is evaluate else command.__name__.rpartition(".")[2] for command in COMMANDS}
    is_folder = first not in names and not first.startswith("-") and (os.sep in first or Path(first).is_dir())
    return [*arguments[:at], "chat", "--seeds", *arguments[at:]] if first and is_folder else list(arguments)


def after_options(arguments: Sequence[str]) -> int:
    """Where the first argument stands that is neither an option of all commands nor the value of one."""
    at = 0
    while at < len(arguments) and (option := arguments[at]).startswith("-"):
        at += 2 if option == "-k" or (option.startswith("--") and "=" not in option and option not in SWITCHES) else 1
    return at


def parser() -> Parser:
    """The commands and their options."""
    top = Parser(
        prog="qa-bot",
        description="Ask a folder of documents. Every answer is a verbatim quote with its place, or an honest refusal. "
        "qa-bot FOLDER opens the chat over that folder; without a command, the chat opens over ./seeds.",
        parents=[common(), quotes(), data()],
    )
    top.add_argument("--version", action="version", version=f"qa-bot {__version__}")
    top.set_defaults(run=chat.run)
    commands = top.add_subparsers(metavar="COMMAND", title="commands")
    for command in COMMANDS:
        command.configure(commands)
    return top
