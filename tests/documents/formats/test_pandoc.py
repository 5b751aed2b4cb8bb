"""ODT and RTF, which pandoc reads for us: what is read, the places, what is damaged, and a machine without pandoc."""

import sys
import zipfile
from pathlib import Path

import pytest

from qa_bot.documents.formats import pandoc
from qa_bot.documents.formats.pandoc_tree import Tree
from qa_bot.documents.readers import read_document
from qa_bot.errors import DocumentError
from tests.documents.conftest import passage_with
from tests.documents.formats.conftest import FILES, place

pytestmark = pytest.mark.slow  # pandoc is a process
RTF = (
    r"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}{\info{\title Walls}{\author Ann Muir}}"
    r"\pard\plain\s1\outlinelevel0 Lime\par"
    r"\pard\plain Lime holds{\footnote Not in frost.} the {\strike old}{\b garden} wall.\par}"
)


def test_an_opendocument_text_is_read_with_its_structure() -> None:
    read = read_document(FILES, "handbook.odt")
    assert (read.title, read.date) == ("Handbook of the Alder boathouse", "2022-03-14")
    assert "three hours.[1] The deposit is sixty crowns.\n\n[1] Members of the rowing guild" in read.text
    assert "forty" not in read.text
    assert "1. Sign the green ledger.\n2. Check the bung and the rowlocks.\n(a) Replace a cracked" in read.text
    assert "Boat: Heron; Seats: 4; Fee in crowns: 48" in read.text
    assert place(read, "Take a whistle") == "Hiring boats › Before you leave"
    assert passage_with(read, "Take a whistle").context == "Hiring boats › Before you leave"


def test_an_rtf_document_is_read_with_its_structure(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text(RTF)
    read = read_document(tmp_path, "a.rtf")
    assert read.text == "Lime\n\nLime holds[1] the garden wall.\n\n[1] Not in frost.\n\nAuthor: Ann Muir"
    assert (read.title, place(read, "Lime holds")) == ("Walls", "Lime")
    office = read_document(FILES, "handbook.rtf")
    assert "The deposit is sixty crowns." in office.text
    assert "Boat: Heron; Seats: 4; Fee in crowns: 48" in office.text


def test_the_words_of_every_kind_of_markup_are_read() -> None:
    text = [{"t": "Str", "c": "the gate"}]
    attributes = ["", [], []]
    link = {"t": "Link", "c": [attributes, text, ["http://example.org", ""]]}
    cite = {"t": "Cite", "c": [[{"citationId": "a"}], text]}
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, text]}
    tree = [
        {"t": "LineBlock", "c": [[link], [cite]]},
        {"t": "BlockQuote", "c": [{"t": "Para", "c": [quoted, {"t": "RawInline", "c": ["html", "<b>"]}]}]},
        {"t": "DefinitionList", "c": [[text, [[{"t": "Plain", "c": [{"t": "Math", "c": [{"t": "X"}, "x+1"]}]}]]]]},
        {"t": "CodeBlock", "c": [attributes, "open()"]},
    ]
    said = [getattr(block, "words", "") for block in Tree().blocks(tree)]
    assert said == ["the gate\nthe gate", "“the gate”", "the gate", "x+1", "open()"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.odt", b"PK\x03\x04 no archive", "is damaged, or no OpenDocument text; open it"),
        ("a.odt", (FILES / "desks.xlsx").read_bytes(), "cannot be read by pandoc"),
        ("a.rtf", b"not at all", "is no RTF document; open it"),
        ("a.rtf", rb"{\rtf1 }", "holds no words"),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=reason):
        read_document(tmp_path, name)


def test_a_document_with_a_password_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x00\x01")
    with pytest.raises(DocumentError, match="protected with a password"):
        read_document(tmp_path, "a.odt")


def test_without_pandoc_the_file_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.rtf").write_text(RTF)
    monkeypatch.setitem(sys.modules, "pypandoc", None)  # as where the extra is not installed
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError, match=r"needs pandoc to be read; install it with pip install 'qa-bot\[pandoc\]'"):
        read_document(tmp_path, "a.rtf")


def test_pandoc_is_given_a_limited_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.rtf").write_text(RTF)
    monkeypatch.setattr(pandoc, "LONGEST_RUN", 0.001)
    with pytest.raises(DocumentError, match="takes pandoc longer than"):
        read_document(tmp_path, "a.rtf")
