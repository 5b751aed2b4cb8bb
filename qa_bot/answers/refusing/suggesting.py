"""Questions that the documents near a refused one do answer: made of their own headings and names, and asked to be sure.

Nothing is worded here but the frame around words that stand in the documents, and none is offered that was not answered
with confidence by the passage it was made from.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from qa_bot.answers.model import Answer, Quote
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

TRIED = 8
"""Questions asked at most to find those worth offering; each costs as much as a question."""
LONGEST = 90
"""Characters of a heading or a name that makes a question."""


def suggestions(
    refused: Answer,
    ask: Callable[[str], Answer],
    headings: Callable[[str], Sequence[str]],
    limit: int,
    language: Language = ENGLISH,
) -> tuple[str, ...]:
    """At most `limit` questions, those from the nearest passages first. `ask` asks one on its own; `headings` gives those
    of a document."""
    found: list[str] = []
    near = {quote.document for quote in refused.nearest}
    for question, words in islice(candidates(refused.nearest, headings, language), TRIED):
        if len(found) == limit:
            break
        answer = ask(question)
        if (
            answer.band == "answered"
            and answer.quotes
            and answer.quotes[0].document in near
            and holds(answer.quotes[0], words)
        ):
            found.append(question)
    return tuple(found)


def candidates(
    nearest: Sequence[Quote], headings: Callable[[str], Sequence[str]], language: Language = ENGLISH
) -> Iterator[tuple[str, str]]:
    """Questions, each once, with the words they are made of."""
    articles = [quote for quote in nearest if not is_furniture(quote)]
    own = [quote.nearest_heading for quote in articles]
    others = [one for document in dict.fromkeys(q.document for q in articles) for one in headings(document)]
    names = [name[0] for quote in articles for name in language.long_name.finditer(quote.text)]
    known: set[str] = set()
    for words, said in [
        *((heading, f"“{heading}”") for heading in map(bare, [*own, *others])),
        *((n, n) for n in names),
    ]:
        if " " in words and len(words) <= LONGEST and words.casefold() not in known:
            known.add(words.casefold())
            yield f"{words}?" if language.asking.match(words) else language.what_is_said.format(said), words


def bare(heading: str) -> str:
    """A heading without what marks or ends it."""
    return heading.strip(" #*_:.").removesuffix("?").strip()


def holds(quote: Quote, words: str) -> bool:
    """Whether the quote holds these words, in its text or in the headings above it."""
    return words.casefold() in " ".join(f"{quote.context} {quote.text}".split()).casefold()


def is_furniture(quote: Quote) -> bool:
    """Whether it was ranked as page furniture."""
    return quote.why is not None and any(part.name == "residue" for part in quote.why.parts)
