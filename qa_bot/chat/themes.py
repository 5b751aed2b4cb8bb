"""The looks of the chat, besides Textual's own themes."""

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="qa-bot-dark",
    primary="#8fb4d9",
    secondary="#7d93ab",
    accent="#e0b070",
    warning="#e5a15c",
    error="#e07a7a",
    success="#8fc29a",
    foreground="#e6e3dc",
    background="#14171c",
    surface="#1a1e25",
    panel="#222831",
    dark=True,
)
LIGHT = Theme(
    name="qa-bot-light",
    primary="#2b5f94",
    secondary="#5b6f85",
    accent="#a8640f",
    warning="#a45208",
    error="#b02a2a",
    success="#2e7a45",
    foreground="#22252a",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    dark=False,
)
CONTRAST = Theme(
    name="qa-bot-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    dark=True,
    text_alpha=1.0,
    variables={
        "text-muted": "#e0e0e0",
        "text-disabled": "#c0c0c0",
        "quote-rest": "#dcdcdc",
        "rule": "#a0a0a0",
        "faint": "#c0c0c0",
        "soft": "#e0e0e0",
    },
)
THEMES = (DARK, LIGHT, CONTRAST)

SHADES = {
    "quote-rest": 0.66,
    "citation": 0.8,
    "rule": 0.22,
    "band": 0.92,
    "faint": 0.45,
    "soft": 0.62,
}
"""Colours of our own, as so much of the foreground on the background; a theme's `variables` may set them otherwise.

Textual's $text-muted and its kin adapt to the background, but only in style sheets: within a line of text they do not work.
"""


def shades(variables: Mapping[str, str]) -> dict[str, str]:
    """Our own colours for a theme with these variables."""
    front, back = Color.parse(variables["foreground"]), Color.parse(variables["background"])
    if front.ansi is not None or back.ansi is not None:
        # The terminal's own colours cannot be mixed; bold and the bars still tell the parts apart.
        return {name: "ansi_bright_black" if share < 0.5 else "ansi_default" for name, share in SHADES.items()}
    return {name: back.blend(front, share).hex for name, share in SHADES.items()}
