"""Answer sentence selection: the sentences whose words are nearest to the question's and that have the answer type.

Where a label comes nearest (a heading, a question in the text), what stands below it is marked, not the label. Where somebody is
asked for who says something, the label of the turn is marked with the words.
"""

import re
from collections.abc import Sequence

import numpy as np

from qa_bot.answers.quoting.lists import ITEM, led_in, points_from
from qa_bot.answers.quoting.nesting import children, handed_down, parents
from qa_bot.answers.quoting.turns import names_doer, speaker_of, spoken
from qa_bot.answers.ranking.fields import asked_for
from qa_bot.answers.ranking.labels import ASKS, Label, below, words_of
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.answer_type import offers
from qa_bot.answers.understanding.clauses import sentences_of
from qa_bot.answers.understanding.query import Query
from qa_bot.index.engines import TermIndex
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.models.encoder import Matrix

CODE = re.compile(r"\s*(?:```|~~~)| {4}\S")
"""The beginning of a code block."""

# The weights below were set by hand, on the questions over the seeds and the sets of folders: none of them was fitted.
OFFERS = 0.15
"""Gain of a sentence that has something of the answer type."""
CARRIED = 0.5
"""Factor on words of earlier turns: the passage is about them, the sentence is about what is asked now."""
NAMED = 0.2
"""Factor on names that the document as a whole is about: such names tell the document, not the sentence."""
LABEL = 0.7
"""Factor on headings and header rows, which say what is asked about and seldom the answer."""
SECOND = 0.92
"""A second sentence is marked too when its score is at least this share of the best."""
FURTHER = 0.5
"""Below a question, the nearest sentence is marked beside the first when its score is at least this share of the question's."""
BARE = 3
"""Words. A first sentence below a question that is no longer ("No.") says nothing without the sentence after it."""


def answering_sentences(query: Query, hit: Hit, lexical: TermIndex) -> list[int]:
    """The sentence that answers best, and a second that answers nearly as well; in order.

    A heading that has something of the kind asked for ("2.1.0 - 2 March 2024", asked when) answers as a sentence does.
    """
    found, kind = hit.found, query.point.answer_type
    texts, kinds, language = found.sentences, found.labels, query.question.language
    above = parents(found.passage.text, found.passage.sentences, found.passage.start)
    near, weights = nearness(query, hit, lexical)
    if fields := asked_for(query.question, found.fields):
        return fields
    if marked := spoken(query, texts, kinds, handed_down(near, above), weights):
        return marked
    total = sentence_scores(query, hit, near, weights)
    told = [kinds[i] == "heading" and offers(text, kind, frozenset(), language) for i, text in enumerate(texts)]
    mute = [None if its else label for label, its in zip(kinds, told, strict=True)]
    total *= [LABEL if label in ("heading", "header") else 1 for label in mute]
    if (clause := query.question.clause) and (its := sentences_of(clause, texts, language)):
        return its if clause.only else [max(its, key=lambda i: total[i])]
    best = int(np.argmax(total))
    if is_led_in(hit, near, weights, float(total[best])):
        return answers_below(below(-1, kinds), texts, total, float(total[best])) or [best]
    label = kinds[best]
    if label in ("heading", "question"):
        enough = FURTHER * float(total[best]) if label == "question" else None
        if marked := answers_below(below(best, kinds), texts, total, enough):
            return [best, *marked] if told[best] else marked
        if label == "question" and (others := [i for i, other in enumerate(kinds) if other != "question"]):
            best = max(others, key=lambda i: total[i])
    if label == "header" and (rows := below(best, kinds)):
        best = max(rows, key=lambda i: total[i])
    if items := listed(best, texts, language) or children(best, above):
        return [best, *items]
    doer = kind == "person" and names_doer(texts[best], query.point.terms, language)
    if kind == "person" and not doer and (speaker := speaker_of(best, texts, language)) is not None:
        return sorted({speaker, best})
    return sorted([best, *second(best, texts, mute, total)])


def is_led_in(hit: Hit, near: Matrix, weights: Matrix, best: float) -> bool:
    """Whether what the question is nearest to stands above the passage: a field of the front matter, or a title that asks."""
    if hit.parts.get("field"):
        return True
    if not ASKS.search(hit.found.passage.title):
        return False
    head = hit.similarities[:, hit.found.sentence_of < 0].max(axis=1, initial=0.0) @ weights
    return best < FURTHER * float(head)


def answers_below(scope: range, texts: Sequence[str], total: Matrix, enough: float | None) -> list[int]:
    """What of the sentences below a label, those in `scope`, answers; empty where nothing stands there.

    A list whole, else the first sentence. Below a question also the nearest sentence, where its score is `enough`: all that
    stands there is the question's answer. `enough` is None for a heading.
    """
    if not scope:
        return []
    first = scope[0]
    items = [i for i in scope if ITEM.match(texts[i])]
    if items and items[0] <= first + texts[first].rstrip().endswith(":"):
        return [i for i in range(first, points_from(items[0], texts)[-1] + 1) if i in scope]
    marked = {first}
    if enough is not None:
        if len(words_of(texts[first])) <= BARE and first + 1 in scope:
            marked.add(first + 1)
        nearest = max(scope, key=lambda i: total[i])
        if total[nearest] >= enough > 0:
            marked.add(nearest)
    return sorted(marked)


def listed(at: int, texts: Sequence[str], language: Language = ENGLISH) -> list[int]:
    """The sentences that belong to the lead-in `at`: the code below it, or the whole list."""
    code = texts[at].rstrip().endswith(":") and any(map(CODE.match, texts[at + 1 : at + 2]))
    return [at + 1] if code else led_in(at, texts, language)


def second(best: int, texts: Sequence[str], kinds: Sequence[Label | None], total: Matrix) -> list[int]:
    """The sentence that comes next, where that one answers nearly as well, is no label and says something else."""
    rest = [i for i in np.argsort(-total, kind="stable").tolist() if i != best and total[i] >= SECOND * total[best] > 0]
    said = words_of(texts[best])
    return next(([i] for i in rest if kinds[i] is None and words_of(texts[i]) != said), [])


def nearness(query: Query, hit: Hit, lexical: TermIndex) -> tuple[Matrix, Matrix]:
    """How near each sentence comes to each word of the question, shape (sentences, words), and what each word counts, shape
    (words,), in sum 1."""
    found, passage = hit.found, hit.found.passage
    weights = np.array(
        [
            lexical.idf(t) * w * (1 if w == 1 else CARRIED) * (NAMED if t in query.names and t in found.names else 1)
            for t, w in query.word_terms
        ],
        dtype=np.float32,
    )
    weights /= max(float(weights.sum()), 1e-9)
    near = np.zeros((len(passage.sentences), len(weights)), dtype=np.float32)
    inside = found.sentence_of >= 0
    np.maximum.at(near, found.sentence_of[inside], hit.similarities.T[inside])
    return near, weights


def sentence_scores(query: Query, hit: Hit, near: Matrix, weights: Matrix) -> Matrix:
    """The nearness of each sentence to the question (idf-weighted MaxSim), plus OFFERS; shape (sentences,)."""
    kind, asked = query.point.answer_type, query.question.small_words
    offered = [offers(sentence, kind, asked, query.question.language) for sentence in hit.found.sentences]
    return np.asarray(near @ weights + OFFERS * np.array(offered), dtype=np.float32)
