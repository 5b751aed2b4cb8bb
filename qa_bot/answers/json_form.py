"""An answer read back from its JSON form, as `Answer.to_json` wrote it here, in an earlier version, or elsewhere.

Every JSON field stands in ANSWER or QUOTE with the function that reads its value. A field that the JSON lacks takes the
dataclass' default: a new field needs a default, and then answers saved before it can still be read.
"""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from qa_bot.answers.model import Answer, Place, Quote, Searched, State
from qa_bot.span import Span

BANDS = ("answered", "unsure", "refused")
Reader = Callable[[Any], Any]
"""Takes a JSON value and returns a field's value. TypeError or ValueError where the JSON value is of another kind."""


def answer_of(data: Any) -> Answer:
    """The answer; unknown names are ignored. ValueError names what is wrong, or what is missing of question, answered and
    confidence."""
    try:
        given = read(data, ANSWER)
        return Answer(**{"conversation": "", "searched": given.get("question"), **given})
    except TypeError as error:
        raise ValueError(f"not an answer: {error}") from error


def quote_of(data: Any) -> Quote:
    """A quote in the same form; document, start, end and text cannot be missing."""
    quote = Quote(**{"title": "", "date": None, "line": 1, "highlights": (), "score": 0.0, **read(data, QUOTE)})
    if quote.start < 0 or quote.end - quote.start != len(quote.text):
        raise ValueError(f"not a quote: {len(quote.text)} characters from {quote.start} to {quote.end}")
    return quote


def read(data: Any, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The fields of a JSON object that have a reader, read. TypeError names a field of the wrong kind."""
    if not isinstance(data, Mapping):
        raise TypeError(f"{type(data).__name__} instead of an object")
    found: dict[str, Any] = {}
    for name, reader in readers.items():
        if name in data:
            try:
                found[name] = reader(data[name])
            except TypeError as error:
                raise TypeError(f"{name}: {error}") from error
    return found


def typed(kind: Any) -> Reader:
    """Reads a value of this kind."""

    def reader(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError(f"of the type {type(value).__name__}")
        return value

    return reader


def listed(of: Reader) -> Reader:
    """Reads a list, each of its members with the reader `of`, into a tuple."""
    return lambda value: tuple(map(of, typed(list | tuple)(value)))


def one_of(known: tuple[str, ...], otherwise: str) -> Reader:
    """Reads one of the known words; any other value is `otherwise`, for a later version may have more words."""
    return lambda value: value if value in known else otherwise


def record(kind: Callable[..., Any], readers: Mapping[str, Reader]) -> Reader:
    """Reads an object with these fields into a record of this kind."""
    return lambda value: kind(**read(value, readers))


text, whole = typed(str), typed(int)


def real(value: Any) -> float:
    """Reads a number."""
    return float(typed(int | float)(value))


QUOTE: dict[str, Reader] = {
    "document": text,
    "title": text,
    "date": typed(str | None),
    "start": whole,
    "end": whole,
    "line": whole,
    "text": text,
    "highlights": listed(record(Span, {"start": whole, "end": whole})),
    "score": real,
    "also_in": listed(record(Place, {"document": text, "start": whole, "end": whole})),
    "state": one_of(get_args(State), "verbatim"),
    "context": text,
    "place": text,
    "page": typed(int | None),
}
ANSWER: dict[str, Reader] = {
    "conversation": text,
    "question": text,
    "searched": text,
    "answered": typed(bool),
    "confidence": real,
    "quotes": listed(quote_of),
    "nearest": listed(quote_of),
    "missing": listed(str),
    "doubts": listed(text),
    "band": one_of(BANDS, BANDS[0]),
    "understood": record(Searched, {"question": text, "also": listed(text), "still": listed(text)}),
}
