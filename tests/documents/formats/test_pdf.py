"""PDF files: how words, lines, columns, lists and tables are found, and questions over files of real programs."""

import shutil
from pathlib import Path

import pytest

from qa_bot.bot import Bot, open_bot
from qa_bot.documents import read_document
from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.pdf import PdfReader
from qa_bot.documents.formats.pdf_words import Words as PrintedWords
from qa_bot.documents.marks import mark_at
from qa_bot.errors import DocumentError
from tests.documents.formats.small_pdf import PICTURE, Page, Words, column, small_pdf

FILES = Path(__file__).parent / "files"


def read(folder: Path, *pages: Page, title: str = "", labels: str = "") -> FileText:
    file = folder / "a.pdf"
    file.write_bytes(small_pdf(list(pages), title=title, labels=labels))
    return PdfReader().read(file)


def blocks(file: FileText, kind: Kind) -> list[str]:
    return [file.text[block.start : block.end] for block in file.blocks if block.kind is kind]


LEFT = [
    "The old mill by the weir was bought by the",
    "parish in the year of the great flood. Its",
    "wheel had not turned for eleven years, and the",
    "roof let the rain in. A miller from the next val-",
    "ley lent his tools, and the smith gave his well-",
    "known iron. So it came about that the first flour",
]
RIGHT = [
    "was ground on the day of the harvest feast. A",
    "well-known painter drew the feast, and the draw-",
    "ing hangs in the school. The mill still grinds on",
    "two days a week, and the bread is sold on the",
    "square. Whoever likes to see the wheel turn may",
    "ask for the key at the inn.",
]


def test_two_columns_are_read_one_after_the_other_and_cut_words_are_healed(tmp_path: Path) -> None:
    head = [Words(72, 700, "A head over both of the columns that tells of the mill and of all who mended it in time.")]
    file = read(tmp_path, head + column(72, 680, LEFT) + column(320, 680, RIGHT))
    assert "So it came about that the first flour was ground on the day of the harvest feast." in file.text
    assert "A miller from the next valley lent his tools, and the smith gave his well-known iron." in file.text
    assert "the drawing hangs in the school" in file.text


def test_columns_that_are_drawn_line_by_line_are_columns_still(tmp_path: Path) -> None:
    left, right = column(72, 680, LEFT + LEFT), column(320, 680, RIGHT + RIGHT)
    file = read(tmp_path, [words for pair in zip(left, right, strict=True) for words in pair])
    assert "A miller from the next valley lent his tools" in file.text
    assert "The mill still grinds on two days a week" in file.text


def test_a_table_is_read_by_rows_and_each_knows_its_header(tmp_path: Path) -> None:
    cells = [
        ("Pier", "Depth at low tide", "Berths"),
        ("North pier", "four metres", "18"),
        ("South quay", "3 metres", "7"),
    ]
    drawn = [Words(72 + 120 * x, 600 - 20 * y, cell) for y, row in enumerate(cells) for x, cell in enumerate(row)]
    file = read(tmp_path, [Words(72, 640, "The depths are these:"), *drawn])
    assert blocks(file, Kind.ROW) == [
        "Pier | Depth at low tide | Berths",
        "North pier | four metres | 18",
        "South quay | 3 metres | 7",
    ]
    rows = [block for block in file.blocks if block.kind is Kind.ROW]
    assert [row.level for row in rows] == [1, 0, 0]
    assert {row.label for row in rows} == {"Pier | Depth at low tide | Berths"}


def test_a_cell_of_two_lines_is_one_cell(tmp_path: Path) -> None:
    rows = [
        Words(72, 600, "Work"), Words(220, 600, "Cost"),
        Words(72, 580, "Mending the wall that"), Words(72, 568, "the storm broke"), Words(220, 580, "48 pounds"),
        Words(72, 548, "Painting"), Words(220, 548, "3 pounds"),
    ]  # fmt: skip
    file = read(tmp_path, [*rows])
    assert blocks(file, Kind.ROW)[1] == "Mending the wall that the storm broke | 48 pounds"


PROSE = [
    "The committee met on the second Monday of the month, as it has done since it was founded, and chose Mrs.",
    "Annabel Thorne as its head. She asked that the minutes be read aloud, which took the better part of an hour,",
    "and afterwards nobody could say what had been decided about the roof of the hall, for the page with the vote",
]
REST = [
    "Thorne had taken home was not among the papers. The clerk went to fetch it. When the clerk came back it was",
    "dark, and the vote was put off until the summer.",
]


def pages_with_furniture() -> list[Page]:
    pages: list[Page] = []
    for number, lines in enumerate([PROSE, REST, LEFT, RIGHT], 1):
        pages.append(
            [
                Words(72, 800, "Minutes of the committee"),
                *column(72, 760, lines),
                Words(72, 40, f"The hall, 5 Mill Lane, page {number} of 4"),
            ]
        )
    return pages


