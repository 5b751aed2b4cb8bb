"""Prose to sentences, as spans of the text: the smallest thing the bot may mark as an answer.

sentencex proposes the cuts; this module mends what it gets wrong on real pages. Nothing is copied or cleaned: a
sentence is always `text[start:end]`, and every character that is not white space lies in exactly one of them.
"""

import itertools
import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.span import Span

LONGEST = 600
"""Characters. A "sentence" beyond this (a log, a list run together) is cut at a clause, so that a mark stays readable."""

_FEWEST_RECORDS = 10
"""Pieces. An overlong line with as many between its separators is a row of records."""
_RECORD = 8
"""Words. Records of an overlong line that are shorter together are one sentence."""
_SEPARATORS = (
    re.compile(r";\s+"),
    re.compile(r"\s*[|│]\s*"),
    re.compile(r"\t+"),
    re.compile(r"\s[•·/]\s+"),
    re.compile(r";"),
)
"""What may stand between the records of a line."""

_UNBROKEN = 2000
"""Characters. A run without any white space (a long address, base64) is kept whole up to here."""

_STRETCH = 20_000
"""Characters given to sentencex at a time."""

_OPENERS = "\"“‘'«([{*_`<>"
_TWO_LETTERS = re.compile(r"[^\W\d_][^\W_]|[\u3040-\u9fff\uac00-\ud7af]")
_TAIL = re.compile(r"(?:[\"”’'»)\]}*_`]|&(?:quot|rdquo|rsquo|#x201[9D]|#39|#34);|\{:[^{}\n]*\}|\[\d{1,3}\])+(?=\s|$)")
_CLOSED_END = re.compile(r"[.!?…](?:[\"”’»)\]*_`]|\{:[^{}\n]*\}|\[\d{1,3}\])+(?=\s)")
_TAIL_BACKWARDS = re.compile(r"(?:[\"”’'»)\]}*_`]|&[#\w]+;|\{:[^{}\n]*\}|\[\d{1,3}\])+\Z")
_WIDE_END = re.compile(r"[。！？][」』”’）】]*")
_OPAQUE = re.compile(
    r"`[^`\n]+`|\]\([^()\s]*|\{:[^{}\n]*\}|(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'\"”’*_]"
)
_LINE_OF_ITS_OWN = re.compile(
    r"^[^\w\r\n]{0,6}(?:\*\*|__)[^*\r\n]{1,120}(?:\*\*|__):?(?=[ \t]*[\r\n])"
    r"|</(?:h[1-6]|p|li|div|tr|td|th|dt|dd)>(?=\s)",
    re.MULTILINE,
)
"""A line all in bold type is a small heading; what a tag closes is a paragraph or the like."""

_QUOTES = re.compile(
    r"\A\s*\((?:[^\W_]|\d{1,3}|[ivxlc]{1,5})\)(?=\s)"  # a point's letter, after which sentencex would cut nothing
    r"|[\"“”„«»‘\[\]]|’(?![^\W\d_])|(?<![^\W_])'|'(?![^\W_])|&(?:quot|[lr][sd]quo|#x201[89CD]|#39|#34);"
)
_CLAUSE_ENDS = (
    re.compile(r"[;:—](?=\s)|[；：]|\\n"),
    re.compile(r",(?=\s)|[，、]|\s[–-](?=\s)"),
    re.compile(r"(?=\s)"),
)


def sentence_spans(text: str, start: int, end: int, language: Language = ENGLISH) -> list[Span]:
    """The sentences of one block of prose, `text[start:end]`, in order. A line end inside it is only white space."""
    cuts = _cuts(text[start:end], language)
    spans = (_stripped(text, start + a, start + b) for a, b in zip([0, *cuts], [*cuts, end - start], strict=True))
    return [piece for span in spans if span for piece in shortened(text, span)]


