"""The registry of formats, and a format that is added to it from outside: packed slides, which no editor can show."""

import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa_bot.answers.json_form import answer_of
from qa_bot.answers.quoting.checking import FilesRead
from qa_bot.bot import open_bot
from qa_bot.config import Settings
from qa_bot.documents import find_files, read_document, text_of
from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.format import FileText, Format
from qa_bot.documents.formats.registry import (
    is_readable,
    register,
    suffixes_in_words,
    unregister,
)
from qa_bot.documents.marks import Mark, mark_at, place_at
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError, SeedsError
from qa_bot.index.records import FileRecord
from qa_bot.index.updating import update
from qa_bot.library import Library
from qa_bot.models.finding import sha256
from qa_bot.showing.citation import place

MAGIC = b"SLIDES\x00"


class SlidesReader(ComposedReader):
    """A title, then the slides, each after a form feed; the whole compressed."""

    def read(self, path: Path) -> FileText:
        data = bytes_of(path)
        if not data.startswith(MAGIC):
            raise DocumentError("is no slides file; save it as slides")
        title, *slides = zlib.decompress(data[len(MAGIC) :]).decode().split("\f")
        composer = Composer()
        for number, slide in enumerate(slides, 1):
            composer.mark(f"slide {number}", number)
            for words in slide.split("\n\n"):
                kind = Kind.HEADING if words.startswith("# ") else Kind.PARAGRAPH
                composer.add(kind, words.removeprefix("# "), level=1)
        return composer.file_text("unpacked", {"title": title, "date": "2021-05-04"})


SLIDES = Format("slides", (".slides", ".deck"), SlidesReader, extracted=True)
BADGERS = "The badger of the north wood digs a new sett every autumn, before the first frost."
OWLS = "The long-eared owl hunts voles at dusk over open fields."


def write_slides(file: Path, title: str, *slides: str) -> None:
    file.write_bytes(MAGIC + zlib.compress("\f".join([title, *slides]).encode()))


@pytest.fixture
def with_slides() -> Iterator[None]:
    register(SLIDES)
    yield
    unregister(SLIDES)


