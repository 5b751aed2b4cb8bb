"""The parts of a mail: its head in words, its body, what of the body was quoted from an earlier mail, its attachments."""

import email.header
import email.utils
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message

from qa_bot.documents.formats.html import decoded_page
from qa_bot.errors import DocumentError

NAMED = ("From", "To", "Cc", "Date", "Subject")
"""The headers that a reader sees, in the order in which they are shown."""

_QUOTE_BEGINS = re.compile(
    r"(?:On\b.{6,300}\bwrote:|-{2,}\s*Original Message\s*-{2,}|_{20,}|Le\b.{6,200}\ba écrit\s*:|"
    r"Am\b.{6,200}\bschrieb\b.{0,80}:)\Z",
    re.DOTALL | re.IGNORECASE,
)
_FORWARDED = re.compile(r"-{2,}\s*Forwarded message\s*-{2,}|Begin forwarded message:", re.IGNORECASE)
_OLD_HEAD = re.compile(r"From:\s.+\Z")
_OLD_HEAD_GOES_ON = re.compile(r"(?:Sent|Date|To):\s")
_SIGNATURE = re.compile(r"-- ?\Z")


def header(message: Message, name: str) -> str:
    """The words of a header, decoded, on one line; "" where the mail has none."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        words = str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, UnicodeError):
        words = str(value)
    # Bytes that are no ASCII come as lone surrogates.
    words = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(words.split())


def date_of(message: Message) -> str:
    """The ISO date on which the mail was sent, in the sender's time zone; "" where it does not say."""
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def name_of(part: Message) -> str:
    """The file name of an attachment, without folders; "" where it has none."""
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, UnicodeError):
        name = ""
    with suppress(LookupError, ValueError, UnicodeError):
        name = str(email.header.make_header(email.header.decode_header(name)))
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\\", "/").rpartition("/")[2]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def text_in(part: Message) -> str:
    """The text of a part, with line ends made \\n."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or ""
    try:
        text = data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        try:
            text = decoded_page(data)[0]
        except DocumentError:
            text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def flowed(text: str) -> str:
    """Text that was wrapped in sending (format=flowed, RFC 3676), its paragraphs in one line each again."""
    lines: list[str] = []
    open_line = ""
    for line in text.split("\n"):
        quoted = line.startswith(">")
        words = line.removeprefix(" ") if not quoted else line
        if open_line and not quoted and not open_line.startswith(">"):
            lines[-1] += words
        else:
            lines.append(words)
        open_line = line if line.endswith(" ") and not _SIGNATURE.match(line) else ""
    return "\n".join(lines)


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The body in stretches, each with whether it was quoted from an earlier mail or is the signature."""
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    at = 0
    forwarded = False
    while at < len(lines):
        line = lines[at].strip()
        forwarded = forwarded or _FORWARDED.search(line) is not None
        intro = _introduction(lines, at)
        if not forwarded and (_SIGNATURE.match(lines[at]) or _answered_below(lines, at, intro)):
            yield "\n".join(own), False
            yield "\n".join(lines[at:]), True
            return
        if line.startswith(">") or (intro and lines[min(at + intro, len(lines) - 1)].lstrip().startswith(">")):
            yield "\n".join(own), False
            own = []
            quoted += lines[at : at + max(1, intro)]
        else:
            if quoted and line:
                yield "\n".join(quoted), True
                quoted = []
            (quoted if quoted else own).append(lines[at])
        at += max(1, intro) if quoted else 1
    yield "\n".join(quoted), True
    yield "\n".join(own), False


def _introduction(lines: list[str], at: int) -> int:
    """How many lines from here on introduce a quotation ("On Monday Ann wrote:"), blank ones below them too; 0 for none."""
    words = ""
    for count, line in enumerate(lines[at : at + 4], 1):
        words = f"{words} {line.strip()}".strip()
        if not line.strip():
            break
        if _QUOTE_BEGINS.match(words):
            while at + count < len(lines) and not lines[at + count].strip():
                count += 1
            return count
    return 0


def _answered_below(lines: list[str], at: int, intro: int) -> bool:
    """Whether all that follows was quoted: below an introduction without marks, or below the head of an earlier mail."""
    if intro and at + intro < len(lines) and not lines[at + intro].lstrip().startswith(">"):
        return not any(line.lstrip().startswith(">") for line in lines[at + intro :])
    old_head = _OLD_HEAD.match(lines[at].strip()) is not None
    return old_head and any(_OLD_HEAD_GOES_ON.match(line.strip()) for line in lines[at + 1 : at + 4])
