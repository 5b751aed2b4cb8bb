import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa_bot.documents import find_files, read_document
from qa_bot.documents.encodings import is_western
from qa_bot.documents.text import read_text
from qa_bot.errors import DocumentError


def test_finds_every_kind_below_the_folder_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a.MD", "sub/c.markdown", "sub/deep/d.text", "e.djvu", ".hidden.txt", ".git/f.txt", "noend"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("words")
    assert find_files(tmp_path) == ["a.MD", "b.txt", "sub/c.markdown", "sub/deep/d.text"]


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("words")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again").symlink_to(tmp_path / "sub", target_is_directory=True)
    assert find_files(tmp_path) == ["sub/a.txt"]


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user whom permissions bind, which root is not."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_what_may_not_be_read_does_not_stop_the_rest() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "shut").mkdir()
        (folder / "shut" / "b.txt").write_text("words")
        (folder / "a.txt").write_text("words")
        (folder / "a.txt").chmod(0)
        (folder / "shut").chmod(0)
        with without_privileges():
            assert find_files(folder) == ["a.txt"]
            with pytest.raises(DocumentError, match="permissions"):
                read_text(folder / "a.txt")
        (folder / "shut").chmod(0o755)


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("é\r\nb\r".encode(), "é\r\nb\r", ""),
        (b"\xef\xbb\xbfa", "\ufeffa", ""),
        ("naïve – text".encode("utf-16"), "naïve – text", "read as utf-16"),
        ("naïve".encode("utf-32"), "naïve", "read as utf-32"),
    ],
)
def test_text_is_kept_exactly(tmp_path: Path, data: bytes, text: str, note: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert read_text(tmp_path / "a.txt") == (text, note)


def test_another_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    text = (
        "Die Prüfer fanden, dass die Qualität der Pläne für Kinder sehr unterschiedlich war – “gut” und weniger gut.\n"
        * 5
    )
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    read, note = read_text(tmp_path / "a.txt")
    assert read == text
    assert note == "read as windows-1252"


@pytest.mark.parametrize(
    "text",
    [
        "café crème coûte",
        "Le café crème coûte deux euros ; l’élève était déjà là, « où ça gêne ».",
        "Die Prüfer fanden die Qualität größer, „gut“ und besser.",
        "El niño comió mañana en la montaña, ¿verdad? Costó 5 € (25 °C).",
        "A situação não é boa, são três opções.",
        "Perché la città è così? Più là.",
        "Räksmörgås på Åland; rødgrød på æbler.",
        "The minister said that José Müller and François Sørensen had all been at the café with everybody else. " * 2,
    ],
)
def test_a_few_words_of_a_western_language_are_read_as_it_writes_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    assert read_text(tmp_path / "a.txt") == (text, "read as windows-1252")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy. Děti řekly učitelce, že nejdou.", "cp1250"),
        ("Zażółć gęślą jaźń, dzień dobry państwu.", "cp1250"),
        ("Árvíztűrő tükörfúrógép és őszi erdő.", "cp1250"),
        ("Učiteljica čita priču o mačku i žabi šumskoj.", "cp1250"),
        ("Привет, как дела сегодня?", "cp1251"),
        ("Καλημέρα σας, τι κάνετε;", "cp1253"),
    ],
)
def test_other_languages_are_not_taken_for_western_ones(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read_text(tmp_path / "a.txt") == (text, f"read as windows-{encoding[2:]}")


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "utf-8"])
@pytest.mark.parametrize("text", ["Le café crème coûte – voilà, c’est déjà ça.", "Die Qualität der Käse für alle."])
def test_another_encoding_of_a_western_language_is_told_apart(text: str, encoding: str) -> None:
    assert not is_western(text.encode(encoding, "ignore"))
    assert is_western(text.encode("cp1252"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"text text te\x00xt", "a NUL byte at byte 12"),
        (b"\xff\xfea", "damaged utf-16"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_the_remedy(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(DocumentError, match=reason) as caught:
        read_document(tmp_path, "a.txt")
    assert ";" in str(caught.value), "what is wrong; what to do"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    for name, told in {
        "folder.txt": "is not a file; put",
        "pipe.txt": "is not a file; put",
        "broken.txt": "is a link that points to nothing; mend it",
        "missing.txt": "is not there any more; bring it back",
    }.items():
        with pytest.raises(DocumentError, match=told):
            read_text(tmp_path / name)


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "torch faiss textual sentence_transformers charset_normalizer markdown_it yaml dateutil".split()
    script = f"import sys, qa_bot.documents; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