@pytest.mark.usefixtures("with_slides")
def test_a_format_added_to_the_registry_is_indexed_asked_quoted_checked_and_opened(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_slides(seeds / "Talk.SLIDES", "Animals at night", f"# Owls\n\n{OWLS}\n", f"# Badgers\n\n{BADGERS}\n")
    with open_bot(seeds, tmp_path / "index") as bot:
        answer = bot.ask("When does the badger dig a new sett?")
    best = answer.quotes[0]
    assert (best.document, best.title, best.date) == ("Talk.SLIDES", "Animals at night", "2021-05-04")
    assert BADGERS in best.text
    opened = Library(Settings(seeds=seeds, index=tmp_path / "index")).text("Talk.SLIDES")
    assert best.text == opened[best.start : best.end]
    assert (best.state, best.place, best.page, place(best)) == ("verbatim", "slide 2", 2, "Talk.SLIDES, slide 2")
    assert best.context == "Badgers"
    told = answer.to_json()["quotes"][0]
    assert (told["place"], told["page"]) == ("slide 2", 2)
    read_back = answer_of(answer.to_json()).quotes[0]
    assert (read_back.place, read_back.page) == ("slide 2", 2)
    write_slides(
        seeds / "Talk.SLIDES", "Animals at night", f"# Owls\n\n{OWLS}\n", "# Badgers\n\nNothing is known of them.\n"
    )
    assert FilesRead(seeds).state(best.document, best.start, best.text) == "changed"


@pytest.mark.usefixtures("with_slides")
def test_a_format_says_itself_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.deck").write_bytes(b"\x00\x01")
    with pytest.raises(DocumentError, match="is no slides file"):
        read_document(tmp_path, "a.deck")
    write_slides(tmp_path / "a.deck", "A title alone", "\n")
    with pytest.raises(DocumentError, match="holds no text; put"):
        read_document(tmp_path, "a.deck")


def test_a_file_of_no_known_format_is_left_out(tmp_path: Path) -> None:
    write_slides(tmp_path / "a.deck", "Animals")
    assert find_files(tmp_path) == []
    register(SLIDES)
    assert find_files(tmp_path) == ["a.deck"]
    unregister(SLIDES)
    assert not is_readable("a.deck")


@pytest.mark.usefixtures("with_slides")
def test_what_names_the_formats_takes_them_from_the_registry(tmp_path: Path) -> None:
    assert suffixes_in_words().endswith(" or .slides")
    (tmp_path / "seeds").mkdir()
    with pytest.raises(SeedsError, match=r"put \.txt, .* or \.slides files there"):
        update(Settings(seeds=tmp_path / "seeds", index=tmp_path / "index"))
    with pytest.raises(SeedsError, match=r"put your \.txt, .* and \.slides documents there"):
        update(Settings(seeds=tmp_path / "nowhere", index=tmp_path / "index"))


@pytest.mark.parametrize("suffix", [".txt", "slides", ".Slides"])
def test_a_suffix_that_is_taken_or_none_is_refused(suffix: str) -> None:
    with pytest.raises(ValueError, match="cannot be a suffix of slides"):
        register(Format("slides", (suffix,), SlidesReader))
    assert [is_readable(f"a{suffix}") for suffix in (".txt", ".text", ".md", ".markdown")] == [True] * 4


def test_a_reader_is_imported_with_the_first_file_of_its_format(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A heading\n\nWords.\n")
    modules = ["text_files", "plain", "markdown"]
    script = (
        "import sys; from pathlib import Path\n"
        "from qa_bot.documents import find_files, read_document, text_of\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "for step in (find_files, lambda f: text_of(f / 'a.md'), lambda f: read_document(f, 'a.md')):\n"
        "    step(folder)\n"
        f"    print([m for m in {modules} if 'qa_bot.documents.formats.' + m in sys.modules], 'markdown_it' in sys.modules)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == ["[] False", "['text_files'] False", "['text_files', 'markdown'] True"]


def test_a_place_is_called_by_the_mark_above_it_or_else_by_its_line() -> None:
    marks = (Mark(2, "page i", 1), Mark(9, "page 1", 2), Mark(9, "page 2", 3))
    assert [mark_at(marks, offset) for offset in (0, 2, 8, 9, 99)] == [None, marks[0], marks[0], marks[2], marks[2]]
    assert place_at(marks, "one\ntwo\nthree", 8) == ("page i", 1)
    assert place_at((), "one\ntwo\nthree", 8) == ("line 3", None)


@pytest.mark.usefixtures("with_slides")
def test_a_file_is_extracted_again_only_where_it_has_changed(tmp_path: Path) -> None:
    seeds, file = tmp_path / "seeds", tmp_path / "seeds" / "talk.deck"
    seeds.mkdir()
    write_slides(file, "Animals", OWLS, BADGERS)
    text = text_of(file).text
    found = file.stat()
    indexed = IndexedFile(FileRecord("talk.deck", found.st_size, found.st_mtime_ns, sha256(file)), text)
    with counted_reads() as reads:
        files = FilesRead(seeds, indexed)
        assert files.state("talk.deck", 0, OWLS) == "verbatim"
        os.utime(file, ns=(1, 1))  # touched, but of the same hash
        assert FilesRead(seeds, indexed).state("talk.deck", 0, OWLS) == "verbatim"
        assert reads == []
        assert FilesRead(seeds).state("talk.deck", 0, OWLS) == "verbatim"
        assert text_of(file).text == text
        assert reads == ["talk.deck"]
        write_slides(file, "Animals", "Nothing is known of owls.", BADGERS)
        assert FilesRead(seeds, indexed).state("talk.deck", 0, OWLS) == "changed"
        assert reads == ["talk.deck", "talk.deck"]
        file.unlink()
        assert FilesRead(seeds, indexed).state("talk.deck", 0, OWLS) == "gone"


@dataclass
class IndexedFile:
    """An index of one document."""

    record: FileRecord
    words: str

    def file(self, path: str) -> FileRecord | None:
        return self.record if path == self.record.path else None

    def text(self, path: str) -> str:
        return self.words


@contextmanager
def counted_reads() -> Iterator[list[str]]:
    """The names of the slides files read meanwhile."""
    reads: list[str] = []

    class CountingReader(SlidesReader):
        def read(self, path: Path) -> FileText:
            reads.append(path.name)
            return super().read(path)

    counting = Format("slides", SLIDES.suffixes, CountingReader, extracted=True)
    unregister(SLIDES)
    register(counting)
    yield reads
    unregister(counting)
    register(SLIDES)
