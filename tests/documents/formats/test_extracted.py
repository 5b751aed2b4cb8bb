"""Formats whose text is taken out of the file: what is read, the places, and hostile files, each of which costs itself alone."""

import json
import mailbox
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from qa_bot.bot import Bot, open_bot
from qa_bot.documents.marks import place_at
from qa_bot.documents.model import Document
from qa_bot.documents.readers import read_document, read_documents
from qa_bot.errors import DocumentError

PAGE = """<!DOCTYPE html><html><head><title>Repairing a stile | Paths</title><meta name="author" content="Ann Muir">
<meta property="article:published_time" content="2021-04-05T10:00:00Z"><script>var secret = "scripted";</script></head>
<body><nav><a href="/">Home</a> <a href="/b">Booking desk</a></nav><main><h1>Repairing a stile</h1>
<p>A stile lets walkers over a wall&shy;ed field.</p><h2>Timber</h2><p>Use <b>oak</b> of fifty<br>millimetres.</p>
<ol start="3"><li>Saw the step.</li><li><p>Drill it.</p><ul><li>Twice.</li></ul></li></ol>
<table><tr><th>Part</th><th>Length</th></tr><tr><td>Step</td><td>90 cm</td></tr></table></main>
<footer>Paths office</footer></body></html>"""


def write(folder: Path, name: str, data: str | bytes) -> Document:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return read_document(folder, name)


def place(document: Document, words: str) -> str:
    return place_at(document.marks, document.text, document.text.index(words))[0]


def mail(number: int = 1, *, attached: bool = True) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Zoë Müller <zoe@example.org>", f"Bücher für die Brücke {number}"
    made["Date"], made["Message-ID"] = "Tue, 05 Mar 2024 23:30:00 -0800", f"<{number}@example.org>"
    made.set_content(
        f"The ribbon {number} is in the blue box.\n\nOn Mon, 4 Mar 2024, Bob\n<bob@example.org> wrote:\n> Where is it?\n",
        cte="quoted-printable",
    )
    made.add_alternative("<p>Not this one.</p>", subtype="html")
    if attached:
        made.add_attachment("Name,Fee\nAnn,12\nBen,15\n", subtype="csv", filename="fees.csv")
        made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="x.png")
    return made


def test_a_page_gives_its_matter_first_and_what_stands_around_it_as_boilerplate(tmp_path: Path) -> None:
    page = write(tmp_path, "a.html", PAGE)
    assert (page.title, page.date) == ("Repairing a stile", "2021-04-05")
    assert "secret" not in page.text
    for words in ("A stile lets walkers over a walled field.", "Use oak of fifty\nmillimetres.", "3. Saw the step.",
                  "4. Drill it.\n- Twice.", "Part | Length\nStep | 90 cm", "Author: Ann Muir"):  # fmt: skip
        assert words in page.text
    assert place(page, "Use oak") == "Repairing a stile › Timber"
    around = {page.text[p.start : p.end] for p in page.passages if p.residue}
    assert any("Booking desk" in words for words in around)
    assert not any("oak" in words for words in around)


def test_a_page_is_decoded_as_it_says(tmp_path: Path) -> None:
    page = "<meta charset='koi8-r'><p>Мост открыт в мае, и лента лежит в коробке.</p>"
    assert "Мост открыт" in write(tmp_path, "a.htm", page.encode("koi8-r")).text


def book(file: Path, package: str = "", chapter: bytes = b"") -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="o/p.opf"/></rootfiles></container>'
        )
        made.writestr("o/p.opf", package or (
            '<package xmlns:dc="d"><metadata><dc:title>The walls</dc:title><dc:date>1999-01-02</dc:date></metadata><manifest>'
            '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>'))  # fmt: skip
        head = "<?xml version='1.0'?><html><head><title/></head><body>"
        made.writestr("o/a.xhtml", f"{head}<h1>Second</h1><p><a id='x'/>Lime holds the wall.</p></body></html>")
        made.writestr("o/b.xhtml", chapter or f"{head}<h1>First</h1><p>Stones come from the quarry.</p></body></html>")


