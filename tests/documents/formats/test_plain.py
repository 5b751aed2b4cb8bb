from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.plain import plain_blocks

LONG = "This is a sentence that is long enough to be a paragraph of its own and to stand below a heading. "


def blocks(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in plain_blocks(text, 0)]


def kinds(text: str) -> list[Kind]:
    return [kind for kind, _ in blocks(text)]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    lines = [LONG * 2, LONG * 3, "Short one. Done.", LONG * 2]
    assert blocks("\n".join(lines)) == [(Kind.PARAGRAPH, line.strip()) for line in lines]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The quality of the plans was seen to vary and not all of them were timely,\n"
        "which is why the inspectors asked for more of them to be looked at before\n"
        "the next visit. They also asked for another report about the management of\n"
        "the service.\n"
        "A new paragraph begins after a line that had room for its first word, and\n"
        "it goes on."
    )
    found = blocks(text)
    assert [kind for kind, _ in found] == [Kind.PARAGRAPH] * 2
    assert found[1][1].startswith("A new paragraph")


def test_a_short_line_over_a_paragraph_or_a_list_is_a_heading() -> None:
    assert kinds(f"The title\n\n{LONG}\n\nOverview\n\n{LONG}\n\nPoints\n\n- one\n- two\n") == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.ITEM,
        Kind.ITEM,
    ]


def test_what_only_looks_like_a_heading_is_none() -> None:
    for line in [
        "Dear John",
        "22 March 2019",
        "T 0300 123 1231",
        "a small beginning",
        "Ends with a stop.",
        "Ofsted said:",
    ]:
        assert kinds(f"{LONG}\n\n{line}\n\n{LONG}")[1] is Kind.PARAGRAPH, line
    assert kinds(f"{LONG}\n\nYours sincerely\n\nLisa Summers")[1:] == [Kind.PARAGRAPH] * 2


def test_an_indented_comment_is_no_heading() -> None:
    for code in [
        "    # start the pump\n    pump --on",
        "    # start the pump",
        "\t# start the pump\n\tpump --on",
        "        ## twice indented\n        pump",
        "    # one\n    # two",
        "    pump --on\n    # and off",
    ]:
        text = f"Pumps\n\n{LONG}\n\n{code}\n\n{LONG}"
        headings = [block.label for block in plain_blocks(text, 0) if block.kind is Kind.HEADING]
        assert headings == ["Pumps"], code
    assert kinds(f"{LONG}\n\n  # Near the edge\n\n{LONG}")[1] is Kind.HEADING


def test_marked_headings() -> None:
    text = (
        f"Title\n=====\n\n{LONG}\n\nPart\n----\n\n## Two\n\n = = Wiki = = \n{LONG}\n\n"
        f"ALL CAPITALS HERE\n\n1. Scope\n\n{LONG}\n\n1.2 More\n\n{LONG}"
    )
    headings = [(block.label, block.level) for block in plain_blocks(text, 0) if block.kind is Kind.HEADING]
    assert headings == [
        ("Title", 1),
        ("Part", 2),
        ("Two", 2),
        ("Wiki", 2),
        ("ALL CAPITALS HERE", 2),
        ("1. Scope", 2),
        ("1.2 More", 3),
    ]


def test_bullets_with_their_further_lines() -> None:
    text = "Such as:\n  • one thing that\n    goes on\n  • another\n1. first\n2) second\nAfter the list comes this sentence.\n"
    assert blocks(text) == [
        (Kind.PARAGRAPH, "Such as:"),
        (Kind.ITEM, "• one thing that\n    goes on"),
        (Kind.ITEM, "• another"),
        (Kind.ITEM, "1. first"),
        (Kind.ITEM, "2) second\nAfter the list comes this sentence."),
    ]


def test_lines_with_bars_are_rows_under_their_header() -> None:
    text = "Costs in millions:\n\nitem | 2016 | 2017\n---|---|---\nnotes | 1 | 2\ntotal | 3 | 4\n\nEnd | of it"
    found = plain_blocks(text, 0)
    assert [block.kind for block in found] == [Kind.PARAGRAPH, Kind.ROW, Kind.ROW, Kind.ROW, Kind.PARAGRAPH]
    assert found[2].label == "item | 2016 | 2017"
    assert "---" in text[found[1].start : found[1].end]


def test_a_page_break_is_healed_only_where_a_sentence_goes_on() -> None:
    assert len(blocks("The plans that were looked at and\n\n\n\nwere seen to be good.")) == 1
    assert len(blocks("The plans that were looked at and\n\n12\n\nwere seen to be good.")) == 1, "a page number"
    assert len(blocks("- The plans that were looked at and\n\nwere seen to be good.")) == 1
    assert len(blocks("The plans that were looked at.\n\nwere seen to be good.")) == 2
    assert len(blocks("The plans that were looked at and\n\nOthers were seen to be good.")) == 2
    assert len(blocks("- one thing of the list\n- another thing of it\n")) == 2
    assert len(blocks("Shall I compare thee\nTo a day in summer\n\nthou art more lovely\nand more temperate")) == 2
    assert len(blocks("the whole page is in small letters\n\nand tells nothing of where sentences begin")) == 2


def test_a_fence_is_one_block_and_an_open_one_is_none() -> None:
    assert kinds("```\ncode | here\n\n# no heading\n```") == [Kind.CODE]
    assert Kind.CODE not in kinds("```\nnever closed\n\nWords.")


def test_lines_with_keys_are_apart() -> None:
    assert len(blocks("PMID: 12929205\nLicense: CC BY\nRetracted: no")) == 3
