"""Turns: who speaks which sentences of a transcript, an interview, minutes or a script.

A turn begins with a label ("Ann Lee:", "**Ann Lee:**", "ANN LEE." or "<ann>", after a time or a bullet), and all sentences up
to the next label or heading are its speaker's. Who said something is told by the label of the turn that holds the words.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from qa_bot.answers.ranking.labels import Label
from qa_bot.answers.understanding.query import Query
from qa_bot.language.analysis import terms
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.models.encoder import Matrix

_CAPITALS = r"[^\W\d_a-z][^\W\d_a-z .'’-]+(?: [^\W\d_a-z .'’-]+){0,3}"
_TIME = r"[\[(]?\d[\d/.:,\s-]*(?:[ap]m)?[\])]?"
_NAME = r"[^\W\d_][\w'’.-]*(?:,? [^\W\d_][\w'’.-]*){0,5}?"
_ASIDE = rf"(?:\s*(?:\([^()\n]{{1,40}}\)|\[[^\[\]\n]{{1,40}}\]|{_TIME}))?"
TURN = re.compile(
    rf"\s*(?:[-*+•‣◦>–—]+\s+)?(?:{_TIME}\s*[-–—|]?\s*)?"
    rf"(?:(?P<bold>\*\*|__|\*)(?P<strong>{_NAME}){_ASIDE}\s*[:.]?(?P=bold)\s*[:–—-]?|<(?:v )?(?P<nick>[^<>\s][^<>\n]{{0,40}})>"
    rf"|(?P<plain>{_NAME}){_ASIDE}\s*:|(?P<caps>{_CAPITALS})(?:\.(?=\s|\Z)|(?=\s*\n|\s*\Z))"
    rf"|(?P<timed>{_NAME})\s+{_TIME}(?=\s*\n))(?:\s|\Z)"
)
"""The label of a turn, its speaker in one of the groups SPEAKER."""
DOER = re.compile(r"\b([A-Z][\w'’-]+),? (?:(?:has|have|had|was|is|will|then|also) )?([a-z]{2,})\b")
"""A name, group 1, and the verb behind it, group 2."""
SPEAKER = ("strong", "nick", "plain", "caps", "timed")


ENOUGH = 0.7
"""The turn that fits best is taken where it fits at least this share of what the best sentence fits."""
BESIDE = 0.92
"""A second sentence of the turn is marked where it comes at least this near, of what the nearest does."""
_LONGEST_SPEECH = 8
"""Sentences after which nobody looks for the end of a quotation any more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says, as numbers of sentences."""

    speaker: str
    sentences: range
    """The first has the label."""


def turns(texts: Sequence[str], kinds: Sequence[Label | None], language: Language = ENGLISH) -> list[Turn]:
    """The turns of a passage with these sentences and labels; none where nobody's words are labelled."""
    begins = [(at, name) for at, text in enumerate(texts) if (name := speaker_in(text, language))]
    if len(begins) == 1 and begins[0][1].isupper() and texts[begins[0][0]].strip(" .") == begins[0][1]:
        return []  # a heading in capitals
    named = {at for at, _ in begins}
    ends = [at for at, kind in enumerate(kinds) if (kind == "heading" or at in named)]
    return [Turn(name, range(at, next((end for end in ends if end > at), len(texts)))) for at, name in begins]


def speaker_in(text: str, language: Language = ENGLISH) -> str:
    """The speaker whose label the sentence begins with; "" where there is none."""
    found = TURN.match(text)
    if not found:
        return ""
    if nick := found["nick"]:
        return nick
    name = next(found[group] for group in SPEAKER if found[group])
    words = name.replace(",", "").split()
    capital = [word for word in words if word[0].isupper() or not word.islower()]
    known = words[0].lower().rstrip(".") not in language.no_speakers
    return name if known and words[0][0].isupper() and 2 * len(capital) > len(words) else ""


def spoken(
    query: Query, texts: Sequence[str], kinds: Sequence[Label | None], near: Matrix, weights: Matrix
) -> list[int]:
    """For a question about what is said: the label of the turn that holds the words, and the sentence of it with the words.

    "Who said …?" asks for any turn, "What did Ann say …?" for those of Ann; for all other questions empty. `near` is the
    nearness of each sentence to each word of the question, shape (sentences, words), `weights` what each word counts.
    """
    language = query.question.language
    if not language.speaking.search(query.point.text) or not (all_turns := turns(texts, kinds, language)):
        return []
    asked = set(query.point.terms)
    named = [turn for turn in all_turns if asked & set(terms(turn.speaker, language))]
    who = query.point.answer_type == "person"
    among = [turn for turn in all_turns if turn not in named] if who else named
    if not among:
        return []
    fits = [float(near[list(turn.sentences)].max(axis=0, initial=0.0) @ weights) for turn in among]
    best = int(np.argmax(fits))
    own = near @ weights
    if who and fits[best] < ENOUGH * own.max(initial=0.0):
        return []
    said = among[best].sentences
    nearest, *rest = sorted(said, key=lambda i: -own[i])
    return sorted({said[0], nearest, *(i for i in rest[:1] if own[i] >= BESIDE * own[nearest] > 0)})


def speaker_of(at: int, texts: Sequence[str], language: Language = ENGLISH) -> int | None:
    """The sentence that tells who says what is in sentence `at`; None where no sentence does.

    That is the sentence itself, the one that ends its quotation ("…," said Ann) or follows it (Ann said.), the nearest one before
    it with a name and a verb of saying, else any sentence with a speaker ("said the report").
    """
    if language.says.search(texts[at]):
        return at
    if (after := _closing(at, texts)) is not None and language.says.search(_unquoted(texts[after])):
        return after
    named = next((i for i in range(at - 1, -1, -1) if language.says.search(texts[i])), None)
    return named if named is not None else next((i for i, text in enumerate(texts) if language.said.search(text)), None)


def names_doer(text: str, asked: Collection[str], language: Language = ENGLISH) -> bool:
    """Whether a name in the sentence stands right before one of the words asked for, given as terms: "Ann Lee paid" for "Who
    paid?". Such a sentence tells who, and needs nobody who says the sentence."""
    return any(
        found[1].lower() not in language.stop_words and not set(asked).isdisjoint(terms(found[2], language))
        for found in DOER.finditer(text)
    )


def _closing(at: int, texts: Sequence[str]) -> int | None:
    """The sentence with the end of the quotation that sentence `at` stands in, or the one right after that sentence where it ends
    the quotation and the next has none of its own; None where the sentence is no quotation."""
    before = " ".join(texts[:at])
    if not _is_open(f"{before} {texts[at]}"):
        quoted = _QUOTE.search(texts[at]) is not None
        return at + 1 if quoted and at + 1 < len(texts) and not _QUOTE.search(texts[at + 1]) else None
    for end in range(at + 1, min(at + 1 + _LONGEST_SPEECH, len(texts))):
        if not _is_open(f"{before} {' '.join(texts[at : end + 1])}"):
            return end
    return None


_QUOTE = re.compile(r"[“”\"„«»]")


def _is_open(text: str) -> bool:
    """Whether a quotation that begins in the text has not ended in it."""
    last = max(text.rfind("“"), text.rfind("„"), text.rfind("«"))
    if last >= 0:
        return last > max(text.rfind("”"), text.rfind("»"))
    return text.count('"') % 2 == 1


def _unquoted(text: str) -> str:
    """The text from the end of its first quotation on: who says it stands there, not inside."""
    parts = _QUOTE.split(text, maxsplit=1)
    return f"… {parts[-1]}" if len(parts) > 1 else text
