"""The picture of what grows with the index: the time of a question and of making the index, against its size, as SVG."""

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WIDTH, HEIGHT, TOP, BOTTOM, SIDE, BETWEEN = 350, 240, 44, 48, 52, 36
"""Of one panel's axes, and the room around it, in pixels."""
PANELS = (
    ("one question, milliseconds", (("ask p50", "median", "#2b5f94"), ("ask p95", "95th percentile", "#8fb4d9"))),
    ("seconds", (("build", "making the index", "#a8640f"), ("update", "updating one file", "#e0b070"))),
)
"""Title, then figure, name and colour of each line."""


def svg(found: Mapping[int, Mapping[str, float]]) -> str:
    """Two panels side by side, both axes logarithmic."""
    width = len(PANELS) * (WIDTH + SIDE) + BETWEEN * len(PANELS)
    height = HEIGHT + TOP + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#3c4149">',
        f'<rect width="{width}" height="{height}" rx="8" fill="#fbfaf7"/>',
    ]
    for number, (title, lines) in enumerate(PANELS):
        parts += panel(SIDE + number * (WIDTH + SIDE + BETWEEN), title, lines, found)
    return "\n".join([*parts, "</svg>\n"])


def panel(
    left: float, title: str, lines: Sequence[tuple[str, str, str]], found: Mapping[int, Mapping[str, float]]
) -> list[str]:
    """The axes, the lines over them, each named at its end."""
    sizes = sorted(found)
    values = [found[size][figure] for figure, *_ in lines for size in sizes]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: float) -> float:
        return left + WIDTH * (math.log10(size) - first) / ((last - first) or 1)

    def y(value: float) -> float:
        return TOP + HEIGHT * (1 - (math.log10(value) - low) / ((high - low) or 1))

    parts = [text(left, TOP - 18, title, "start", 'font-weight="600" font-size="13"')]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<line x1="{left}" x2="{left + WIDTH}" y1="{at:.1f}" y2="{at:.1f}" stroke="#e2ded5"/>')
        parts.append(text(left - 8, at + 4, f"{10**power:g}", "end"))
    for size in sizes:
        parts.append(text(x(size), TOP + HEIGHT + 20, f"{size:,}", "middle"))
    parts.append(text(left + WIDTH / 2, TOP + HEIGHT + 38, "passages", "middle"))
    for row, (figure, name, colour) in enumerate(lines):
        points = [(x(size), y(found[size][figure])) for size in sizes]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in points]
        parts.append(text(left + 12, TOP + 16 + 17 * row, f"● {name}", "start", f'style="fill:{colour}"'))
    return parts


def text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    """Words at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(words)}</text>'
