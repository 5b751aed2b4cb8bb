import pytest

from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.markdown import markdown_blocks, without_markup
from qa_bot.documents.readers import document_of
from tests.documents.conftest import passage_with, sentences, words


def blocks(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in markdown_blocks(text, 0)]


def test_headings_of_both_kinds_make_the_path() -> None:
    first = "Report\n======\n\n## Time_line\n\n### `16:59` *PST*\n\nIt began."
    text = f"{first}\n\n### [17:00](x)\n\nIt ended.\n\n## Why\n\nWho knows.\n"
    document = document_of(text, "a.md")
    assert document.title == "Report"
    assert [(passage.context, words(document, passage)) for passage in document.passages] == [
        ("Time_line › 16:59 PST", first),
        ("Time_line › 17:00", "### [17:00](x)\n\nIt ended."),
        ("Why", "## Why\n\nWho knows."),
    ]


def test_a_heading_that_links_to_a_reference_says_its_words() -> None:
    document = document_of(
        "# Changes\n\n## [1.2.0] and [more][x]\n\nFixed.\n\n[1.2.0]: http://a.b\n[x]: http://c.d\n", "a.md"
    )
    assert document.passages[0].context == "1.2.0 and more"


def test_lists_and_what_is_in_them() -> None:
    text = "Do:\n\n1. one\n   more\n   - inner\n\n   ```\n   code\n   ```\n2. two\n\nAfter.\n"
    assert blocks(text) == [
        (Kind.PARAGRAPH, "Do:"),
        (Kind.ITEM, "1. one\n   more"),
        (Kind.ITEM, "- inner"),
        (Kind.CODE, "```\n   code\n   ```"),
        (Kind.ITEM, "2. two"),
        (Kind.PARAGRAPH, "After."),
    ]


def test_a_table_is_rows_with_the_rule_in_the_header() -> None:
    text = "| a | **b** |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n"
    found = markdown_blocks(text, 0)
    assert [text[block.start : block.end] for block in found] == ["| a | **b** |\n|---|---|", "| 1 | 2 |", "| 3 | 4 |"]
    assert {block.label for block in found} == {"a | b"}


def test_rows_of_a_long_table_keep_the_header_in_their_context() -> None:
    rows = "".join(f"| the row with number {number} | holds some more words | and others |\n" for number in range(60))
    document = document_of(f"# Prices\n\nThe prices:\n\n| name | what | more |\n|---|---|---|\n{rows}", "a.md")
    assert len(document.passages) > 3
    assert all(passage.context.endswith("name | what | more") for passage in document.passages[1:])
    assert all(len(words(document, passage).split()) < 250 for passage in document.passages)


def test_quotations_definitions_and_html() -> None:
    text = (
        "> Min notes this.\n> And that.\n\nterm\n: what it means\n^\n\nother\n: more\n\n<!-- a comment -->\n\n"
        '<div class="note" markdown="1">\nWords *inside* it.\n\n- item\n</div>\n'
    )
    assert blocks(text) == [
        (Kind.PARAGRAPH, "> Min notes this.\n> And that."),
        (Kind.ENTRY, "term\n: what it means"),
        (Kind.MARKUP, "^"),
        (Kind.ENTRY, "other\n: more"),
        (Kind.MARKUP, "<!-- a comment -->"),
        (Kind.MARKUP, '<div class="note" markdown="1">'),
        (Kind.PARAGRAPH, "Words *inside* it."),
        (Kind.ITEM, "- item"),
        (Kind.MARKUP, "</div>"),
    ]


def test_link_definitions_are_residue() -> None:
    document = document_of(
        "# A\n\nSee [the page][b] for more of it.\n\n[b]: http://example.org\n[c]: http://example.com\n", "a.md"
    )
    residue = [words(document, passage) for passage in document.passages if passage.residue]
    assert residue == ["[b]: http://example.org\n[c]: http://example.com"]
    assert sentences(document)[-1] == "[c]: http://example.com"


def test_code_is_whole_and_stays_with_the_words_before_it() -> None:
    code = "```python\nfor i in range(3):\n\n    print('a. B. C.')\n```"
    document = document_of(
        f"# A\n\n{'Some words before. ' * 30}\n\nRun this to see it:\n\n{code}\n\nThen stop.\n", "a.md"
    )
    assert code in sentences(document)
    assert "Run this to see it:\n\n```" in words(document, passage_with(document, "for i in"))


def test_a_long_code_block_is_cut_between_lines() -> None:
    code = "\n".join(f"line number {number} of the log with some words" for number in range(120))
    document = document_of(f"# A\n\nThe log:\n\n```\n{code}\n```\n", "a.md")
    assert len(document.passages) > 3
    assert all(sentence.endswith(("words", "```", ":", "A")) for sentence in sentences(document))


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold** and *it* and `co_de`", "Bold and it and co_de"),
        ("[Gem](http://x.y/(z)) ![alt](a.png)", "Gem alt"),
        ("snake_case stays, _this_ goes", "snake_case stays, this goes"),
        ("A <b>tag</b> {: .cls} \\*", "A tag *"),
        ("The `__init__` method", "The __init__ method"),
        ("`**kwargs` explained", "**kwargs explained"),
        ("``a ` b`` and __bold__", "a ` b and bold"),
        ("Set<T> and `Map<K,V>`", "Set<T> and Map<K,V>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("AT&amp;T &lt;3", "AT&T <3"),
        ("`{% raw %}` and {% link x.md %}{{< ref >}}", "{% raw %} and"),
        ("One<br/>two  \nthree", "One two three"),
        ("![the *plan* of `x`](a.png)", "the plan of x"),
        ("<https://example.org> ~~gone~~", "https://example.org gone"),
        ("\\_as written\\_ {#anchor}", "_as written_"),
        ("[unknown] and [a word][nowhere]", "[unknown] and [a word][nowhere]"),
    ],
)
def test_markup_is_taken_off_a_heading(markdown: str, plain: str) -> None:
    assert without_markup(markdown) == plain
