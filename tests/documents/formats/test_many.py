"""A format whose files hold many documents, from the file to the quote: notes, each a line "name: words"."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_bot.answers.quoting.checking import Recheck
from qa_bot.bot import open_bot
from qa_bot.config import Settings
from qa_bot.documents import find_files
from qa_bot.documents.formats.format import FileText, Format, Layout
from qa_bot.documents.formats.plain import plain_blocks
from qa_bot.documents.formats.registry import file_of, register, unregister
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError
from qa_bot.index.updating import update
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.library import Library

BADGER = "The badger of the north wood digs a new sett every autumn, before the first frost."
OWL = "The long-eared owl hunts voles at dusk over open fields."
NEWT = "The great crested newt spends the winter under stones near its pond."


class NotesReader:
    """Reads `names: words`, a document a line."""

    def members(self, path: Path) -> list[str]:
        found = [line.partition(": ")[0] for line in bytes_of(path).decode().splitlines()]
        if not found:
            raise DocumentError("holds no notes; write some")
        return found

    def read(self, path: Path) -> FileText:
        file, _, member = path.name.rpartition("#")
        for line in bytes_of(path.with_name(file)).decode().splitlines():
            name, _, words = line.partition(": ")
            if name == member:
                return FileText(words, fields={"title": f"Note {name}"})
        raise DocumentError("is not in the file any more; update the index")

    def layout(self, file: FileText, language: Language = ENGLISH) -> Layout:
        return Layout(plain_blocks(file.text, 0, language))


NOTES = Format("notes", (".notes",), NotesReader, many=True)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    register(NOTES)
    made = Settings(seeds=tmp_path / "seeds", index=tmp_path / "index")
    made.seeds.mkdir()
    yield made
    unregister(NOTES)


def write(settings: Settings, **notes: str) -> None:
    (settings.seeds / "wild.notes").write_text("".join(f"{name}: {words}\n" for name, words in notes.items()))


def paths(settings: Settings) -> list[str]:
    return [one.path for one in Library(settings).documents()]


def test_each_document_of_a_file_is_quoted_by_its_own_name_and_checked_against_the_file(settings: Settings) -> None:
    write(settings, b1=BADGER, o2=OWL)
    with open_bot(settings.seeds, settings.index) as bot:
        best = bot.ask("When does the badger dig a new sett?").quotes[0]
    assert (best.document, best.title, best.text, best.state) == ("wild.notes#b1", "Note b1", BADGER, "verbatim")
    library = Library(settings)
    assert library.text(best.document) == BADGER
    assert library.file(best.document) == settings.seeds / "wild.notes"
    recheck = Recheck(settings.seeds)
    assert recheck.states([best]) == ["verbatim"]
    write(settings, n3=NEWT, b1=BADGER)
    assert recheck.states([best]) == ["verbatim"]
    write(settings, b1=OWL)
    assert recheck.states([best]) == ["changed"]
    write(settings, o2=OWL)
    assert recheck.states([best]) == ["gone"]


def test_the_documents_of_a_file_come_and_go_with_what_the_file_holds(settings: Settings) -> None:
    write(settings, b1=BADGER, o2=OWL)
    report = update(settings)
    assert (report.added, report.documents, report.embedded) == (("wild.notes",), 2, 2)
    assert paths(settings) == ["wild.notes#b1", "wild.notes#o2"]
    assert not Library(settings).status().changes
    write(settings, o2=OWL, n3=NEWT)
    report = update(settings)
    assert (report.changed, report.documents, report.embedded) == (("wild.notes",), 2, 1)
    assert paths(settings) == ["wild.notes#n3", "wild.notes#o2"]
    (settings.seeds / "wild.notes").touch()
    assert update(settings).unchanged == 1
    assert not Library(settings).status().changes
    write(settings)
    (settings.seeds / "other.txt").write_text(BADGER)
    report = update(settings)
    assert [(one.path, one.reason) for one in report.failed] == [("wild.notes", "holds no notes; write some")]
    assert report.documents == 1
    (settings.seeds / "wild.notes").unlink()
    assert update(settings).removed == ("wild.notes",)


def test_only_a_document_of_a_file_of_many_has_a_path_of_its_own(settings: Settings) -> None:
    assert file_of("a/wild.notes#b1") == "a/wild.notes"
    same = ("wild.notes", "wild.txt#b1", "wild.notes#b1/a.txt", "wild.notes#b1.txt")
    assert [file_of(path) for path in same] == list(same)
    (settings.seeds / "wild.notes#b1").write_text("a file of this very name")
    assert find_files(settings.seeds) == []
