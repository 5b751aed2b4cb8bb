"""Does anything here answer the question? A probability from absolute evidence, never from a rank alone.

A logistic model over a few figures of the best hits, fitted by `tests/bench/fit_confidence.py` to nine hundred questions of
six collections, two fifths of which nothing in their documents answers. What separates the two is how far the best passage
stands out from the next ones, how near its words come to the question's, and names and numbers found nowhere.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

from qa_bot.answers.conversation import Query
from qa_bot.answers.expected import kind_expected
from qa_bot.answers.retrieval import Hit
from qa_bot.index.lexical import LexicalIndex, terms
from qa_bot.index.store import Store
from qa_bot.index.words import WORD

RUNNERS_UP = 5
"""The hits after the first that it is held against."""
TAIL = range(10, 40)
"""The ranks, by cosine, of passages that are merely of these documents."""
REFUSE_BELOW = 0.38
SURE_FROM = 0.6
"""Between the two, the answer is given as perhaps none."""

HOLLOW = frozenset(
    {
        "much",
        "many",
        "lot",
        "get",
        "got",
        "say",
        "says",
        "said",
        "tell",
        "find",
        "know",
        "want",
        "let",
        "thing",
        "things",
    }
)
"""Words that are not worth telling a person that they were not found."""

Band = Literal["answered", "unsure", "refused"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer being there."""

    gap: float
    """The first hit's score less the mean of the runners-up."""
    lead: float
    """The first hit's score less the second's."""
    cosine: float
    """Of the first hit with the question, less the mean of those in the tail: what any passage here would have."""
    matched: float
    """How near the question's own words are matched (idf-weighted, 0 to 1), times the square root of their number: many
    words matched fairly well say more than one matched perfectly."""
    whole: float
    """1 where one sentence of the first hit, with its document's scope, has every one of two or more words asked with."""
    strays: float
    """Whether a name of the question is unknown to all documents, plus whether a number of it is in none of the
    first three hits' documents."""
    asks: float
    """1 where a person, time, number, place or reason is asked for: what a passage on the subject may well leave out."""


WEIGHTS = Evidence(gap=1.40, lead=2.14, cosine=1.32, matched=1.15, whole=0.76, strays=-1.58, asks=-0.59)
BIAS = -1.69


def confidence(evidence: Evidence | None) -> float:
    """The probability, 0 to 1, that the first hits hold the answer; 0 where there are none."""
    if evidence is None:
        return 0.0
    return 1 / (1 + math.exp(-BIAS - sum(contributions(evidence).values())))


def contributions(evidence: Evidence) -> dict[str, float]:
    """What each piece of evidence adds to the log odds of an answer being there."""
    weights = asdict(WEIGHTS)
    return {name: weights[name] * value for name, value in asdict(evidence).items()}


def evidence_of(query: Query, hits: Sequence[Hit], lexical: LexicalIndex, store: Store) -> Evidence | None:
    """The evidence of ranked hits; None where there are none."""
    if not hits:
        return None
    top, rest = hits[0], [hit.score for hit in hits[1 : 1 + RUNNERS_UP]]
    cosines = sorted((hit.cosine for hit in hits), reverse=True)
    tail = cosines[TAIL.start : TAIL.stop] or cosines[1:] or [0.0]
    return Evidence(
        gap=top.score - sum(rest) / max(len(rest), 1),
        lead=top.score - max(rest, default=0.0),
        cosine=top.cosine - sum(tail) / len(tail),
        matched=matched(query, top, lexical),
        whole=float(said_whole(query, top)),
        strays=float(bool(unknown_names(query, lexical))) + float(bool(absent_numbers(query, hits[:3], store))),
        asks=float(kind_expected(query.question) is not None),
    )


def matched(query: Query, hit: Hit, lexical: LexicalIndex) -> float:
    """How near the question's own words are matched by the hit, a name of its document in full."""
    own = [i for i, (_, weight) in enumerate(query.word_terms) if weight == 1]
    if not own:
        return 0.0
    nearest = hit.similarities.max(axis=1, initial=0.0)
    near = [1.0 if query.word_terms[i][0] in hit.found.names else float(nearest[i]) for i in own]
    return float(np.average(near, weights=[lexical.idf(query.word_terms[i][0]) + 1e-9 for i in own])) * math.sqrt(
        len(own)
    )


def said_whole(query: Query, hit: Hit) -> bool:
    """Whether one sentence of the hit has all the question's own terms, two at least, its document's scope included."""
    own, about = set(query.own_terms), hit.found.names | hit.found.scope
    return len(own) > 1 and any(own <= about.union(sentence) for sentence in hit.found.sentence_terms)


def unknown_names(query: Query, lexical: LexicalIndex) -> list[str]:
    """Words written as names inside a sentence of the question that no document has."""
    text = query.question
    if text.isupper():  # who shouts writes no names
        return []
    return [
        m[0]
        for m in WORD.finditer(text)
        if m[0][0].isupper()
        and text[: m.start()].rstrip(" \"'“‘(")[-1:] not in ("", ".", "?", "!", ":")
        and (its := terms(m[0]))
        and not any(lexical.holds(t) for t in its)
    ]


def absent_numbers(query: Query, hits: Sequence[Hit], store: Store) -> list[str]:
    """The question's numbers, years and versions that no document of these hits has, in title, path, date or text."""
    numbers = re.findall(r"(?<![^\W_])\d+(?:[.,:/]\d+)*(?![^\W_])", query.question)
    if not numbers:
        return []
    about = {hit.found.passage.document: hit.found.passage for hit in hits}.values()
    text = "\n".join("\n".join([p.document, p.title, p.names, store.text(p.document)]) for p in about)
    return [n for n in numbers if not re.search(rf"(?<![\d.,]){re.escape(n)}(?!\d)", text)]


def band(probability: float) -> Band:
    """What to do with such a confidence."""
    if probability < REFUSE_BELOW:
        return "refused"
    return "answered" if probability >= SURE_FROM else "unsure"


def missing_words(query: Query, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The question's words that none of the hits nor their documents' scope holds, as they were typed."""
    near = {term for hit in hits for term in (*hit.found.counts, *hit.found.scope, *hit.found.names)}
    words = [word for word in WORD.findall(query.question) if word.lower() not in HOLLOW]
    return tuple(dict.fromkeys(w for w in words if (t := terms(w)) and not set(t) & near))
