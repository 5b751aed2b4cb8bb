"""Evaluation sets: a folder with gold.jsonl, conversations of questions with the places that answer them, and
documents.jsonl, what is asked; where the latter is missing, the documents are a folder of their own.

A conversation is {"id", "kind", "turns"}, a turn {"question", "answerable", "gold", "any_of", "scored"}, a place of `gold`
{"doc", "quote"} or {"doc", "start", "end"}. A place with "short" is a few words that must be held in full; "or" names
places that serve instead of it. With "any_of" false all places are needed. A turn with "scored" false is only asked.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa_bot.answers.model import Answer, Quote
from qa_bot.span import Span

Turn = dict[str, Any]
Place = dict[str, Any]
SHORT_MARKS = 400
"""Characters that may be marked around a gold place of a few words."""
FIGURES = ("right", "right@1", "mark@1", "refused", "false refusal", "AUROC")


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def documents(folder: Path, work: Path, seeds: Path | None) -> Path:
    """The folder of a set's documents: those of documents.jsonl, written below `work`, else `seeds`; FileNotFoundError
    where there is neither."""
    if not (folder / "documents.jsonl").exists():
        if seeds is None:
            raise FileNotFoundError(f"{folder} has no documents.jsonl; name the folder of its documents with --seeds")
        return seeds
    written = work / "seeds"
    written.mkdir(parents=True, exist_ok=True)
    for document in rows(folder / "documents.jsonl"):
        (written / document["path"]).write_text(document["text"], encoding="utf-8", newline="")
    return written


class Gold:
    """Holds answers against the places that answer, in the documents of one folder."""

    def __init__(self, seeds: Path):
        self._seeds = seeds
        self._texts: dict[str, str] = {}
        self._places: dict[tuple[str, str], list[Span]] = {}

    def judge(self, turn: Turn, answer: Answer) -> dict[str, float]:
        """The figures of one turn, 0 to 1, by name; those that it has no part in are left out."""
        if not turn["answerable"]:
            return dict.fromkeys(("right", "right@1", "refused"), float(not answer.answered))
        quotes = answer.quotes
        three = self._held(quotes[:3], turn)
        first = self._held(quotes[:1], turn) if turn.get("any_of", True) else three
        return {
            "right": float(three),
            "right@1": float(first),
            "mark@1": float(bool(quotes) and self._marked(quotes[0], turn)),
            "false refusal": float(not answer.answered),
        }

    def _held(self, quotes: Sequence[Quote], turn: Turn) -> bool:
        held = (any(self._holds(quote, place) for quote in quotes) for place in turn["gold"])
        return any(held) if turn.get("any_of", True) else all(held)

    def _holds(self, quote: Quote, place: Place) -> bool:
        """At least half of the place lies in the quote; all of it where it is short."""
        share = 1.0 if place.get("short") else 0.5
        return any(
            overlap((quote.start, quote.end), span) >= share * (span[1] - span[0])
            for one in [place, *place.get("or", [])]
            if one["doc"] == quote.document
            for span in self._spans(one)
        )

    def _marked(self, quote: Quote, turn: Turn) -> bool:
        """The highlights have a character F1 of at least .5 with a place or with all together; a short place: hold it."""
        places = [one for place in turn["gold"] for one in [place, *place.get("or", [])]]
        spans = [span for one in places if one["doc"] == quote.document for span in self._spans(one)]
        length = sum(end - start for start, end in quote.highlights)
        if any(place.get("short") for place in places):
            within = any(start <= s and e <= end for start, end in quote.highlights for s, e in spans)
            return length <= SHORT_MARKS and within
        return any(
            4 * sum(overlap(mark, span) for mark in quote.highlights for span in wanted)
            >= length + sum(end - start for start, end in wanted)
            for wanted in [*([span] for span in spans), spans]
            if wanted
        )

    def _spans(self, place: Place) -> list[Span]:
        """Everywhere the place's words stand in its document, whatever the white space; its start where it has no words."""
        if "start" in place:
            return [Span(place["start"], place["end"])]
        document, quote = place["doc"], place.get("quote")
        if quote is None:
            return [Span(0, 0)]
        if (found := self._places.get((document, quote))) is None:
            found = self._places[document, quote] = list(spans_of(quote, self._text(document)))
        return found

    def _text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = (self._seeds / document).read_bytes().decode()
        return self._texts[document]


def spans_of(quote: str, text: str) -> Iterator[Span]:
    """Where the words of the quote stand in the text, whatever white space is between them; ValueError where nowhere."""
    flat, places = flattened(text)
    words = " ".join(quote.split())
    at = flat.find(words)
    if at < 0:
        raise ValueError(f"words of the gold that are not in their document: {words[:60]!r}")
    while at >= 0:
        yield Span(places[at], places[at + len(words) - 1] + 1)
        at = flat.find(words, at + 1)


def flattened(text: str) -> tuple[str, list[int]]:
    """The text with each run of white space as one space, and where each of its characters stood."""
    places = [i for i, c in enumerate(text) if not c.isspace() or (i > 0 and not text[i - 1].isspace())]
    return "".join(" " if text[i].isspace() else text[i] for i in places), places


def overlap(a: Sequence[int], b: Sequence[int]) -> int:
    """The characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """The probability that an answerable turn is the surer one of the two; a tie counts half."""
    wins = sum((a > u) + 0.5 * (a == u) for a in answerable for u in unanswerable)
    return wins / max(len(answerable) * len(unanswerable), 1)