def shortened(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or, if it is longer than LONGEST characters, pieces of it that end at a clause or a word."""
    start, end = span
    if end - start > LONGEST and (own := list(_by_separators(text, span))):
        yield from own
        return
    while end - start > LONGEST:
        cut = _clause_end(text, start, end)
        piece, rest = _stripped(text, start, cut), _stripped(text, cut, end)
        if piece is None or rest is None:
            break
        yield piece
        start = rest.start
    yield Span(start, end)


def _cuts(prose: str, language: Language) -> list[int]:
    """Where a new sentence begins, as offsets into `prose`, ascending, without 0 and the end."""
    masked = _masked(prose)
    unquoted = _QUOTES.sub(lambda found: " " * len(found.group()), masked)
    proposed = set(_proposed(unquoted, language.segmenter))
    proposed.update(found.end() for found in _CLOSED_END.finditer(masked))
    proposed.update(found.end() for found in _WIDE_END.finditer(masked))
    moved = {_behind_closers(prose, unquoted, cut) for cut in proposed if 0 < cut < len(prose)}
    certain = {found.end() for found in _LINE_OF_ITS_OWN.finditer(prose)}
    return _healed(prose, sorted(cut for cut in moved | certain if cut < len(prose)), certain, language)


def _proposed(prose: str, segmenter: str) -> Iterator[int]:
    """The cuts that sentencex proposes. It is asked in stretches, as its time grows with the square of the length."""
    at = 0
    while at < len(prose):
        ends: list[int] = [
            boundary["end_index"] for boundary in get_sentence_boundaries(segmenter, prose[at : at + _STRETCH])
        ]
        if at + _STRETCH < len(prose) and len(ends) > 1:
            ends.pop()  # where the stretch was cut off
            yield from (at + end for end in ends)
            at += ends[-1]
        else:
            yield from (at + end for end in ends)
            at += _STRETCH


def _masked(prose: str) -> str:
    """The prose, as long as it was, with nothing in it that only looks like the end of a sentence."""
    plain = _OPAQUE.sub(lambda found: "X" * len(found.group()), prose)
    return re.sub(r"\s", " ", plain)


def _behind_closers(prose: str, unquoted: str, cut: int) -> int:
    """The cut moved back over white space and on past the quotes, brackets and markup that close the sentence."""
    while cut > 0 and unquoted[cut - 1].isspace():
        cut -= 1
    closing = _TAIL.match(prose, cut)
    return closing.end() if closing else cut


def _healed(prose: str, cuts: list[int], certain: set[int], language: Language) -> list[int]:
    """The cuts that stand: not after an abbreviation, not before a lower-case word, not around a lone number."""
    starts = [_first_letter(prose, cut) for cut in cuts]
    small_letters_only = not any(letter.isupper() for letter in [_first_letter(prose, 0), *starts])
    kept: list[int] = []
    for cut, letter in zip(cuts, starts, strict=True):
        begin = kept[-1] if kept else 0
        if not _TWO_LETTERS.search(prose, begin, cut):
            continue
        if cut not in certain:
            if not _at_boundary(prose, cut) or _after_abbreviation(prose, begin, cut, language):
                continue
            if letter.islower() and not small_letters_only:
                continue
        kept.append(cut)
    while kept and not _TWO_LETTERS.search(prose, kept[-1]):
        kept.pop()
    return kept


def _first_letter(prose: str, cut: int) -> str:
    """The first character of the sentence at `cut`, past white space, quotes and markup ("" at the end)."""
    while cut < len(prose) and (prose[cut].isspace() or prose[cut] in "\"“‘'«([*_"):
        cut += 1
    return prose[cut : cut + 1]


def _at_boundary(prose: str, cut: int) -> bool:
    """Whether a sentence can end here at all: after a mark that ends one, and before white space if it needs any."""
    if _WIDE_END.search(prose, max(0, cut - 4), cut):
        return True
    mark = _TAIL_BACKWARDS.sub("", prose[max(0, cut - 40) : cut])[-1:]
    return prose[cut].isspace() and not mark.isalnum() and mark not in ",;:-–—"


def _after_abbreviation(prose: str, begin: int, cut: int, language: Language) -> bool:
    """Whether the full stop at `cut` belongs to an abbreviation that goes on."""
    if prose[cut - 1] != ".":
        return False
    words = prose[max(begin, cut - 24) : cut - 1].split()
    word = words[-1].lstrip(_OPENERS).lower() if words else ""
    if word in language.never_last:
        return True
    following = prose[cut : cut + 40].lstrip()
    return word in language.before_number and following[:1].isdigit()


def _by_separators(text: str, span: Span) -> Iterator[Span]:
    """The records of an overlong line, cut behind the separator that it is full of; short ones stay together up to _RECORD words.

    Empty where no separator cuts the line into short pieces throughout.
    """
    for separator in _SEPARATORS:
        cuts = [span.start, *(found.end() for found in separator.finditer(text, *span)), span.end]
        widest = max(after - before for before, after in itertools.pairwise(cuts))
        if len(cuts) < _FEWEST_RECORDS or widest > LONGEST // 2:
            continue
        begin, held = cuts[0], 0
        for before, after in itertools.pairwise(cuts):
            words = len(text[before:after].split())
            if held and held + words > _RECORD:
                yield from filter(None, [_stripped(text, begin, before)])
                begin, held = before, 0
            held += words
        yield from filter(None, [_stripped(text, begin, span.end)])
        return


def _clause_end(text: str, start: int, end: int) -> int:
    """Where to cut an overlong sentence: the last clause end that fits, else the last white space, else the next one."""
    for pattern in _CLAUSE_ENDS:
        ends = [found.end() for found in pattern.finditer(text, start + LONGEST // 3, start + LONGEST)]
        if ends:
            return ends[-1]
    following = re.compile(r"\s").search(text, start + LONGEST, min(end, start + _UNBROKEN))
    return following.start() if following else min(end, start + _UNBROKEN)


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The span without the white space at its ends; None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
