"""Web pages and saved pages: their main matter, then what stands around the matter as boilerplate. Scripts are never read."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

from resiliparse.parse.html import HTMLTree

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.html_blocks import BlockWriter
from qa_bot.documents.formats.html_facts import facts_of
from qa_bot.documents.text import bytes_of, decoded
from qa_bot.errors import DocumentError

LARGEST = 50_000_000
"""Bytes. A larger page is refused: reading one takes ten times its size of memory."""

_XML = re.compile(r"\s*<\?xml|\s*<!DOCTYPE html PUBLIC[^>]*XHTML", re.IGNORECASE)
_SELF_CLOSING = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_HEAD = 4096
"""Bytes at the beginning of a page among which it names its encoding."""


class HtmlReader(ComposedReader):
    """Reads `.html` and the like, and the archives (MHTML) that browsers save a page as."""

    def read(self, path: Path) -> FileText:
        """The words of the page; DocumentError for a page that is too large, no text, or without words."""
        data = bytes_of(path)
        if len(data) > LARGEST:
            raise DocumentError(
                f"is larger than {LARGEST // 1_000_000} MB; save the part that matters as a page of its own"
            )
        if path.suffix.lower() in (".mhtml", ".mht"):
            data = page_in(data)
        markup, note = decoded_page(data)
        composer = Composer()
        tree = tree_of(markup)
        facts = facts_of(tree)
        add_page(composer, tree)
        if not composer.length:
            raise DocumentError(
                "holds no words but scripts, pictures or tags; open the page in a browser and save it again"
            )
        made = composer.file_text(note, facts)
        author = str(facts.get("author", ""))
        if author and author not in made.text:
            composer.add(Kind.PARAGRAPH, f"Author: {author}")
            made = composer.file_text(note, facts)
        return made


def add_page(
    composer: Composer, tree: HTMLTree, above: str = "", *, site: bool = True, boilerplate: bool = False
) -> None:
    """Add the words of a page, all of them as boilerplate where that is asked for.

    `site` tells whether the page may hold navigation and the like; `above` heads the heading paths that places are named by.
    """
    if tree.body is None:
        return
    writer = BlockWriter(composer, site=site)
    if boilerplate:
        writer.boilerplate(tree.body)
    else:
        writer.write(tree.body, above)


def tree_of(markup: str) -> HTMLTree:
    """The elements of a page. In XHTML `<a/>` is an element without words, to a reader of HTML the beginning of one."""
    if _XML.match(markup):
        markup = _SELF_CLOSING.sub(_closed, markup)
    return HTMLTree.parse(markup)


def decoded_page(data: bytes) -> tuple[str, str]:
    """The text of a page: by its byte order mark, as UTF-8, in the encoding it names, or else in one that is guessed; and what
    the user should know of that."""
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        found = _DECLARED.search(data, 0, _HEAD)
    if found and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode((found[1] or found[2]).decode()), ""
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data)


def page_in(archive: bytes) -> bytes:
    """The page in an MHTML archive, which is a mail to the standard library."""
    message = email.message_from_bytes(archive, policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page
    raise DocumentError("holds no page; open the page in a browser and save it again")


def _closed(found: re.Match[str]) -> str:
    return found[0] if found[1].lower() in _VOID else f"<{found[1]}{found[2]}></{found[1]}>"
