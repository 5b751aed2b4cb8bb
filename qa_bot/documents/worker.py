"""Files read in a process of their own: `python -m qa_bot.documents.worker BYTES SECONDS MODULE…`.

A file that makes its reader crash, hang or take all memory costs this process and no other. BYTES are the most memory that
it may have; the modules, where there are any, make formats known that are no part of qa-bot.

    -> {"seeds": "/home/me/docs", "path": "a.pdf", "language": "english", "seconds": 60}   a line of JSON for each file
    <- a Reply, pickled
"""

import contextlib
import faulthandler
import json
import os
import pickle
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from qa_bot.errors import DocumentError

if TYPE_CHECKING:
    from qa_bot.documents.model import Document
    from qa_bot.documents.subject import Subject

GRACE = 5
"""Seconds after the time limit at which the process ends by itself, as it must where its parent was killed."""


class Reply(NamedTuple):
    """What came of a file: its documents, or why it has none."""

    documents: "list[tuple[Document, Subject]] | None" = None
    reason: str = ""
    """Why the file cannot be a document."""
    error: tuple[int, str] | None = None
    """What the system says of the file: the number of the error, and its words."""
    out_of_memory: bool = False


def main() -> None:
    """Read the files named on standard input until it ends."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Libraries that print must not print into the protocol.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit_memory(int(sys.argv[1]))
    for module in sys.argv[2:]:
        import_module(module)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        faulthandler.dump_traceback_later(request["seconds"] + GRACE, exit=True)
        reply = replied(request["seeds"], request["path"], request["language"])
        faulthandler.cancel_dump_traceback_later()
        try:
            packed = pickle.dumps(reply, pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            packed = pickle.dumps(Reply(out_of_memory=True))
        replies.write(packed)
        replies.flush()


def limit_memory(most: int) -> None:
    """Let the process have no more bytes than these, where the system can tell it so."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (ImportError, ValueError, OSError):
        pass  # the time limit holds all the same


def replied(seeds: str, path: str, language: str) -> Reply:
    """What comes of reading the file at this path below the folder."""
    from pathlib import Path

    from qa_bot.documents.readers import documents_and_subjects
    from qa_bot.language.choosing import language_of

    try:
        return Reply(documents_and_subjects(Path(seeds), path, language_of(language)))
    except DocumentError as error:
        return Reply(reason=str(error), out_of_memory=isinstance(error.__cause__, MemoryError))
    except OSError as error:
        return Reply(error=(error.errno or 0, error.strerror or type(error).__name__))
    except MemoryError:
        return Reply(out_of_memory=True)


if __name__ == "__main__":
    from qa_bot.documents import worker  # what is pickled here must go by the name that the parent knows

    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):  # the parent is gone or was interrupted
        worker.main()
