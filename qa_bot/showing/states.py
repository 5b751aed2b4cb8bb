"""Which quotes of an answer still stand in their files, and where: the files may have changed since the answer was given."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from qa_bot.answers.model import Answer, Quote, State
from qa_bot.errors import DocumentError
from qa_bot.span import line_of

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


def line_now(text: str, start: int, quoted: str) -> int | None:
    """The line, counting from 1, on which quoted words stand in a document's text: at `start`, else where they come first.

    None where the text does not hold the words.
    """
    if text[start : start + len(quoted)] != quoted:
        start = text.find(quoted) if quoted.strip() else -1
    return line_of(text, start) if start >= 0 else None


def moved(states: Mapping[Words, State], text: Callable[[str], str]) -> dict[Words, int]:
    """The lines on which changed quotes stand now; those that stand nowhere are left out.

    `text` gives a document's text as it is now, or raises DocumentError.
    """
    lines: dict[Words, int] = {}
    for said, state in states.items():
        document, start, quoted = said
        with suppress(DocumentError):
            if state == "changed" and (line := line_now(text(document), start, quoted)) is not None:
                lines[said] = line
    return lines


def with_states(answer: Answer, states: Mapping[Words, State]) -> Answer:
    """The answer with these states; the very same where nothing has changed."""

    def now(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(replace(q, state=states.get(words(q), q.state)) for q in quotes)

    changed = replace(answer, quotes=now(answer.quotes), nearest=now(answer.nearest))
    return answer if changed == answer else changed
