"""What each weight of ranking, marking and refusing does to the figures when it is halved and when it is doubled.

    python -m tests.bench.ablate SET...                     all weights, some ten minutes for 350 questions
    python -m tests.bench.ablate SET... --only FADE ERA     these

A SET is a folder as `tests/bench/sets.py` describes it. The figures are means over the sets, each as the
difference to the weights as they are; at the end stand the weights that move no figure by more than .002 either way.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from qa_bot.answers.answering import Answerer
from qa_bot.answers.understanding.history import History
from qa_bot.answers.understanding.query import Lean
from qa_bot.config import Settings
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.updating import update
from qa_bot.models.choosing import question_encoder
from qa_bot.models.encoder import Encoded, Encoder
from qa_bot.models.finding import Model
from tests.bench.sets import FIGURES, Gold, auroc, documents, rows

REPOSITORY = Path(__file__).parents[2]
STILL = 0.002
"""A weight that moves no figure by more than this is listed at the end."""

ROOMS = {
    "understanding.query": "FADE SLIGHTLY ASIDE ALIAS INSISTENCE STILL"
    " BARE.carry POINTED.carry POINTED.alone STANDING.alone",
    "ranking.retrieval": "DENSE LEXICAL CLOSENESS RESIDUE NAME_CREDIT NAME_NEAR SUBJECT_CREDIT"
    " NEWER ERA QUOTE CLAUSE LAST_DOCUMENT ELSEWHERE",
    "ranking.fields": "HANDED_DOWN",
    "ranking.diversity": "COMPARABLE",
    "quoting.sentences": "OFFERS CARRIED NAMED LABEL SECOND FURTHER",
    "quoting.nesting": "HANDED_DOWN",
    "quoting.turns": "ENOUGH BESIDE",
    "refusing.evidence": "AGREES HALFWAY.0 HALFWAY.1 NAMED FEW MANY",
    "refusing.confidence": "REFUSE_BELOW SURE_FROM DOUBTED BIAS WEIGHTS.gap WEIGHTS.lead WEIGHTS.matched WEIGHTS.halfway"
    " WEIGHTS.about WEIGHTS.strays WEIGHTS.foreign WEIGHTS.asks WEIGHTS.uncounted WEIGHTS.returns WEIGHTS.size"
    " WEIGHTS.sized_cosine WEIGHTS.sized_weakest WEIGHTS.sized_matched WEIGHTS.sized_follows"
    " READ_EVIDENCE READ_WORDS READ_BIAS",
    "refusing.reading": "LEAST MOST",
    "refusing.doubts": "NEAR SUBJECT",
    "answering": "WORTH",
}
"""The weights by the module of `qa_bot.answers` that has them; a field or a place of a weight of several after a dot."""


class Weight(NamedTuple):
    """A number in a module of `qa_bot.answers`."""

    room: str
    name: str
    part: str = ""
    """The field, or the place in a tuple, where the module's value has several."""

    def __str__(self) -> str:
        return f"{self.room.rpartition('.')[2]}.{self.name}{'.' * bool(self.part)}{self.part}"

    @property
    def whole(self) -> Any:
        """The value that the module has by that name; AttributeError where it has none."""
        return getattr(import_module(f"qa_bot.answers.{self.room}"), self.name)

    @property
    def value(self) -> float:
        """The number itself."""
        whole = self.whole
        number = whole[int(self.part)] if self.part.isdigit() else getattr(whole, self.part) if self.part else whole
        return float(number)

    def times(self, factor: float) -> Any:
        """The module's value with this number changed."""
        whole, number = self.whole, self.value * factor
        if not self.part:
            return number
        if self.part.isdigit():
            return tuple(number if i == int(self.part) else other for i, other in enumerate(whole))
        if isinstance(whole, Lean):
            return whole._replace(**{self.part: number})
        return replace(whole, **{self.part: number})


ALL = [Weight(room, *name.split(".")) for room, names in ROOMS.items() for name in names.split()]


