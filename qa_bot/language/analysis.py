"""Words and terms: how a text is cut for exact matching.

A text is prepared before its terms are taken: stop words that are names are kept, and writing without spaces is cut.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple

import tantivy

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.language.letters import BREAK, INVISIBLE, folded
from qa_bot.language.stop_names import listed_names, stop_names
from qa_bot.language.unspaced import RUN, characters, is_unspaced, paired, pairs
from qa_bot.span import Span

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
)
"""Accents, points and vowel signs that are characters of their own, behind their letter (`\\w` has none of them)."""
WORD = re.compile(rf"[^\W_]+(?:(?:{BREAK}|[{_MARKS}{INVISIBLE}])[^\W_]*)*")
"""A run of letters and digits, with what stands inside a word and is none."""


WIDE = ord("ａ") - ord("a")
"""From a letter to its wide form."""


class Word(NamedTuple):
    """A word of a text, where it stands, and its terms there: none for a stop word."""

    text: str
    at: Span
    terms: tuple[str, ...]


def word_spans(text: str) -> list[Span]:
    """Where the words of a text stand: runs of letters and digits; in writing without spaces, each character."""
    spans = [Span(*match.span()) for match in WORD.finditer(text)]
    return [part for span in spans for part, _ in _divided(text, span)] if is_unspaced(text) else spans


def _divided(text: str, word: Span) -> Iterator[tuple[Span, str]]:
    """The characters of a word that is written without spaces, each with the pair that it begins, and what is between them.

    The last character of a run has the pair that it ends.
    """
    at = word.start
    for run in RUN.finditer(text, word.start, word.end):
        if run.start() > at:
            yield Span(at, run.start()), text[at : run.start()]
        at, both = run.start(), pairs(run[0])
        for character, pair in zip_longest(characters(run[0]), both, fillvalue=both[-1]):
            yield Span(at, at + len(character)), pair
            at += len(character)
    if at < word.end:
        yield Span(at, word.end), text[at : word.end]


@cache
def analyzer(language: Language = ENGLISH) -> tantivy.TextAnalyzer:
    """Runs of letters and digits, lower case, stop words dropped, accents folded, stemmed by the rules of the language.

    Stop words are dropped before wide letters are folded, so that `prepared` can keep one of them. "Won't" is one word here,
    which is how it is told from "won".
    """
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+(?:['’][tT]\b)?"))
        .filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.custom_stopword(sorted(language.stop_words)))
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer(language.stemmer))
        .build()
    )


def prepared(text: str, language: Language = ENGLISH) -> str:
    """The text as the analyzer is to have it; for its terms alone, never shown."""
    text = folded(text)
    return paired(_kept(text, stop_names(text, language)))


def prepared_names(words: str, language: Language = ENGLISH) -> str:
    """The same for a list of names."""
    words = folded(words)
    return paired(_kept(words, listed_names(words, language)))


def _kept(text: str, spans: Iterable[Span]) -> str:
    """The text, the first letter of each of these words a wide one: no stop word any more, and the same term."""
    for start in {span.start for span in spans}:
        text = f"{text[:start]}{chr(ord(text[start].lower()) + WIDE)}{text[start + 1 :]}"
    return text


def terms(text: str, language: Language = ENGLISH) -> list[str]:
    """The terms of a text, in order, as the index holds them."""
    found: list[str] = analyzer(language).analyze(prepared(text, language))
    return found


def name_terms(words: str, language: Language = ENGLISH) -> list[str]:
    """The terms of a list of names, in order."""
    found: list[str] = analyzer(language).analyze(prepared_names(words, language))
    return found


@lru_cache(maxsize=20_000)
def word_terms(word: str, language: Language = ENGLISH) -> tuple[str, ...]:
    """The terms of a single word, kept: the turns of a conversation say the same words again and again.

    A stop word with a capital is taken for a name here; `words_in` knows better, for it sees what is around.
    """
    word = folded(word)
    kept = [Span(0, len(word))] if word[:1].isupper() and word[:1].isascii() else []
    found: list[str] = analyzer(language).analyze(paired(_kept(word, kept)))
    return tuple(found)


def words_in(text: str, language: Language = ENGLISH) -> list[Word]:
    """The words of a text, in order, with their terms; in writing without spaces, its characters."""
    names = {span.start for span in stop_names(text, language)}
    found: list[Word] = []
    for match in WORD.finditer(text):
        word, at = match[0], Span(*match.span())
        if is_unspaced(word):
            found += [Word(text[slice(*part)], part, word_terms(pair, language)) for part, pair in _divided(text, at)]
        elif at.start in names:
            found.append(Word(word, at, word_terms(word.capitalize(), language)))
        else:
            cut = text[at.start : at.end + len("'t")].lower() in language.stop_words
            found.append(Word(word, at, () if cut else word_terms(word.lower(), language)))
    return found


@cache
def plain_analyzer() -> tantivy.TextAnalyzer:
    """The words as they are written, in lower case."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+"))
        .filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .build()
    )
