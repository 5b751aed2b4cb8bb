"""Lines of plain text that are records, and lines of prose that only look like some."""

import pytest

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.plain import plain_blocks
from qa_bot.documents.sentences import LONGEST, sentence_spans

RECORDS = {
    "commas": ["Boat,Berth,Length,Owner", "Tern,4,21,Holm", "Gull,9,18,Vik", "Skua,12,30,Berg"],
    "semicolons": ["Ort;Tag;Preis", "Ulm;Mo;4,20", "Bonn;Di;3,90", "Kiel;Mi;5,10"],
    "tabs": ["Tool\tShelf", "saw\t3", "drill\t11", "plane\t2"],
    "quoted cells": [
        "Name,Role,Note",
        '"Lind, Ann",cook,"rice, beans"',
        '"Moe, Eva",driver,none',
        '"Ek, Per",guard,night',
    ],
    "columns": ["Line   From      To", "12     Harbour   Mill", "14     Station   Dale", "3      Abbey     Ford"],
    "numbers to the right": ["flour      1200", "sugar       850", "salt          9", "yeast        75"],
    "log": [
        "2024-02-03 10:11:12 INFO pump on",
        "2024-02-03 10:15:40 WARN pressure low",
        "2024-02-03 10:16:02 INFO pump off",
    ],
    "levels": ["[INFO] door open", "[WARN] door open for long", "[INFO] door shut"],
    "chat": ["[09:14] Ida: who has the key", "[09:15] Jon: it hangs by the door", "[09:20] Ida: thanks"],
    "nicks": ["<ida> who has the key", "<jon> by the door", "<ida> thanks"],
    "timetable": ["Monday 9 to 12", "Tuesday 9 to 17", "Friday 13 to 19"],
    "day and clock": ["3 Mar 2024 10:00 Lift stopped", "3 Mar 2024 10:40 Lift runs", "4 Mar 2024 08:00 Lift stopped"],
}
PROSE = {
    "wrapped": [
        "The boat left at nine, came back, and was tied up,",
        "as the rules say, by noon, or so they told, the",
        "owner.",
    ],
    "address": ["Harbour Office", "Quay Street 12", "Skerry"],
    "one date": [
        "12/03/2024 was the day on which the harbour master",
        "closed the pier, and nobody was told of it until the",
        "week after.",
    ],
    "verse": ["The sea was high,", "the night was long,", "and nobody sang", "the fishers' song."],
    "two spaces": [
        "It rained.  Nobody came to the pier that day, and the",
        "boat stayed in.  The master wrote it down, as he did",
        "each day.",
    ],
    "figures": [
        "In 1974 the bog was surveyed and in 1976 a fence was",
        "put up, 3 miles long, for 40 pounds, and in 1982 the",
        "board withdrew 2 plans.",
    ],
}


@pytest.mark.parametrize("lines", RECORDS.values(), ids=RECORDS.keys())
def test_each_record_is_a_sentence(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = plain_blocks(text, 0)
    assert [text[block.start : block.end] for block in blocks] == lines
    assert {block.kind for block in blocks} == {Kind.ROW}


@pytest.mark.parametrize("lines", PROSE.values(), ids=PROSE.keys())
def test_prose_is_no_record(lines: list[str]) -> None:
    assert Kind.ROW not in {block.kind for block in plain_blocks("\n".join(lines), 0)}


def test_rows_know_their_header() -> None:
    blocks = plain_blocks("\n".join(RECORDS["commas"]), 0)
    assert [block.label for block in blocks] == ["Boat | Berth | Length | Owner"] * 4
    assert [block.level for block in blocks] == [1, 0, 0, 0]
    assert {block.label for block in plain_blocks("\n".join(RECORDS["log"]), 0)} == {""}


def test_a_message_holds_its_further_lines() -> None:
    text = "[09:14] Ida: bring\nsalt and oil\n[09:15] Jon: yes\n[09:16] Ida: good"
    first = plain_blocks(text, 0)[0]
    assert text[first.start : first.end] == "[09:14] Ida: bring\nsalt and oil"


@pytest.mark.parametrize("rule", ["+-----+-----+", "├─────┼─────┤", "|-----+-----|"])
def test_a_ruled_table(rule: str) -> None:
    bar = "│" if "─" in rule else "|"
    rows = [f"{bar} {a:3} {bar} {b:3} {bar}" for a, b in [("Pen", "Ink"), ("red", "4"), ("blu", "7")]]
    text = "\n".join([rows[0], rule, rows[1], rule, rows[2]])
    blocks = [block for block in plain_blocks(text, 0) if block.kind is Kind.ROW]
    assert [text[block.start : block.end] for block in blocks] == [f"{rows[0]}\n{rule}", rows[1], rows[2]]
    assert {(block.label, block.group) for block in blocks} == {("Pen | Ink", 1)}


@pytest.mark.parametrize("separator", ["; ", " | ", "\t", " • ", " / ", ";"])
def test_a_long_line_is_cut_at_its_own_separators(separator: str) -> None:
    before = separator.join(f"valve{n} shut" for n in range(80))
    text = separator.join([before, "the spare key of the boiler room hangs in cupboard nine", before])
    assert len(text) > LONGEST
    pieces = [text[start:end] for start, end in sentence_spans(text, 0, len(text))]
    (piece,) = [piece for piece in pieces if "cupboard" in piece]
    assert len(piece.split()) <= 14
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_long_sentence_of_prose_is_not_cut_at_each_clause() -> None:
    text = "The board heard, " + "that the pier was old and that the sea had been high for most of the winter, " * 10
    assert len(list(sentence_spans(text, 0, len(text)))) == 2
