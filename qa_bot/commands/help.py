"""`qa-bot help`: the guide, a page a topic."""

import argparse
import sys
from typing import TYPE_CHECKING

from qa_bot.commands.options import add_command
from qa_bot.config import Settings

if TYPE_CHECKING:
    from qa_bot.commands.options import Commands

WIDEST = 100
"""Cells of a line of text: longer ones are hard to read."""


def configure(commands: "Commands") -> None:
    """Add the command."""
    guide = add_command(commands, "help", "show a page of the guide, or list its topics", run)
    guide.add_argument(
        "topic", metavar="TOPIC", nargs="?", help="the name of a page; without one the topics are listed"
    )


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Print the page of a topic, or the list of topics.

    On a terminal the page is laid out; in a pipe it is plain Markdown.
    """
    from qa_bot.showing import guide

    topic: str | None = args.topic
    if topic is None:
        widest = max(map(len, guide.TOPICS))
        print("qa-bot help TOPIC shows a page of the guide:\n")
        print("\n".join(f"  {name:<{widest}}  {guide.title(name)}" for name in guide.TOPICS))
        print("\nqa-bot --help lists the commands and their options.")
    elif sys.stdout.isatty():
        show(guide.page(topic))
    else:
        print(guide.page(topic), end="")
    return 0


def show(markdown: str) -> None:
    """Lay a page out on the terminal."""
    from rich.console import Console
    from rich.markdown import Markdown

    out = Console()
    out.print(Markdown(markdown), width=min(out.width, WIDEST))
