"""Which quotes of an answer still stand in their files, and where: the files may have changed since the answer was given."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from qa_bot.answers.model import Answer, Quote, State
from qa_bot.documents.marks import place_at
from qa_bot.errors import DocumentError

if TYPE_CHECKING:
    from qa_bot.documents.formats.format import FileText

Words = tuple[str, int, str]
"""What a quote says and where: document, start, text."""


def words(quote: Quote) -> Words:
    """What the quote says and where."""
    return quote.document, quote.start, quote.text


def quotes_of(answers: Iterable[Answer]) -> list[Quote]:
    """All quotes of the answers, the same words at the same place once."""
    quotes = {words(q): q for answer in answers for q in (*answer.quotes, *answer.nearest)}
    return list(quotes.values())


def standing(quotes: Sequence[Quote], states: Sequence[State]) -> dict[Words, State]:
    """The states by what is quoted."""
    return {words(quote): state for quote, state in zip(quotes, states, strict=True)}


def start_now(text: str, start: int, quoted: str) -> int | None:
    """The offset at which quoted words stand in a document's text: `start`, else where they come first; None: nowhere."""
    if text[start : start + len(quoted)] != quoted:
        start = text.find(quoted) if quoted.strip() else -1
    return start if start >= 0 else None


def place_now(file: "FileText", start: int, answers: int) -> str:
    """What the place of a quote that stands at `start` is called: of its words that answer, `answers` characters further
    on, or in a text file the line on which the quote starts."""
    return place_at(file.marks, file.text, start + answers if file.marks else start)[0]


def moved(states: Mapping[Words, State], read: "Callable[[str], FileText]") -> dict[Words, str]:
    """What the places are called at which changed quotes stand now; those that stand nowhere are left out.

    `read` gives a document's file as it is now, or raises DocumentError.
    """
    places: dict[Words, str] = {}
    for said, state in states.items():
        document, start, quoted = said
        with suppress(DocumentError):
            if state == "changed" and (now := start_now((file := read(document)).text, start, quoted)) is not None:
                places[said] = place_now(file, now, 0)
    return places


def with_states(answer: Answer, states: Mapping[Words, State]) -> Answer:
    """The answer with these states; the very same where nothing has changed."""

    def now(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(replace(q, state=states.get(words(q), q.state)) for q in quotes)

    changed = replace(answer, quotes=now(answer.quotes), nearest=now(answer.nearest))
    return answer if changed == answer else changed
