"""What an update of the index tells: its progress while it runs, its report at the end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa_bot.index.changes import Changes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is."""

    stage: str
    """"waiting" for another build, "reading" documents, "embedding" passages, "saving"."""
    done: int
    total: int
    seconds_left: float | None = None
    """An estimate from the text embedded so far; None where there is none yet."""


Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    """Files of a known format that could not be read."""
    unread: tuple[Failure, ...] = ()
    """Files that are never read: of no known format, too large, outside the folder."""
    notes: tuple[str, ...] = ()
    """What the user should know, such as an encoding that was guessed."""
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    """Passages embedded in this update."""
    seconds: float = 0.0
    rebuilt: str | None = None
    """Why everything was made anew; None where it was not."""
    files: int = 0
    """The files that were seen, read or not; those left out on purpose are not counted."""

    @property
    def not_read(self) -> tuple[Failure, ...]:
        """All files that were seen and could not be read, by path."""
        return tuple(sorted((*self.failed, *self.unread), key=lambda failure: failure.path))


def unread(changes: "Changes") -> tuple[Failure, ...]:
    """The files that are never read, for a report."""
    return tuple(Failure(one.path, one.reason) for one in changes.unread)


def both(first: Report, rest: Report) -> Report:
    """The reports of two updates, one after the other, as one report."""
    return replace(
        rest,
        added=(*first.added, *rest.added),
        notes=(*first.notes, *rest.notes),
        unchanged=0,
        rebuilt=first.rebuilt,
        embedded=first.embedded + rest.embedded,
        seconds=first.seconds + rest.seconds,
    )
