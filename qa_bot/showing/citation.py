"""How a quote is cited: in the same words in the chat, on the command line, on the clipboard and in an exported conversation."""

from collections.abc import Sequence
from datetime import date

from qa_bot.answers.model import Answer, Quote, Searched
from qa_bot.showing.text import counted, fit, fit_path, one_line

STRONG = 0.8
"""An answer at least this sure is called strong. For the reader's eye only: what is refused is decided by the core."""

STATES = {"verbatim": "", "changed": "changed since it was quoted", "gone": "the file is gone"}


def day(iso: str | None) -> str:
    """A date as a person writes it: 2019-03-22 is "22 March 2019", 2019-03 "March 2019"; nothing for None."""
    if not iso:
        return ""
    parts = iso.split("-")
    try:
        if len(parts) == 3:
            written = date.fromisoformat(iso)
            return f"{written.day} {written:%B %Y}"
        if len(parts) == 2:
            return f"{date(int(parts[0]), int(parts[1]), 1):%B %Y}"
    except ValueError:
        pass  # a date we cannot read is still worth showing as it stands
    return one_line(iso)


def place(quote: Quote) -> str:
    """Where the quote starts, as editors and compilers write it: path:line. In a file without lines: "report.pdf, page 3"."""
    return place_in(quote.document, quote.line, named_place(quote))


def named_place(quote: Quote) -> str:
    """The place of a quote that is not told by its line: "page 3"; "" where the line tells it."""
    return "" if quote.place == f"line {quote.line}" else one_line(quote.place)


def place_in(document: str, line: int | None, named: str) -> str:
    """A document and a place in it; the line says it where the place has no name of its own, "" where neither is known."""
    if named:
        return f"{one_line(document)}, {named}"
    return one_line(document) + (f":{line}" if line else "")


def title(quote: Quote, cells: int = 72) -> str:
    """The document's title on one line, cut to so many terminal cells: for a screen only."""
    return fit(one_line(quote.title), cells)


def also_in(quote: Quote) -> str:
    """The other documents that hold the same words, or nothing."""
    others = dict.fromkeys(one_line(other.document) for other in quote.also_in)
    return f"also in {', '.join(others)}" if others else ""


def band(answer: Answer) -> str:
    """How sure the answer is, in one word."""
    if answer.band == "refused" or not answer.answered:
        return "not an answer"
    if answer.band == "unsure":
        return "unsure"
    return "strong" if answer.confidence >= STRONG else "likely"


def warning(answer: Answer) -> str:
    """What stands above the quotes of an unsure answer, with the reasons for the doubt; "" above those of any other."""
    if answer.band != "unsure":
        return ""
    reasons = "; ".join(one_line(doubt) for doubt in answer.doubts)
    return "Closest passages — they may not answer" + (f": {reasons}." if reasons else ".")


def searched(answer: Answer) -> str:
    """How the question was understood; nothing where that is just as it was asked."""
    taken, asked = one_line(answer.searched), one_line(answer.question)
    return "" if taken == asked else f"searched: {taken}"


def understood(answer: Answer) -> Searched:
    """What the question was taken to mean, in parts; an answer that an earlier version saved has one part only."""
    return answer.understood or Searched(answer.searched)


def interpreted(answer: Answer) -> str:
    """The question as one could have asked it on its own: with the words of earlier questions that still count at its end."""
    taken = understood(answer)
    return one_line(" ".join([taken.question, *taken.still]))


def citation(quote: Quote) -> str:
    """Title, date, place, where else the words stand, and state, on one line of plain text. Nothing is cut."""
    parts = (one_line(quote.title), day(quote.date), place(quote), also_in(quote), STATES[quote.state])
    return " · ".join(part for part in parts if part)


def quote_with_citation(quote: Quote) -> str:
    """What `copy` puts on the clipboard: the words exactly as they stand in the document, then their place."""
    return f"{quote.text}\n— {citation(quote)}\n"


def answering_lines(quote: Quote) -> str:
    """The sentences that answer, one a line; the whole quote on one line where no sentence is marked."""
    return "\n".join(one_line(sentence) for sentence in quote.marked or [quote.text])


def nothing_answers(asked: int = 0) -> str:
    """A refusal in a sentence. `asked` is the number of documents that were asked; 0: all documents, however many."""
    return f"Nothing in {'this document' if asked == 1 else 'these documents'} answers that."


def asked_of(scope: Sequence[str], cells: int | None = 40) -> str:
    """What a question was put to, where that is not all documents; `cells` for a name, None for all of it."""
    return f"asked of {scope_words(scope, cells)} only"


def scope_words(scope: Sequence[str], cells: int | None = 40) -> str:
    """The documents that are asked: the one by its name, several by their number."""
    if len(scope) > 1:
        return counted(len(scope), "document")
    name = one_line(scope[0])
    return name if cells is None else fit_path(name, cells)
