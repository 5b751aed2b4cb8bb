"""Renders the README's picture of the chat from the real application, model and seeds.

    python tests/chat/picture.py            writes tests/data/chat.svg
    python tests/chat/picture.py OTHER.svg  writes there

Two questions are asked and the picture is taken, at 110 by 34 cells. The index is made in a temporary folder; nothing else
is touched. Run it again whenever the look of the chat changes.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_bot.chat.app import ChatApp
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.config import Settings
from qa_bot.index.builder import update

REPOSITORY = Path(__file__).parents[2]
SIZE = (110, 34)
QUESTIONS = ("What needs to improve in South Tyneside's social work practice?", "What is the capital of France?")


async def picture(settings: Settings) -> str:
    """The SVG of the chat after the questions."""
    app = ChatApp(settings)
    async with app.run_test(size=SIZE) as pilot:
        for question in QUESTIONS:
            app.screen.query_one(QuestionInput).put(question)
            await pilot.press("enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
        await pilot.pause()
        return app.export_screenshot(title="qa-bot", simplify=True)


def main() -> None:
    """Make the picture."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "tests" / "data" / "chat.svg"
    with TemporaryDirectory() as folder:
        # A relative path, so that the picture shows what a user's own header would.
        settings = Settings(seeds=Path("seeds"), index=Path(folder))
        update(settings)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(asyncio.run(picture(settings)), encoding="utf-8")
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
