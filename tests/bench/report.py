"""The figures kept in tests/data/bench.json, and what the guide shows of them.

    python -m tests.bench.report

writes them into the page `speed` and draws the picture anew.
"""

import json
from datetime import date
from typing import Any

from .measure import REPOSITORY
from .plot import svg
from .scale import FIGURES, exponents

KEPT = REPOSITORY / "tests" / "data" / "bench.json"
PAGE = REPOSITORY / "qa_bot" / "guide" / "speed.md"
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
    """The page's table of what is held against something else, and where and when."""
    rows = read()["rows"].values()
    machines = " · ".join(sorted({f"{row['machine']}, {row['date']}" for row in rows}))
    lines = [f"Measured on {machines}.", "", "| what | qa-bot | against | ratio |", "| --- | --- | --- | --- |"]
    for row in rows:
        ours, base = (f"{significant(row[side])} {row['unit']}" for side in ("ours", "base"))
        lines.append(f"| {row['what']} | {ours} | {base}: {row['against']} | {significant(row['ratio'], 2)} |")
    return "\n".join(lines) + "\n"


def growth() -> str:
    """The page's table of what grows with the index, and with which power of its size."""
    found = scale()
    sizes = sorted(found)
    powers = exponents(found)
    lines = [f"| passages | {' | '.join(f'{size:,}' for size in sizes)} | grows with the power |"]
    lines.append("| --- " * (len(sizes) + 2) + "|")
    for name, about in FIGURES.items():
        figures = " | ".join(significant(found[size][name]) for size in sizes)
        lines.append(f"| {about} | {figures} | {' · '.join(f'{power:.2f}' for power in powers[name])} |")
    return "\n".join(lines) + "\n"


def significant(number: float, digits: int = 3) -> str:
    """The number to so many digits, written out."""
    return f"{float(f'{number:.{digits}g}'):,.10g}"


def in_page(text: str) -> str:
    """The page with the figures that are kept between its marks."""
    for name, table in (("ratios", ratios()), ("growth", growth())):
        before, mark, rest = text.partition(f"<!-- {name}: python -m tests.bench.report -->\n")
        _, end, after = rest.partition("<!-- end -->\n")
        assert end, f"the page has no place for the {name}"
        text = f"{before}{mark}\n{table}\n{end}{after}"
    return text


if __name__ == "__main__":
    PICTURE.write_text(svg(scale()), encoding="utf-8")
    PAGE.write_text(in_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
