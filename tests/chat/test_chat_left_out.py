"""The chat tells of files that could not be read: in its header, below a refusal, among the documents, after an update."""

from qa_bot.chat.app import ChatApp
from qa_bot.config import Settings
from tests.chat.pilot import ask, flat, picture, settle, words


async def test_files_that_could_not_be_read_are_told_wherever_they_matter(own: Settings) -> None:
    for name in ("a.jpg", "b.jpg", "all.zip"):
        (own.seeds / name).write_bytes(b"\x89")
    async with ChatApp(own).run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        assert "5 documents" in picture(pilot)
        assert "3 files not read" in picture(pilot)
        await ask(pilot, "What is the capital of France?")
        assert "3 of 8 files could not be read: f2" in flat(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert "5 documents · 3 left out" in words(pilot, "#documents-count")
        assert "left out: is a picture" in picture(pilot)
        await pilot.press("escape")
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert "Not read: 2 .jpg, 1 .zip. f2 tells why." in words(pilot, ".note")
