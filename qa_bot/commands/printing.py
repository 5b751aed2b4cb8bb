"""An answer on a terminal or in a pipe: whole quotes, the sentences that answer in bold, or between marks."""

import sys

from rich.console import Console
from rich.text import Text

from qa_bot.answers.model import Answer, Quote
from qa_bot.showing.citation import citation, nothing_answers, warning
from qa_bot.showing.text import visible
from qa_bot.span import Span

MARK = (">>", "<<")
"""The marks around a sentence that answers, used where there is no style."""


def console() -> Console:
    """A console on standard output, without colour where NO_COLOR is set, without any style in a pipe."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_answer(answer: Answer, asked: int = 0, not_read: str = "") -> None:
    """The answer for a person. `asked` is the number of documents that were asked; 0: it is not known.

    `not_read` says how many files could not be read, for below a refusal.
    """
    out = console()
    if answer.searched != answer.question:
        out.print(Text(f"searched  {visible(answer.searched)}", style="dim"))
    if answer.answered:
        if doubt := warning(answer):
            out.print(Text(doubt, style="yellow"))
        shown = answer.quotes
    else:
        out.print(Text(nothing_answers(asked), style="bold"))
        if answer.missing:
            out.print(Text(f"Found nowhere near: {visible(', '.join(answer.missing))}"))
        if not_read:
            out.print(Text(f"{not_read}: qa-bot status tells why", style="yellow"))
        if answer.nearest:
            out.print(Text("The nearest passages:", style="dim"))
        shown = answer.nearest
    for number, quote in enumerate(shown, 1):
        out.print()
        out.print(quote_text(quote, styled=out.color_system is not None))
        out.print(Text(f"[{number}] {citation(quote)}", style="cyan"))
    if answer.answered:
        out.print(Text(f"\nconfidence {answer.confidence:.0%}", style="dim"))


def quote_text(quote: Quote, *, styled: bool) -> Text:
    """The quote, verbatim except for characters that steer a terminal; its highlights are bold or between marks."""
    text = Text()
    at = quote.start
    for start, end in [*quote.highlights, Span(quote.end, quote.end)]:
        text.append(visible(quote.text[at - quote.start : start - quote.start]), style="dim" if styled else "")
        if start < end:
            words = visible(quote.text[start - quote.start : end - quote.start])
            if styled:
                text.append(words, style="bold")
            else:
                text.append(words.join(MARK))
        at = end
    return text
