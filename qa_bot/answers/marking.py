"""Which sentences of a passage answer: word by word nearest to what was asked, and of the kind asked for."""

import re
from collections.abc import Sequence

import numpy as np

from qa_bot.answers.conversation import Query
from qa_bot.answers.expected import kind_expected, offers
from qa_bot.answers.retrieval import Hit
from qa_bot.index.bert import Matrix
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.words import WORD

OFFERS = 0.15
"""What a sentence gains that has something of the kind asked for."""
CARRIED = 0.5
"""Factor on words of earlier turns: the passage is about them, the sentence is about what is asked now."""
NAMED = 0.2
"""Factor on names that the document as a whole is about: they tell the document, not the sentence."""
ITEM = re.compile(r"\s*(?:[-*+•‣◦]|\d{1,3}[.)])\s")
HEADING = re.compile(r"\A[#=*_\s]+|[=\-#*_\s]+\Z")
"""What Markdown writes around a heading."""
VERB = r"(?:sa(?:id|ys)|t(?:old|ells)|wr(?:ote|ites)|(?:add|not|explain|suggest|warn|argu)(?:e?s|ed))"
NAME = r"[A-Z][\w'’-]+"
SAYS = re.compile(
    rf"\b{NAME} {NAME}\b[^.?!]*?\b{VERB}\b|(?<=[\w,;] ){NAME}\b[^.?!]*?\b{VERB}\b"
    rf"|\b(?!(?:He|She|They|It|We|You|This|That|There)\b){NAME} {VERB}\b|\b(?:{VERB}|according to)\b[^.?!]*? {NAME}\b"
)
"""A name with a verb of saying; a capital at the start of a sentence is no name unless the verb follows it."""
SECOND = 0.92
"""A second sentence is marked too when its score is at least this share of the best."""


def answering_sentences(query: Query, hit: Hit, lexical: LexicalIndex) -> list[int]:
    """The sentence that answers best, and a second that answers nearly as well; in order."""
    total = sentence_scores(query, hit, lexical)
    best, *rest = np.argsort(-total, kind="stable").tolist()
    passage = hit.found.passage
    texts = [passage.text[start - passage.start : end - passage.start] for start, end in passage.sentences]
    if below := led_in(best, texts, passage.context):
        return [best, *below]
    if kind_expected(query.question) == "person" and (speaker := speaker_of(best, texts)) is not None:
        return sorted({speaker, best})
    return sorted([best, *(i for i in rest[:1] if total[i] >= SECOND * total[best] > 0)])


def led_in(at: int, texts: Sequence[str], context: str) -> list[int]:
    """What a heading or a list's lead-in stands for: the sentence below, or the whole list."""
    items = [i for i in range(at + 1, len(texts)) if ITEM.match(texts[i])]
    in_item = ITEM.match(texts[at]) or (any(map(ITEM.match, texts[:at])) and not texts[at].rstrip().endswith(":"))
    if not in_item and items[:1] == [at + 1]:
        return list(range(at + 1, items[-1] + 1))
    heading = HEADING.sub("", texts[at])
    return [at + 1] if heading and context.endswith(heading) and at + 1 < len(texts) else []


def speaker_of(at: int, texts: Sequence[str]) -> int | None:
    """The sentence that names who says what stands at `at`: that one or the nearest before it; None where none does."""
    return next((i for i in range(at, -1, -1) if SAYS.search(texts[i])), None)


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
    kind, asked = kind_expected(query.question), frozenset(word.lower() for word in WORD.findall(query.question))
    offered = [offers(passage.text[s - passage.start : e - passage.start], kind, asked) for s, e in passage.sentences]
    return np.asarray(near @ weights + OFFERS * np.array(offered), dtype=np.float32)
