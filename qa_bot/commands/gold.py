"""The file of questions that `qa-bot eval` asks: its rows, and whether a quote holds what a row expects."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from qa_bot.answers.model import Answer, Quote
from qa_bot.errors import SettingsError
from qa_bot.library import Library

ROW = '{"question": "…", "expect": "words of the answer, or null for nothing"}'
NAMED = 60
"""Characters of the expected words that an error names."""
STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"')})


@dataclass(frozen=True, slots=True)
class Row:
    """A question and the answer that is expected."""

    line: int
    question: str
    expect: tuple[str, ...]
    """Folded words; a quote that holds any of them is right. Empty: the question must be refused."""
    document: str | None
    """The path of the document that must hold the words; None for any document."""
    conversation: str | None


def read_gold(source: str) -> list[Row]:
    """The rows of a file of JSON lines; SettingsError that names every bad one."""
    try:
        text = Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SettingsError(f"{source} cannot be read ({reason}); give a file of JSON lines like {ROW}") from error
    rows, faults = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row = read_row(line, number)
            if isinstance(row, Row):
                rows.append(row)
            else:
                faults.append(f"line {number} {row}")
    if faults:
        raise SettingsError(f"{source}: {'; '.join(faults)}. A row is {ROW}, with a document and a conversation or not")
    if not rows:
        raise SettingsError(f"{source} holds no rows; write one question a line, like {ROW}")
    return rows


def read_row(line: str, number: int) -> Row | str:
    """The row of a line, or what is wrong with the line."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return "is not JSON"
    if not isinstance(data, dict):
        return "is not an object"
    if not isinstance(question := data.get("question"), str) or not question.strip():
        return "has no question"
    if "expect" not in data:
        return "does not say what to expect"
    expect = data["expect"]
    words = [] if expect is None else expect if isinstance(expect, list) and expect else [expect]
    if not all(isinstance(each, str) and each.strip() for each in words):
        return "expects neither words, nor a list of them, nor null"
    document = data.get("document")
    if document is not None and not isinstance(document, str):
        return "has a document that is no path"
    name = data.get("conversation")
    return Row(number, question, tuple(map(fold, words)), document, None if name is None else str(name))


def fold(text: str) -> str:
    """The text with every run of white space one space, and all quotation marks straight."""
    return " ".join(text.translate(STRAIGHT).split())


def check(rows: Sequence[Row], library: Library, source: str) -> None:
    """SettingsError that names every row of the file whose words stand in no indexed document."""
    missing = {row.line: row for row in rows if row.expect}
    paths = library.indexed_paths()
    for path in paths:
        text = fold(library.indexed_text(path))
        for row in [r for r in missing.values() if r.document in (None, path)]:
            if any(words in text for words in row.expect):
                del missing[row.line]
    faults = []
    for row in missing.values():
        if row.document is not None and row.document not in paths:
            faults.append(f"line {row.line} names a document that is not there, {row.document!r}")
        else:
            where = "in no document" if row.document is None else f"nowhere in {row.document}"
            words = shorten(row.expect[0], NAMED, placeholder="…")
            faults.append(f"line {row.line} expects words that stand {where}, {words!r}")
    if faults:
        raise SettingsError(f"{source}: {'; '.join(faults)}. Copy the words from the documents, or expect null")


def rank_of(row: Row, answer: Answer, library: Library) -> int | None:
    """The number of the first quote that holds what is expected, counting from 1; None where no quote does."""
    if not row.expect:
        return None
    return next((rank for rank, quote in enumerate(answer.quotes, 1) if holds(row, quote, library)), None)


def holds(row: Row, quote: Quote, library: Library) -> bool:
    """Whether the quote, or the same words in the document named, has what the row expects."""
    said = [quote.text] if row.document in (None, quote.document) else []
    for place in quote.also_in:
        if row.document in (None, place.document):
            said.append(library.indexed_text(place.document)[place.start : place.end])
    return any(words in fold(text) for text in said for words in row.expect)
