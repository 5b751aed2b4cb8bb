"""The figures kept in tests/data/bench.json, and what the README shows of them.

python -m tests.bench.report     prints the README's tables and draws the picture anew
"""

import json
from datetime import date
from typing import Any

from .measure import REPOSITORY
from .plot import svg
from .scale import FIGURES, exponents

KEPT = REPOSITORY / "tests" / "data" / "bench.json"
PICTURE = REPOSITORY / "tests" / "data" / "scale.svg"


def keep(machine: str, rows: list[dict[str, Any]], scale: dict[int, dict[str, float]] | None = None) -> None:
    """Put these figures in place of the older ones of the same name, with the day and the machine."""
    kept = read()
    today = {"date": date.today().isoformat(), "machine": machine}
    kept["rows"] = {**kept["rows"], **{row["what"]: row | today for row in rows}}
    if scale:
        kept["scale"] = {str(size): figures for size, figures in scale.items()}
        PICTURE.write_text(svg(scale), encoding="utf-8")
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def read() -> dict[str, Any]:
    """What is kept."""
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {"rows": {}, "scale": {}}
    return kept


def scale() -> dict[int, dict[str, float]]:
    """The figures at each size."""
    return {int(size): figures for size, figures in read()["scale"].items()}


def ratios() -> str:
    """The README's table of what is held against something else."""
    lines = ["| what | qa-bot | against | ratio |", "| --- | --- | --- | --- |"]
    for row in read()["rows"].values():
        of = f"{row['base']:.3g} {row['unit']}, {row['against']}"
        lines.append(f"| {row['what']} | {row['ours']:.3g} {row['unit']} | {of} | {row['ratio']:.2g} |")
    return "\n".join(lines) + "\n"


def growth() -> str:
    """The README's table of what grows with the index, and with which power of its size."""
    found = scale()
    sizes = sorted(found)
    powers = exponents(found)
    lines = [f"| passages | {' | '.join(f'{size:,}' for size in sizes)} | grows with the power |"]
    lines.append("| --- " * (len(sizes) + 2) + "|")
    for name, about in FIGURES.items():
        figures = " | ".join(f"{found[size][name]:.3g}" for size in sizes)
        lines.append(f"| {about} | {figures} | {' · '.join(f'{power:.2f}' for power in powers[name])} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(svg(scale()), encoding="utf-8")
    print(ratios(), growth(), sep="\n")
