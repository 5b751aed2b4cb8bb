"""Fit the weights of `qa_bot.answers.refusing.confidence` to evaluation sets, each left out in turn to see what transfers.

    python -m tests.bench.fit_confidence SET[:WEIGHT[:REMOVED]] ...

A SET is a folder as `tests/bench/sets.py` describes it; where it has no documents.jsonl, --seeds names their folder. WEIGHT
is what the set counts beside the others (1). REMOVED is what each of its answerable questions counts a second time, with the
passages that answer it taken away (0.2). Prints the weights to put into the code, and for each set, fitted to the others:
AUROC, Brier score and a reliability table. Needs scikit-learn, which sentence-transformers brings along.
"""

import argparse
import sys
import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from qa_bot.answers.answering import Answerer, Search
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.refusing.evidence import Evidence
from qa_bot.answers.understanding.history import History
from qa_bot.config import Settings
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.updating import update
from qa_bot.models.choosing import question_encoder
from qa_bot.models.finding import Model
from tests.bench.sets import Place, documents, rows

FIXED = frozenset(["returns"])
"""Evidence that hardly any question of the sets has: its weight is not fitted."""
NAMES = [field.name for field in fields(Evidence) if field.name not in FIXED]


class Case(NamedTuple):
    """A question as it was answered."""

    evidence: Evidence
    right: bool
    """The quotes hold the answer."""
    answerable: bool
    real: bool
    """As asked; not with the passages that answer taken away."""
    weight: float
    """1, or REMOVED where it is not real."""


def holds(place: Place, document: str, start: int, end: int, texts: dict[str, str], share: float) -> bool:
    """Whether [start, end) of the document has at least this share of the gold place."""
    if place["doc"] != document:
        return False
    if "start" in place:
        first, last = place["start"], place["end"]
    elif "quote" in place:
        first = texts[document].find(place["quote"])
        last = first + len(place["quote"])
        if first < 0:  # cut by white space of another kind
            return " ".join(place["quote"].split()) in " ".join(texts[document][start:end].split())
    else:
        return True
    return bool(min(end, last) - max(start, first) >= max(share * (last - first), 1))


def collect(folder: Path, seeds: Path | None, work: Path, removed: float) -> list[Case]:
    """Every scored turn of a set, and the answerable ones again without what answers them."""
    seeds = documents(folder, work, seeds)
    settings = Settings(seeds=seeds, index=work / "index")
    update(settings)
    texts = {p.relative_to(seeds).as_posix(): p.read_text(encoding="utf-8") for p in seeds.rglob("*.*")}
    snapshot, encoder = Snapshot.open(settings), question_encoder(Model.find(settings.model))
    answerer = Answerer(snapshot, lambda: encoder, seeds, settings.k)
    cases: list[Case] = []
    for conversation in rows(folder / "gold.jsonl"):
        history = History()
        for turn in conversation["turns"]:
            search = answerer.search(turn["question"], history)
            history.take_in(search.query.question)
            if not turn.get("scored", True) or not search.hits:
                continue
            shown = answerer.quotes(search.query, answerer.shown(search), settings.k)
            history.quoted, history.quoted_at = shown[0].document, shown[0].start
            places = [[place, *place.get("or", [])] for place in turn.get("gold", [])]
            held = [any(holds(p, q.document, q.start, q.end, texts, 0.5) for q in shown for p in ps) for ps in places]
            right = turn["answerable"] and (any(held) if turn.get("any_of", True) else all(held))
            cases.append(Case(evidence(answerer, search), right, turn["answerable"], True, 1.0))
            rest = [hit for hit in search.hits if not any(answers(hit, p, texts) for ps in places for p in ps)]
            if turn["answerable"] and rest and len(rest) < len(search.hits):
                without = replace(search, hits=rest)
                cases.append(Case(evidence(answerer, without), False, True, False, removed))
    return cases


def evidence(answerer: Answerer, search: Search) -> Evidence:
    """The evidence of hits that are there."""
    found = answerer.evidence(search)
    assert found is not None
    return found


def answers(hit: Hit, place: Place, texts: dict[str, str]) -> bool:
    """Whether the hit has any of the gold place."""
    passage = hit.found.passage
    return holds(place, passage.document, passage.start, passage.end, texts, 0)


def figures(cases: list[Case]) -> np.ndarray:
    """The evidence of each, shape (cases, figures)."""
    return np.array([[getattr(case.evidence, name) for name in NAMES] for case in cases])


def fit(sets: list[tuple[list[Case], float]]) -> tuple[np.ndarray, float]:
    """Weights and bias; a set counts by its weight, however many questions it has."""
    x = np.vstack([figures(cases) for cases, _ in sets])
    y = np.array([case.right for cases, _ in sets for case in cases])
    weight = np.concatenate(
        [np.array([c.weight for c in cases]) * w / sum(c.weight for c in cases) for cases, w in sets]
    )
    scale = x.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=5000).fit(x / scale, y, sample_weight=weight * len(y) / weight.sum())
    return model.coef_[0] / scale, float(model.intercept_[0])


def report(name: str, cases: list[Case], weights: np.ndarray, bias: float) -> None:
    """How a fit does on the real questions of a set: AUROC, Brier score, reliability."""
    cases = [case for case in cases if case.real]
    p = 1 / (1 + np.exp(-(figures(cases) @ weights + bias)))
    right, answerable = np.array([c.right for c in cases]), np.array([c.answerable for c in cases])
    line = f"{name:18} Brier {brier_score_loss(right, p):.3f}"
    if 0 < right.sum() < len(right):
        line += f"  AUROC of right {roc_auc_score(right, p):.3f}"
    if 0 < answerable.sum() < len(answerable):
        line += f"  of answerable {roc_auc_score(answerable, p):.3f}"
    print(line)
    for low in np.arange(0, 1, 0.2):
        inside = (p >= low) & (p < low + 0.2)
        if inside.any():
            said, seen = p[inside].mean(), right[inside].mean()
            print(f"    {low:.1f} to {low + 0.2:.1f}: {inside.sum():4} questions, said {said:.2f}, right {seen:.2f}")


def main() -> None:
    """Collect, leave one out, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", help="FOLDER[:WEIGHT[:REMOVED]]")
    parser.add_argument("--seeds", type=Path, help="the documents of a set without documents.jsonl")
    parser.add_argument("--keep", type=Path, help="a folder to keep the indexes in, for the next fit")
    args = parser.parse_args()
    data: dict[str, tuple[list[Case], float]] = {}
    for given in args.sets:
        path, weight, removed = ([*given.split(":"), "", ""])[:3]
        folder = Path(path)
        with tempfile.TemporaryDirectory() as temporary:
            work = (args.keep or Path(temporary)) / folder.name
            cases = collect(folder, args.seeds, work, float(removed or 0.2))
        data[folder.name] = cases, float(weight or 1)
        print(f"{folder.name}: {len(cases)} cases", file=sys.stderr)
    for name, (cases, _) in data.items():
        if others := [other for n, other in data.items() if n != name]:
            report(f"{name}, left out", cases, *fit(others))
    weights, bias = fit(list(data.values()))
    for name, (cases, _) in data.items():
        report(name, cases, weights, bias)
    print("WEIGHTS = Evidence(")
    print("".join(f"    {n}={w:.2f},\n" for n, w in zip(NAMES, weights, strict=True)) + ")")
    print(f"BIAS = {bias:.2f}")


if __name__ == "__main__":
    main()
