"""The folders that have an index in the user's cache folder: which they are, and how one is forgotten."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, NoReturn

from qa_bot.config import Settings, index_of, indexes_folder
from qa_bot.errors import IndexFolderError
from qa_bot.index.choosing import engine_of
from qa_bot.index.trouble import readable, unwritable

LOCK = "qa-bot.lock"


class Known(NamedTuple):
    """A folder that was indexed, and its index."""

    folder: str
    """The real path of the folder of documents; "" where the index is damaged and cannot tell."""
    index_folder: str
    """The path of the index."""
    documents: int
    bytes: int
    """The size of the index's files."""
    days: float
    """How long ago the index was last changed, in days."""
    exists: bool
    """Whether the folder of documents is still there."""


def known_folders() -> list[Known]:
    """Every folder with an index in the user's cache folder, by path."""
    return sorted(_known(settings) for settings in _indexes())


def forget_folder(folder: Path) -> Known:
    """Delete the index of this folder from the user's cache folder: files that qa-bot made, and no other.

    IndexFolderError where there is none, it is in use, or it cannot be deleted.
    """
    real, usual = os.path.realpath(folder), os.path.realpath(index_of(folder))
    for settings in _indexes():
        known = _known(settings)
        if known.folder == real or os.path.realpath(known.index_folder) == usual:
            _remove(settings)
            return known
    raise IndexFolderError(f"there is no index of {folder} in {indexes_folder()}; qa-bot folders lists those that are")


def _indexes() -> Iterator[Settings]:
    place = indexes_folder()
    if place.is_dir():
        for index in sorted(place.iterdir()):
            settings = Settings(index=index)
            if not index.is_symlink() and engine_of(settings).exists():
                yield settings


def _known(settings: Settings) -> Known:
    engine, index = engine_of(settings), settings.index
    folder, documents = "", 0
    try:
        with readable(index), closing(engine.open()) as store:
            manifest = store.manifest()
            folder, documents = manifest.get("seeds", ""), int(manifest.get("document_count", "0"))
    except IndexFolderError:  # damaged: it is listed all the same, so that it can be deleted
        pass
    changed = max((file.stat().st_mtime for file in index.iterdir()), default=time.time())
    days = max(0.0, (time.time() - changed) / 86400)
    return Known(folder, str(index), documents, engine.size(), days, bool(folder) and Path(folder).is_dir())


def _remove(settings: Settings) -> None:
    def busy() -> NoReturn:
        raise IndexFolderError(f"the index {settings.index} is being updated; try again when that is done")

    engine = engine_of(settings)
    with engine.lock(busy):
        try:
            engine.remove()
        except OSError as error:
            raise unwritable(settings.index, error) from error
    (settings.index / LOCK).unlink(missing_ok=True)
    if not any(settings.index.iterdir()):
        settings.index.rmdir()
