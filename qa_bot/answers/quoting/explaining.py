"""Why a passage was quoted and how sure the answer is, in words that need no knowledge of how it works.

Nothing is computed here: the figures are the parts of the score and of the confidence.
"""

from typing import Literal

import numpy as np

from qa_bot.answers.model import Explanation, WordMatch, parts
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.query import Query
from qa_bot.index.passage_vectors import embedded_text

CLOSE = 0.65
"""A word of the passage with at least this cosine to a word of the question is shown as close to it. Set by hand; for
display only."""

SCORE = {
    "meaning": "the passage as a whole means something like the question",
    "words": "it, or what its document is about, has words of the question, rare ones counting most",
    "closeness": "word by word it comes close to the question",
    "elsewhere": "a name in the question belongs to other documents, not to this one",
    "clause": "it has the numbered part of a text that the question is about",
    "last document": "its document was quoted last, and the question may go on about it",
    "quote": "it was quoted last, and the question asks about that",
    "field": "a field at the head of its document, such as the title, fits the question",
    "residue": "it looks like page furniture: a footer, a teaser, a menu",
    "newer": "the question is about now, and the document is among the newer ones",
    "era": "the document is of the time that the question asks about",
}
"""What may add to or take from a passage's score."""


def why_quoted(query: Query, hit: Hit) -> Explanation:
    """What the passage was ranked by."""
    return Explanation(
        words=word_matches(query, hit),
        cosine=round(hit.cosine, 4),
        lexical=round(hit.lexical, 4),
        closeness=round(hit.closeness, 4),
        parts=parts(hit.parts, SCORE),
    )


def word_matches(query: Query, hit: Hit) -> tuple[WordMatch, ...]:
    """The query's content words, in order, and how the passage meets each."""
    found, passage = hit.found, hit.found.passage
    said = embedded_text(passage.title, passage.context, passage.text)
    own = set(query.question.terms)
    met: list[WordMatch] = []
    for (term, _), near in zip(query.word_terms, hit.similarities, strict=True):
        nearest = int(np.argmax(near)) if len(near) else -1
        closest = said[slice(*found.spans[nearest])] if 0 <= nearest < len(found.spans) else ""
        similarity = round(float(near[nearest]), 4) if closest else 0.0
        how: Literal["said", "document", "close", "missing"]
        if found.counts[term]:
            how = "said"
        elif term in found.names or term in found.subject:
            how = "document"
        else:
            how = "close" if similarity >= CLOSE else "missing"
        met.append(WordMatch(query.written.get(term, term), term in own, how, closest, similarity))
    return tuple(met)
