"""Sentences that name a speaker, and sentences that do not."""

import pytest

from qa_bot.language.english.speech import SAYS


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Holm said the bridge was open.",
        "“It is open,” said Ada.",
        "The mayor, Ada Holm, says so.",
        "Ada says it is open.",
        "It is open, according to Captain Holm.",
        "In May, Ada wrote that it was open.",
    ],
)
def test_a_speaker_with_a_name(sentence: str) -> None:
    assert SAYS.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["He said so.", "They say it is open.", "The bridge is open.", "It was said.", "“It is open,” she added."],
)
def test_no_speaker_with_a_name(sentence: str) -> None:
    assert not SAYS.search(sentence)
