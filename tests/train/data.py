"""The rows of a data folder as pools of examples to train on, and as tests.

The folder holds sets, each a file NAME.jsonl.gz with a row a line, a JSON object of

    question      the question
    history       the questions asked before it, the oldest first (may be missing)
    passage       the text of the passage
    title         the title of its document (may be missing)
    context       the headings above the passage (may be missing)
    answer_spans  [start, end) of the words that answer, in code points of the passage; the first is learned. Empty where
                  the passage does not answer, or where the set does not say which words do
    answerable    whether the passage answers
    doc           the document that the passage is from (needed in the sets written by hand)
    source        the set that the row is from

A set named written_… was written by hand over whole documents; of its questions half have no answer in their document. The
other sets are those of PUBLIC and MINED. A set that the folder lacks is left out.
"""

import gzip
import hashlib
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .examples import Example, Maker, Row, asked_of, removed, span_of, unanswered

PUBLIC = {
    "squadshifts_new_wiki": 6000,
    "squadshifts_reddit": 4000,
    "squadshifts_amazon_reviews": 3500,
    "adversarialqa": 560,
    "quoref": 678,
    "quoref_contrast": 1105,
    "qed_nq": 1346,
    "nq_open": 2429,
    "doqa": 1618,
    "doc2dial": 3328,
    "selqa": 2353,
    "cpgqa": 1096,
    "onestopqa": 972,
    "qamr": 2500,
    "fairytaleqa": 4000,
    "friendsqa": 1200,
    "boolq": 3000,
    "medquad": 1500,
    "dstc9_faq": 1000,
}
"""Public sets of answerable questions, and how many rows of each are taken."""
WITHOUT_SPANS = {"boolq", "medquad", "dstc9_faq"}
"""These tell that a passage answers, not which words do."""
ANSWERED_BESIDES = {"qamr", "doc2dial"}
"""In these a passage may answer still when the sentence of the span is taken away."""
MINED = {"hardneg_same_doc": 12000, "hardneg_other_doc": 5000}
"""Questions of the public sets, each with an alike passage (tf-idf) of its document or of another that does not answer."""
NO_TITLE = 0.15
"""The share of public rows that are read without their title."""
NEAR = 2
"""Passages of the same document that a question written by hand is asked of besides its own."""
SHORT = 133
"""Tokens of a public example, at most: longer ones take more time each, and fewer are seen."""
HEAVIEST = 3.0
"""The weight of a row written by hand, at most."""
QUESTION_WORD = re.compile(
    r"\b(?:(how (?:many|much|long|often|old|far|big|large))|(who(?:se|m)?|what|when|where|which|why|how)"
    r"|(?:is|are|was|were|do|does|did|can|could|has|have|will|would|should))\b"
)


@dataclass
class Data:
    """What is trained on and what is tested on."""

    pools: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    """Examples by kind: written, public, mined; near for another passage of the same document; …_removed for passages
    without the sentence that answers."""
    tests: dict[str, list[Example]] = field(default_factory=dict)
    """For each set written by hand, the rows of the documents that are held out."""


def load(folder: Path, seed: int, apart: Sequence[str] = ()) -> Data:
    """The examples of the folder's sets; those `apart` are only tested on. The same seed makes the same examples."""
    data, maker = Data(), Maker()
    for file in sorted(folder.glob("*.jsonl.gz")):
        name = file.name.removesuffix(".jsonl.gz")
        maker.rng = random.Random(f"{seed} {name}")
        if name in PUBLIC or name in MINED:
            rows = list(read(file))
            maker.rng.shuffle(rows)
            (add_public if name in PUBLIC else add_mined)(data, name, rows, maker)
        elif name.startswith("written_") and not name.endswith(".docs"):
            parted: dict[bool, list[Row]] = {True: [], False: []}
            for row in read(file):
                parted[name in apart or held_out(row["doc"])].append(row)
            data.tests[name] = [maker.example(row) for row in parted[True]]
            add_written(data, parted[False], maker)
    return data


