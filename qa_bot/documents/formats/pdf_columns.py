"""The reading order of a PDF page: columns are found by the gutters between them."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from qa_bot.documents.formats.pdf_lines import Run, rows_of

_STARTS = 2
"""Lines. A column has at least so many lines that begin at its left edge."""

_CANDIDATES = 12
"""Left edges that are tried, those with the most lines first."""

_NEAR = 2.0
"""Points. Lines that begin this near to one another begin at one edge."""

_FEWEST_LETTERS = 15
"""Letters. The lines of a column of prose are longer on average, those of most table cells shorter."""

_FULL = 0.6
"""Share of a column's width that its lines fill on average."""

_LONG = 8
"""Lines of a column from which on the order of drawing tells columns from tables."""

_SWITCHES = 0.3
"""Times a line that the file goes over from one column to the other while it draws them; a table goes over at each row."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the page with a gutter from its top to its end."""

    above: list[Run]
    left: list[Run]
    right: list[Run]
    below: list[Run]
    weight: int
    """Letters in the column that has fewer."""


def columns_of(runs: list[Run]) -> list[list[Run]]:
    """The columns of a page in the order in which they are read. What stands over two columns is a column by itself."""
    if not runs:
        return []
    found = _widest(runs)
    if found is None:
        return [runs]
    parts = (found.above, found.left, found.right, found.below)
    return [column for part in parts for column in columns_of(part)]


def _widest(runs: list[Run]) -> _Stretch | None:
    """The stretch of the page with a gutter that has the most words beside it."""
    rows = rows_of(runs)
    starts = Counter(round(run.left / _NEAR) for run in runs)
    near = {edge: starts[edge - 1] + starts[edge] + starts[edge + 1] for edge in starts}
    edges = sorted((edge for edge in near if near[edge] >= _STARTS), key=lambda edge: (-near[edge], edge))
    best: _Stretch | None = None
    for edge in edges[:_CANDIDATES]:
        gutter = (edge - 1) * _NEAR
        for stretch in _stretches(rows, gutter):
            if (best is None or stretch.weight > best.weight) and _are_columns(stretch):
                best = stretch
    return best


def _stretches(rows: list[list[Run]], gutter: float) -> Iterator[_Stretch]:
    """The parts of the page that no run crosses at `gutter`, from crossing row to crossing row."""
    begin = 0
    for end in range(len(rows) + 1):
        if end < len(rows) and not any(run.left < gutter < run.right for run in rows[end]):
            continue
        inside = _flat(rows[begin:end])
        left = [run for run in inside if run.right <= gutter]
        right = [run for run in inside if run.left >= gutter]
        if len(left) >= _STARTS and len(right) >= _STARTS:
            yield _Stretch(_flat(rows[:begin]), left, right, _flat(rows[end:]), min(_letters(left), _letters(right)))
        begin = end + 1


def _flat(rows: list[list[Run]]) -> list[Run]:
    return [run for row in rows for run in row]


def _are_columns(stretch: _Stretch) -> bool:
    """Whether both sides are columns of the page, and not cells of a table."""
    sides = [(run.order, True) for run in stretch.left] + [(run.order, False) for run in stretch.right]
    drawn = [side for _, side in sorted(sides)]
    switches = sum(1 for one, other in itertools.pairwise(drawn) if one != other)
    fewer = min(len(rows_of(stretch.left)), len(rows_of(stretch.right)))
    if switches == 1 and fewer >= _LONG:
        return _is_worded(stretch.left) and _is_worded(stretch.right)
    if not (_is_prose(stretch.left) and _is_prose(stretch.right)):
        return False
    if switches <= max(1, _SWITCHES * fewer):
        return True
    # A file may draw both columns line by line. Then about every line goes over, and many begin inside a sentence.
    inside = sum(run.text[:1].islower() for run in (*stretch.left, *stretch.right))
    return fewer >= _LONG and switches >= 1.5 * fewer and inside >= 0.4 * len(drawn)


def _is_prose(runs: list[Run]) -> bool:
    rows = rows_of(runs)
    widths = [row[-1].right - row[0].left for row in rows]
    whole = max(run.right for run in runs) - min(run.left for run in runs)
    return _is_worded(runs) and mean(widths) >= _FULL * whole


def _is_worded(runs: list[Run]) -> bool:
    """Whether the lines are longer than the cells of tables are."""
    rows = rows_of(runs)
    return len(rows) >= _STARTS and _letters(runs) >= _FEWEST_LETTERS * len(rows)


def _letters(runs: list[Run]) -> int:
    return sum(len(run.text) for run in runs)
