"""Why a passage was quoted and how sure the answer is, in words that need no knowledge of how it works.

Nothing is reckoned here: the figures are those that the score and the confidence were made of.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from qa_bot.answers.confidence import contributions
from qa_bot.answers.conversation import Query
from qa_bot.answers.evidence import Evidence
from qa_bot.answers.model import Explanation, Part, WordMatch
from qa_bot.answers.retrieval import Hit
from qa_bot.index.lexical import terms
from qa_bot.index.passage_vectors import embedded_text
from qa_bot.index.words import WORD

CLOSE = 0.65
"""A word of the passage this near (cosine) to one of the question is shown as close to it."""

SCORE = {
    "meaning": "the passage as a whole means something like the question",
    "words": "it, or what its document is about, has words of the question, rare ones counting most",
    "closeness": "word by word it comes close to the question",
    "elsewhere": "a name in the question belongs to other documents, not to this one",
    "subject": "its document was quoted last, and the question may go on about it",
    "quote": "it was quoted last, and the question asks about that",
    "residue": "it looks like page furniture: a footer, a teaser, a menu",
    "newer": "the question is about now, and the document is among the newer ones",
    "era": "the document is of the time that the question asks about",
}
"""What may add to or take from a passage's score."""
CONFIDENCE = {
    "gap": "the best passage stands out from the other good ones",
    "lead": "one sentence of it stands out from the rest",
    "matched": "the question's own words are met, or nearly so",
    "halfway": "words of the question are met by others of a like meaning",
    "about": "the sentence that comes nearest speaks of what was asked and of little else",
    "strays": "a name or number in the question stands nowhere in these documents",
    "foreign": "a name in the question belongs to other documents than the best passage's",
    "asks": "it asks for something exact (who, when, where, how many, a name), which a passage on the subject may leave out",
    "uncounted": "it asks for a number, and the sentence that comes nearest has none",
    "returns": "the question is about the quote just shown",
    "size": "these are many documents, and among many something comes near to any question",
    "sized_cosine": "among these many documents, the best one means much like the question",
    "sized_weakest": "among these many documents, the best one comes near to every word of the question",
    "sized_matched": "among these many documents, the question's own words are met in one",
    "sized_follows": "the question follows others, so that its own words need not all be met",
}
"""What speaks for or against an answer being there."""


def why_quoted(query: Query, hit: Hit) -> Explanation:
    """What the passage was ranked by."""
    return Explanation(
        words=word_matches(query, hit),
        cosine=round(hit.cosine, 4),
        lexical=round(hit.lexical, 4),
        closeness=round(hit.closeness, 4),
        parts=parts(hit.parts, SCORE),
    )


def why_sure(evidence: Evidence | None) -> tuple[Part, ...]:
    """What the confidence was weighed from."""
    return () if evidence is None else parts(contributions(evidence), CONFIDENCE)


def parts(counted: Mapping[str, float], meaning: Mapping[str, str]) -> tuple[Part, ...]:
    """Those that count for anything, the weightiest first; what has no words of its own here goes by its name."""
    found = [Part(name, value, meaning.get(name, name.replace("_", " "))) for name, value in counted.items()]
    return tuple(sorted((p for p in found if p.counts), key=lambda part: -abs(part.counts)))


def word_matches(query: Query, hit: Hit) -> tuple[WordMatch, ...]:
    """The query's content words, in order, and how the passage meets each."""
    found, passage = hit.found, hit.found.passage
    written = {term: word for word in reversed(WORD.findall(query.searched)) for term in terms(word)}
    said = embedded_text(passage.title, passage.context, passage.text)
    own = set(terms(query.question))
    met: list[WordMatch] = []
    for (term, _), near in zip(query.word_terms, hit.similarities, strict=True):
        nearest = int(np.argmax(near)) if len(near) else -1
        closest = said[slice(*found.spans[nearest])] if 0 <= nearest < len(found.spans) else ""
        similarity = round(float(near[nearest]), 4) if closest else 0.0
        how: Literal["said", "document", "close", "missing"]
        if found.counts[term]:
            how = "said"
        elif term in found.names or term in found.scope:
            how = "document"
        else:
            how = "close" if similarity >= CLOSE else "missing"
        met.append(WordMatch(written.get(term, term), term in own, how, closest, similarity))
    return tuple(met)
