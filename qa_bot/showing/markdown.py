"""A conversation as a Markdown file: quotes as block quotes, word for word, each with its place."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from qa_bot.answers.model import Answer, Quote
from qa_bot.showing import citation
from qa_bot.showing.citation import asked_of
from qa_bot.showing.text import one_line
from qa_bot.span import Span

HEADING = "# Conversation with qa-bot"
"""How such a file begins."""
OPENING = {'"': '"', "“": "”", "„": "“", "«": "»"}
"""Quote marks, and what closes them."""
CLOSING = {'"': '"', "”": "“", "“": "„", "»": "«"}
"""Quote marks, and what opens them."""


class Exchange(Protocol):
    """A question and what came of it. With neither an answer nor an error, the question still waits for its answer."""

    @property
    def question(self) -> str:
        """The question as it was asked."""

    @property
    def scope(self) -> Sequence[str]:
        """The paths of the documents that were asked; empty: all documents."""

    @property
    def answer(self) -> Answer | None:
        """The answer."""

    @property
    def error(self) -> str:
        """Why the question could not be asked; "" where it could."""


def default_name(now: datetime) -> str:
    """A file name that sorts by time."""
    return f"conversation-{now:%Y-%m-%d-%H%M%S}.md"


def to_markdown(exchanges: Iterable[Exchange], now: datetime) -> str:
    """The conversation as Markdown; questions that have no answer yet are left out."""
    parts = [f"{HEADING}, {now.day} {now:%B %Y, %H:%M}"]
    for exchange in exchanges:
        if exchange.answer is None and not exchange.error:
            continue
        parts.append(f"## {one_line(exchange.question)}")
        if exchange.scope:
            parts.append(asked_of(exchange.scope, cells=None))
        if exchange.answer is None:
            parts.append(f"Could not be asked: {one_line(exchange.error)}")
        else:
            parts += answer_parts(exchange.answer, len(exchange.scope))
    return "\n\n".join(parts) + "\n"


def answer_parts(answer: Answer, asked: int = 0) -> list[str]:
    """The answer as paragraphs: how the question was searched, a refusal or a warning, then each quote with its place.

    `asked` is the number of documents that were asked; 0: all documents.
    """
    parts = list(filter(None, [citation.searched(answer)]))
    if not answer.answered:
        parts.append(f"**{citation.nothing_answers(asked)}**")
        if answer.missing:
            parts.append(f"Not found: {', '.join(one_line(word) for word in answer.missing)}.")
        if answer.nearest:
            parts.append("The nearest passages, which do not answer it:")
    elif doubt := citation.warning(answer):
        parts.append(f"**{doubt}**")
    for number, quote in enumerate(answer.quotes or answer.nearest):
        # The band tells how sure the best quote is; the others only follow it.
        sure = f" ({citation.band(answer)})" if answer.answered and number == 0 else ""
        parts += [block_quote(quote), answering(quote, answer.answered) + sure, cited(quote)]
    return parts


def block_quote(quote: Quote) -> str:
    """The words exactly as they stand, each line marked as quoted."""
    return "\n".join(f"> {line}" if line else ">" for line in quote.text.split("\n"))


def answering(quote: Quote, answered: bool) -> str:
    """The sentences that the screen marks, on one line."""
    said = marked(quote.text, [Span(start - quote.start, end - quote.start) for start, end in quote.highlights])
    return f"{'Answer' if answered else 'Nearest'}: {said}"


def marked(text: str, spans: Sequence[Span]) -> str:
    """These parts of a quote (all of it where there are none); what lies between two is left out with an ellipsis."""
    said: list[str] = []
    at = None
    for start, end in spans or [Span(0, len(text))]:
        if at is not None and text[at:start].strip():
            said.append("…")
        said.append(one_line(text[start:end]))
        at = end
    return in_marks(" ".join(said))


def in_marks(words: str) -> str:
    """The words in quote marks: in their own where they begin or end with such, which are only made up to a pair."""
    opened, closed = words[:1] in OPENING, words[-1:] in CLOSING
    if not opened and not closed:
        return f'"{words}"'
    whole = sum(letter in OPENING or letter in CLOSING for letter in words) % 2 == 0
    if whole or (opened and closed):
        return words
    return words + OPENING[words[0]] if opened else CLOSING[words[-1]] + words


def cited(quote: Quote) -> str:
    """The citation for a reader, and in a comment the exact place for a program that checks the quote."""
    place = {"document": quote.document, "start": quote.start, "end": quote.end, "line": quote.line}
    named = {"place": quote.place} if citation.named_place(quote) else {}
    exact = json.dumps({**place, **named, "marked": quote.highlights})
    # A file name could hold "-->" and end the comment.
    return f"— {citation.citation(quote)}\n<!-- quote {exact.replace('>', chr(92) + 'u003e')} -->"


def save(text: str, path: Path) -> None:
    """Write the file; never over one that is there already (FileExistsError)."""
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)
