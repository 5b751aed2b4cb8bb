"""The answerability features: a few figures of the best hits that tell whether they answer, comparable between questions."""

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.answer_type import offers
from qa_bot.answers.understanding.clauses import sentences_of
from qa_bot.answers.understanding.names import YEAR, kind_of_name
from qa_bot.answers.understanding.query import Query
from qa_bot.index.engines import PassageStore, TermIndex
from qa_bot.language.analysis import word_terms
from qa_bot.language.letters import folded, unaccented
from qa_bot.models.encoder import Matrix

# The constants below were set by hand. The weights of `confidence.py` were fitted with them: refit after changing one.
RUNNERS_UP = 5
"""Hits after the first that the first hit's score is compared with, those that agree with it left out."""
AGREES = 0.75
"""A hit of another document agrees with the first where their best sentences share at least this part of their terms, numbers and
the names of the documents left out: another version or a copy of the same words."""
GIST = 3
"""Terms that such a sentence has at least: fewer ("date: …") are alike by chance."""
HALFWAY = (0.55, 0.7)
"""Cosine range that counts as a partial match: related words, not the same one."""
NAMED = 0.9
"""How near each sentence counts to a name that its document as a whole is about."""
FIRST = 3
"""Hits whose documents are searched for the question's numbers."""
FEW, MANY = 150, 600
"""Collection sizes in documents between which `size` grows from 0 to 1. In a small one-subject folder every passage is near any
question, so nearness says little. In a large collection of many subjects something near is nearly always there, and how near
that is tells whether it answers."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of the answerability classifier."""

    gap: float
    """The first hit's score less the mean score of the RUNNERS_UP. Sources that agree are one: they never speak against an
    answer."""
    lead: float
    """Nearness of the first hit's best sentence to the question less that of its second best sentence."""
    matched: float
    """How near the question's own words are matched (idf-weighted, 0 to 1), times the square root of their number: many
    words matched fairly well say more than one matched perfectly."""
    halfway: float
    """The number of the question's own words whose greatest cosine is in the range HALFWAY."""
    about: float
    """Mean nearness of the best sentence's words to the question: 1 where the sentence is about nothing else."""
    strays: float
    """The sum of four features, each 0 or 1: a name of the question is unknown to all documents; the question asks about
    unknown names only ("And in Paris?"); a number of the question is missing from the documents of the FIRST hits; such a
    number is a year that no document has."""
    foreign: float
    """1 where a name of the question belongs to other documents and not to the first hit's, which may be about another
    town, say. 0 for a question about two sides."""
    asks: float
    """1 where something exact is asked for, which a passage on the subject may well leave out."""
    uncounted: float
    """1 where a number is asked for and the best sentence has none."""
    returns: float
    """For a question about the quote just shown and nothing else ("Who said that?", "When?"): 1 if the quote has what is
    asked for (a speaker, a date), else 0.5. For a question what a numbered part of a text says: 1 if the first hit has
    that part. 0 for all other questions."""
    size: float
    """The size of the collection on a logarithmic scale from 0 (FEW documents) to 1 (MANY); a factor on the next four."""
    sized_cosine: float
    """The first hit's cosine."""
    sized_weakest: float
    """How near the worst matched word of the question is matched."""
    sized_matched: float
    """The same as `matched`."""
    sized_follows: float
    """1 where questions came before."""


def evidence_of(
    query: Query, hits: Sequence[Hit], sides: Set[str], lexical: TermIndex, store: PassageStore, documents: int
) -> Evidence | None:
    """The evidence of ranked hits from a collection of so many documents; None where there are no hits.

    `sides` are the names that the question compares, see `diversity.opposed`.
    """
    if not hits:
        return None
    top = hits[0]
    own = [i for i, (_, weight) in enumerate(query.word_terms) if weight == 1]
    rest = [hit.score for hit in others(query, hits, own)[:RUNNERS_UP]]
    near = nearness(query, top, own)
    idf = np.array([lexical.idf(query.word_terms[i][0]) + 1e-9 for i in own])
    words = float(np.average(near, weights=idf)) * math.sqrt(len(own)) if own else 0.0
    sentences = (
        sentence_nearness(query, top, own) @ idf / idf.sum() if own else np.zeros(len(top.found.passage.sentences))
    )
    best = int(np.argmax(sentences))
    second = float(np.sort(sentences)[-2]) if len(sentences) > 1 else float(sentences[best])
    size = size_of(documents)
    point = query.point
    return Evidence(
        gap=top.score - sum(rest) / max(len(rest), 1),
        lead=float(sentences[best]) - second,
        matched=words,
        halfway=float(((near > HALFWAY[0]) & (near <= HALFWAY[1])).sum()),
        about=about(query, top, best),
        strays=strays(query, hits, lexical, store),
        foreign=float(not sides and bool(foreign_names(query, top, lexical, store))),
        asks=float(point.exact),
        uncounted=float(point.answer_type == "number" and not has_number(query, top, best)),
        returns=returns(query, top),
        size=size,
        sized_cosine=size * top.cosine,
        sized_weakest=size * float(near.min(initial=1.0) if own else 0.0),
        sized_matched=size * words,
        sized_follows=size * query.follows,
    )


