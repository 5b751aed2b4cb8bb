"""What the files of office programs share: archives of XML whose size is bounded, and what such a file says of itself."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError

LARGEST = 200_000_000
"""Bytes that a file may grow by when it is unpacked. A small archive may hold a part without end."""

_CHUNK = 1 << 20
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a file of the programs before 2007, and of a newer file with a password."""

_WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_MANIFEST = "META-INF/manifest.xml"
_FACTS = ("docProps/core.xml", "meta.xml")
_NAMES = {"title": ("title",), "author": ("initial-creator", "creator"), "made": ("creation-date", "created", "date")}
_NO_TITLE = re.compile(
    r"(?:Microsoft )?(?:Word|Excel|PowerPoint) - |(?:document|presentation|book|workbook|untitled|title|slide) ?\d*\Z"
    r"|PowerPoint Presentation\Z|.*\.\w{3,4}\Z|[\W\d_]*\Z",
    re.IGNORECASE,
)
"""Titles that a program has put in, not a person."""

_NO_AUTHORS = frozenset("python-docx openpyxl user admin administrator author unknown un-named root".split())
_OF_PROGRAMS = re.compile(r"microsoft|windows|apache|\boffice\b", re.IGNORECASE)
_TEMPLATES = {("python-docx", "2013-12-23"), ("", "2013-01-27")}
"""Author and date of the empty files that come with libraries: whoever fills such a file seldom changes them."""


def bytes_of_archive(path: Path, kind: str) -> bytes:
    """The bytes of a file that is an archive of XML, such as a "Word document".

    DocumentError where the file is damaged, of another kind, has a password, or grows beyond all bounds when unpacked.
    """
    data = bytes_of(path)
    if data.startswith(_COMPOUND):
        if _WITH_PASSWORD in data:
            raise DocumentError("is protected with a password; save it without one")
        raise DocumentError(f"is no {kind} but a file of an older program; save it anew as {path.suffix.lower()}")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_size(archive, len(data))
            if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
                raise DocumentError("is protected with a password; save it without one")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error):
        raise DocumentError(f"is damaged, or no {kind}; open it in its own program and save it anew") from None
    except RuntimeError:  # zipfile's word for an archive with a password
        raise DocumentError("is protected with a password; save it without one") from None
    return data


def _check_size(archive: zipfile.ZipFile, packed: int) -> None:
    """Unpack everything once, because what an archive says of its sizes need not be true."""
    unpacked = 0
    for part in archive.infolist():
        with archive.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > LARGEST + packed:
                    raise DocumentError(f"holds more than {LARGEST // 1_000_000} MB when unpacked; split the file")


def facts_of(data: bytes) -> dict[str, object]:
    """`title`, `author` and `made` (when the file was made), those that the file's properties name."""
    said: dict[str, str] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in set(_FACTS) & set(archive.namelist()):
            xml = archive.read(name)
            if b"<!" in xml.replace(b"<!--", b""):  # entities could grow without end
                continue
            try:
                for one in ElementTree.fromstring(xml).iter():
                    said.setdefault(one.tag.rpartition("}")[2], " ".join((one.text or "").split()))
            except ElementTree.ParseError:
                continue
    facts = {fact: next((said[name] for name in names if said.get(name)), "") for fact, names in _NAMES.items()}
    facts["made"] = facts["made"][:10]
    if (facts["author"], facts["made"]) in _TEMPLATES:
        facts["author"] = facts["made"] = ""
    if facts["author"].lower() in _NO_AUTHORS or _OF_PROGRAMS.search(facts["author"]):
        facts["author"] = ""
    if _NO_TITLE.match(facts["title"]):
        facts["title"] = ""
    return {name: words for name, words in facts.items() if words}


def finished(composer: Composer, facts: dict[str, object], remedy: str, note: str = "") -> FileText:
    """What is composed, with its author as a last line; DocumentError with the remedy where there are no words."""
    if not composer.length:
        raise DocumentError(f"holds no words; {remedy}")
    made = composer.file_text(note, facts)
    author = str(facts.get("author", ""))
    if author and author not in made.text:
        composer.mark("properties of the file")
        composer.add(Kind.PARAGRAPH, f"Author: {author}")
    return composer.file_text(note, facts)