def read(file: Path) -> Iterator[Row]:
    """The rows of a set."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def held_out(document: str) -> bool:
    """Whether a document is of the fifth that is not trained on."""
    return int(hashlib.md5(document.encode()).hexdigest(), 16) % 5 == 0


def add_written(data: Data, rows: list[Row], maker: Maker) -> None:
    """Add rows written by hand: as they are, without the answering sentence, and with near misses of their document."""
    near = NearMisses(rows)
    for row, weight in zip(rows, weights(rows), strict=True):
        example = maker.example(row, weight=weight)
        if span_of(row) is None or example.start >= 0:
            data.pools["written"].append(example)
        if rest := removed(row):
            data.pools["written_removed"].append(maker.example(rest))
        data.pools["near"] += [maker.example(miss) for miss in near.of(row)]


def add_public(data: Data, name: str, rows: list[Row], maker: Maker) -> None:
    """Add the first rows of a public set, cropped, and many of them without the sentence that answers."""
    usable = [row for row in rows if row.get("answer_spans") or name in WITHOUT_SPANS]
    for row in usable[: PUBLIC[name]]:
        example = maker.example(maker.cropped(row), no_title=NO_TITLE)
        if len(example.ids) <= SHORT and (span_of(row) is None or example.start >= 0):
            data.pools["public"].append(example)
        if name not in ANSWERED_BESIDES and (rest := removed(maker.cropped(row, shortest=400))):
            add_short(data.pools["public_removed"], maker.example(rest, no_title=NO_TITLE))


def add_mined(data: Data, name: str, rows: list[Row], maker: Maker) -> None:
    """Add the first rows of a mined set, cropped."""
    for row in rows[: MINED[name]]:
        add_short(data.pools["mined"], maker.example(maker.cropped(row), no_title=NO_TITLE))


def add_short(pool: list[Example], example: Example) -> None:
    """Add the example unless it is too long."""
    if len(example.ids) <= SHORT:
        pool.append(example)


def weights(rows: list[Row]) -> list[float]:
    """A weight for each row with which every question word has as many answerable as unanswerable questions.

    Else the network learns that who asks "how many" gets no answer.
    """
    kinds = [(question_word(row["question"]), row["answerable"]) for row in rows]
    both, words = Counter(kinds), Counter(word for word, _ in kinds)
    return [min(HEAVIEST, words[kind[0]] / (2 * both[kind])) for kind in kinds]


def question_word(question: str) -> str:
    """The first question word: "how many" for all amounts, "whether" for yes and no, "" where there is none."""
    match = QUESTION_WORD.search(question.lower())
    return "" if match is None else "how many" if match[1] else match[2] or "whether"


class NearMisses:
    """Finds passages of a question's own document that share its rarer words and do not answer."""

    def __init__(self, rows: list[Row]):
        self._rows: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            self._rows[row["doc"]][row["passage"]] = row
        self._words = {row["passage"]: words_of(row["passage"]) for row in rows}
        counts = Counter(word for words in self._words.values() for word in words)
        self._rarity = {word: math.log(len(self._words) / count) for word, count in counts.items()}

    def of(self, row: Row) -> list[Row]:
        """The question with the NEAR passages that are most alike; none that holds the words that answer."""
        own, answer, asked = row["passage"], span_of(row), words_of(asked_of(row))
        answering = own[slice(*answer)].lower() if answer else None
        others = [
            (sum(self._rarity[word] for word in sorted(asked & self._words[passage])), passage)
            for passage in self._rows[row["doc"]]
            if passage not in own and own not in passage and not (answering and answering in passage.lower())
        ]
        nearest = [self._rows[row["doc"]][passage] for _, passage in sorted(others, reverse=True)[:NEAR]]
        return [unanswered(row, other["passage"]) | {"context": other.get("context")} for other in nearest]


def words_of(text: str) -> set[str]:
    """The words of the text in lower case."""
    return set(re.findall(r"\w+", text.lower()))
