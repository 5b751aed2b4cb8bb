"""`qa-bot chat`: the chat on this terminal; also what `qa-bot` alone does."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from qa_bot.commands.options import add_command, common, data, quotes
from qa_bot.config import Settings
from qa_bot.errors import SettingsError

if TYPE_CHECKING:
    from qa_bot.commands.options import Commands


def configure(commands: "Commands") -> None:
    """Add the command."""
    add_command(commands, "chat", "open the chat; the default command", run, common(), quotes(), data())


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Open the chat. SettingsError without a terminal, where it would wait for keys for ever."""
    in_browser = "TEXTUAL_DRIVER" in os.environ
    if not (in_browser or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise SettingsError('the chat needs a terminal; elsewhere use: qa-bot ask "What needs to improve?"')
    from qa_bot.chat.app import run as run_chat

    run_chat(settings)
    return 0
