"""The answer to a question: quotes with their places, or a refusal. The JSON form is the public contract."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from qa_bot.documents.model import Span

State = Literal["verbatim", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where else the same words stand."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim slice of a document: `text` is exactly the document's text[start:end]."""

    document: str
    title: str
    date: str | None
    start: int
    end: int
    line: int
    """The line on which the quote starts, counting from 1."""
    text: str
    highlights: tuple[Span, ...]
    """The sentences that answer, in the document's offsets, within [start, end)."""
    score: float
    also_in: tuple[Place, ...] = ()
    state: State = "verbatim"
    """Checked against the file on disk when the answer was made."""
    context: str = ""
    """The headings above the quote; not part of the JSON contract's minimum, there for people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question brought: `quotes` when answered, else `nearest` and `missing`."""

    conversation: str
    question: str
    searched: str
    """What the question was taken to mean, as a person can read it."""
    answered: bool
    confidence: float
    """The probability that the quotes hold the answer, 0 to 1."""
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    band: Literal["answered", "unsure", "refused"] = field(default="answered")
    """`unsure` is answered with low confidence: the closest passages, which may not answer."""

    def to_json(self) -> dict[str, Any]:
        """The answer as plain lists and dictionaries, ready for json.dumps."""
        data = asdict(self)
        for quote in (*data["quotes"], *data["nearest"]):
            quote["highlights"] = [{"start": start, "end": end} for start, end in quote["highlights"]]
        return data
