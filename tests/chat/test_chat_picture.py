"""The README's pictures are made by a script, from the real application, and show what it shows today."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from qa_bot.config import Settings

from .picture import DATA, PICTURES, draw

SHOWN = {
    "chat": ("003_7a3598a8e012728e.txt:33", "Nothing in these documents answers that."),
    "follow-up": ("morale", "004_8ea13917c2a413e0.txt:25", "still about:", "staff feel supported and invested in"),
    "sides": ("oldest to newest", "22 March 2019", "the need to lower", "11 January 2024", "at a manageable"),
}
"""What a picture is there to show."""


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_shows_what_it_is_there_for(
    name: str, built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.index.parent)
    svg = await draw(PICTURES[name], Settings(seeds=Path("seeds"), index=built.index))
    for drawn in (svg, (DATA / f"{name}.svg").read_text(encoding="utf-8")):
        text = "".join(ElementTree.fromstring(drawn).itertext()).replace("\xa0", " ")
        assert all(words in text for words in SHOWN[name]), text
