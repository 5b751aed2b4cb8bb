"""Text that is UTF-8 but for some bytes, and lines however they end."""

from pathlib import Path

import pytest

from qa_bot.documents.text import read_text
from qa_bot.span import line_of


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (
            "Größe und Höhe\nBl".encode() + b"\xe4" + b"tter",
            "Größe und Höhe\nBl\ufffdtter",
            "1 byte that is not UTF-8 is shown as \ufffd, the first on line 2",
        ),
        (
            "Żółw i źrebię. ".encode() + b"\xff and \xfe",
            "Żółw i źrebię. \ufffd and \ufffd",
            "2 bytes that are not UTF-8 are shown as \ufffd, the first on line 1",
        ),
        (
            "Привет, мир".encode()[:-1],
            "Привет, ми\ufffd",
            "1 byte that is not UTF-8 is shown as \ufffd, the first on line 1",
        ),
        (
            "“Quoted” text costs 5 €\r\n\x93".encode() + b"\x93quoted\x94",
            "“Quoted” text costs 5 €\r\n\x93\ufffdquoted\ufffd",
            "2 bytes that are not UTF-8 are shown as \ufffd, the first on line 2",
        ),
        (
            "日本語の文".encode() + b"\x80",
            "日本語の文\ufffd",
            "1 byte that is not UTF-8 is shown as \ufffd, the first on line 1",
        ),
        ("Café, naïve, déjà vu".encode("cp1252"), "Café, naïve, déjà vu", "read as windows-1252"),
        ("One café with no other letter".encode("cp1252"), "One café with no other letter", "read as windows-1252"),
        ("A sign \ufffd stands here: ü".encode(), "A sign \ufffd stands here: ü", ""),
    ],
)
def test_one_bad_byte_garbles_no_other(tmp_path: Path, data: bytes, text: str, note: str) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(data)
    assert read_text(file) == (text, note)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\rb\rc", [1, 2, 3]),
        ("a\nb\nc", [1, 2, 3]),
        ("a\r\nb\r\nc", [1, 2, 3]),
        ("a\r\rb\nc", [1, 3, 4]),
        ("abc", [1, 1, 1]),
    ],
)
def test_lines_are_counted_as_an_editor_counts_them(text: str, lines: list[int]) -> None:
    assert [line_of(text, text.index(letter)) for letter in "abc"] == lines
