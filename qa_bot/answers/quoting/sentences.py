"""Which sentences of a passage answer: word by word nearest to what was asked, and of the kind asked for."""

import re
from collections.abc import Sequence

import numpy as np

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.answer_type import kind_expected, offers
from qa_bot.answers.understanding.query import Query
from qa_bot.index.lexical import LexicalIndex
from qa_bot.language.analysis import WORD
from qa_bot.language.english import SAID, SAYS
from qa_bot.models.encoder import Matrix

OFFERS = 0.15
"""What a sentence gains that has something of the kind asked for."""
CARRIED = 0.5
"""Factor on words of earlier turns: the passage is about them, the sentence is about what is asked now."""
NAMED = 0.2
"""Factor on names that the document as a whole is about: they tell the document, not the sentence."""
ITEM = re.compile(r"\s*(?:[-*+•‣◦]|\d{1,3}[.)])\s")
HEADING = re.compile(r"\A[#=*_\s]+|[=\-#*_\s]+\Z")
"""What Markdown writes around a heading."""


HEADER_ROW = re.compile(r"\|.*\n\s*\|?\s*:?-{3,}:?\s*(?:\||$)", re.MULTILINE)
CODE = re.compile(r"\s*(?:```|~~~)| {4}\S")
"""The line below a table's header row, which belongs to it."""
LABEL = 0.7
"""Factor on headings and header rows, which say what is asked about and seldom the answer."""
SECOND = 0.92
"""A second sentence is marked too when its score is at least this share of the best."""


def answering_sentences(query: Query, hit: Hit, lexical: LexicalIndex) -> list[int]:
    """The sentence that answers best, and a second that answers nearly as well; in order."""
    passage = hit.found.passage
    texts = [passage.text[start - passage.start : end - passage.start] for start, end in passage.sentences]
    total = sentence_scores(query, hit, lexical)
    kind = kind_expected(query.point)
    below = {i: led_in(i, texts, passage.context) for i in range(len(texts))}
    for i, text in enumerate(texts):
        label = HEADER_ROW.search(text) or (len(below[i]) < 2 and is_heading(text, passage.title, passage.context))
        if label and not offers(text, kind, frozenset()):
            total[i] *= LABEL
    best, *rest = np.argsort(-total, kind="stable").tolist()
    if below[best]:
        return [best, *below[best]]
    if kind == "person" and (speaker := speaker_of(best, texts)) is not None:
        return sorted({speaker, best})
    return sorted([best, *(i for i in rest[:1] if total[i] >= SECOND * total[best] > 0)])


def is_heading(text: str, title: str, context: str) -> bool:
    """Whether the sentence is the heading of its section or the title of its document."""
    bare = HEADING.sub("", text)
    return bool(bare) and (context.endswith(bare) or bare == title)


def led_in(at: int, texts: Sequence[str], context: str) -> list[int]:
    """What a heading or a list's lead-in stands for: the sentence below, the code, or the whole list."""
    items = [i for i in range(at + 1, len(texts)) if ITEM.match(texts[i])]
    in_item = ITEM.match(texts[at]) or (any(map(ITEM.match, texts[:at])) and not texts[at].rstrip().endswith(":"))
    if not in_item and items[:1] == [at + 1]:
        return list(range(at + 1, items[-1] + 1))
    opens = is_heading(texts[at], "", context) or (
        texts[at].rstrip().endswith(":") and any(map(CODE.match, texts[at + 1 : at + 2]))
    )
    return [at + 1] if opens and at + 1 < len(texts) else []


def speaker_of(at: int, texts: Sequence[str]) -> int | None:
    """The sentence that tells who says what stands at `at`: that one or the nearest before it, by name; else any that says
    so ("said the report"); None where none does."""
    named = next((i for i in range(at, -1, -1) if SAYS.search(texts[i])), None)
    return named if named is not None else next((i for i, text in enumerate(texts) if SAID.search(text)), None)


def sentence_scores(query: Query, hit: Hit, lexical: LexicalIndex) -> Matrix:
    """For each sentence how near its words come to the question's (idf-weighted MaxSim), shape (sentences,)."""
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
    kind, asked = kind_expected(query.point), frozenset(word.lower() for word in WORD.findall(query.question))
    offered = [offers(passage.text[s - passage.start : e - passage.start], kind, asked) for s, e in passage.sentences]
    return np.asarray(near @ weights + OFFERS * np.array(offered), dtype=np.float32)