def test_a_book_is_read_in_the_order_of_its_spine(tmp_path: Path) -> None:
    book(tmp_path / "a.epub")
    read = read_document(tmp_path, "a.epub")
    assert (read.title, read.date) == ("The walls", "1999-01-02")
    assert read.text.index("Stones come") < read.text.index("Lime holds")
    assert place(read, "Lime holds") == "part 2 › Second"


def test_a_mail_has_its_head_and_its_attachments_and_quoted_words_are_boilerplate(tmp_path: Path) -> None:
    read = write(tmp_path, "a.eml", bytes(mail()))
    assert (read.title, read.date) == ("Bücher für die Brücke 1", "2024-03-05")
    assert read.text.startswith("From: Zoë Müller <zoe@example.org>\n")
    assert "Attachments: fees.csv, x.png" in read.text
    assert "Not this one" not in read.text
    assert place(read, "Name: Ben; Fee: 15") == "attachment fees.csv, row 3"
    (quoted,) = [read.text[p.start : p.end] for p in read.passages if p.residue]
    assert quoted.startswith("On Mon")
    assert quoted.endswith("> Where is it?")


def test_a_mail_of_a_mailbox_keeps_its_name_when_others_go(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "a.mbox")
    twice = mail(2, attached=False)
    for one in (mail(1, attached=False), twice, twice):
        box.add(one)
    box.flush()
    first, second = read_documents(tmp_path, "a.mbox")
    assert (second.title, place(second, "ribbon 2")) == ("Bücher für die Brücke 2", "mail 2")
    box.remove(box.keys()[0])
    box.flush()
    box.close()
    assert [one.path for one in read_documents(tmp_path, "a.mbox")] == [second.path]
    with pytest.raises(DocumentError, match="is not in the mailbox any more"):
        read_document(tmp_path, first.path)


def test_a_row_of_a_table_says_the_header_and_is_counted_as_a_spreadsheet_counts(tmp_path: Path) -> None:
    read = write(tmp_path, "a.csv", 'Name;Born;Note\nAda;1815;"two\nlines"\nGrace;1906;\n')
    assert read.text == "Name: Ada; Born: 1815; Note: two lines\nName: Grace; Born: 1906"
    assert place(read, "Name: Grace") == "row 3"
    assert write(tmp_path, "b.tsv", "1\t2,5\n3\t4,5\n").text == "1; 2,5\n3; 4,5"


def test_json_gives_objects_as_lines_with_numbers_as_they_are_written(tmp_path: Path) -> None:
    wells = {
        "title": "Wells",
        "date": "2021-03-04",
        "wells": [{"name": "North", "depth": {"m": 12.5}}, {"name": "South", "dry": True}],
    }
    read = write(tmp_path, "a.json", json.dumps(wells).replace("12.5", "12.50"))
    assert (read.title, read.date) == ("Wells", "2021-03-04")
    assert "name: North; depth m: 12.50\nname: South; dry: true" in read.text
    assert place(read, "name: South") == "wells[1]"
    lines = write(tmp_path, "a.jsonl", '{"a": "one"}\n\n{"a": "two"}\n')
    assert place(lines, "a: two") == "line 3"


def test_cues_join_to_sentences_and_keep_their_times(tmp_path: Path) -> None:
    read = write(tmp_path, "a.srt", "1\n00:00:01,000 --> 00:00:03,000\nThe <i>harbour</i> was built\n2\n"
                 "00:00:03,100 --> 00:00:06,000\n"
                 "in 1931.\n\n3\n00:12:31,000 --> 00:12:33,000\nIt closed in 1980.\n")  # fmt: skip
    assert read.text == "The harbour was built in 1931.\n\nIt closed in 1980."
    assert (place(read, "in 1931"), place(read, "It closed")) == ("00:00:03", "00:12:31")
    rolling = "WEBVTT\n\n00:01.000 --> 00:02.000\none two\n\n00:02.000 --> 00:03.000\none two\nthree &amp; four\n"
    assert write(tmp_path, "a.vtt", rolling).text == "one two three & four"


