"""`qa-bot folders`: the folders that have an index in the user's cache folder, and how one is forgotten."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from qa_bot.commands.options import add_command
from qa_bot.commands.output import print_json
from qa_bot.config import Settings

if TYPE_CHECKING:
    from qa_bot.commands.options import Commands
    from qa_bot.library import Known


def configure(commands: "Commands") -> None:
    """Add the command."""
    about = "list the folders that have an index in your cache folder, or delete the index of one"
    folders = add_command(commands, "folders", about, run)
    folders.add_argument(
        "--forget", metavar="FOLDER", help="delete the index of this folder; its documents are not touched"
    )
    folders.add_argument("--json", action="store_true", help="print the list as one JSON object")


def run(settings: Settings, args: argparse.Namespace) -> int:
    """List the folders, or forget one."""
    from qa_bot.library import forget_folder, known_folders
    from qa_bot.showing.text import visible

    if args.forget is not None:
        gone = forget_folder(Path(args.forget).expanduser())
        print(f"forgotten: {visible(gone.folder or args.forget)} ({gone.bytes / 1e6:.1f} MB)")
        return 0
    known = known_folders()
    if args.json:
        print_json({"folders": [one._asdict() for one in known]})
    elif not known:
        print("no folder has an index in your cache folder")
    for one in [] if args.json else known:
        documents = f"{one.documents:,} document{'s' * (one.documents != 1)}"
        print(f"{one.bytes / 1e6:8.1f} MB  {age(one.days):<12}  {documents:>16}  {visible(name(one))}")
    return 0


def name(one: "Known") -> str:
    """What the folder is called, and what is the matter with it where something is."""
    if not one.folder:
        return f"an index that cannot be read: {one.index_folder}"
    return one.folder + ("" if one.exists else "  (the folder is gone)")


def age(days: float) -> str:
    """How long ago, for a person: "today", "1 day ago", "12 days ago"."""
    if days < 1:
        return "today"
    return f"{int(days)} day{'s' * (days >= 2)} ago"
