"""What a document is made of. Offsets count characters (code points) of `Document.text`, always half-open [start, end)."""

from dataclasses import dataclass

from qa_bot.documents.marks import Mark
from qa_bot.span import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences under one heading: the unit that is embedded, ranked and quoted."""

    start: int
    end: int
    context: str
    """What a reader of the page sees above the passage: heading path ("Timeline › 16:59"), the lead-in of its list, the
    header row of its table. Embedded and searched with the passage, never shown as part of it."""
    sentences: tuple[Span, ...]
    """The sentences (list items, table rows, whole code blocks) in order; the first starts at `start`, the last ends at
    `end`."""
    residue: bool = False
    """Boilerplate (footer, teaser, navigation): can be found, but ranks below the document's own matter."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the seeds folder as read: its text exactly, what it is called, when it was written, its passages."""

    path: str
    """The path below the seeds folder, with `/`."""
    text: str
    title: str
    date: str | None
    """ISO date (YYYY-MM-DD, or YYYY-MM or YYYY where that is all there is), or None where the document gives none."""
    passages: tuple[Passage, ...]
    note: str = ""
    """What the user should know of the reading, such as the encoding it was guessed to have."""
    marks: tuple[Mark, ...] = ()
    """Where its pages, slides or rows begin, in order; none where a place is a line."""
