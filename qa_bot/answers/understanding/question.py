"""A question as it is read, once: whatever the later stages ask of its words is worked out here and handed down."""

import re
from dataclasses import dataclass, field
from datetime import date

from qa_bot.answers.understanding.answer_type import answer_type_of, asks_exactly
from qa_bot.answers.understanding.clauses import Clause, clause_in
from qa_bot.answers.understanding.names import is_caseless, names_in, unknown_names
from qa_bot.answers.understanding.timeframe import Era, bound_years, era_of
from qa_bot.index.engines import TermIndex
from qa_bot.language.analysis import WORD, terms, word_terms
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import AnswerType, Language

VERSION = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+)(?!\w)")
"""A version number of two or more parts, without its "v"."""
NUMBER = re.compile(r"(?<![^\W_])\d+(?:[.,:/]\d+)*(?![^\W_])")
"""A number, a year, a date or a version."""


@dataclass(frozen=True, slots=True)
class Point:
    """The text that asks: the sentence of a question that asks, or a question with the questions before it."""

    text: str
    terms: tuple[str, ...]
    """In order."""
    answer_type: AnswerType | None
    """The kind of thing that would answer; None where any sentence may."""
    exact: bool
    """Whether something exact is asked for: a person, a time, a number, a name, a price."""
    numbers: tuple[str, ...]
    """Numbers, years and versions, as written."""
    unknown: tuple[str, ...]
    """Names that no document has, as written."""

    @classmethod
    def read(cls, text: str, lexical: TermIndex) -> "Point":
        """The point of this text over the documents of `lexical`."""
        language = lexical.language
        kind = answer_type_of(text, language)
        return cls(
            text=text,
            terms=tuple(terms(text, language)),
            answer_type=kind,
            exact=asks_exactly(text, kind, language),
            numbers=tuple(NUMBER.findall(text)),
            unknown=tuple(unknown_names(text, lexical)),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its typing errors corrected; also a turn of a conversation."""

    text: str
    words: tuple[str, ...]
    """As written, in order."""
    small_words: frozenset[str]
    """The words in lower case: a sentence that only repeats these does not answer."""
    terms: tuple[str, ...]
    """In order, as the index has them."""
    names: tuple[str, ...]
    """The words that name documents, as written."""
    name_terms: frozenset[str]
    point: Point
    """The sentence that asks."""
    parts: tuple[frozenset[str], ...]
    """The terms of each question, where the text holds several ("Who …, and when …?"); else of the whole."""
    versions: tuple[str, ...]
    """Version numbers ("4.1")."""
    bound_years: frozenset[str]
    """Years that only bound the time asked about: "before 2019" is not about 2019."""
    era: Era | None
    """The time asked about, where the question says so ("before 2019", "last year")."""
    clause: Clause | None
    """The numbered part of a text that the question is about ("clause 4.2")."""
    about_now: bool
    """Whether the question asks how things are by the newest document."""
    new_subject: bool
    """Whether the question announces that it has nothing to do with the last one."""
    language: Language = field(compare=False, repr=False)
    """Of the documents."""
    caseless: bool
    """Whether capitals mark no names, as all letters are small or all are capitals."""

    @classmethod
    def read(cls, text: str, lexical: TermIndex, today: date | None = None) -> "Question":
        """The question with this text over the documents of `lexical`; `today` is what "last year" counts from."""
        words, names = WORD.findall(text), names_in(text, lexical)
        language = lexical.language
        its = terms(text, language)
        parts = language.second_question.split(text)
        return cls(
            text=text,
            words=tuple(words),
            small_words=frozenset(word.lower() for word in words),
            terms=tuple(its),
            names=tuple(names),
            name_terms=frozenset(t for name in names for t in word_terms(name, language)),
            point=Point.read(main_sentence(text, language), lexical),
            parts=tuple(
                part for said in parts if (part := frozenset(its if len(parts) == 1 else terms(said, language)))
            ),
            versions=tuple(VERSION.findall(text)),
            bound_years=frozenset(bound_years(text, language)),
            era=era_of(text, today or date.today(), language),
            clause=clause_in(text, language),
            about_now=bool(language.current.search(text)),
            new_subject=bool(language.new_subject.search(text)),
            language=language,
            caseless=is_caseless(text),
        )


def asks_nothing(text: str, language: Language = ENGLISH) -> bool:
    """Whether the text is no question at all, only a greeting, a word of thanks or a command."""
    return not text.strip() or bool(language.asks_nothing.fullmatch(text))


def main_sentence(question: str, language: Language = ENGLISH) -> str:
    """The sentence that asks, where the others only tell a story; the whole question where none or no other does."""
    sentences = language.sentence_end.split(language.new_subject.sub("", question).strip(" ,;:.-") or question)
    sentences = [s for s in sentences if s.strip()] or [question]
    if len(sentences) == 1:
        return sentences[0]
    asking = [s for s in sentences if s.endswith("?") and len(terms(s, language)) > 1]
    return asking[-1] if asking else question
