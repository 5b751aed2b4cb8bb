"""How the command line is read: the parser, and the options that several commands share."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from qa_bot.config import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]
    """Where a command module adds its command."""

Run = Callable[[Settings, argparse.Namespace], int]
"""Runs a command; returns the exit code."""
ANSWERED, NOTHING_ANSWERS, ERROR = 0, 1, 2
"""Exit codes."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, which names the help."""

    def error(self, message: str) -> NoReturn:
        """Print the line and leave with exit code 2."""
        self.exit(ERROR, f"{self.prog}: {message}; see {self.prog} --help\n")


def common() -> Parser:
    """The options of all commands. They may stand before the command and after it."""
    parser = options()
    group = parser.add_argument_group("options on all commands (also as environment variables QA_BOT_SEEDS and so on)")
    group.add_argument("--seeds", metavar="DIR", help="the folder of documents (default: ./seeds)")
    group.add_argument(
        "--index",
        metavar="DIR",
        help="the folder of the index (default: ./index for ./seeds; for another folder one in your cache folder)",
    )
    group.add_argument(
        "--model", metavar="NAME_OR_PATH", help=f"the embedding model (default: {DEFAULT_MODEL}, bundled)"
    )
    group.add_argument(
        "--reader",
        metavar="NAME",
        help="what reads the best passages with a question that is asked of one document: bundled (the default) or none",
    )
    group.add_argument("--max-size", metavar="MB", help="leave out files of more megabytes (default: 200)")
    group.add_argument("--quiet", action="store_true", help="print results and errors only")
    return parser


def quotes() -> Parser:
    """The option of commands that answer."""
    parser = options()
    parser.add_argument("-k", metavar="N", help="the number of quotes in an answer (default: 3)")
    return parser


def data() -> Parser:
    """The option of the chat."""
    parser = options()
    parser.add_argument(
        "--data",
        metavar="DIR",
        help="the folder in which the chat keeps conversations (default: your user data folder)",
    )
    return parser


def options() -> Parser:
    """A parser to inherit from. An option given before the command stays in effect where the command does not repeat it."""
    return Parser(add_help=False, argument_default=argparse.SUPPRESS)


def add_command(commands: "Commands", name: str, about: str, run: Run, *shared: Parser) -> Parser:
    """A new command with these shared options."""
    parser = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.", parents=shared)
    parser.set_defaults(run=run)
    return parser
