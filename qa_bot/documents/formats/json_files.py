"""JSON and JSON lines: each object is a line of its names and values, long texts are paragraphs; a place is a path or a line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.records import record
from qa_bot.documents.text import BOM, read_text
from qa_bot.errors import DocumentError

_LONG = 160
"""Characters. A longer value, or one of several lines, is a paragraph of its own."""

_UNBROKEN = 400
"""Characters. A longer value without white space is data in letters (a picture, a key) and no text."""

_FIELDS = (
    "title", "headline", "name", "subject", "date", "published", "datePublished", "pubDate", "created", "created_at", "updated",
)  # fmt: skip
_TITLES = _FIELDS[:4]

Pairs = list[tuple[str, object]]


class Members(Pairs):
    """The members of an object, in the order of the file; a name may stand there twice."""


class JsonReader(ComposedReader):
    """Reads `.json`, `.jsonl` and `.ndjson`. Numbers stay as they are written."""

    def read(self, path: Path) -> FileText:
        """A line for each object; DocumentError for what is no JSON, is nested too deeply or holds no text."""
        text, note = read_text(path)
        text = text.removeprefix(BOM)
        writer = _Writer()
        fields: dict[str, object] = {}
        if path.suffix.lower() == ".json" and (whole := _whole(text)) is not None:
            fields = _fields(whole[0])
            writer.value(whole[0], "", "")
        else:
            _lines(text, writer)
        if not writer.composer.length:
            raise DocumentError("holds no text, only structure; put a file with text in its place")
        left = f"{writer.left_out} values of encoded data left out" if writer.left_out else ""
        return writer.composer.file_text("; ".join(filter(None, (note, left))), fields)


class _Writer:
    """Walks down the values and adds them to a composer."""

    def __init__(self) -> None:
        self.composer = Composer()
        self.left_out = 0
        self._group = 1

    def value(self, value: object, path: str, place: str) -> None:
        """Add a value that stands at `path`; `place` is the place of the record around it, "" to name it by its path."""
        if isinstance(value, Members):
            self._object(value, path, place)
        elif isinstance(value, list):
            self._list(value, path, place)
        else:
            self._mark(path, place)
            self._text("", self._words(value))

    def _list(self, values: list[object], path: str, place: str) -> None:
        for at, one in enumerate(values):
            self.value(one, f"{path}[{at}]", place)

    def _object(self, members: Members, path: str, place: str) -> None:
        """One line of the short values, then the long ones, then what is nested."""
        self._mark(path, place)
        long: list[tuple[str, str]] = []
        short: list[tuple[str, str]] = []
        nested: Pairs = []
        for name, value in _flattened(members):
            words = self._words(value)
            if words is None:
                nested.append((name, value))
            elif len(words) > _LONG or "\n" in words.strip():
                long.append((name, words))
            else:
                short.append((name, words))
        self.composer.add(Kind.ROW, record(short), group=self._group)
        for name, words in long:
            self._mark(_below(path, name), place)
            self._text(name, words)
        for name, value in nested:
            self._nested(name, value, _below(path, name), place)

    def _nested(self, name: str, value: object, path: str, place: str) -> None:
        self._group += 1
        if not place and path.count(".") + path.count("[") < 3:
            self._mark(path, place)
            self.composer.add(Kind.HEADING, name, level=1 + path.count(".") + path.count("["))
        self.value(value, path, place)

    def _text(self, name: str, words: str | None) -> None:
        """Paragraphs of a long text, the first with the name of the value."""
        label = f"{name}: " if name else ""
        for paragraph in re.split(r"\n\s*\n", words or ""):
            if paragraph.strip():
                self.composer.add(Kind.PARAGRAPH, label + paragraph.strip())
                label = ""

    def _mark(self, path: str, place: str) -> None:
        self.composer.mark(place or path or "top")

    def _words(self, value: object) -> str | None:
        """What a plain value says, or a list of short plain values; None for a value that holds others."""
        if isinstance(value, list):
            if isinstance(value, Members) or not all(isinstance(one, str) for one in value):
                return None
            if any(len(one) > _LONG or "\n" in one for one in value):
                return None
            return ", ".join(one for one in value if isinstance(one, str))
        words = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        if len(words) > _UNBROKEN and not re.search(r"\s", words[:_UNBROKEN]):
            self.left_out += 1
            return ""
        return words


def _flattened(members: Members) -> Iterator[tuple[str, object]]:
    """The members; one that is a small object of plain values becomes several, named "address city"."""
    for name, value in members:
        if isinstance(value, Members) and len(value) <= 8 and not any(isinstance(inner, list) for _, inner in value):
            yield from ((f"{name} {inner}", plain) for inner, plain in value)
        else:
            yield name, value


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _parsed(text: str) -> object:
    def constant(name: str) -> str:
        return name

    try:
        return json.loads(text, object_pairs_hook=Members, parse_int=str, parse_float=str, parse_constant=constant)
    except RecursionError:
        raise DocumentError("is nested too deeply; put a file with less nesting in its place") from None


def _whole(text: str) -> tuple[object] | None:
    """The one value that the file holds; None where it is JSON lines in spite of its name."""
    try:
        return (_parsed(text),)
    except ValueError as error:
        first = text.lstrip().partition("\n")[0]
        try:
            if isinstance(_parsed(first), Members):
                return None
        except ValueError:
            pass
        said = f"{error.msg}, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "not to be read"
        raise DocumentError(f"is no JSON ({said[:1].lower()}{said[1:]}); mend it or save it as text") from None


def _lines(text: str, writer: _Writer) -> None:
    """Add each line; a line that is no JSON is added as it stands, unless all are none."""
    good = bad = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = _parsed(line)
            good += 1
        except ValueError:
            value = line.strip()
            bad += 1
        writer.value(value, "", f"line {number}")
    if bad > good:
        raise DocumentError("holds no JSON lines; put one JSON value on each line")


def _fields(value: object) -> dict[str, object]:
    """Title and dates of a file that is one object."""
    if not isinstance(value, Members):
        return {}
    said = {name: words for name, words in value if name in _FIELDS and isinstance(words, str) and len(words) < 300}
    title = next((said[name] for name in _TITLES if said.get(name)), "")
    return {**said, "title": title}
