"""How sure the answer is, in words that need no knowledge of how the confidence is reckoned."""

from qa_bot.answers.model import Part, parts
from qa_bot.answers.refusing.confidence import contributions
from qa_bot.answers.refusing.evidence import Evidence

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
    "words": "read with the question, the best passages have words that answer, or have none",
}
"""What speaks for or against an answer being there."""


def why_sure(evidence: Evidence | None, words: float | None = None) -> tuple[Part, ...]:
    """What the confidence was weighed from; the arguments are those of `confidence`."""
    return () if evidence is None else parts(contributions(evidence, words), CONFIDENCE)