def others(query: Query, hits: Sequence[Hit], own: Sequence[int]) -> list[Hit]:
    """The hits after the first that say something else than the first does, as many as are compared."""
    said = gist(query, hits[0], own)
    found: list[Hit] = []
    for hit in hits[1:]:
        if len(found) == RUNNERS_UP:
            break
        also = gist(query, hit, own) if hit.found.passage.document != hits[0].found.passage.document else frozenset()
        if len(said & also) < max(AGREES * len(said | also), GIST):
            found.append(hit)
    return found


def gist(query: Query, hit: Hit, own: Sequence[int]) -> frozenset[str]:
    """The terms of the sentence that comes nearest to these words of the query, without numbers and the document's names."""
    nearest = int(sentence_nearness(query, hit, own).sum(axis=1).argmax()) if own else 0
    its = hit.found.sentence_terms[nearest]
    return frozenset(term for term in its if not any(map(str.isdigit, term)) and term not in hit.found.names)


def size_of(documents: int) -> float:
    """The feature `size` of a collection of so many documents."""
    return min(max(math.log(max(documents, 1) / FEW) / math.log(MANY / FEW), 0.0), 1.0)


def nearness(query: Query, hit: Hit, own: Sequence[int]) -> Matrix:
    """The greatest cosine of each of these words of the query with a word of the passage, shape (words,); 1 for a name that
    the document is about."""
    nearest = hit.similarities.max(axis=1, initial=0.0)
    return np.array([1.0 if query.word_terms[i][0] in hit.found.names else float(nearest[i]) for i in own], np.float32)


def sentence_nearness(query: Query, hit: Hit, own: Sequence[int]) -> Matrix:
    """The greatest cosine of each of these words with a word of each sentence, shape (sentences, words)."""
    near = np.zeros((len(hit.found.passage.sentences), len(own)), np.float32)
    inside = hit.found.sentence_of >= 0
    np.maximum.at(near, hit.found.sentence_of[inside], hit.similarities[list(own)].T[inside])
    named = [query.word_terms[i][0] in hit.found.names for i in own]
    near[:, named] = np.maximum(near[:, named], NAMED)
    return near


def about(query: Query, hit: Hit, sentence: int) -> float:
    """The mean over the sentence's words of the greatest cosine with a word of the question, stop words too."""
    words = hit.found.words[hit.found.sentence_of == sentence]
    return float((query.said @ words.T).max(axis=0).mean()) if len(words) and len(query.said) else 0.0


def has_number(query: Query, hit: Hit, sentence: int) -> bool:
    """Whether the sentence has a number that the question does not have."""
    return offers(hit.found.sentences[sentence], "number", query.question.small_words, query.question.language)


def returns(query: Query, hit: Hit) -> float:
    """The feature `returns`."""
    clause = query.question.clause
    if clause and clause.only and sentences_of(clause, hit.found.sentences, query.question.language):
        return 1.0
    if query.quote != (hit.found.passage.document, hit.found.passage.start):
        return 0.0
    return 1.0 if told_by(query, hit) else 0.5


def told_by(query: Query, hit: Hit) -> bool:
    """Whether the passage has what is asked for: a speaker, a date (its document's too), a reason, a number or a place."""
    passage, kind, language = hit.found.passage, query.point.answer_type, query.question.language
    if kind == "person":
        return bool(language.says.search(passage.text))
    return offers(passage.text, kind, frozenset(), language) or (kind == "time" and passage.date is not None)


def strays(query: Query, hits: Sequence[Hit], lexical: TermIndex, store: PassageStore) -> float:
    """The feature `strays`."""
    unknown = query.point.unknown
    alone = bool(unknown) and {t for name in unknown for t in word_terms(name, query.question.language)} >= set(
        query.point.terms
    )
    absent = absent_numbers(query, hits[:FIRST], store)
    nowhere = any(YEAR.fullmatch(number) and not lexical.holds(number) for number in absent)
    return float(bool(unknown)) + float(alone) + float(bool(absent)) + float(nowhere)


def foreign_names(query: Query, hit: Hit, lexical: TermIndex, store: PassageStore) -> list[str]:
    """The terms of the question's names that other documents have and the hit's document lacks."""
    found = hit.found
    if query.question.caseless:
        return []
    asked = set(query.point.terms) & query.names.keys()
    missing = [
        name
        for name in asked - found.names - found.counts.keys()
        if kind_of_name(name, query.question.language) == "name" and lexical.name_idf(name)
    ]
    if not missing:
        return []
    text = unaccented(store.text(found.passage.document))
    return [name for name in missing if not re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE)]


def absent_numbers(query: Query, hits: Sequence[Hit], store: PassageStore) -> list[str]:
    """The question's numbers, years and versions that no document of these hits has, in title, path, date or text."""
    if not query.point.numbers:
        return []
    about = {hit.found.passage.document: hit.found.passage for hit in hits}.values()
    text = folded("\n".join("\n".join([p.document, p.title, p.names, store.text(p.document)]) for p in about))
    return [n for n in query.point.numbers if not re.search(rf"(?<![\d.,]){re.escape(n)}(?!\d)", text)]
