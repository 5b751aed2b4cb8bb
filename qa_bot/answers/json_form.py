"""An answer read back from its JSON form, as `Answer.to_json` wrote it here, in an earlier version, or elsewhere."""

from collections.abc import Mapping
from typing import Any, get_args

from qa_bot.answers.model import Answer, Place, Quote, State
from qa_bot.span import Span

BANDS = ("answered", "unsure", "refused")
LISTS = (list, tuple)


def answer_of(data: Any) -> Answer:
    """The answer; names that are not known are passed over. ValueError says what an answer cannot be made of."""
    try:
        return Answer(
            conversation=typed(data, "conversation", str),
            question=typed(data, "question", str),
            searched=typed(data, "searched", str),
            answered=typed(data, "answered", bool),
            confidence=float(typed(data, "confidence", int | float)),
            quotes=tuple(map(quote_of, typed(data, "quotes", LISTS))),
            nearest=tuple(map(quote_of, typed(data, "nearest", LISTS))),
            missing=tuple(map(str, typed(data, "missing", LISTS))),
            band=one_of(data, "band", BANDS, BANDS[0]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an answer: {error}") from error


def quote_of(data: Any) -> Quote:
    """A quote in the same form."""
    quote = Quote(
        document=typed(data, "document", str),
        title=typed(data, "title", str),
        date=typed(data, "date", str | None),
        start=typed(data, "start", int),
        end=typed(data, "end", int),
        line=typed(data, "line", int),
        text=typed(data, "text", str),
        highlights=tuple(Span(typed(h, "start", int), typed(h, "end", int)) for h in typed(data, "highlights", LISTS)),
        score=float(typed(data, "score", int | float)),
        also_in=tuple(
            Place(typed(p, "document", str), typed(p, "start", int), typed(p, "end", int))
            for p in typed(data, "also_in", LISTS)
        ),
        state=one_of(data, "state", get_args(State), "verbatim"),
        context=str(data.get("context", "")),
        place=str(data.get("place", "")),
    )
    if quote.start < 0 or quote.end - quote.start != len(quote.text):
        raise ValueError(f"not a quote: {len(quote.text)} characters from {quote.start} to {quote.end}")
    return quote


def typed(data: Mapping[str, Any], name: str, kind: Any) -> Any:
    """The value of this name, if it is of this kind; KeyError or TypeError where it is not."""
    if not isinstance(value := data[name], kind):
        raise TypeError(f"{name} is of the type {type(value).__name__}")
    return value


def one_of(data: Mapping[str, Any], name: str, known: tuple[str, ...], otherwise: str) -> Any:
    """The value of this name, if it is one that is known."""
    value = data.get(name, otherwise)
    return value if value in known else otherwise
