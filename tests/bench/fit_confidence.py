"""Fit the weights of `qa_bot.answers.confidence` to evaluation sets, each left out in turn to see what transfers.

    python tests/bench/fit_confidence.py SET [SET...]

A SET is a folder with gold.jsonl (conversations of questions, each answerable or not, with the places that answer it) and
documents.jsonl; where the latter is missing, --seeds names the folder of its documents. Prints the weights to put into the
code, and for each set, fitted to the others: AUROC, Brier score and a reliability table. Needs scikit-learn, which
sentence-transformers brings along.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from qa_bot.answers.answering import SPARE
from qa_bot.answers.confidence import Evidence, evidence_of
from qa_bot.answers.conversation import History, interpret
from qa_bot.answers.passages import PassageReader
from qa_bot.answers.quoting import quotes
from qa_bot.answers.retrieval import retrieve
from qa_bot.answers.sides import every_side_first
from qa_bot.config import Settings
from qa_bot.index.builder import update
from qa_bot.index.embedding import question_encoder
from qa_bot.index.models import Model
from qa_bot.index.snapshot import Snapshot

NAMES = [field.name for field in fields(Evidence)]


def rows(path: Path) -> list[dict]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def holds(quote, place: dict, texts: dict[str, str]) -> bool:
    """Whether the quote has at least half of the gold place."""
    if place["doc"] != quote.document:
        return False
    if "start" in place:
        start, end = place["start"], place["end"]
    elif "quote" in place:
        words = place["quote"].split()
        text = texts[place["doc"]]
        start = text.find(place["quote"])
        if start < 0:  # cut by white space of another kind
            return " ".join(words) in " ".join(quote.text.split())
        end = start + len(place["quote"])
    else:
        return True
    return 2 * (min(end, quote.end) - max(start, quote.start)) >= end - start


def collect(folder: Path, seeds: Path | None) -> list[tuple[Evidence, bool, bool]]:
    """Evidence, whether the quotes hold the answer, and whether there is one, of every scored turn."""
    with tempfile.TemporaryDirectory() as work:
        if (folder / "documents.jsonl").exists():
            seeds = Path(work) / "seeds"
            seeds.mkdir()
            for document in rows(folder / "documents.jsonl"):
                (seeds / document["path"]).write_text(document["text"], encoding="utf-8", newline="")
        if seeds is None:
            sys.exit(f"{folder} has no documents.jsonl; name the folder of its documents with --seeds")
        settings = Settings(seeds=seeds, index=Path(work) / "index")
        update(settings)
        texts = {p.relative_to(seeds).as_posix(): p.read_text(encoding="utf-8") for p in seeds.rglob("*.*")}
        found = []
        snapshot, encoder = Snapshot.open(settings.index), question_encoder(Model.find(settings.model))
        reader = PassageReader(snapshot)
        for conversation in rows(folder / "gold.jsonl"):
            history = History()
            for turn in conversation["turns"]:
                query = interpret(turn["question"], history, encoder, reader.projection, snapshot.lexical)
                if not turn.get("scored", True):
                    continue
                hits = retrieve(query, snapshot, reader, settings.k + SPARE)
                evidence = evidence_of(query, hits, snapshot.lexical, snapshot.store)
                shown = quotes(
                    query,
                    every_side_first(query, hits)[: settings.k + SPARE],
                    snapshot.lexical,
                    snapshot.store,
                    seeds,
                    settings.k,
                )
                places = [[place, *place.get("or", [])] for place in turn.get("gold", [])]
                held = [any(holds(q, p, texts) for q in shown for p in either) for either in places]
                right = turn["answerable"] and (any(held) if turn.get("any_of", True) else all(held))
                if evidence:
                    found.append((evidence, right, turn["answerable"]))
        return found


def fit(sets: list[list[tuple[Evidence, bool, bool]]]) -> tuple[np.ndarray, float]:
    """Weights and bias; every set counts alike, however many questions it has."""
    x = np.array([[*asdict(e).values()] for found in sets for e, _, _ in found])
    y = np.array([right for found in sets for _, right, _ in found])
    weight = np.concatenate([np.full(len(found), 1 / len(found)) for found in sets])
    scale = x.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=5000).fit(x / scale, y, sample_weight=weight * len(y) / weight.sum())
    return model.coef_[0] / scale, float(model.intercept_[0])


def probabilities(found: list[tuple[Evidence, bool, bool]], weights: np.ndarray, bias: float) -> np.ndarray:
    """The confidence of each."""
    return 1 / (1 + np.exp(-(np.array([[*asdict(e).values()] for e, _, _ in found]) @ weights + bias)))


def main() -> None:
    """Fit, leave one out, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--seeds", type=Path, help="the documents of a set without documents.jsonl")
    args = parser.parse_args()
    data = {}
    for folder in args.sets:
        data[folder.name] = collect(folder, args.seeds)
        print(f"{folder.name}: {len(data[folder.name])} questions", file=sys.stderr)
    for name, found in data.items():
        others = [other for n, other in data.items() if n != name]
        if not others:
            continue
        p = probabilities(found, *fit(others))
        right, answerable = np.array([r for _, r, _ in found]), np.array([a for _, _, a in found])
        line = f"{name:18} Brier {brier_score_loss(right, p):.3f}  AUROC of right {roc_auc_score(right, p):.3f}"
        if 0 < answerable.sum() < len(answerable):
            line += f"  of answerable {roc_auc_score(answerable, p):.3f}"
        print(line)
        for low in np.arange(0, 1, 0.2):
            inside = (p >= low) & (p < low + 0.2)
            if inside.any():
                said, seen = p[inside].mean(), right[inside].mean()
                print(
                    f"    {low:.1f} to {low + 0.2:.1f}: {inside.sum():4} questions, said {said:.2f}, right {seen:.2f}"
                )
    weights, bias = fit(list(data.values()))
    print("WEIGHTS = Evidence(" + ", ".join(f"{n}={w:.2f}" for n, w in zip(NAMES, weights, strict=True)) + ")")
    print(f"BIAS = {bias:.2f}")


if __name__ == "__main__":
    main()
