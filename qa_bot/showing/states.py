"""How the quotes of an answer stand to their files now, which may be otherwise than when it was given."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from qa_bot.answers.model import Answer, Quote, State
from qa_bot.errors import DocumentError

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


def moved(states: Mapping[Words, State], text: Callable[[str], str]) -> dict[Words, int]:
    """The line on which words stand now that no longer stand where they were quoted; `text` is a document as it is now."""
    lines: dict[Words, int] = {}
    for said, state in states.items():
        document, _, quoted = said
        with suppress(DocumentError):
            if state == "changed" and (at := (now := text(document)).find(quoted)) >= 0:
                lines[said] = now.count("\n", 0, at) + 1
    return lines


def with_states(answer: Answer, states: Mapping[Words, State]) -> Answer:
    """The answer with these states; the very same where nothing has changed."""

    def now(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(replace(q, state=states.get(words(q), q.state)) for q in quotes)

    changed = replace(answer, quotes=now(answer.quotes), nearest=now(answer.nearest))
    return answer if changed == answer else changed
