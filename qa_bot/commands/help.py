"""`qa-bot help`: the guide, a page a topic."""

import sys

from qa_bot.showing import guide

WIDEST = 100
"""Cells of a line of text: longer ones are hard to read."""


def show_help(topic: str | None) -> int:
    """Print the page of a topic, or the list of topics.

    On a terminal the page is laid out; in a pipe it is plain Markdown.
    """
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
