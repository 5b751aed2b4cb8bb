"""The guard around all that reads a file: whatever goes wrong in a reader costs that file alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from qa_bot.errors import DocumentError

REMEDY = "save it anew in its own program, or as text"
LONGEST = 120
"""Characters of an error's own words that a reason repeats."""


@contextmanager
def guarded() -> Iterator[None]:
    """Any failure becomes a DocumentError with a reason; what the system says of the file (OSError) passes.

    The traceback goes to the log `qa_bot.documents`, which shows nothing unless somebody listens.
    """
    try:
        yield
    except DocumentError:
        raise
    except Exception as error:  # whatever a library raises over a broken file: one file must not stop the others
        if isinstance(error, OSError) and error.errno:  # without a number, a library says so of what the file holds
            raise
        from logging import getLogger

        getLogger("qa_bot.documents").debug("a reader failed", exc_info=True)
        said = " ".join(str(error).encode(errors="replace").decode().split())[:LONGEST]
        kind = type(error).__name__
        raise DocumentError(f"cannot be read ({kind}{': ' * bool(said)}{said}); {REMEDY}") from error
