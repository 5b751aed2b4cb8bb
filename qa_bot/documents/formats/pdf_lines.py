"""The printed lines of a PDF page, with their places and font sizes, in the order in which they are read."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

_BREAK = 1.2
"""Font sizes. A wider gap between two letters of a line ends a run: another column or table cell may begin."""

CELL = 1.6
"""Font sizes. A wider gap between the runs of a line parts table cells."""

_STRANGE = 0.5
"""Font sizes. The same for runs that the file does not draw one after the other."""

_SPACE = 0.25
"""Font sizes. A wider gap between two letters is a space, though the file may have none there."""

_TIGHT = 0.08
"""Font sizes. The same where pdfium guesses a space, as it also does between letters that are set wide."""

_SAME_SIZE = 0.6
"""Points by which sizes may differ that a person takes for one."""

_BOLD = 600
"""The weight of a font from which on it counts as bold; 400 is regular."""

_FIXED = 1
"""The flag of fonts whose letters all have one width."""

_HYPHENS = (0x02, 0xFFFE)
"""What pdfium puts in the place of a hyphen at the end of a line."""


@dataclass(slots=True)
class Run:
    """Letters that stand side by side on one line. Lengths are in points; y grows downwards."""

    text: str
    left: float
    right: float
    y: float
    """Of the base line."""
    size: float
    bold: bool = False
    fixed: bool = False
    order: int = 0
    """The place of the run among the runs of the page, as the file draws them."""


@dataclass(slots=True)
class Line:
    """A line of a column. Runs with a wide gap between are its cells."""

    runs: list[Run]
    page: int
    """Counted from 0."""
    column: int
    """Lines that stand below one another in one column have one number, which no other column of the document has."""
    edge: float = 0.0
    """The right edge of the column."""
    cells: list[Run] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = list(_joined(self.runs))

    @property
    def text(self) -> str:
        """The words of all cells."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.cells[-1].right

    @property
    def y(self) -> float:
        """The base line."""
        return max(self.runs, key=lambda run: len(run.text)).y

    @property
    def size(self) -> float:
        """The font size of most of its letters."""
        letters: Counter[float] = Counter()
        for run in self.runs:
            letters[run.size] += len(run.text)
        return max(letters, key=lambda size: (letters[size], size))

    def shares_size(self, other: "Line") -> bool:
        """Whether some words of both are of one size. Code in a sentence is often smaller than the words around it."""
        return any(abs(one.size - two.size) < _SAME_SIZE for one in self.runs for two in other.runs)

    @property
    def bold(self) -> bool:
        """Whether all of the line is bold."""
        return all(run.bold for run in self.runs)

    @property
    def fixed(self) -> bool:
        """Whether all letters of the line have one width, as code has."""
        return all(run.fixed for run in self.runs)


@dataclass(slots=True)
class _Letter:
    text: str
    left: float
    right: float
    y: float
    size: float


