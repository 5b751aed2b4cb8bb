"""The text of a file, exactly as it stands, whatever it is encoded in."""

import stat
from pathlib import Path

from qa_bot.documents.encodings import WESTERN, is_western
from qa_bot.errors import DocumentError
from qa_bot.span import line_of

BOM = "\ufeff"
REPLACEMENT = "\ufffd"

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks and their encodings. NUL bytes are allowed only in a file that begins with such a mark."""


def read_text(path: Path) -> tuple[str, str]:
    """The file's text, exactly, and what the user should know of the reading ("read as cp1252"), or ""."""
    text, note = decoded(bytes_of(path))
    if not text.lstrip(BOM).strip():
        raise DocumentError("is empty; write something in it or take it out of the folder")
    return text, note


def decoded(data: bytes) -> tuple[str, str]:
    """The text of these bytes, exactly, and what the user should know of the reading; DocumentError for binary data."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding:
        return _decoded(data, encoding)
    if b"\x00" in data:
        raise DocumentError(f"holds binary data (a NUL byte at byte {data.index(0)}); save it as UTF-8 text")
    return _decoded(data, "utf-8")


def bytes_of(path: Path) -> bytes:
    """What the file holds; DocumentError says why it cannot be read, and what the user can do."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a named pipe would be waited on for ever
            raise DocumentError("is not a file; put a document in its place")
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise DocumentError("is a link that points to nothing; mend it or take it out of the folder") from None
        raise DocumentError("is not there any more; bring it back or update the index") from None
    except PermissionError:
        raise DocumentError("may not be read; change its permissions") from None
    except OSError as error:
        raise DocumentError(f"cannot be read ({error.strerror}); check the disk and the path") from None


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), "" if encoding == "utf-8" else f"read as {encoding}"
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise DocumentError(f"is damaged {encoding} text; save it as UTF-8 text") from None
        return _damaged(data) or _guessed(data)


def _damaged(data: bytes) -> tuple[str, str] | None:
    """The text of a file that is UTF-8 but for some bytes, each of which becomes a replacement character; None for another.

    Letters beyond ASCII that are valid UTF-8 hardly ever come about by accident. Where there are more of them than bad bytes,
    guessing another encoding would garble them all.
    """
    text = data.decode("utf-8", errors="replace")
    bad = text.count(REPLACEMENT) - data.count(REPLACEMENT.encode())
    valid = sum(letter > "\x7f" for letter in text) - bad
    if valid <= bad:
        return None
    bytes_that = "1 byte that is not UTF-8 is" if bad == 1 else f"{bad} bytes that are not UTF-8 are"
    return text, f"{bytes_that} shown as {REPLACEMENT}, the first on line {line_of(text, text.index(REPLACEMENT))}"


def _guessed(data: bytes) -> tuple[str, str]:
    """The text of bytes that are not UTF-8, with their encoding: a Western language's, else what charset-normalizer guesses.

    charset-normalizer needs some length: for a few words it finds a dozen encodings equally likely.
    """
    if is_western(data):
        return data.decode(WESTERN), f"read as {_common_name(WESTERN)}"
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise DocumentError("is not text in any encoding known here; save it as UTF-8 text")
    encoding = WESTERN if WESTERN in guess.could_be_from_charset else guess.encoding
    try:
        return data.decode(encoding), f"read as {_common_name(encoding)}"
    except (UnicodeDecodeError, LookupError):
        raise DocumentError("is not text in any encoding known here; save it as UTF-8 text") from None


def _common_name(encoding: str) -> str:
    """windows-1252 for Python's cp1252, iso-8859-1 for iso8859_1."""
    name = encoding.replace("_", "-")
    if name.startswith("cp12"):
        return "windows-" + name[2:]
    return name.replace("iso8859", "iso-8859")
