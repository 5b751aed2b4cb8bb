"""The README's picture is made by a script, from the real application."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from qa_bot.config import Settings

from .picture import REPOSITORY, picture


async def test_the_picture_shows_an_answer_and_a_refusal(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    svg = await picture(Settings(seeds=Path("seeds"), index=built.index))
    text = "".join(ElementTree.fromstring(svg).itertext()).replace("\xa0", " ")
    assert "003_7a3598a8e012728e.txt:33" in text
    assert "Nothing in these documents answers that." in text
