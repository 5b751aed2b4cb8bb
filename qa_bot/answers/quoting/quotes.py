"""A hit becomes a quote: which sentences answer, where else the same words stand, and whether the file still says so."""

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
from qa_bot.documents.formats.registry import place_of
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.store import Store

FEWEST_WORDS = 5
"""Marked words that must be the same for two passages to be one quote."""


def quotes(query: Query, hits: Sequence[Hit], lexical: LexicalIndex, store: Store, seeds: Path, k: int) -> list[Quote]:
    """The first k quotes of the hits, duplicates folded into the better one, each checked against the file on disk."""
    made: list[Quote] = []
    files = FilesRead(seeds)
    for hit in hits:
        quote = quote_of(query, hit, lexical)
        for i, better in enumerate(made):
            if same_words(better, quote):
                if len(better.also_in) < 10:
                    place = Place(quote.document, quote.start, quote.end)
                    made[i] = replace(better, also_in=(*better.also_in, place))
                break
        else:
            if len(made) < k:
                made.append(replace(quote, why=why_quoted(query, hit)))
    indexed = {path: store.text(path) for path in {quote.document for quote in made}}
    return [placed(q, indexed[q.document], files) for q in made]


def quote_of(query: Query, hit: Hit, lexical: LexicalIndex) -> Quote:
    """The whole passage, its answering sentences marked; line and state are still to be told."""
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


def placed(quote: Quote, text: str, files: FilesRead) -> Quote:
    """The quote with its place in the indexed text of its document, and its state in the file of today."""
    line, place = line_of(quote, text), place_of(quote.document, text, quote.start)
    state = files.state(quote.document, quote.start, quote.text)
    return replace(quote, line=line, place="" if place == f"line {line}" else place, state=state)


def same_words(a: Quote, b: Quote) -> bool:
    """Whether the marked sentences of both say the same, but for white space, case and punctuation.

    A few words ("22 March 2019", a heading) may stand above passages that have nothing else in common.
    """
    marked = plain(a)
    return bool(marked) and marked == plain(b) and (len(marked.split()) >= FEWEST_WORDS or a.text == b.text)


def plain(quote: Quote) -> str:
    """The marked words, bare."""
    marked = " ".join(quote.text[s - quote.start : e - quote.start] for s, e in quote.highlights)
    return " ".join(re.findall(r"\w+", marked.casefold()))


def line_of(quote: Quote, text: str) -> int:
    """The line of its document's text on which the quote starts, counting from 1."""
    return text.count("\n", 0, quote.start) + 1
