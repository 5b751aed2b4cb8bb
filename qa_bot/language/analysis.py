"""Words and terms: how a text is cut for exact matching."""

import re
from functools import cache, lru_cache

import tantivy

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.language.letters import BREAK, INVISIBLE, folded
from qa_bot.span import Span

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
)
"""Accents, points and vowel signs that are characters of their own, behind their letter (`\\w` has none of them)."""
WORD = re.compile(rf"[^\W_]+(?:(?:{BREAK}|[{_MARKS}{INVISIBLE}])[^\W_]*)*")
"""A run of letters and digits, with what stands inside a word and is none."""


def word_spans(text: str) -> list[Span]:
    """Where the words of a text stand: runs of letters and digits, as the lexical index has them."""
    return [Span(*match.span()) for match in WORD.finditer(text)]


@cache
def analyzer(language: Language = ENGLISH) -> tantivy.TextAnalyzer:
    """Runs of letters and digits, lower case, accents folded, stop words dropped, stemmed by the rules of the language."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+"))
        .filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.custom_stopword(sorted(language.stop_words)))
        .filter(tantivy.Filter.stemmer(language.stemmer))
        .build()
    )


def terms(text: str, language: Language = ENGLISH) -> list[str]:
    """The terms of a text, in order, as the index holds them."""
    found: list[str] = analyzer(language).analyze(folded(text))
    return found


@lru_cache(maxsize=20_000)
def word_terms(word: str, language: Language = ENGLISH) -> tuple[str, ...]:
    """The terms of a single word, kept: the turns of a conversation say the same words again and again."""
    return tuple(terms(word, language))


@cache
def plain_analyzer() -> tantivy.TextAnalyzer:
    """The words as they are written, in lower case."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+"))
        .filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .build()
    )
