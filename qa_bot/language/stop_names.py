"""Stop words that are names: IT and US, Will and May, block A.

A stop word is dropped because it tells no passage from another. Written as a name it does tell, and case shows which of the
two is meant. A stop word is a name where it stands

- in capitals among words that are not ("the US office"),
- as a single capital inside a sentence ("block A"); "I" is never a name,
- with a capital inside a sentence or before another name, if people, places or months are called so ("said Will"),
- after a word that no pronoun and no verb can follow ("the us office", "in may", "the will").

A line in capitals, and a heading in which every word has one, tell nothing by their case.
"""

import re
from collections.abc import Iterator

from qa_bot.language.language import Language
from qa_bot.span import Span

CAPITAL = re.compile(r"[A-Z](?:[A-Z]+|[a-z]{1,5}|)(?![^\W_])")
"""A short word with a capital, or all in capitals."""
BEGINS = re.compile(r"(?:\A|[\n.!?:;|•*#>–—]|\d[.)])[\s\"'“‘(\[*_#>-]*\Z")
"""What stands before the first word of a sentence."""
NAME_FOLLOWS = re.compile(r" (?:\d|[A-Z][^\W_]|[A-Z]\. [A-Z])")
"""What follows the first word of a sentence that is the beginning of a name or a date."""
WORDS = re.compile(r"[^\W\d_]+")
SHORT = 3
"""Letters. A line in capitals with a longer word is shouted: acronyms side by side are hardly longer."""
SMALL_WORD = re.compile(r"(?<![^\W_])[a-z][^\W_]*")
LOOK_BACK = 16
"""Characters before a word that are looked at."""


def stop_names(text: str, language: Language) -> Iterator[Span]:
    """Where the stop words of a text stand that are names, in no order."""
    for match in CAPITAL.finditer(text):
        if match[0].lower() in language.stop_words and is_name(text, match.span(), language):
            yield Span(*match.span())
    for match in language.maybe_noun.finditer(text):
        before = text[max(match.start() - LOOK_BACK, 0) : match.start()].split()
        if before and noun_after(before[-1].lower(), match[1].lower(), language):
            yield Span(*match.span(1))


def noun_after(before: str, word: str, language: Language) -> bool:
    """Whether the pronoun or verb must be a noun behind this word; a day of the month stands before a month."""
    month = word.capitalize() in language.months
    return before in language.articles or (month and (before in language.before_month or before[0].isdigit()))


def listed_names(words: str, language: Language) -> Iterator[Span]:
    """The same where the text is a list of names: no sentence is around them."""
    for match in CAPITAL.finditer(words):
        word = match[0].lower()
        if word in language.stop_words and (word in language.stop_names or (len(word) > 1 and match[0].isupper())):
            yield Span(*match.span())


def is_name(text: str, at: Span | tuple[int, int], language: Language) -> bool:
    """Whether the stop word with a capital that stands there is a name."""
    start, end = at
    word, acronym = text[start:end], end - start > 1 and text[start + 1].isupper()
    if word == "I" or (end - start > 1 and not acronym and word.lower() not in language.stop_names):
        return False
    before, after = text[max(start - LOOK_BACK, 0) : start], text[end : end + LOOK_BACK]
    if before[-1:].isalnum() or before[-1:] in ("'", "’") or language.contracted.match(after):
        return False
    if acronym:
        clock = before.rstrip()[-1:].isdigit() and word.lower() in language.half_days
        return not clock and not shouted(line_around(text, start), language)
    if BEGINS.search(before if start > LOOK_BACK else f"\n{before}"):
        return end - start > 1 and bool(NAME_FOLLOWS.match(after)) and not asked(text, end)
    return not in_title_case(line_around(text, start), language)


def in_title_case(line: str, language: Language) -> bool:
    """Whether all words of the line have a capital but those that have none in a title either."""
    return all(word in language.small_in_titles for word in SMALL_WORD.findall(line))


def asked(text: str, at: int) -> bool:
    """Whether the sentence goes on to a question mark: its first word is then a verb ("May Anna come?")."""
    end = re.search(r"[.!?\n]", text[at:])
    return end is not None and end[0] == "?"


def line_around(text: str, at: int) -> str:
    """The line that the offset is on."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def shouted(line: str, language: Language) -> bool:
    """Whether the line is in capitals though its words are no acronyms; a single word is taken for one."""
    if line != line.upper():
        return False
    words = WORDS.findall(line)
    return len(words) > 1 and (
        any(len(word) > SHORT for word in words) or all(word.lower() in language.stop_words for word in words)
    )
