"""Subtitles (SubRip and WebVTT): the cues run together to what was said, each sentence with the time at which it begins."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa_bot.documents.formats.blocks import Kind, ends_sentence
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.text import read_text
from qa_bot.errors import DocumentError

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-{{1,2}}>[ \t]*{_TIME}.*")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<\d[\d:.,]*>|\{\\[^{}\n]*\}|\{/?[biuy](?::[^{}\n]*)?\}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>\n]+)>")
_TURN = re.compile(r"[-–—]\s*(?=\S)|>>\s*|[A-Z][A-Z .'-]{1,30}:\s|\[[^\]]{1,30}\]:?\s")
"""How a line begins with which another one speaks."""

_PAUSE = 4.0
"""Seconds without a cue after which what was said ends."""

_LONG = 600
"""Characters after which a paragraph ends with the sentence, and three times which it ends anywhere."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from one time to another, in seconds."""

    begin: float
    end: float
    lines: tuple[str, ...]


class SubtitlesReader(ComposedReader):
    """Reads `.srt` and `.vtt`. A paragraph ends with the one who speaks, at a pause, or when it is long."""

    def read(self, path: Path) -> FileText:
        """What is said; DocumentError where the file has no cues."""
        text, note = read_text(path)
        composer = Composer()
        for paragraph in _paragraphs(_without_repeats(cues(text))):
            words, marks = "", []
            for cue in paragraph:
                marks.append((len(words) + bool(words), clock(cue.begin)))
                words += " " * bool(words) + " ".join(cue.lines)
            composer.add(Kind.PARAGRAPH, words, marks=marks)
        if not composer.length:
            raise DocumentError(
                "holds no subtitles; put a file with times such as 00:01:02,500 --> 00:01:05,000 in its place"
            )
        return composer.file_text(note)


def clock(seconds: float) -> str:
    """The time as players show it: "00:12:31"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def cues(text: str) -> Iterator[Cue]:
    """The cues of the file, without tags, in its order."""
    lines = [
        line.rstrip() for line in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    starts = [at for at, line in enumerate(lines) if "->" in line and _TIMES.fullmatch(line)]
    for at, stop in zip(starts, [*starts, len(lines)][1:], strict=True):
        found = _TIMES.fullmatch(lines[at])
        if found is None:
            continue
        said: list[str] = []
        for line in lines[at + 1 : stop]:
            if not line.strip():
                break
            said.append(line)
        # Without a blank line between them, the number of the next cue ends this one.
        if stop < len(lines) and at + 1 + len(said) == stop and said and said[-1].strip().isdecimal():
            said.pop()
        spoken = tuple(words for line in said if (words := _words(line)))
        if spoken:
            yield Cue(_seconds(found, 1), _seconds(found, 5), spoken)


def _seconds(found: re.Match[str], group: int) -> float:
    hours, minutes, seconds, fraction = (found[group + n] for n in range(4))
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _words(line: str) -> str:
    spoken = _TAG.sub("", _VOICE.sub(r"\1: ", line))
    return " ".join(html.unescape(spoken).split())


def _without_repeats(said: Iterator[Cue]) -> Iterator[Cue]:
    """The cues without the lines that the cue before had, as in captions that roll up the screen."""
    before: tuple[str, ...] = ()
    for cue in said:
        shared = next((n for n in range(min(len(before), len(cue.lines)), 0, -1) if before[-n:] == cue.lines[:n]), 0)
        before = cue.lines
        if cue.lines[shared:]:
            yield Cue(cue.begin, cue.end, cue.lines[shared:])


def _paragraphs(said: Iterator[Cue]) -> Iterator[list[Cue]]:
    paragraph: list[Cue] = []
    length = 0
    for cue in said:
        ended = bool(paragraph) and ends_sentence(paragraph[-1].lines[-1])
        if paragraph and (
            cue.begin - paragraph[-1].end > _PAUSE
            or _TURN.match(cue.lines[0])
            or length > (_LONG if ended else 3 * _LONG)
        ):
            yield paragraph
            paragraph, length = [], 0
        paragraph.append(cue)
        length += sum(map(len, cue.lines))
    if paragraph:
        yield paragraph
