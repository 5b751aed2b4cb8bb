"""What an update of the index tells: its progress while it runs, its report at the end."""

from collections.abc import Callable
from dataclasses import dataclass


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
    notes: tuple[str, ...] = ()
    """What the user should know, such as an encoding that was guessed."""
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    """Passages embedded in this update."""
    seconds: float = 0.0
    rebuilt: str | None = None
    """Why everything was made anew; None where it was not."""
