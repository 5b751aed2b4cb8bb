"""`qa-bot verify`: the quotes of a saved conversation against the seeds as they are today."""

import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.text import Text

from qa_bot.answers.json_form import answer_of
from qa_bot.answers.model import State
from qa_bot.answers.quoting.checking import FilesRead
from qa_bot.commands.output import print_json
from qa_bot.commands.printing import console
from qa_bot.config import Settings
from qa_bot.errors import SeedsError, SettingsError
from qa_bot.showing.markdown_reading import Quoted, read
from qa_bot.showing.text import fit, one_line

SNIPPET = 60
"""Cells of a quote that its row shows."""
STYLES: dict[State, str] = {"verbatim": "green", "changed": "yellow", "gone": "red"}
REMEDY = 'give a Markdown file that the chat saved (ctrl+s), or what "qa-bot ask --json" or "--batch" printed'


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a quote."""

    document: str
    line: int | None
    start: int
    end: int
    state: State
    line_now: int | None
    """The line on which the same words stand today; None where they stand nowhere in the document."""
    text: str
    misquoted: str | None
    """What a Markdown file gives as the words that answer, or as their place, where the quote does not have it so."""


def verify(settings: Settings, source: str, *, as_json: bool) -> int:
    """Print what became of each quote of a file ("-": standard input); 0 where all stand word for word, else 1."""
    quotes = quotes_of(source)
    if not settings.seeds.is_dir():
        raise SeedsError(f"there is no seeds folder {settings.seeds}; name the one that was quoted with --seeds")
    files = FilesRead(settings.seeds)
    rows = [row_of(quote, files) for quote in quotes]
    states = Counter(row.state for row in rows)
    if as_json:
        print_json({"quotes": [asdict(row) for row in rows], **{state: states[state] for state in STYLES}})
    else:
        print_rows(rows, states)
    return 0 if states["verbatim"] == len(rows) else 1


def quotes_of(source: str) -> list[Quoted]:
    """The quotes of the file, whichever kind it is; SettingsError where there are none to be had."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise SettingsError(f"{source} cannot be read ({error.strerror}); {REMEDY}") from error
    try:
        text = data.decode()
        return quotes_of_answers(text) if text.lstrip().startswith("{") else read(text)
    except UnicodeDecodeError as error:
        raise SettingsError(f"{source} is not UTF-8 text; {REMEDY}") from error
    except ValueError as error:
        raise SettingsError(f"{source} {error}; {REMEDY}") from error


def quotes_of_answers(text: str) -> list[Quoted]:
    """The quotes of answers as JSON lines; ValueError where one is none."""
    quotes: list[Quoted] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                answer = answer_of(json.loads(line))
            except ValueError:
                raise ValueError(f"holds no answer in line {number}") from None
            quotes += [Quoted(q.document, q.start, q.end, q.line, q.text) for q in (*answer.quotes, *answer.nearest)]
    return quotes


def row_of(quote: Quoted, files: FilesRead) -> Row:
    """The quote against today's file. Words that were cut, added or misquoted in the saved file are changed words too."""
    state = files.state(quote.document, quote.start, quote.text)
    if state == "verbatim" and quote.end - quote.start != len(quote.text):
        state = "changed"
    now = files.text(quote.document) or ""
    at = quote.start if state == "verbatim" else now.find(quote.text) if quote.text.strip() else -1
    line_now = now.count("\n", 0, at) + 1 if at >= 0 else None
    if state == "verbatim" and quote.misquoted is not None:
        state = "changed"
    line = quote.line or line_now
    return Row(quote.document, line, quote.start, quote.end, state, line_now, quote.text, quote.misquoted)


def remark(row: Row) -> str:
    """What is the matter with words that do not stand as they were quoted."""
    if row.misquoted is not None:
        return "misquoted:  "
    return f"now in line {row.line_now}  " if row.state == "changed" and row.line_now else ""


def print_rows(rows: list[Row], states: Counter[State]) -> None:
    """A row a quote, and the sum."""
    out = console()
    places = [one_line(row.document) + (f":{row.line}" if row.line else "") for row in rows]
    for row, place in zip(rows, places, strict=True):
        line = Text.assemble(
            (f"{row.state:<9} ", STYLES[row.state]),
            (f"{place:<{max(map(len, places))}}  ", "cyan"),
            remark(row),
            (fit(one_line(row.text), SNIPPET) if row.misquoted is None else one_line(row.misquoted), "dim"),
        )
        # A program that reads this gets all of a place, however long its name.
        out.print(line, no_wrap=out.is_terminal, overflow="ellipsis" if out.is_terminal else "ignore")
    told = ", ".join(f"{states[state]} {state}" for state in STYLES if states[state])
    out.print(f"{len(rows)} quote{'s' * (len(rows) != 1)}{': ' * bool(told)}{told}")
