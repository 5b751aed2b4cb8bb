"""Which files of the seeds folder are documents, and what became of the others: a walk over names, no document is opened."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qa_bot.documents.formats.registry import is_readable
from qa_bot.errors import SeedsError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE = ".qa-bot-ignore"
"""The file in the seeds folder that names, as a .gitignore does, what is to be left out."""
OURS = re.compile(r"qa-bot\.(?:toml|lock|sqlite(?:\.new)?(?:-wal|-shm)?)|(?:partial-)?vectors-\d+-\w+\.faiss")
"""Names of files of qa-bot itself: its settings, and those of an index that stands in the folder."""
OUR_FOLDERS = re.compile(r"(?:partial-)?lexical-\d+-(?:0|[0-9a-f]{8})")
"""Names of folders of an index."""


class LeftOut(NamedTuple):
    """A file that is no document, and why. A path that ends in `/` is a folder with all that is in it."""

    path: str
    reason: str


class Found(NamedTuple):
    """The files below a folder, each in one of three lists, sorted."""

    documents: list[str]
    """Paths of the files that can be read as documents, below the folder and with `/`."""
    unread: list[LeftOut]
    """Files that cannot be read. The user has to know of them."""
    skipped: list[LeftOut]
    """Files that were left out on purpose: hidden, ignored, qa-bot's own."""


def find_files(seeds: Path) -> list[str]:
    """The paths, below the folder and with `/`, of all files that can be read as documents."""
    return survey(seeds).documents


def survey(seeds: Path) -> Found:
    """Every file below the folder. SeedsError where its ignore file cannot be understood."""
    walk = _Walk(seeds)
    walk.folder(str(seeds), "")
    found = walk.found
    return Found(sorted(found.documents), sorted(found.unread), sorted(found.skipped))


class _Walk:
    """A walk over one folder; each folder below is walked once, and none that lies outside."""

    def __init__(self, seeds: Path) -> None:
        self.found = Found([], [], [])
        self._root = os.path.realpath(seeds)
        self._seen: set[str] = set()
        self._ignored = ignored_by(seeds / IGNORE)

    def folder(self, folder: str, within: str) -> None:
        """Take in a folder, whose files' paths begin with `within`."""
        real = os.path.realpath(folder)
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: (entry.is_symlink(), entry.name))
        except OSError:
            self.found.unread.append(LeftOut(within, "may not be listed; change its permissions"))
            return
        below: list[tuple[str, str]] = []
        for entry in entries:
            is_folder = _is_folder(entry)
            path = within + entry.name + "/" * is_folder
            if not self._is_left_out(entry, path):
                if is_folder:
                    below.append((entry.path, path))
                else:
                    self.found.documents.append(path)
        for inner, path in below:
            self.folder(inner, path)

    def _is_left_out(self, entry: "os.DirEntry[str]", path: str) -> bool:
        """Whether the file or folder is no document; then it has been put into its list."""
        name = entry.name
        if name.startswith("."):
            self.found.skipped.append(LeftOut(path, "hidden"))
        elif self._ignored(path):
            self.found.skipped.append(LeftOut(path, f"named in {IGNORE}"))
        elif entry.is_symlink() and self._leads_out(entry.path):
            self.found.unread.append(
                LeftOut(path, "is a link that leads out of the folder; put a copy of the file there")
            )
        elif path.endswith("/"):
            if not OUR_FOLDERS.fullmatch(name):
                return False
            self.found.skipped.append(LeftOut(path, "part of an index"))
        elif is_readable(name):
            return False
        elif OURS.fullmatch(name):
            self.found.skipped.append(LeftOut(path, "qa-bot's own"))
        else:
            from qa_bot.documents.formats.unread import why_unread

            self.found.unread.append(LeftOut(path, why_unread(name)))
        return True

    def _leads_out(self, path: str) -> bool:
        real = os.path.realpath(path)
        return real != self._root and not real.startswith(self._root.rstrip(os.sep) + os.sep)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links in a circle
        return False


def ignored_by(file: Path) -> Callable[[str], bool]:
    """Whether a path below the folder is named in this file, which is written as a .gitignore is."""
    try:
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except FileNotFoundError:
        return lambda _: False
    except OSError as error:
        raise SeedsError(f"{file} cannot be read ({error.strerror}); change its permissions or remove it") from error
    spec = _spec(file, lines)
    return lambda path: bool(spec.match_file(path))


def _spec(file: Path, lines: list[str]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    for number, line in enumerate(lines, 1):
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError as error:
            raise SeedsError(
                f"{file}, line {number}: {line!r} is no pattern; write patterns as in a .gitignore"
            ) from error
    return GitIgnoreSpec.from_lines(lines)
