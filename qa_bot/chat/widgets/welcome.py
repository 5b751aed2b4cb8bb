"""What is on the screen before the first question."""

from pathlib import Path

from textual.content import Content
from textual.widgets import Static

from qa_bot.showing.text import one_line


class Welcome(Static):
    """How to begin: how to ask, or without documents where to put them."""

    def __init__(self, seeds: Path) -> None:
        super().__init__(Content(""))
        self._seeds = one_line(str(seeds.absolute()))

    def ready(self) -> None:
        """Say how to ask the documents."""
        self.update(
            Content.assemble(
                ("Ask your documents.\n", "bold $foreground"),
                ("Every answer is quoted word for word, with its place; what they do not say is not answered.\n\n", ""),
                *_keys(
                    ("⏎", "asks; follow-up questions know what came before"),
                    ("tab", "goes to the quotes: unfold, open the document, copy"),
                    ("↑ ↓", "bring back questions asked before"),
                    ("f1", "shows every key"),
                ),
            )
        )

    def empty(self, reason: str) -> None:
        """Say where to put documents; `reason` tells why there are none."""
        self.update(
            Content.assemble(
                ("There are no documents yet.\n", "bold $foreground"),
                ("qa-bot answers from the files in one folder. Put text, Markdown or other documents into\n\n", ""),
                ("    " + self._seeds + "\n\n", "bold $accent"),
                ("then press ", ""),
                ("ctrl+r", "bold $foreground"),
                (" to index them. Sub-folders count too. Another folder: ", ""),
                ("qa-bot chat --seeds FOLDER", "bold $foreground"),
                ("\n\n" + one_line(reason), "$faint"),
            )
        )


def _keys(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    for key, does in rows:
        parts += [(f"  {key:<5}", "bold $accent"), (f"{does}\n", "")]
    return parts