def test_a_sentence_goes_over_a_page_break_without_head_or_foot_in_it(tmp_path: Path) -> None:
    file = read(tmp_path, *pages_with_furniture())
    sentence = "for the page with the vote Thorne had taken home was not among the papers."
    assert sentence in file.text
    assert file.text.count("Minutes of the committee") == file.text.count("5 Mill Lane") == 1
    assert [file.text[block.start : block.end] for block in file.blocks if block.residue] == [
        "Minutes of the committee",
        "The hall, 5 Mill Lane, page 1 of 4",
    ]
    over = [mark_at(file.marks, file.text.index(words)) for words in ("for the page", "Thorne had taken", "was dark")]
    assert [mark and (mark.place, mark.page) for mark in over] == [("page 1", 1), ("page 2", 2), ("page 2", 2)]


def test_a_page_is_called_by_its_label(tmp_path: Path) -> None:
    file = read(tmp_path, column(72, 700, PROSE), column(72, 700, REST), labels="/r")
    assert [(mark.place, mark.page) for mark in file.marks] == [("page i", 1), ("page ii", 2)]


def test_headings_are_told_by_their_size_and_by_bold_lines(tmp_path: Path) -> None:
    page = [
        Words(72, 780, "The hall and its roof", 20),
        *column(72, 750, PROSE),
        Words(72, 700, "The vote of spring", 14),
        *column(72, 680, REST),
        Words(72, 640, "What comes next", font="Helvetica-Bold"),
        *column(72, 625, PROSE),
    ]
    file = read(tmp_path, page)
    found = [(block.level, block.label) for block in file.blocks if block.kind is Kind.HEADING]
    assert found == [(1, "The hall and its roof"), (2, "The vote of spring"), (3, "What comes next")]
    assert file.fields == {"title": "The hall and its roof", "made": "2021-03-04"}


def test_items_of_a_list_keep_their_bullets_and_their_further_lines(tmp_path: Path) -> None:
    page = [
        *column(72, 700, PROSE),
        Words(72, 660, "Bring with you:"),
        Words(80, 645, "•"),
        Words(100, 645, "a lamp with a whole glass, because the stairs are dark and have no rail, and then a box"),
        Words(100, 633, "of matches"),
        Words(80, 618, "•"), Words(100, 618, "warm gloves"),
        *column(72, 600, PROSE),
    ]  # fmt: skip
    assert blocks(read(tmp_path, page), Kind.ITEM) == [
        "• a lamp with a whole glass, because the stairs are dark and have no rail, and then a box of matches",
        "• warm gloves",
    ]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Minutes of a committee and the vote", "Minutes of a committee and the vote"),
        ("Microsoft Word - minutes.doc", "Of roofs"),
        ("minutes_final.docx", "Of roofs"),
        ("Invoice template", "Of roofs"),
        ("", "Of roofs"),
    ],
)
def test_the_title_of_the_properties_counts_where_it_is_one(tmp_path: Path, given: str, title: str) -> None:
    page = [Words(72, 780, "Of roofs", 20), *column(72, 750, PROSE)]
    assert read(tmp_path, page, title=given).fields["title"] == title


