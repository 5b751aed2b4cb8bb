"""The quotes of an exported conversation, read back exactly as `export` wrote them."""

import json
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from qa_bot.showing.citation import place_in
from qa_bot.showing.markdown import HEADING, marked
from qa_bot.showing.text import one_line
from qa_bot.span import Span

_PLACE = re.compile(r"<!-- quote (\{.*\}) -->")
_LABELS = ("Answer: ", "Nearest: ")
_BANDS = ("", " (strong)", " (likely)", " (unsure)")
_LIKE_A_QUOTE = re.compile(r"\s+>|[^\w#]*(?:[\"“„«]|(?:answer|nearest)\W*:)", re.IGNORECASE)
"""What a reader would take for quoted words, though it is no part of a quote."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words and the place that they are said to stand at."""

    document: str
    start: int
    end: int
    line: int | None
    """Counting from 1; None where it was not written down."""
    text: str
    place: str = ""
    """What the place is called where it is not told by the line: "page 3"."""
    answers: int = 0
    """Characters of the words before those that answer."""
    misquoted: str | None = None
    """What the file gives as the words that answer, or as their place, where the quote does not have it so."""


def read(markdown: str) -> list[Quoted]:
    """The quotes in their order. ValueError says what is wrong with the file, and where."""
    lines = markdown.split("\n")  # at nothing else: a quote may hold whatever else ends a line somewhere
    if not lines[0].startswith(HEADING):
        raise ValueError("is not a conversation that was saved from the chat")
    if lines[0].endswith("\r"):
        raise ValueError("has been saved anew with other line ends, so its quotes are no longer exact")
    quotes: list[Quoted] = []
    block: list[str] = []
    below: list[str] = []
    began = 0
    for number, line in enumerate(lines, 1):
        if line.startswith(">"):
            if below:
                raise ValueError(f"has a quote without its place in line {began}")
            began = began if block else number
            block.append(line.removeprefix(">").removeprefix(" "))
        elif place := _PLACE.fullmatch(line):
            if not block:
                raise ValueError(f"has a place without its quote in line {number}")
            quotes.append(quoted(place[1], "\n".join(block), below, number))
            block, below = [], []
        elif block:
            below.append(line)
        elif _LIKE_A_QUOTE.match(line):
            raise ValueError(f"has words without their quote in line {number}")
    if block:
        raise ValueError(f"has a quote without its place in line {began}")
    return quotes


def quoted(place: str, text: str, below: list[str], number: int) -> Quoted:
    """The quote with the place that stands below it, in this line of the file, and the lines between the two."""
    try:
        data = json.loads(place)
        spans = [Span(start - data["start"], end - data["start"]) for start, end in data["marked"]]
        answers, place = (spans[0].start if spans else 0), data.get("place", "")
        made = Quoted(data["document"], data["start"], data["end"], data.get("line"), text, place, answers)
    except KeyError as error:
        if error.args == ("marked",):
            raise ValueError(
                f"does not say which words of a quote answer in line {number}, as an earlier version wrote it"
            ) from None
        made = None
    except (ValueError, TypeError):
        made = None
    if (
        made is None
        or not (isinstance(made.document, str) and isinstance(made.place, str))
        or not all(isinstance(n, int) and n >= 0 for n in (made.start, made.end, made.line or 0))
        or not all(isinstance(n, int) for span in spans for n in span)
        or not all(0 <= a <= b for a, b in pairwise([0, *(n for span in spans for n in span), made.end - made.start]))
    ):
        raise ValueError(f"has a place that cannot be read in line {number}")
    end = " " if made.place or made.line is not None else ":"
    cited = f" {place_in(made.document, made.line, one_line(made.place))}{end}"
    return replace(made, misquoted=misquoted(below, marked(text, spans), cited))


def misquoted(below: list[str], words: str, cited: str) -> str | None:
    """What stands below a quote other than the words of it that answer, and a citation that names its place."""
    said = [line for line in below if line.strip()]
    if said and said[0] in {f"{label}{words}{band}" for label in _LABELS for band in _BANDS}:
        del said[0]
    if said and said[-1].startswith("— ") and cited in f"{said[-1]} ":
        del said[-1]
    return said[0] if said else None
