"""Typing errors, corrected against the documents' own words."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa_bot.index.engines import TermIndex
from qa_bot.language.analysis import word_terms, words_in
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.language.unspaced import is_unspaced
from qa_bot.models.encoder import Encoded

LONG = 6
"""A word with fewer letters is not looked for in the other spelling ("four" is not "for")."""
SHORTEST = 4
"""A word with fewer letters is not corrected; one with so many, not by a changed letter.
In a word of at least twice as many letters, two errors are corrected."""


def corrected(question: str, encoded: Encoded, lexical: TermIndex) -> str:
    """The question, each word that the documents lack replaced by the nearest word of the documents.

    A word that the model's vocabulary has whole is no typing error, even where the documents lack the word. Only its
    British or American spelling may replace such a word. `encoded` is the question as the model reads it.
    """
    parts, at = [], 0
    for word, (start, end), its in words_in(question, lexical.language):
        if len(word) < SHORTEST or not word.isalpha() or is_unspaced(word) or not its or any(map(lexical.holds, its)):
            continue
        instead = overseas(word, lexical)
        if instead is None and not is_word(word, (start, end), encoded, lexical.language):
            instead = apart(word, lexical) or nearest(word, lexical)
        if instead is not None:
            parts += [question[at:start], instead]
            at = end
    return "".join([*parts, question[at:]])


def overseas(word: str, lexical: TermIndex) -> str | None:
    """The word as the other side of the Atlantic spells it, where the documents have it so; None where not."""
    lower = word.lower()
    for one, other in (
        pair for british, american in lexical.language.spellings for pair in ((british, american), (american, british))
    ):
        at = lower.rfind(one)
        if at > 0 and len(word) >= LONG and held(instead := lower[:at] + other + lower[at + len(one) :], lexical):
            return instead.capitalize() if word[0].isupper() else instead
    return None


def apart(word: str, lexical: TermIndex) -> str | None:
    """The word as two words of the documents ("multiagency"); None where it is not, or is a name."""
    if not word.islower():
        return None
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        if held(word[:at], lexical) and held(word[at:], lexical):
            return f"{word[:at]} {word[at:]}"
    return None


def held(word: str, lexical: TermIndex) -> bool:
    """Whether the documents have the word in any inflected form."""
    return any(lexical.holds(term) for term in word_terms(word, lexical.language))


def is_word(word: str, span: tuple[int, int], encoded: Encoded, language: Language = ENGLISH) -> bool:
    """Whether the model's vocabulary has the word whole, or but for an ending."""
    pieces = [(s, e) for s, e in encoded.spans if span[0] <= s and e <= span[1]]
    if len(pieces) == 1:
        return True
    if len(pieces) != 2:
        return False
    stem, ending = pieces[0][1] - span[0], word[pieces[1][0] - span[0] :].lower()
    return ending in language.endings and stem >= SHORTEST - (ending == "s")


def another_word(short: str, near: str) -> bool:
    """Whether a letter was changed: of a short word that makes another word ("wiki" for "wifi"), not a typing error."""
    return len(short) == len(near) and sorted(short) != sorted(near)


def nearest(word: str, lexical: TermIndex) -> str:
    """The documents' word with the fewest letters different, missing, added or swapped; the word itself where none is near."""
    lower = word.lower()
    most = 2 if len(word) >= 2 * SHORTEST and word.islower() else 1
    often = dict(lexical.written_with(lower[0]))
    near = process.extract(lower, list(often), scorer=OSA.distance, score_cutoff=most, limit=20)
    near = [found for found in near if len(word) > SHORTEST or not another_word(lower, found[0])]
    if not near:
        return word
    best, *_ = min(near, key=lambda found: (found[1], not found[0].startswith(lower), -often[found[0]]))
    return best.capitalize() if word[0].isupper() else best
