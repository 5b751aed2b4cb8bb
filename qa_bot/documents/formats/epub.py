"""EPUB books: web pages in a zip archive, in the order of the book's spine. What is unpacked is bounded."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.html import add_page, decoded_page, tree_of
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError

LARGEST = 20_000_000
"""Bytes of one unpacked chapter. No book has such a chapter, and a small archive may hold a chapter without end."""

LARGEST_BOOK = 100_000_000
"""Bytes of all unpacked chapters."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_SAVE = "; get a whole copy of the book"


class EpubReader(ComposedReader):
    """Reads `.epub`. A place is the chapter with the headings above the words."""

    def read(self, path: Path) -> FileText:
        """The chapters; DocumentError for what is no book, is protected, or is too large unpacked."""
        bytes_of(path)  # says why a file cannot be read
        try:
            with zipfile.ZipFile(path) as archive:
                return _read(archive)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
            raise DocumentError(f"is a damaged book ({error}){_SAVE}") from None
        except RuntimeError:  # zipfile's word for an archive with a password
            raise DocumentError("is protected with a password; save it without one") from None


def _read(archive: zipfile.ZipFile) -> FileText:
    package = _package_path(archive)
    root = _xml(archive, package)
    folder = posixpath.dirname(package)
    parts = {part.get("id"): part for part in root.iter() if _tag(part) == "item"}
    protected = _protected(archive)
    contents = _contents(archive, folder, list(parts.values()))
    composer = Composer()
    unpacked = number = 0
    missing = 0
    for reference in (one for one in root.iter() if _tag(one) == "itemref"):
        part = parts.get(reference.get("idref"))
        name = _within(folder, part.get("href", "")) if part is not None else ""
        if part is None or "html" not in part.get("media-type", ""):
            continue
        if name in protected:
            raise DocumentError("is protected against copying (DRM); get a copy without")
        try:
            page = _bytes(archive, name)
        except KeyError:
            missing += 1
            continue
        unpacked += len(page)
        if unpacked > LARGEST_BOOK:
            raise DocumentError(f"holds more than {LARGEST_BOOK // 1_000_000} MB of text; split the book")
        number += 1
        tree = tree_of(decoded_page(page)[0])
        is_contents = "nav" in part.get("properties", "").split()
        add_page(composer, tree, contents.get(name) or f"part {number}", site=False, boilerplate=is_contents)
    if not composer.length:
        raise DocumentError(f"holds no chapter with words{_SAVE}")
    note = f"{missing} of its chapters {'is' if missing == 1 else 'are'} missing from the file" if missing else ""
    return composer.file_text(note, _facts(root))


def _package_path(archive: zipfile.ZipFile) -> str:
    """Where the archive says that the book's package lies."""
    try:
        named = next(
            (one.get("full-path") for one in _xml(archive, _CONTAINER).iter() if _tag(one) == "rootfile"), None
        )
    except KeyError:
        named = next((name for name in archive.namelist() if name.endswith(".opf")), None)
    if not named:
        raise DocumentError(f"is no EPUB book, it names no chapters{_SAVE}")
    return named


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """The elements of a file of the archive; KeyError where it is missing. Entities are never declared in a book's own files."""
    data = _bytes(archive, name)
    text = (
        decoded_page(data)[0] if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else data.decode("utf-16", "replace")
    )
    if "<!ENTITY" in text:
        raise DocumentError(f"declares entities in {name}, as no book does; it may be made to do harm{_SAVE}")
    try:
        return ElementTree.fromstring(re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as error:
        raise DocumentError(f"is a damaged book ({name}: {error}){_SAVE}") from None


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """What a file of the archive holds; KeyError where it is missing."""
    with archive.open(name) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DocumentError(f"has a part of more than {LARGEST // 1_000_000} MB unpacked, as no chapter has{_SAVE}")
    return data


def _contents(archive: zipfile.ZipFile, folder: str, parts: list[ElementTree.Element]) -> dict[str, str]:
    """The titles of the chapters by file, as the table of contents gives them: the first of each file."""
    titles: dict[str, str] = {}
    for part in parts:
        name = _within(folder, part.get("href", ""))
        try:
            if "nav" in part.get("properties", "").split():
                named = list(_nav(archive, name))
            elif part.get("media-type") == "application/x-dtbncx+xml":
                named = list(_ncx(archive, name))
            else:
                continue
        except (KeyError, DocumentError):
            continue
        for target, title in named:
            titles.setdefault(_within(posixpath.dirname(name), target), " ".join(title.split()))
    return titles


def _nav(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    tree = tree_of(decoded_page(_bytes(archive, name))[0])
    for link in tree.body.query_selector_all("nav a[href]") if tree.body else ():
        yield link.getattr("href") or "", link.text or ""


def _ncx(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    for point in (one for one in _xml(archive, name).iter() if _tag(one) == "navPoint"):
        label = next((one.text or "" for one in point.iter() if _tag(one) == "text"), "")
        yield next((one.get("src", "") for one in point if _tag(one) == "content"), ""), label


def _protected(archive: zipfile.ZipFile) -> frozenset[str]:
    """The files that can be read by the shop's own programs alone. Fonts are often scrambled, which does no harm."""
    try:
        root = _xml(archive, _ENCRYPTION)
    except KeyError:
        return frozenset()
    return frozenset(unquote(one.get("URI", "")) for one in root.iter() if _tag(one) == "CipherReference")


def _facts(root: ElementTree.Element) -> dict[str, object]:
    """Title, authors and date of the package."""
    said: dict[str, list[str]] = {}
    for one in root.iter():
        if _tag(one) in ("title", "creator", "date") and (words := " ".join((one.text or "").split())):
            said.setdefault(_tag(one), []).append(words)
    facts = {
        "title": said.get("title", [""])[0],
        "author": ", ".join(said.get("creator", ())),
        "date": said.get("date", [""])[0],
    }
    return {name: value for name, value in facts.items() if value}


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _within(folder: str, link: str) -> str:
    """The name in the archive of what a file in the folder links to."""
    return posixpath.normpath(posixpath.join(folder, unquote(link.partition("#")[0])))
