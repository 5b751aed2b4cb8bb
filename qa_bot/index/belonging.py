"""Whose index it is: an index belongs to one folder of documents, and no other folder's update takes its place unasked."""

import os
from collections.abc import Mapping

from qa_bot.config import Settings
from qa_bot.errors import IndexFolderError


def marks(settings: Settings) -> dict[str, str]:
    """What the manifest says of the folder: where it is, and where it is as seen from the index, for both may move together."""
    seeds = os.path.realpath(settings.seeds)
    return {"seeds": seeds, "seeds_from_index": os.path.relpath(seeds, os.path.realpath(settings.index))}


def other_folder(settings: Settings, manifest: Mapping[str, str]) -> str | None:
    """The folder that the index is of, where that is not the folder of the settings."""
    now, before = marks(settings), manifest.get("seeds")
    if before in (None, now["seeds"]) or manifest.get("seeds_from_index") == now["seeds_from_index"]:
        return None
    return before


def check_folder(settings: Settings, manifest: Mapping[str, str]) -> None:
    """IndexFolderError where the index is of another folder."""
    if (before := other_folder(settings, manifest)) is not None:
        raise IndexFolderError(
            f"the index in {settings.index} is of the folder {before}, not of {settings.seeds}; leave --index out or name "
            "another, or put this folder's index in its place with: qa-bot index --rebuild"
        )
