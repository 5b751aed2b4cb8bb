"""Text of the seeds made fit for a terminal. It is hostile: it may hold escape sequences, markup, anything.

Every change here keeps one character for one character, so offsets into a document stay right.
"""

import re

from rich.cells import cell_len

ELLIPSIS = "…"
_REPLACEMENT = "\ufffd"

# C0 controls have pictures of their own (ESC is shown as ␛); a carriage return is almost always half of a line end.
_VISIBLE: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_VISIBLE[ord("\r")] = " "
_VISIBLE[0x7F] = "\u2421"
_HIDDEN_RANGES = (
    (0x80, 0x9F),  # C1 controls: 0x9B alone starts an escape sequence in some terminals
    (0xAD, 0xAD),  # soft hyphen: terminals disagree about its width
    (0x61C, 0x61C),  # the marks and overrides of writing direction, which reorder what a reader sees
    (0x200B, 0x200B),  # zero-width space; the joiners (200C, 200D) stay, scripts and emoji need them
    (0x200E, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0xD800, 0xDFFF),  # lone surrogates (from file names) cannot be written to a terminal at all
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),  # "tag" characters: invisible text
)
_VISIBLE.update({code: _REPLACEMENT for low, high in _HIDDEN_RANGES for code in range(low, high + 1)})
# Ranges, for speed: a class of two thousand characters takes longer to compile than a screen to paint.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _HIDDEN_RANGES) + "]"
)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")  # the indentation of the line after them is that line's
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text with every character that could steer the terminal replaced by one that shows, one for one."""
    return text.translate(_VISIBLE) if _UNSAFE.search(text) else text


def one_line(text: str) -> str:
    """The text on one line, for lists and titles; offsets do not survive this."""
    return _SPACE.sub(" ", visible(text)).strip()


def fit(text: str, cells: int) -> str:
    """One line of at most `cells` terminal cells, cut at the end with an ellipsis."""
    if cell_len(text) <= cells:
        return text
    kept: list[str] = []
    room = cells - 1
    for character in text:
        room -= cell_len(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def fit_path(path: str, cells: int) -> str:
    """A path of at most `cells` cells with its middle left out: its first words and its suffix tell files apart."""
    if cell_len(path) <= cells:
        return path
    dot = path.rfind(".")
    tail = path[dot:] if 0 < len(path) - dot <= 6 else ""
    return fit(path, max(2, cells - len(tail))) + tail


def blank_runs(text: str) -> list[tuple[int, int]]:
    """The runs of line ends that a quote shows as one blank line (page breaks leave three or four)."""
    return [(match.start(), match.end()) for match in _BLANK_LINES.finditer(text)]


def counted(number: int, thing: str) -> str:
    """A number with its noun: "1 file", "1,200 files"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
