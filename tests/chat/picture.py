"""Renders the README's pictures of the chat from the real application, model and seeds.

    python -m tests.chat.picture            writes tests/data/chat.svg and the others
    python -m tests.chat.picture FOLDER     writes them there

The index is made in a temporary folder; nothing else is touched. Run it again whenever the look of the chat changes.
"""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_bot.chat.app import ChatApp
from qa_bot.config import Settings
from qa_bot.index.updating import update
from tests.chat.pilot import ask, settle

REPOSITORY = Path(__file__).parents[2]
DATA = REPOSITORY / "tests" / "data"


@dataclass(frozen=True)
class Picture:
    """What is asked, the keys pressed then, and the size of the terminal in cells."""

    questions: tuple[str, ...]
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (110, 34)


PICTURES = {
    "chat": Picture(
        ("What needs to improve in South Tyneside's social work practice?", "What is the capital of France?")
    ),
    "follow-up": Picture(("How is staff morale in North Tyneside?", "And in South Tyneside?"), size=(110, 42)),
    "sides": Picture(("How are caseloads in South Tyneside?",), ("tab", "s"), (110, 26)),
}


async def draw(picture: Picture, settings: Settings) -> str:
    """The SVG of the chat after the questions and the keys."""
    app = ChatApp(settings)
    async with app.run_test(size=picture.size) as pilot:
        await settle(pilot)
        for question in picture.questions:
            await ask(pilot, question)
        for key in picture.keys:
            await pilot.press(key)
            await settle(pilot)
        await pilot.pause()
        return app.export_screenshot(title="qa-bot", simplify=True)


def main() -> None:
    """Make the pictures."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else DATA).absolute()
    target.mkdir(parents=True, exist_ok=True)
    os.chdir(REPOSITORY)
    with TemporaryDirectory() as folder:
        # A relative path, so that the picture shows what a user's own header would.
        settings = Settings(seeds=Path("seeds"), index=Path(folder))
        update(settings)
        for name, picture in PICTURES.items():
            (target / f"{name}.svg").write_text(asyncio.run(draw(picture, settings)), encoding="utf-8")
            print(f"wrote {target / name}.svg")


if __name__ == "__main__":
    main()