def test_the_day_the_file_was_made_is_the_last_resort_for_a_date(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(small_pdf([column(72, 700, PROSE)]))
    (tmp_path / "minutes-2019-05-02.pdf").write_bytes(small_pdf([column(72, 700, PROSE)]))
    dates = [read_document(tmp_path, name).date for name in ("a.pdf", "minutes-2019-05-02.pdf")]
    assert dates == ["2021-03-04", "2019-05-02"]


def test_pages_with_pictures_only_are_named_with_the_remedy(tmp_path: Path) -> None:
    words = column(72, 700, PROSE)
    file = read(tmp_path, words, PICTURE, PICTURE, words, PICTURE)
    assert file.note == "pages 2 to 3 and 5 hold pictures only; run OCR (ocrmypdf) first"
    with pytest.raises(DocumentError, match=r"^page 1 holds pictures only; run OCR \(ocrmypdf\) first$"):
        read(tmp_path, PICTURE)
    with pytest.raises(DocumentError, match="holds no text"):
        read(tmp_path, [])


def test_a_file_that_is_locked_or_damaged_says_so(tmp_path: Path) -> None:
    shutil.copy(FILES / "locked.pdf", tmp_path)
    with pytest.raises(DocumentError, match="is encrypted; save a copy without the password"):
        read_document(tmp_path, "locked.pdf")
    whole = (FILES / "bread.pdf").read_bytes()
    for name, data in (
        ("html", b"<html>"),
        ("empty", b""),
        ("head", whole[:300]),
        ("zeros", b"%PDF-1.7\n" + bytes(900)),
    ):
        (tmp_path / f"{name}.pdf").write_bytes(data)
        with pytest.raises(DocumentError, match="is damaged, or no PDF"):
            read_document(tmp_path, f"{name}.pdf")


def test_the_same_file_always_gives_the_same_text() -> None:
    assert PdfReader().read(FILES / "harbour.pdf") == PdfReader().read(FILES / "harbour.pdf")


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    seeds = tmp_path_factory.mktemp("pdf") / "seeds"
    seeds.mkdir()
    for name in ("harbour.pdf", "bread.pdf"):
        shutil.copy(FILES / name, seeds)
    return open_bot(seeds, seeds.parent / "index")


@pytest.mark.parametrize(
    ("question", "document", "page", "words"),
    [
        (
            "When was Skerry Harbour founded?",
            "harbour.pdf",
            1,
            "The harbour was founded in 1784 by the fishing families",
        ),
        ("How far can the new lamp of the lighthouse be seen?", "harbour.pdf", 1, "twenty-one nautical miles"),
        ("How much mud and sand did the dredger take away?", "harbour.pdf", 2, "forty thousand tonnes of mud and sand"),
        ("How deep is the water at the fish quay?", "harbour.pdf", 2, "Fish quay | 5.0 m | 12"),
        (
            "Who is the master of the ferry to Saint Orrin?",
            "harbour.pdf",
            3,
            "The master, Captain Ingrid Solberg, retires",
        ),
        ("Where must oil be taken?", "harbour.pdf", 3, "• Oil must be taken to the tank behind the crane."),
        ("Which mistake did the auditors find?", "harbour.pdf", 4, "the insurance of the crane had been paid twice"),
        ("How much room will the second pontoon have?", "harbour.pdf", 4, "with room for twenty-four visiting yachts."),
        (
            "Why did the tasters eat an apple between two loaves?",
            "bread.pdf",
            1,
            "an apple clears the tongue better than",
        ),
        ("How much electricity did the refrigerator use?", "bread.pdf", 1, "eleven kilowatt hours a week"),
    ],
)
def test_questions_are_answered_with_the_words_and_the_page(
    bot: Bot, question: str, document: str, page: int, words: str
) -> None:
    best = bot.ask(question).quotes[0]
    assert (best.document, best.state) == (document, "verbatim")
    assert words in best.text
    at = best.start + best.text.index(words)
    file = PdfReader().read(FILES / document)
    mark = mark_at(file.marks, at)
    assert mark is not None
    assert mark.page == page
    first = mark_at(file.marks, best.start)
    assert first is not None
    assert (best.page, best.place) == (first.page, first.place)
    assert any(file.text[part.start : part.end] for part in best.highlights)


def test_a_footnote_or_a_head_at_a_page_break_parts_no_sentence(tmp_path: Path) -> None:
    first = [
        *column(72, 700, PROSE),
        *column(72, 120, ["1 The vote was taken by hand.", "2 The hall holds ninety."], 8),
    ]
    second = [Words(72, 800, "The Vote of Spring"), *column(72, 760, ["which " + REST[0], *REST[1:]])]
    file = read(tmp_path, first, second)
    assert "for the page with the vote which Thorne had taken home" in file.text
    assert "\n\n1 The vote was taken by hand.\n\n2 The hall holds ninety." in file.text
    assert [mark.place for mark in file.marks] == ["page 1", "page 2", "page 1", "page 2"]


def test_a_contents_table_is_boilerplate_and_no_heading(tmp_path: Path) -> None:
    contents = [
        Words(72, 700, "Of roofs . . . . . . . . . . . . . 3", 14),
        Words(72, 680, "Of walls................ 12"),
    ]
    file = read(tmp_path, contents, column(72, 700, PROSE))
    assert [(file.text[block.start : block.end], block.residue) for block in file.blocks[:2]] == [
        ("Of roofs | 3", True),
        ("Of walls | 12", True),
    ]


def test_code_inside_a_sentence_parts_it_not_and_code_by_itself_keeps_its_lines(tmp_path: Path) -> None:
    page = [
        Words(72, 700, "When the clerk has counted the votes and nobody asks for a second count, then the word"),
        Words(72, 688, "hall.close()", 8, "Courier"),
        Words(140, 688, "ends the meeting. This is the whole of it:"),
        Words(72, 660, "if counted:", 8, "Courier"),
        Words(91, 648, "hall.close()", 8, "Courier"),
        *column(72, 600, PROSE),
    ]
    file = read(tmp_path, page)
    assert "then the word hall.close() ends the meeting." in file.text
    assert blocks(file, Kind.CODE) == ["if counted:\n    hall.close()"]


@pytest.mark.parametrize(
    ("before", "line", "joined"),
    [
        ("a problem-", "atic roof", "a problematic roof"),
        ("the long-", "term plan", "the long-term plan"),
        ("in 2019-", "2020 the", "in 2019-2020 the"),
        ("the Anglo-", "Saxon wall", "the Anglo-Saxon wall"),
        ("the SCREAM-", "ING wall", "the SCREAMING wall"),
        ("the soft\u00ad", "ened wall", "the softened wall"),
        ("a dash -", "and more", "a dash - and more"),
        ("a whole", "line", "a whole line"),
    ],
)
def test_hyphens_at_the_ends_of_lines(before: str, line: str, joined: str) -> None:
    words = PrintedWords(["It was no problem in the long run, and a term is a", "term.", before, line])
    assert words.joined(before, line) + line == joined
