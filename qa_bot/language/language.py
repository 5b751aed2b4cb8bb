"""What the program has to know of a language. Another module makes one record for each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AnswerType = Literal["number", "time", "person", "place", "reason"]
"""The kinds of things that questions ask for."""
NAMED: tuple[AnswerType, ...] = ("person", "place")
"""Kinds of things that have names, which are written with a capital."""
YEAR = r"[12]\d{3}"
"""A regular expression for a year in prose."""
DOCUMENT_YEAR = r"(?:1[5-9]|20)\d\d"
"""A regular expression for the year of a document: from 1500 to 2099."""

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The words and patterns of one language. All words are in lower case unless said otherwise."""

    name: str
    """As the index's manifest has it ("english")."""

    # Terms and sentences
    stop_words: frozenset[str]
    """Words too common to tell one passage from another."""
    contracted: Pattern
    """Matches what follows a word to which another is stuck ("'t", "'ll")."""
    stop_names: frozenset[str]
    """Stop words that people, places or months are called, too."""
    half_days: frozenset[str]
    """Stop words behind a time of day ("9 AM")."""
    never_stressed: frozenset[str]
    """Stop words that stand in capitals only as names."""
    small_in_titles: frozenset[str]
    """Words without a capital in a heading in which the others have one."""
    maybe_noun: Pattern
    """Matches a space or hyphen and a pronoun or verb, group 1, that may be a noun."""
    articles: frozenset[str]
    """Words that neither a pronoun nor a verb can follow."""
    before_month: frozenset[str]
    """Words that a month can follow and no verb."""
    stemmer: str
    """The name of tantivy's stemmer."""
    segmenter: str
    """The code by which sentencex knows the language ("en")."""
    never_last: frozenset[str]
    """Abbreviations that end no sentence, without their full stop."""
    before_number: frozenset[str]
    """Abbreviations that end no sentence when a number follows."""
    endings: frozenset[str]
    """Endings that may follow a word of the model's vocabulary."""
    spellings: tuple[tuple[str, str], ...]
    """Pairs of letters by which the same words are spelt in two ways."""

    # Times
    months: tuple[str, ...]
    """The twelve names, as written, January first."""
    month_forms: tuple[tuple[str, str] | tuple[str, str, str], ...]
    """For each month its name and its abbreviations, as written, without full stops."""
    weekday: Pattern
    """Matches a word that is a day of the week, in full or abbreviated."""
    worded_date: Pattern
    """Matches a date with the month in words."""
    month_and_year: Pattern
    """Matches a month in words with its year."""
    between_date_words: Pattern
    """Matches what stands between the parts of such a date and tells nothing."""
    changed: Pattern
    """Matches words of a line that tells when a page was changed."""
    clock: Pattern
    """Matches a time of day, which may stand beside a date."""
    current: Pattern
    """Matches words that ask for how things stand now."""
    before: Pattern
    """Matches words for the time before a year, which is group 1."""
    after: Pattern
    """Matches words for the time from a year on, which is group 1."""
    relative: Pattern
    """Matches a year named by its relation to today, which is group 1."""
    years_ago: Mapping[str, int]
    """How many years before this one each relation means."""

    # Questions
    kinds: Mapping[AnswerType, Pattern]
    """Match the words that ask for each kind of thing."""
    answers: Mapping[AnswerType, Pattern]
    """Match things of each kind in a sentence."""
    signs: Mapping[AnswerType, Pattern]
    """Match the vaguest signs of each kind: a sentence without any does not tell what was asked for."""
    no_number: Pattern
    """Matches digits that count nothing: a date, a list's numbering."""
    clause: Pattern
    """Matches a numbered part of a text as a question names it: groups `number` and `points` ("4.2", "(b)")."""
    clause_verbs: frozenset[str]
    """Words of a question that asks what such a part says, and for nothing in particular."""
    may: Pattern
    """Matches words that ask whether or how one may do something."""
    exact: Pattern
    """Matches words that ask for something exact."""
    price: Pattern
    """Matches a question for an amount of money."""
    pointing: Pattern
    """Matches words by which a question leans on what was said before."""
    referring: Pattern
    """Matches words that stand for what was spoken of before."""
    dangling: Pattern
    """Matches such words that cannot stand for nothing."""
    asks_nothing: Pattern
    """Matches the whole of a greeting, a word of thanks or a command."""
    defining: Pattern
    """Matches the beginning of a question that asks what a name is."""
    new_subject: Pattern
    """Matches the announcement of a new subject."""
    second_question: Pattern
    """Matches what stands before a second question in a question."""
    sentence_end: Pattern
    """Matches what stands between the sentences of a question."""
    asking: Pattern
    """Matches the beginning of a heading that is a question."""
    what_is_said: str
    """A question about any subject, with {} in the subject's place."""
    saying: frozenset[str]
    """Words that ask about a quote, or are only polite, and say nothing of the subject."""
    field_questions: tuple[tuple[Pattern, Pattern], ...]
    """Pairs: matches what asks for a fact about a document; matches the names of the fields that tell it."""
    hollow: frozenset[str]
    """Words that are never reported as missing."""

    # Speech and pages
    says: Pattern
    """Matches a name with a verb of saying."""
    said: Pattern
    """Matches somebody without a name who says something."""
    question_label: Pattern
    """Matches what a question of a list of questions and answers begins with ("Q:")."""
    answer_label: Pattern
    """Matches what its answer begins with ("A:")."""
    speaking: Pattern
    """Matches words of a question about what somebody says or thinks."""
    no_speakers: frozenset[str]
    """Words that a label has in the place of a speaker."""
    tells_of_list: Pattern
    """Matches words by which a whole sentence leads in to the list below it ("as follows")."""
    long_name: Pattern
    """Matches a name of several words inside a sentence."""
    greeting: Pattern
    """Matches the beginning of a letter."""
    contact: Pattern
    """Matches a postal, e-mail or web address, or a telephone number."""
    copyright: Pattern
    """Matches words of a footer that tells who owns the page."""
    page_number: Pattern
    """Matches the number of a printed page, from the start of a line."""
    tells_nothing: frozenset[str]
    """Words of file names that tell nothing of what is in the file."""
    title_fields: tuple[str, ...]
    """Fields of front matter that hold the title, the surest first. The field `title` is one in every language."""
    date_fields: tuple[str, ...]
    """Fields of front matter that hold the date, the surest first. The field `date` is one in every language."""
