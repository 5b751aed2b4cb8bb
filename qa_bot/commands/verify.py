"""`qa-bot verify`: compares the quotes of a saved conversation with today's seeds."""

import argparse
import json
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa_bot.commands.options import add_command, common
from qa_bot.commands.output import print_json
from qa_bot.config import Settings
from qa_bot.errors import DocumentError, SeedsError, SettingsError

if TYPE_CHECKING:
    from qa_bot.answers.model import State
    from qa_bot.commands.options import Commands
    from qa_bot.library import FileText, Library
    from qa_bot.showing.markdown_reading import Quoted

SNIPPET = 60
"""Cells of a quote that its row shows."""
STYLES: "dict[State, str]" = {"verbatim": "green", "changed": "yellow", "gone": "red"}
REMEDY = 'give a Markdown file that the chat saved (ctrl+s), or what "qa-bot ask --json" or "--batch" printed'


def configure(commands: "Commands") -> None:
    """Add the command."""
    about = "hold the quotes of a saved conversation against the seeds; exit code 1 where one is not verbatim any more"
    verification = add_command(commands, "verify", about, run, common())
    verification.add_argument(
        "file",
        metavar="FILE",
        help="a conversation that the chat saved, or answers as JSON lines (- is standard input)",
    )
    verification.add_argument("--json", action="store_true", help="print what became of each quote as one JSON object")


@dataclass(frozen=True, slots=True)
class Row:
    """A quote of the saved conversation, and its state by today's file."""

    document: str
    line: int | None
    start: int
    end: int
    state: "State"
    line_now: int | None
    """The line, counting from 1, on which the same words stand today; None where the document does not hold them."""
    text: str
    misquoted: str | None
    """What a Markdown file wrongly gives as the answering words of the quote, or as their place; None where it is right."""
    place: str
    """What the place was called where it is not told by the line: "page 3"; else ""."""
    place_now: str | None
    """What the place is called at which the same words stand today; None where the document does not hold them."""


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Print the state of each quote of a file ("-": standard input); 0 where all are verbatim, else 1."""
    from qa_bot.library import Library

    quotes = quotes_of(args.file)
    if not settings.seeds.is_dir():
        raise SeedsError(f"there is no seeds folder {settings.seeds}; name the one that was quoted with --seeds")
    rows = rows_of(quotes, Library(settings))
    states = Counter(row.state for row in rows)
    if args.json:
        print_json({"quotes": [asdict(row) for row in rows], **{state: states[state] for state in STYLES}})
    else:
        print_rows(rows, states)
    return 0 if states["verbatim"] == len(rows) else 1


def quotes_of(source: str) -> "list[Quoted]":
    """The quotes of the file, in either form; SettingsError where the file cannot be read."""
    from qa_bot.showing.markdown_reading import read

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


def quotes_of_answers(text: str) -> "list[Quoted]":
    """The quotes of answers in JSON lines; ValueError for a line that is no answer."""
    from qa_bot.library import answer_of
    from qa_bot.showing.citation import named_place
    from qa_bot.showing.markdown_reading import Quoted

    quotes: list[Quoted] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                answer = answer_of(json.loads(line))
            except ValueError:
                raise ValueError(f"holds no answer in line {number}") from None
            for q in (*answer.quotes, *answer.nearest):
                answers = q.highlights[0].start - q.start if q.highlights else 0
                quotes.append(Quoted(q.document, q.start, q.end, q.line, q.text, named_place(q), answers))
    return quotes


def rows_of(quotes: "list[Quoted]", library: "Library") -> list[Row]:
    """Each quote with its state by today's file. A quote that was altered in the saved file counts as changed, too."""
    from qa_bot.library import FileText

    files = {quote.document: FileText("") for quote in quotes}
    states = library.check(quotes)
    for document in {quote.document for quote, state in zip(quotes, states, strict=True) if state != "gone"}:
        with suppress(DocumentError):
            files[document] = library.read(document)
    return [row_of(quote, state, files[quote.document]) for quote, state in zip(quotes, states, strict=True)]


def row_of(quote: "Quoted", found: "State", file: "FileText") -> Row:
    """The quote against the text of its file as it is today."""
    from qa_bot.showing.states import place_now, start_now

    now = start_now(file.text, quote.start, quote.text)
    line = None if now is None else file.text.count("\n", 0, now) + 1
    altered = quote.end - quote.start != len(quote.text) or quote.misquoted is not None
    return Row(
        document=quote.document,
        line=quote.line or line,
        start=quote.start,
        end=quote.end,
        state="changed" if found == "verbatim" and altered else found,
        line_now=line,
        text=quote.text,
        misquoted=quote.misquoted,
        place=quote.place,
        place_now=None if now is None else place_now(file, now, quote.answers),
    )


def remark(row: Row) -> str:
    """Why a quote is not verbatim, as the start of its row's last column."""
    if row.misquoted is not None:
        return "misquoted:  "
    if row.state != "changed" or row.place_now is None:
        return ""
    return f"now at {row.place_now}  " if row.place else f"now in line {row.line_now}  "


def print_rows(rows: list[Row], states: "Counter[State]") -> None:
    """Print a row for each quote, and the number of each state."""
    from rich.text import Text

    from qa_bot.commands.printing import console
    from qa_bot.showing.citation import place_in
    from qa_bot.showing.text import fit, one_line

    out = console()
    places = [place_in(row.document, row.line, row.place) for row in rows]
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