def test_lines_of_a_log_stand_alone_and_notations_have_their_headings(tmp_path: Path) -> None:
    log = write(tmp_path, "a.log", "10:00 started\n10:01 failed\n  at line 3\n10:02 ended\n")
    assert [log.text[s:e] for p in log.passages for s, e in p.sentences][1] == "10:01 failed\n  at line 3"
    for name, text in (("a.adoc", "= Guide\n\n== Walls\n\nLime holds."), ("a.org", "* Walls\nLime holds."),
                       ("a.tex", "\\section{Walls}\nLime holds.")):  # fmt: skip
        assert any(
            p.context == "Walls" or p.context.endswith("Walls") for p in write(tmp_path, name, text).passages
        ) or (write(tmp_path, name, text).title == "Walls")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.html", b"<script>x</script>", "holds no words"),
        ("a.epub", b"PK\x03\x04broken", "is a damaged book"),
        ("a.eml", b"no mail at all\n", "is no mail"),
        ("a.mbox", b"no box\n", "holds no mails"),
        ("a.json", b"[" * 100_000, "is nested too deeply|is no JSON"),
        ("a.json", b'{"a": ', "is no JSON"),
        ("a.csv", b"a,b\x00", "binary data"),
        ("a.srt", b"no cues", "holds no subtitles"),
    ],
)
def test_a_file_that_is_none_of_its_format_says_so(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        next(iter(read_documents_of(tmp_path, name, data)))


def read_documents_of(folder: Path, name: str, data: bytes) -> list[Document]:
    (folder / name).write_bytes(data)
    return list(read_documents(folder, name))


def test_a_book_that_grows_without_end_or_declares_entities_is_refused(tmp_path: Path) -> None:
    book(tmp_path / "bomb.epub", chapter=b"<p>" + b"a " * 15_000_000)
    with pytest.raises(DocumentError, match="more than 20 MB unpacked"):
        read_document(tmp_path, "bomb.epub")
    book(tmp_path / "entities.epub", package='<!DOCTYPE p [<!ENTITY a "aaaa">]><package>&a;</package>')
    with pytest.raises(DocumentError, match="declares entities"):
        read_document(tmp_path, "entities.epub")


def test_what_is_deep_or_long_is_read_all_the_same(tmp_path: Path) -> None:
    assert "deep down" in write(tmp_path, "a.html", "<div>" * 20_000 + "deep down").text
    long = write(tmp_path, "a.json", json.dumps([{"n": n, "words": "the well is clear"} for n in range(20_000)]))
    assert place(long, "n: 19999;") == "[19999]"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> "Bot":
    folder = tmp_path_factory.mktemp("mixed")
    seeds = folder / "seeds"
    seeds.mkdir()
    keepers = ["Alma Reed", "Boris Lane", "Clara Finch", "Dora Pike", "Emil Stone"]
    (seeds / "lights.csv").write_text("Lighthouse,Keeper,Height in metres\n" + "".join(
        f"Cape {name.split()[1]} {n},{name if n % 10 == 7 else 'nobody'},{20 + n}\n" for n in range(60)
        for name in [keepers[n // 10 % 5]]))  # fmt: skip
    (seeds / "a.html").write_text(PAGE)
    (seeds / "talk.srt").write_text("".join(
        f"{n}\n00:{n:02}:10,000 --> 00:{n:02}:14,000\nIn chapter {n} we look at {what}.\n\n"
        for n, what in enumerate(["the flour", "the yeast", "the rye oven", "the salt", "the crust"] * 10)))  # fmt: skip
    box = mailbox.mbox(seeds / "box.mbox")
    for number in range(1, 11):
        box.add(mail(number, attached=False))
    box.flush()
    box.close()
    return open_bot(seeds, folder / "index")


@pytest.mark.parametrize(
    ("question", "document", "words", "where"),
    [
        ("Which lighthouse does Clara Finch keep?", "lights.csv", "Keeper: Clara Finch", "row 29"),
        ("What timber is used for a stile?", "a.html", "oak", "Repairing a stile › Timber"),
        ("Where is ribbon 7?", "box.mbox#", "The ribbon 7 is in the blue box.", "mail 7"),
    ],
)
def test_a_question_is_answered_with_the_right_place(
    bot: Bot, question: str, document: str, words: str, where: str
) -> None:
    best = bot.ask(question).quotes[0]
    assert best.document.startswith(document)
    assert words in best.text
    assert (best.place, best.state) == (where, "verbatim")
