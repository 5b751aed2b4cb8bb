"""The files that were seen and not read, in words: counted, grouped, each group with its reason."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from qa_bot.documents.formats.unread import kinds_in_words, suffix_of
from qa_bot.showing.text import one_line

__all__ = ["in_groups", "kinds_in_words", "share_not_read"]


class Named(Protocol):
    """A file and why it was not read."""

    @property
    def path(self) -> str:
        """Below the seeds folder."""

    @property
    def reason(self) -> str:
        """Why, and what its owner can do."""


def share_not_read(not_read: int, files: int) -> str:
    """ "12 of 140 files could not be read"; "" where all were."""
    return f"{not_read:,} of {files:,} file{'' if files == 1 else 's'} could not be read" if not_read else ""


def in_groups(not_read: Iterable[Named]) -> list[str]:
    """A line for all files of one kind and one reason: "a.jpg and 2 more .jpg: is a picture; …"."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in not_read:
        groups.setdefault((suffix_of(one.path), one.reason), []).append(one.path)
    return [_line(suffix, reason, paths) for (suffix, reason), paths in groups.items()]


def _line(suffix: str, reason: str, paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 1:,} more {suffix}".rstrip() if len(paths) > 1 else ""
    return f"{one_line(paths[0])}{more}: {reason}"
