"""Answer sentence selection: the sentences whose words are nearest to the question's and that have the answer type."""

import re
from collections.abc import Sequence

import numpy as np

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.answer_type import offers
from qa_bot.answers.understanding.query import Query
from qa_bot.index.engines import TermIndex
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.models.encoder import Matrix

ITEM = re.compile(r"\s*(?:[-*+•‣◦]|\d{1,3}[.)])\s")
"""The bullet or number that a list item begins with."""
HEADING = re.compile(r"\A[#=*_\s]+|[=\-#*_\s]+\Z")
"""What Markdown writes around a heading."""
HEADER_ROW = re.compile(r"\|.*\n\s*\|?\s*:?-{3,}:?\s*(?:\||$)", re.MULTILINE)
"""The header row of a table, with the line below the row, which belongs to it."""
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


def answering_sentences(query: Query, hit: Hit, lexical: TermIndex) -> list[int]:
    """The sentence that answers best, and a second that answers nearly as well; in order."""
    passage, texts = hit.found.passage, hit.found.sentences
    total = sentence_scores(query, hit, lexical)
    kind = query.point.answer_type
    below = {i: led_in(i, texts, passage.context) for i in range(len(texts))}
    for i, text in enumerate(texts):
        label = HEADER_ROW.search(text) or (len(below[i]) < 2 and is_heading(text, passage.title, passage.context))
        if label and not offers(text, kind, frozenset(), query.question.language):
            total[i] *= LABEL
    best, *rest = np.argsort(-total, kind="stable").tolist()
    if below[best]:
        return [best, *below[best]]
    if kind == "person" and (speaker := speaker_of(best, texts, query.question.language)) is not None:
        return sorted({speaker, best})
    return sorted([best, *(i for i in rest[:1] if total[i] >= SECOND * total[best] > 0)])


def is_heading(text: str, title: str, context: str) -> bool:
    """Whether the sentence is the heading of its section or the title of its document."""
    bare = HEADING.sub("", text)
    return bool(bare) and (context.endswith(bare) or bare == title)


def led_in(at: int, texts: Sequence[str], context: str) -> list[int]:
    """The sentences that belong to the heading or lead-in `at`: the sentence or code below it, or the whole list."""
    items = [i for i in range(at + 1, len(texts)) if ITEM.match(texts[i])]
    in_item = ITEM.match(texts[at]) or (any(map(ITEM.match, texts[:at])) and not texts[at].rstrip().endswith(":"))
    if not in_item and items[:1] == [at + 1]:
        return list(range(at + 1, items[-1] + 1))
    opens = is_heading(texts[at], "", context) or (
        texts[at].rstrip().endswith(":") and any(map(CODE.match, texts[at + 1 : at + 2]))
    )
    return [at + 1] if opens and at + 1 < len(texts) else []


def speaker_of(at: int, texts: Sequence[str], language: Language = ENGLISH) -> int | None:
    """The sentence that tells who says what is in sentence `at`: that sentence or the nearest one before it with a name and a
    verb of saying, else any sentence with a speaker ("said the report"); None where no sentence has one."""
    named = next((i for i in range(at, -1, -1) if language.says.search(texts[i])), None)
    return named if named is not None else next((i for i, text in enumerate(texts) if language.said.search(text)), None)


def sentence_scores(query: Query, hit: Hit, lexical: TermIndex) -> Matrix:
    """The nearness of each sentence's words to the question's (idf-weighted MaxSim), plus OFFERS; shape (sentences,)."""
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
    kind, asked = query.point.answer_type, query.question.small_words
    offered = [offers(sentence, kind, asked, query.question.language) for sentence in found.sentences]
    return np.asarray(near @ weights + OFFERS * np.array(offered), dtype=np.float32)