def rows_of(runs: list[Run]) -> list[list[Run]]:
    """The runs by their base lines, from the top of the page to its end, each row from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.left)):
        first = max(rows[-1], key=lambda other: other.size) if rows else None
        if first and abs(run.y - first.y) < 0.4 * max(first.size, run.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def runs_of(textpage: "pdfium.FPDF_TEXTPAGE") -> tuple[list[Run], float]:
    """The runs of a page in the order of the file, and the share of its letters that have no meaning in Unicode."""
    count = pdfium.FPDFText_CountChars(textpage)
    angles = [round(math.degrees(pdfium.FPDFText_GetCharAngle(textpage, at)) / 90) % 4 for at in range(count)]
    upright = Counter(angles).most_common(1)[0][0] if angles else 0
    runs: list[Run] = []
    unknown = 0
    # Words that stand across the page, such as a stamp at its edge, come after the others.
    for angle in sorted(set(angles), key=lambda angle: (angle != upright, angle)):
        chosen = [at for at in range(count) if angles[at] == angle]
        unknown += sum(1 for at in chosen if pdfium.FPDFText_HasUnicodeMapError(textpage, at) == 1)
        found = list(_once(list(_runs(textpage, chosen, angle))))
        if angle != upright and runs:
            lowest = max(run.y for run in runs) + 100
            for run in found:
                run.y += lowest - min(other.y for other in found)
        runs += found
    for order, run in enumerate(runs):
        run.order = order
    return runs, unknown / max(count, 1)


def _runs(textpage: "pdfium.FPDF_TEXTPAGE", chosen: list[int], angle: int) -> Iterator[Run]:
    run: Run | None = None
    last = 0.0
    spaced = guessed = False
    for at in chosen:
        letter = _letter(textpage, at, angle)
        if letter is None:
            spaced = spaced or pdfium.FPDFText_IsGenerated(textpage, at) != 1
            guessed = True
            continue
        goes_on = run is not None and _goes_on(run, letter, last)
        if run is not None and goes_on:
            wide = letter.left - run.right > (_TIGHT if guessed else _SPACE) * run.size
            run.text += " " * (spaced or wide) + letter.text
            run.right = max(run.right, letter.right)
            if letter.size > run.size:
                run.size, run.y = letter.size, letter.y
        else:
            if run is not None:
                yield run
            bold, fixed = _font(textpage, at)
            run = Run(letter.text, letter.left, letter.right, letter.y, letter.size, bold, fixed)
        spaced = guessed = False
        last = letter.left
        if goes_on and (run.bold or run.fixed):
            bold, fixed = _font(textpage, at)
            run.bold, run.fixed = run.bold and bold, run.fixed and fixed
    if run is not None:
        yield run


def _letter(textpage: "pdfium.FPDF_TEXTPAGE", at: int, angle: int) -> _Letter | None:
    """The letter at this index; None for white space and for what cannot be shown."""
    code = pdfium.FPDFText_GetUnicode(textpage, at)
    text = "-" if code in _HYPHENS else chr(code) if 32 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
    if text.isspace():
        return None
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(textpage, at, box)
    pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
    matrix = pdfium.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(textpage, at, matrix) else 1.0
    size = pdfium.FPDFText_GetFontSize(textpage, at) * (scale or 1.0) or 1.0
    left, right, base = {
        0: (box.left, box.right, -y.value),
        1: (-box.top, -box.bottom, -x.value),
        2: (-box.right, -box.left, y.value),
        3: (box.bottom, box.top, x.value),
    }[angle]
    return _Letter(text, left, right, base, size)


def _goes_on(run: Run, letter: _Letter, last: float) -> bool:
    """Whether the letter stands on the line of the run, right behind it. The letters of a ligature have one place."""
    size = max(run.size, letter.size)
    near = -0.7 * size < letter.left - run.right < _BREAK * size or abs(letter.left - last) < 0.01
    return abs(letter.y - run.y) < 0.5 * size and near


def _once(runs: list[Run]) -> Iterator[Run]:
    """The runs without those that lie over an equal one: some programs print bold by drawing twice."""
    seen: dict[str, list[Run]] = {}
    for run in runs:
        same = seen.setdefault(run.text, [])
        if not any(abs(run.left - old.left) + abs(run.y - old.y) < 0.2 * run.size for old in same):
            yield run
        same.append(run)


def _font(textpage: "pdfium.FPDF_TEXTPAGE", at: int) -> tuple[bool, bool]:
    """Whether the font of a letter is bold, and whether its letters have one width."""
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, at, name, len(name), flags)
    words = name.value.decode(errors="replace").lower()
    bold = "bold" in words or "black" in words or pdfium.FPDFText_GetFontWeight(textpage, at) >= _BOLD
    fixed = bool(flags.value & _FIXED) or "mono" in words or "courier" in words
    return bold, fixed


def _joined(runs: list[Run]) -> Iterator[Run]:
    """The runs of a line with those made one that have no wide gap between."""
    cell: Run | None = None
    for run in runs:
        if cell is not None:
            gap = (run.left - cell.right) / max(cell.size, run.size)
            if gap <= (CELL if run.order == cell.order + 1 else _STRANGE):
                words = cell.text + " " * (gap > _SPACE / 2) + run.text
                bold, fixed = cell.bold and run.bold, cell.fixed and run.fixed
                cell = Run(words, cell.left, run.right, cell.y, cell.size, bold, fixed, run.order)
                continue
        if cell is not None:
            yield cell
        cell = run
    if cell is not None:
        yield cell
