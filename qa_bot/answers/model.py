"""The answer to a question: quotes with their places, or a refusal. The JSON form is the public contract."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from qa_bot.documents.headings import last
from qa_bot.span import Span

State = Literal["verbatim", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where else the same words stand."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Searched:
    """What a question was taken to mean. As a string: "And in 2019? (also: …) (still about: …)"."""

    question: str
    """The question, its typing errors corrected."""
    also: tuple[str, ...] = ()
    """Other names of what is asked about, searched too: the long form of an acronym, say."""
    still: tuple[str, ...] = ()
    """Words of earlier questions that still count."""

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The string in pieces, each with whether the piece holds words that were searched, not a label around them."""
        yield self.question, True
        for label, words in ((" (also: ", ", ".join(self.also)), (" (still about: ", " ".join(self.still))):
            if words:
                yield from ((label, False), (words, True), (")", False))

    def __str__(self) -> str:
        return "".join(piece for piece, _ in self.pieces())


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A content word of the question, and how a passage meets it."""

    word: str
    """As it was written."""
    own: bool
    """Whether it is a word of this question, not one carried over from those before."""
    how: Literal["said", "document", "close", "missing"]
    """The passage says it; its document is about it; the passage says something near it; nothing of it there."""
    closest: str
    """The passage's word that is nearest to it in meaning."""
    similarity: float
    """Cosine of the two, at most 1."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts that a score or a confidence is the sum of."""

    name: str
    counts: float
    """What it adds; less than 0 where it takes away."""
    plain: str
    """What it stands for, in plain words."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a passage was ranked by."""

    words: tuple[WordMatch, ...]
    cosine: float
    """Of the passage's vector with the question's."""
    lexical: float
    """BM25 as a share of the most the question could bring, 0 to 1."""
    closeness: float
    """How near the passage's words come to the question's, word by word, at most 1."""
    parts: tuple[Part, ...]
    """Of the score, the weightiest first."""


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
    place: str = ""
    """What a person calls the place of the words that answer: "page 3", "slide 2", "row 17", "00:12:05"; in a text file the
    line on which the quote starts, "line 41"; "" in an answer that an earlier version wrote."""
    why: Explanation | None = field(default=None, compare=False, repr=False)
    """What the quote was ranked by, where the answer was made just now; not part of the JSON."""
    page: int | None = None
    """The number of the page that `place` tells, as a program that shows the file counts it, from 1; None where there are no
    pages."""

    @property
    def marked(self) -> list[str]:
        """The texts of the highlights, in order."""
        return [self.text[start - self.start : end - self.start] for start, end in self.highlights]

    @property
    def nearest_heading(self) -> str:
        """The last of the headings above the quote; "" where it stands under none."""
        return last(self.context)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question brought: `quotes` when answered, else `nearest` and `missing`."""

    conversation: str
    question: str
    searched: str
    """What the question was taken to mean, as a person can read it: `understood` as a string."""
    answered: bool
    confidence: float
    """The probability that the quotes hold the answer, 0 to 1."""
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    band: Literal["answered", "unsure", "refused"] = field(default="answered")
    """`unsure` is answered with low confidence: the closest passages, which may not answer."""
    doubts: tuple[str, ...] = ()
    """Why the marked words may not be what was asked for, a sentence each, where the answer is `unsure` for that."""
    understood: Searched | None = None
    """The parts of `searched`; None in an answer that an earlier version wrote."""
    reasons: tuple[Part, ...] = field(default=(), compare=False, repr=False)
    """What the confidence was weighed from (log odds), where the answer was made just now; not part of the JSON."""

    def to_json(self) -> dict[str, Any]:
        """The answer as plain lists and dictionaries, ready for json.dumps."""
        data = asdict(self)
        del data["reasons"]
        if self.understood is None:
            del data["understood"]
        for quote in (*data["quotes"], *data["nearest"]):
            del quote["why"]
            quote["highlights"] = [{"start": start, "end": end} for start, end in quote["highlights"]]
        return data


def parts(counted: Mapping[str, float], meaning: Mapping[str, str]) -> tuple[Part, ...]:
    """Those that count for anything, the weightiest first; what has no words of its own here goes by its name."""
    found = [Part(name, value, meaning.get(name, name.replace("_", " "))) for name, value in counted.items()]
    return tuple(sorted((p for p in found if p.counts), key=lambda part: -abs(part.counts)))
