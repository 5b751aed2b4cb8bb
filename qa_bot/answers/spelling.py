"""Typing errors, corrected against the documents' own words."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa_bot.index.bert import Encoded
from qa_bot.index.lexical import LexicalIndex, terms
from qa_bot.index.words import WORD

SHORTEST = 4
"""Letters of a word that is corrected at all; of twice as many, two errors are."""


def corrected(question: str, encoded: Encoded, lexical: LexicalIndex) -> str:
    """The question with words that are neither the documents' nor the model's replaced by the documents' nearest.

    A word that the model's vocabulary has whole is a word, though these documents lack it: it stays as it is.
    """
    whole = set(encoded.spans)
    parts, at = [], 0
    for match in WORD.finditer(question):
        word = match[0]
        known = match.span() in whole or any(lexical.holds(t) for t in terms(word))
        if len(word) >= SHORTEST and word.isalpha() and not known and terms(word):
            parts += [question[at : match.start()], nearest(word, lexical)]
            at = match.end()
    return "".join([*parts, question[at:]])


def nearest(word: str, lexical: LexicalIndex) -> str:
    """The documents' word with the fewest letters different, missing, added or swapped; the word itself where none is near."""
    lower = word.lower()
    most = 2 if len(word) >= 2 * SHORTEST and word.islower() else 1
    often = dict(lexical.written_with(lower[0]))
    near = process.extract(lower, list(often), scorer=OSA.distance, score_cutoff=most, limit=20)
    if not near:
        return word
    best, *_ = min(near, key=lambda found: (found[1], -often[found[0]]))
    return best.capitalize() if word[0].isupper() else best
