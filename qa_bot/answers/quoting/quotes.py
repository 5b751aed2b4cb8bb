"""A hit becomes a quote: which sentences answer, which other places have the same words, and whether the file still has
them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qa_bot.answers.model import Place, Quote
from qa_bot.answers.quoting.checking import FilesRead
from qa_bot.answers.quoting.explaining import why_quoted
from qa_bot.answers.quoting.sentences import answering_sentences
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.query import Query
from qa_bot.documents.marks import Mark, place_at
from qa_bot.index.engines import PassageStore, TermIndex
from qa_bot.language.letters import folded
from qa_bot.span import line_of

FEWEST_WORDS = 5
"""Two passages with the same marked words are one quote only if those are at least so many words."""
PLACES = 10
"""Other places of the same words that a quote lists at most."""


def quotes(
    query: Query, hits: Sequence[Hit], lexical: TermIndex, store: PassageStore, seeds: Path, k: int
) -> list[Quote]:
    """The first k quotes of the hits, duplicates folded into the better one, each checked against the file on disk."""
    made: list[Quote] = []
    files = FilesRead(seeds, store)
    for hit in hits:
        quote = quote_of(query, hit, lexical)
        for i, better in enumerate(made):
            if same_words(better, quote):
                if len(better.also_in) < PLACES:
                    place = Place(quote.document, quote.start, quote.end)
                    made[i] = replace(better, also_in=(*better.also_in, place))
                break
        else:
            if len(made) < k:
                made.append(replace(quote, why=why_quoted(query, hit)))
    indexed = {path: (store.text(path), store.marks(path)) for path in {quote.document for quote in made}}
    return [placed(q, *indexed[q.document], files) for q in made]


def quote_of(query: Query, hit: Hit, lexical: TermIndex) -> Quote:
    """The whole passage, its answering sentences marked. Line, place and state are placeholders: `quotes` fills them in."""
    p = hit.found.passage
    marked = answering_sentences(query, hit, lexical)
    return Quote(
        document=p.document,
        title=p.title,
        date=p.date,
        start=p.start,
        end=p.end,
        line=0,
        text=p.text,
        highlights=tuple(p.sentences[i] for i in marked),
        score=round(hit.score, 4),
        context=p.context,
    )


def placed(quote: Quote, text: str, marks: Sequence[Mark], files: FilesRead) -> Quote:
    """The quote with its place in the indexed text of its document, and its state in the file of today."""
    # A quote may begin a page before the words that answer.
    answers = quote.highlights[0].start if marks and quote.highlights else quote.start
    place, page = place_at(marks, text, answers)
    state = files.state(quote.document, quote.start, quote.text)
    return replace(quote, line=line_of(text, quote.start), place=place, page=page, state=state)


def same_words(a: Quote, b: Quote) -> bool:
    """Whether the marked sentences of both are the same, but for white space, case and punctuation.

    Fewer than FEWEST_WORDS words ("22 March 2019", a heading) may begin passages that have nothing else in common: such
    passages must be the same as a whole.
    """
    marked = plain(a)
    return bool(marked) and marked == plain(b) and (len(marked.split()) >= FEWEST_WORDS or a.text == b.text)


def plain(quote: Quote) -> str:
    """The words of the marked sentences in lower case, without punctuation."""
    return " ".join(re.findall(r"\w+", folded(" ".join(quote.marked)).casefold()))
