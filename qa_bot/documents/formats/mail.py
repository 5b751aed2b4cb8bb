"""Mails (`.eml`): head, body and attachments as one text; what was quoted from earlier mails is boilerplate."""

import email
import email.policy
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path, PurePosixPath

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.html import add_page, tree_of
from qa_bot.documents.formats.mail_parts import NAMED, date_of, flowed, header, name_of, stretches, text_in
from qa_bot.documents.formats.plain import plain_blocks
from qa_bot.documents.marks import place_at
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError
from qa_bot.language.english import ENGLISH

_DEEPEST = 5
"""Mails inside one another that are read."""

_MOST_PARTS = 200
"""Parts of a mail that are looked at."""

_MOST_READ = 20
"""Attachments of a mail that are read."""

_QUOTED = (
    "blockquote[type=cite], .gmail_quote, .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, #appendonsend, "
    "#mail-editor-reference-message-container"
)
"""Elements in which mail programs put what is answered."""


class MailReader(ComposedReader):
    """Reads `.eml`."""

    def read(self, path: Path) -> FileText:
        """The mail; DocumentError where the file is none."""
        return mail_text(bytes_of(path))


def mail_text(data: bytes, place: str = "") -> FileText:
    """The text of a mail. `place` names where it stands in a file of many."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        if not any(header(message, name) for name in NAMED):
            raise DocumentError("is no mail, it has no sender, date or subject; save the mail again")
        writer = _Writer()
        writer.mail(message, place)
    except RecursionError:
        raise DocumentError("has parts inside parts without end; save the mail again") from None
    fields = {"title": header(message, "Subject"), "author": header(message, "From"), "date": date_of(message)}
    return writer.composer.file_text("; ".join(writer.notes), {name: words for name, words in fields.items() if words})


@dataclass
class _Parts:
    """What a mail is made of."""

    texts: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)


class _Writer:
    def __init__(self) -> None:
        self.composer = Composer()
        self.notes: list[str] = []
        self._read = 0

    def mail(self, message: Message, place: str, depth: int = 0) -> None:
        """Add head, body and attachments."""
        parts = _Parts()
        _gather(message, parts)
        self.composer.mark(place or "head of the mail")
        names = [name_of(part) or part.get_content_type() for part in parts.attached]
        head = [(name, header(message, name)) for name in NAMED] + [("Attachments", ", ".join(names))]
        self.composer.add(Kind.FIELD, "\n".join(f"{name}: {words}" for name, words in head if words))
        if not place:
            self.composer.mark("message")
        for part in parts.texts:
            if part.get_content_type() == "text/html":
                self._page(text_in(part))
            else:
                is_flowed = str(part.get_param("format", "") or "").lower() == "flowed"
                self._plain(flowed(text_in(part)) if is_flowed else text_in(part))
        for part, name in zip(parts.attached, names, strict=True):
            self._attachment(part, name, depth)

    def _plain(self, text: str) -> None:
        found = [(words, quoted) for words, quoted in stretches(text) if words.strip()]
        all_quoted = all(quoted for _, quoted in found)
        for words, quoted in found:
            for block in plain_blocks(words, 0, ENGLISH):
                kind = Kind.PARAGRAPH if block.kind is Kind.HEADING else block.kind
                self.composer.add(kind, words[block.start : block.end], level=block.level, group=block.group)
                if quoted and not all_quoted:
                    self.composer.residue()

    def _page(self, markup: str) -> None:
        tree = tree_of(markup)
        quoted = list(tree.body.query_selector_all(_QUOTED)) if tree.body else []
        if tree.body is not None and "forwarded message" not in (tree.body.text or "").lower():
            for node in quoted:
                node.setattr("role", "navigation")  # what the page's writer puts behind the main matter
        add_page(self.composer, tree)

    def _attachment(self, part: Message, name: str, depth: int) -> None:
        """Add what an attachment says, where its format is known; its name stands in the head in any case."""
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if depth < _DEEPEST and isinstance(inner, list) and inner and isinstance(inner[0], Message):
                self.composer.add(Kind.HEADING, f"Attached mail: {header(inner[0], 'Subject') or name}", level=1)
                self.mail(inner[0], f"attached mail {header(inner[0], 'Subject')}".strip(), depth + 1)
            return
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data or self._read >= _MOST_READ:
            return
        self._read += 1
        try:
            file = _read(data, name)
        except DocumentError as error:
            self.notes.append(f"the attachment {name} {error}")
            return
        if file is not None:
            self._add(file, name)

    def _add(self, file: FileText, name: str) -> None:
        self.composer.mark(f"attachment {name}")
        self.composer.add(Kind.HEADING, f"Attachment: {name}", level=1)
        marked = ""
        for block in file.blocks:
            place, page = place_at(file.marks, file.text, block.start)
            place = f"attachment {name}, {place}"
            if place != marked:
                self.composer.mark(place, page)
                marked = place
            words = file.text[block.start : block.end]
            level = block.level + 1 if block.kind is Kind.HEADING else block.level
            self.composer.add(block.kind, words, level=level, group=block.group, label=block.label)
            if block.residue:
                self.composer.residue()


def _gather(message: Message, parts: _Parts, *, depth: int = 0) -> None:
    """The texts of the mail, of alternatives the plain one, and what is attached to the mail."""
    if len(parts.texts) + len(parts.attached) >= _MOST_PARTS or depth > 50:
        return
    kind = message.get_content_type()
    if kind == "multipart/alternative":
        inner = _Parts()
        for one in _below(message):
            _gather(one, inner, depth=depth + 1)
        plain = [one for one in inner.texts if one.get_content_type() != "text/html" and len(text_in(one).strip()) > 20]
        pages = [one for one in inner.texts if one.get_content_type() == "text/html"]
        parts.texts += plain or pages or inner.texts
        parts.attached += inner.attached
    elif message.is_multipart() and kind != "message/rfc822":
        for one in _below(message):
            _gather(one, parts, depth=depth + 1)
    elif (
        kind in ("text/plain", "text/html")
        and message.get_content_disposition() != "attachment"
        and not name_of(message)
    ):
        parts.texts.append(message)
    elif not (kind.startswith("image/") and message.get("Content-ID")):  # a picture of the body
        parts.attached.append(message)


def _below(message: Message) -> Iterator[Message]:
    inner = message.get_payload()
    return (one for one in inner if isinstance(one, Message)) if isinstance(inner, list) else iter(())


def _read(data: bytes, name: str) -> FileText | None:
    """The text of an attachment; None where its format is none that is read."""
    from qa_bot.documents.formats.registry import is_many, is_readable, reader_of, text_of

    suffix = PurePosixPath(name).suffix.lower()
    if not is_readable(name) or is_many(name):
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"attachment{suffix}")
        file.write_bytes(data)
        read = text_of(file)
    return read._replace(blocks=tuple(reader_of(name).layout(read, ENGLISH).blocks))
