"""Words and terms: how a text is cut for exact matching."""

import re
from functools import cache, lru_cache

import tantivy

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.span import Span

WORD = re.compile(r"[^\W_]+")


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
    found: list[str] = analyzer(language).analyze(text)
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