@contextmanager
def changed(weight: Weight, factor: float) -> Iterator[None]:
    """The weight times the factor, in its module and in all that import it by name; put back afterwards."""
    before, after = weight.whole, weight.times(factor)
    having = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("qa_bot.") and vars(module).get(weight.name) is before
    ]
    for module in having:
        setattr(module, weight.name, after)
    try:
        yield
    finally:
        for module in having:
            setattr(module, weight.name, before)


class Remembering:
    """An encoder that encodes a question once, for the weights change nothing about that."""

    def __init__(self, encoder: Encoder):
        self._encoder = encoder
        self._known: dict[str, Encoded] = {}

    def stream_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        return self._encoder.stream_passages(texts)

    def close(self) -> None:
        self._encoder.close()

    def encode_questions(self, texts: Sequence[str]) -> list[Encoded]:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_questions([text])[0]
        return [self._known[text] for text in texts]


class Set:
    """An evaluation set with its index, ready to be asked again and again."""

    def __init__(self, folder: Path, work: Path, seeds: Path):
        settings = Settings(seeds=documents(folder, work, seeds), index=work / "index")
        update(settings)
        encoder = Remembering(question_encoder(Model.find(settings.model)))
        snapshot = Snapshot.open(settings)
        self._answerer = Answerer(snapshot, lambda: encoder, settings.seeds, settings.k)
        self._gold, self._conversations = Gold(settings.seeds), rows(folder / "gold.jsonl")

    def figures(self) -> dict[str, float]:
        """All questions asked and judged; each of FIGURES that the set has questions for, 0 to 1."""
        judged: defaultdict[str, list[float]] = defaultdict(list)
        sure: dict[bool, list[float]] = {True: [], False: []}
        for conversation in self._conversations:
            history = History()
            for turn in conversation["turns"]:
                answer = self._answerer.answer(turn["question"], history, conversation["id"])
                if turn.get("scored", True):
                    sure[turn["answerable"]].append(answer.confidence)
                    for name, figure in self._gold.judge(turn, answer).items():
                        judged[name].append(figure)
        found = {name: fmean(figures) for name, figures in judged.items()}
        return found | ({"AUROC": auroc(sure[True], sure[False])} if all(sure.values()) else {})


def mean_over(sets: Sequence[Set]) -> dict[str, float]:
    """Each figure's mean over the sets that have it."""
    found = [one.figures() for one in sets]
    return {name: fmean(f[name] for f in found if name in f) for name in FIGURES if any(name in f for f in found)}


def line(what: str, figures: Mapping[str, float], sign: str = "+") -> str:
    """A row of the table."""
    return f"{what:34}" + "".join(f"{figures.get(name, 0.0):>{sign}15.3f}" for name in FIGURES)


def main() -> None:
    """Build the indexes, ask everything once as it is, then twice for each weight."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="weights by name, FADE or query.FADE")
    parser.add_argument("--seeds", type=Path, default=REPOSITORY / "seeds", help="documents of a set that has none")
    args = parser.parse_args()
    asked = [w for w in ALL if not args.only or {w.name, str(w), f"{w.name}.{w.part}"} & set(args.only)]
    if not asked:
        parser.error(f"no weight is called {' or '.join(args.only)}; there are {', '.join(map(str, ALL))}")
    with tempfile.TemporaryDirectory() as work:
        sets = [Set(folder, Path(work) / str(i), args.seeds) for i, folder in enumerate(args.sets)]
        ablate(sets, asked)


def ablate(sets: Sequence[Set], weights: Sequence[Weight]) -> None:
    """Print the table, a row as soon as it is known."""
    base = mean_over(sets)
    print(f"{'':34}" + "".join(f"{name:>15}" for name in FIGURES))
    print(line("as it is", base, "-"), flush=True)
    still = []
    for weight in weights:
        most = 0.0
        for factor in (0.5, 2.0):
            with changed(weight, factor):
                found = mean_over(sets)
            moved = {name: found[name] - base[name] for name in base}
            most = max(most, *map(abs, moved.values()))
            print(line(f"{weight} {weight.value:g} x {factor:g}", moved), flush=True)
        if most <= STILL:
            still.append(str(weight))
    print(f"move no figure by more than {STILL}:", ", ".join(still) or "none")


if __name__ == "__main__":
    main()
