"""The quotes of an exported conversation, read back exactly as `export` wrote them."""

import json
import re
from dataclasses import dataclass

from qa_bot.chat.export import HEADING

_PLACE = re.compile(r"<!-- quote (\{.*\}) -->")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words and the place that they are said to stand at."""

    document: str
    start: int
    end: int
    line: int | None
    """Counting from 1; None where it was not written down."""
    text: str


def read(markdown: str) -> list[Quoted]:
    """The quotes in their order. ValueError says what is wrong with the file, and where."""
    lines = markdown.split("\n")  # at nothing else: a quote may hold whatever else ends a line somewhere
    if not lines[0].startswith(HEADING):
        raise ValueError("is not a conversation that was saved from the chat")
    if lines[0].endswith("\r"):
        raise ValueError("has been saved anew with other line ends, so its quotes are no longer exact")
    quotes: list[Quoted] = []
    block: list[str] = []
    began = ended = 0
    for number, line in enumerate(lines, 1):
        if line.startswith(">"):
            if block and ended < number - 1:
                raise ValueError(f"has a quote without its place in line {began}")
            if not block:
                began = number
            block.append(line.removeprefix(">").removeprefix(" "))
            ended = number
        elif place := _PLACE.fullmatch(line):
            if not block:
                raise ValueError(f"has a place without its quote in line {number}")
            quotes.append(quoted(place[1], "\n".join(block), number))
            block = []
    if block:
        raise ValueError(f"has a quote without its place in line {began}")
    return quotes


def quoted(place: str, text: str, number: int) -> Quoted:
    """The quote with the place that stands below it, in this line of the file."""
    try:
        data = json.loads(place)
        made = Quoted(data["document"], data["start"], data["end"], data.get("line"), text)
    except (ValueError, KeyError):
        made = None
    if (
        made is None
        or not isinstance(made.document, str)
        or not all(isinstance(n, int) and n >= 0 for n in (made.start, made.end, made.line or 0))
    ):
        raise ValueError(f"has a place that cannot be read in line {number}")
    return made
