"""Typing errors, corrected against the documents' own words."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa_bot.index.bert import Encoded
from qa_bot.index.lexical import LexicalIndex, terms
from qa_bot.index.words import WORD

ENDINGS = frozenset(
    ["s", "es", "d", "ed", "r", "er", "ers", "st", "est", "ing", "ings", "ly", "al", "y", "n", "less", "ness"]
)
"""What may follow a word of the model's vocabulary ("smear" and "ing")."""
SHORTEST = 4
"""Letters of a word that is corrected at all; of twice as many, two errors are."""


def corrected(question: str, encoded: Encoded, lexical: LexicalIndex) -> str:
    """The question with words that are neither the documents' nor the model's replaced by the documents' nearest.

    A word that the model's vocabulary has whole is a word, though these documents lack it: it stays as it is.
    """
    parts, at = [], 0
    for match in WORD.finditer(question):
        word = match[0]
        unknown = (
            terms(word) and not any(lexical.holds(t) for t in terms(word)) and not is_word(word, match.span(), encoded)
        )
        if len(word) >= SHORTEST and word.isalpha() and unknown:
            parts += [question[at : match.start()], nearest(word, lexical)]
            at = match.end()
    return "".join([*parts, question[at:]])


def is_word(word: str, span: tuple[int, int], encoded: Encoded) -> bool:
    """Whether the model's vocabulary has the word whole, or but for an ending."""
    pieces = [(s, e) for s, e in encoded.spans if span[0] <= s and e <= span[1]]
    if len(pieces) == 1:
        return True
    if len(pieces) != 2:
        return False
    stem, ending = pieces[0][1] - span[0], word[pieces[1][0] - span[0] :].lower()
    return ending in ENDINGS and stem >= SHORTEST - (ending == "s")


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
