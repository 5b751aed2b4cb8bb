"""Names in a question: the words that tell some documents from others (who, where, when, which version)."""

import re

from qa_bot.index.engines import TermIndex
from qa_bot.language.analysis import WORD, word_terms
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import YEAR as A_YEAR
from qa_bot.language.language import Language

YEAR = re.compile(A_YEAR)


def names_in(question: str, lexical: TermIndex) -> list[str]:
    """The words of the question that name some documents and not others, as written.

    A writer who uses capitals writes names with capitals. In a question without capitals any word that is a name in the
    documents counts as one. A year is always a name. A name that no document has is a name too: that name replaces the
    name asked about before, and nothing answers.
    """
    small = is_caseless(question)
    unknown = unknown_names(question, lexical)
    return [
        word
        for word in WORD.findall(question)
        if YEAR.fullmatch(word)
        or word in unknown
        or (
            (small or word[0].isupper() or word[0].isdigit())
            and any(lexical.name_idf(t) for t in word_terms(word, lexical.language))
        )
    ]


def unknown_names(question: str, lexical: TermIndex) -> list[str]:
    """The capitalised words inside a sentence of the question that no document has; none where all is in capitals."""
    if question.isupper():
        return []
    return [
        m[0]
        for m in WORD.finditer(question)
        if m[0][0].isupper()
        and question[: m.start()].rstrip(" \"'“‘(")[-1:] not in ("", ".", "?", "!", ":")
        and (its := word_terms(m[0], lexical.language))
        and not any(lexical.holds(t) for t in its)
    ]


def is_caseless(question: str) -> bool:
    """Whether all letters are small or all are capitals, so that capitals mark no names."""
    return question in (question.lower(), question.upper())


def kind_of_name(name: str, language: Language = ENGLISH) -> str:
    """Either "time", for months and numbers, or "name": a later name replaces an earlier name of the same kind."""
    return "time" if name[0].isdigit() or name.capitalize() in language.months else "name"
