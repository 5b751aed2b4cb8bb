"""What speaks for or against an answer being there: a few figures of the best hits, each comparable between questions."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa_bot.answers.ranking.diversity import opposed
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.answer_type import asks_exactly, kind_expected, offers
from qa_bot.answers.understanding.history import YEAR, unknown_names
from qa_bot.answers.understanding.history import kind as kind_of_name
from qa_bot.answers.understanding.query import Query
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.store import Store
from qa_bot.language.analysis import WORD, terms
from qa_bot.language.english import SAYS
from qa_bot.models.encoder import Matrix

RUNNERS_UP = 5
"""The hits after the first that it is held against."""
HALFWAY = (0.55, 0.7)
"""Cosines of two words in their contexts that are neither the same nor foreign to each other."""
NAMED = 0.9
"""How near a sentence comes to a name that its document as a whole is about."""
FEW, MANY = 150, 600
"""Documents. In a folder on one subject every passage is near any question on it, so that nearness says little; in a
collection of many subjects something near is nearly always there, and how near it comes is what tells."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer being there."""

    gap: float
    """The first hit's score less the mean of the runners-up."""
    lead: float
    """How much nearer the first hit's best sentence comes to the question than its second best."""
    matched: float
    """How near the question's own words are matched (idf-weighted, 0 to 1), times the square root of their number: many
    words matched fairly well say more than one matched perfectly."""
    halfway: float
    """The number of the question's own words whose nearest is HALFWAY."""
    about: float
    """How near the words of the best sentence come to the question's, mean: whether it speaks of nothing else."""
    strays: float
    """Whether a name of the question is unknown to all documents, plus whether it asks about nothing else ("And in Paris?"),
    plus whether a number of it is in none of the first three hits' documents, plus whether it is a year in no document."""
    foreign: float
    """1 where a name of the question belongs to other documents and not to the first hit's: what that says is of another
    town, say. 0 for a question about two sides."""
    asks: float
    """1 where something exact is asked for: what a passage on the subject may well leave out."""
    uncounted: float
    """1 where a number is asked for and the best sentence has none."""
    returns: float
    """Where the question is about the quote just shown and nothing else ("Who said that?", "When?"): 1 if that has what is
    asked for, a speaker or a date, say, else a half; 0 for other questions."""
    size: float
    """How large the collection is, on a logarithmic scale from 0, FEW, to 1, MANY. It weighs each of the next four."""
    sized_cosine: float
    """The first hit's cosine."""
    sized_weakest: float
    """How near the word of the question is matched that is matched worst."""
    sized_matched: float
    """As `matched`."""
    sized_follows: float
    """1 where questions came before."""


def evidence_of(
    query: Query, hits: Sequence[Hit], lexical: LexicalIndex, store: Store, documents: int
) -> Evidence | None:
    """The evidence of ranked hits from so many documents; None where there are none."""
    if not hits:
        return None
    top, rest = hits[0], [hit.score for hit in hits[1 : 1 + RUNNERS_UP]]
    own = [i for i, (_, weight) in enumerate(query.word_terms) if weight == 1]
    near = nearness(query, top, own)
    idf = np.array([lexical.idf(query.word_terms[i][0]) + 1e-9 for i in own])
    words = float(np.average(near, weights=idf)) * math.sqrt(len(own)) if own else 0.0
    sentences = (
        sentence_nearness(query, top, own) @ idf / idf.sum() if own else np.zeros(len(top.found.passage.sentences))
    )
    best = int(np.argmax(sentences))
    second = float(np.sort(sentences)[-2]) if len(sentences) > 1 else float(sentences[best])
    size = size_of(documents)
    kind = kind_expected(query.point)
    return Evidence(
        gap=top.score - sum(rest) / max(len(rest), 1),
        lead=float(sentences[best]) - second,
        matched=words,
        halfway=float(((near > HALFWAY[0]) & (near <= HALFWAY[1])).sum()),
        about=about(query, top, best),
        strays=strays(query, hits, lexical, store),
        foreign=float(foreign(query, hits, lexical, store)),
        asks=float(asks_exactly(query.point)),
        uncounted=float(kind == "number" and not has_number(query, top, best)),
        returns=returns(query, top),
        size=size,
        sized_cosine=size * top.cosine,
        sized_weakest=size * float(near.min(initial=1.0) if own else 0.0),
        sized_matched=size * words,
        sized_follows=size * query.follows,
    )


