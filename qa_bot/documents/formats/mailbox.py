"""Mailboxes (`.mbox`): each mail is a document of its own, named by its message id, whatever mails stand around it."""

import hashlib
import mmap
import re
import stat
from functools import lru_cache
from pathlib import Path

from qa_bot.documents.formats.composing import ComposedReader
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.mail import mail_text
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError

_FROM = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n(?=[!-9;-~]{1,60}:|>From )")
"""The line before a mail; "From" also begins sentences, but no header follows those."""

_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MASKED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEAD = 20_000
"""Bytes at the beginning of a mail among which its message id stands."""


class MailboxReader(ComposedReader):
    """Reads `.mbox`."""

    def members(self, path: Path) -> list[str]:
        """A name for each mail, in the order of the file; the same mail twice is one document."""
        return list(_mails(path))

    def read(self, path: Path) -> FileText:
        """The mail that the path names behind its `#`."""
        file, _, member = path.name.rpartition("#")
        mails = _mails(path.with_name(file))
        if member not in mails:
            raise DocumentError("is not in the mailbox any more; update the index")
        number, start, stop = mails[member]
        with path.with_name(file).open("rb") as opened:
            opened.seek(start)
            data = opened.read(stop - start)
        return mail_text(_MASKED.sub(rb"\1", data), f"mail {number}")


def _mails(path: Path) -> dict[str, tuple[int, int, int]]:
    """By name: the number of each mail, and where it stands in the file, in bytes."""
    try:
        found = path.stat()
    except OSError:
        bytes_of(path)  # says why
        raise
    if not stat.S_ISREG(found.st_mode) or not found.st_size:
        raise DocumentError("is an empty mailbox; export it again" if stat.S_ISREG(found.st_mode) else "is not a file")
    return _listed(path, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=2)
def _listed(path: Path, _size: int, _mtime_ns: int) -> dict[str, tuple[int, int, int]]:
    mails: dict[str, tuple[int, int, int]] = {}
    seen: set[str] = set()
    try:
        opened = path.open("rb")
    except OSError:
        bytes_of(path)  # says why
        raise
    with opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = [(one.start(), one.end()) for one in _FROM.finditer(data)]
        ends = [*(start for start, _ in found), len(data)][1:]
        for number, ((_, start), stop) in enumerate(zip(found, ends, strict=True), 1):
            named = _ID.search(data[start : min(stop, start + _HEAD)].partition(b"\n\n")[0])
            whole = hashlib.sha256(data[start:stop].strip()).hexdigest()[:8]
            name = hashlib.sha256(named[1]).hexdigest()[:8] if named else whole
            if whole not in seen:
                mails[whole if name in mails else name] = number, start, stop
            seen.add(whole)
    if not mails:
        raise DocumentError("holds no mails, or is no mailbox; export it again as mbox")
    return mails
