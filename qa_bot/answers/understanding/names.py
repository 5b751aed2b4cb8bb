"""Names in a question: the words that tell some documents from others (who, where, when, which version)."""

import re

from qa_bot.index.engines import TermIndex
from qa_bot.language.analysis import words_in
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
        for word, _, its in words_in(question, lexical.language)
        if YEAR.fullmatch(word)
        or word in unknown
        or ((small or word[0].isupper() or word[0].isdigit()) and any(map(lexical.name_idf, its)))
    ]


def unknown_names(question: str, lexical: TermIndex) -> list[str]:
    """The capitalised words inside a sentence of the question that no document has; none where all is in capitals."""
    if question.isupper():
        return []
    return [
        word
        for word, at, its in words_in(question, lexical.language)
        if word[0].isupper()
        and question[: at.start].rstrip(" \"'“‘(")[-1:] not in ("", ".", "?", "!", ":")
        and its
        and word.lower() not in lexical.language.articles
        and not any(map(lexical.holds, its))
    ]


def calmed(question: str, lexical: TermIndex) -> str:
    """The question, its stop words in capitals written small where no document has them as names: they are only stressed.

    "Is it NOT free?" is no question about NOT. "Who works in IT?" is one about IT, whether or not the documents know of IT.
    """
    language, parts, at = lexical.language, [], 0
    for word, (start, end), its in words_in(question, language):
        small = word.lower()
        stressed = len(word) > 1 and word.isupper() and small not in language.never_stressed
        known = not its or any(map(lexical.holds, its))
        if not known and small in language.stop_words and (stressed or small in language.articles):
            parts += [question[at:start], small]
            at = end
    return "".join([*parts, question[at:]])


def is_caseless(question: str) -> bool:
    """Whether all letters are small or all are capitals, so that capitals mark no names."""
    return question in (question.lower(), question.upper())


def kind_of_name(name: str, language: Language = ENGLISH) -> str:
    """Either "time", for months and numbers, or "name": a later name replaces an earlier name of the same kind."""
    return "time" if name[0].isdigit() or name.capitalize() in language.months else "name"
