"""What can be the matter with the index folder, told with its remedy: the disk's trouble, or the file's own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa_bot.errors import IndexFolderError


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """What SQLite says of a file that it cannot use becomes an IndexFolderError that names the remedy."""
    try:
        yield
    except sqlite3.ProgrammingError:  # closed already: not the file's fault
        raise
    except sqlite3.DatabaseError as error:
        raise trouble(folder, error) from error


def trouble(folder: Path, error: sqlite3.DatabaseError) -> IndexFolderError:
    """The disk's trouble, or the file's own."""
    of_the_disk = (
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
    )
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in of_the_disk:
        return unwritable(folder, error)
    return IndexFolderError(f"the index in {folder} is damaged ({error}); build it anew with: qa-bot index --full")


def unwritable(folder: Path, error: Exception) -> IndexFolderError:
    """The index folder cannot be written; whatever was begun has been undone."""
    return IndexFolderError(
        f"the index folder {folder} cannot be written ({error}); free some space, change its permissions, or choose "
        "another with --index"
    )
