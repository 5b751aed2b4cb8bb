"""Which sentences are the points of a list, and which sentence leads in to them."""

from pathlib import Path

import pytest

from qa_bot.answers.quoting.lists import led_in
from qa_bot.answers.quoting.turns import names_doer
from qa_bot.language.analysis import terms
from tests.answers.small_folders import told

LEADS = [
    ["A tenant must not:", "(a) keep a horse;", "(b) light a fire; or", "(c) let the room."],
    ["3.1. The grant is repaid where", "a) the shop shuts;", "b) the owner moves.", "3.2. No interest is due."],
    ["Bring to the interview —", "(i) a passport", "(ii) two photographs", "(iii) the letter"],
    ["**You can:**", "· swim", "· row", "The lake is deep."],
    ["The steps are as follows.", "1. Close the valve.", "2. Wait.", "A pump starts."],
    ["Members elect the following officers.", "– a chair", "– a clerk", "Officers serve a year."],
]
ENDED = [
    ["The hall is let by the day.", "(a) Sweep it", "(b) Lock it"],
    ["Tea is at four!", "- Anna pours", "- Tom serves"],
    ["Is the pool heated?", "1. Towels", "2. Caps"],
    ["Nobody came (“it rained.”)", "* gloves", "* boots"],
    ["The train left the following day.", "- seats", "- lamps"],
    ["The clerk read the letter.", "(i) rates", "(ii) drains"],
]


@pytest.mark.parametrize("texts", LEADS)
def test_an_open_sentence_leads_in_to_the_points_below(texts: list[str]) -> None:
    points = [1, 2, 3] if texts[3].startswith("(") else [1, 2]
    assert led_in(0, texts) == points


@pytest.mark.parametrize("texts", ENDED)
def test_an_ended_sentence_leads_in_to_nothing(texts: list[str]) -> None:
    assert led_in(0, texts) == []


def test_a_list_ends_where_another_begins() -> None:
    assert led_in(0, ["Needed:", "- one", "Not needed:", "- two"]) == [1]
    assert led_in(0, ["If:", "(a) it rains", "(b) it snows", "(a) the office shuts"]) == [1, 2]
    assert led_in(0, ["If:", "(a) it rains", "(b) it snows", "# Fees", "- ten pounds"]) == [1, 2]


def test_points_below_a_point() -> None:
    texts = ["Pay if:", "(a) a room is:", "(i) wet", "(ii) dark", "(b) you smoke."]
    assert led_in(0, texts) == [1, 2, 3, 4]
    assert led_in(1, texts) == [2, 3]
    assert led_in(2, texts) == []


@pytest.mark.parametrize("mark", ["({})", "{})"])
def test_lettered_paragraphs_of_markdown_are_one_list(tmp_path: Path, mark: str) -> None:
    points = ["the roof leaks", "the lift is out of order for a week", "the rent falls"]
    lines = [f"{mark.format(letter)} {point}" for letter, point in zip("abc", points, strict=True)]
    words = "\n\n".join(["# Lease", "7.1. The tenant may leave early where:", *lines, "7.2. Keys go to the porter."])
    found = told(tmp_path, {"lease.md": words}, "When may the tenant leave early?")
    assert all(point in found.marked for point in points)
    assert "porter" not in found.marked


def test_a_name_before_what_is_asked_tells_who() -> None:
    asked = terms("Who paid for the lamp?")
    assert names_doer("Then Ann Lee paid for it.", asked)
    assert names_doer("Tom has paid the bill.", asked)
    assert not names_doer("The lamp was paid for.", asked)
    assert not names_doer("Ann Lee wrote that it was paid.", asked)