def size_of(documents: int) -> float:
    """From 0, FEW, to 1, MANY, by the logarithm."""
    return min(max(math.log(max(documents, 1) / FEW) / math.log(MANY / FEW), 0.0), 1.0)


def nearness(query: Query, hit: Hit, own: Sequence[int]) -> Matrix:
    """How near the hit's passage comes to each of these words of the query, a name of its document in full."""
    nearest = hit.similarities.max(axis=1, initial=0.0)
    return np.array([1.0 if query.word_terms[i][0] in hit.found.names else float(nearest[i]) for i in own], np.float32)


def sentence_nearness(query: Query, hit: Hit, own: Sequence[int]) -> Matrix:
    """The same for each of its sentences, shape (sentences, words)."""
    near = np.zeros((len(hit.found.passage.sentences), len(own)), np.float32)
    inside = hit.found.sentence_of >= 0
    np.maximum.at(near, hit.found.sentence_of[inside], hit.similarities[list(own)].T[inside])
    named = [query.word_terms[i][0] in hit.found.names for i in own]
    near[:, named] = np.maximum(near[:, named], NAMED)
    return near


def about(query: Query, hit: Hit, sentence: int) -> float:
    """The mean over the sentence's words of how near the question, stop words too, comes to each."""
    words = hit.found.words[hit.found.sentence_of == sentence]
    return float((query.said @ words.T).max(axis=0).mean()) if len(words) and len(query.said) else 0.0


def has_number(query: Query, hit: Hit, sentence: int) -> bool:
    """Whether the sentence has a number that was not asked with."""
    passage = hit.found.passage
    start, end = passage.sentences[sentence]
    asked = frozenset(word.lower() for word in WORD.findall(query.question))
    return offers(passage.text[start - passage.start : end - passage.start], "number", asked)


def returns(query: Query, hit: Hit) -> float:
    """Whether the question returns to the quote just shown, see Evidence."""
    passage, kind = hit.found.passage, kind_expected(query.point)
    if query.quote != (passage.document, passage.start):
        return 0.0
    if kind == "person":
        told = bool(SAYS.search(passage.text))
    else:
        told = offers(passage.text, kind, frozenset()) or (kind == "time" and passage.date is not None)
    return 1.0 if told else 0.5


def strays(query: Query, hits: Sequence[Hit], lexical: LexicalIndex, store: Store) -> float:
    """The question's names and numbers that belong to no document here, see Evidence."""
    unknown = unknown_names(query.point, lexical)
    alone = bool(unknown) and {t for name in unknown for t in terms(name)} >= set(terms(query.point))
    absent = absent_numbers(query, hits[:3], store)
    nowhere = any(YEAR.fullmatch(number) and not lexical.holds(number) for number in absent)
    return float(bool(unknown)) + float(alone) + float(bool(absent)) + float(nowhere)


def foreign(query: Query, hits: Sequence[Hit], lexical: LexicalIndex, store: Store) -> bool:
    """Whether the first hit's document lacks a name of the question that others have, see Evidence."""
    found = hits[0].found
    if query.question in (query.question.lower(), query.question.upper()):  # nothing tells a name there
        return False
    asked = set(terms(query.point)) & query.names.keys()
    missing = [
        name
        for name in asked - found.names - found.counts.keys()
        if kind_of_name(name) == "name" and lexical.name_idf(name)
    ]
    if not missing or opposed(query, hits):
        return False
    text = store.text(found.passage.document)
    return any(not re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE) for name in missing)


def absent_numbers(query: Query, hits: Sequence[Hit], store: Store) -> list[str]:
    """The question's numbers, years and versions that no document of these hits has, in title, path, date or text."""
    numbers = re.findall(r"(?<![^\W_])\d+(?:[.,:/]\d+)*(?![^\W_])", query.point)
    if not numbers:
        return []
    about = {hit.found.passage.document: hit.found.passage for hit in hits}.values()
    text = "\n".join("\n".join([p.document, p.title, p.names, store.text(p.document)]) for p in about)
    return [n for n in numbers if not re.search(rf"(?<![\d.,]){re.escape(n)}(?!\d)", text)]
