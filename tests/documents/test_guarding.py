"""Whatever goes wrong in a reader costs one file, with its reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_bot.answers.quoting.checking import FilesRead
from qa_bot.config import Settings
from qa_bot.documents import read_document
from qa_bot.documents.formats.format import FileText, Format, Layout
from qa_bot.documents.formats.plain import plain_blocks
from qa_bot.documents.formats.registry import register, unregister
from qa_bot.errors import DocumentError
from qa_bot.index.updating import update
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language


class Falling:
    """A reader that fails as its file says."""

    def read(self, path: Path) -> FileText:
        kind = path.read_text()
        if kind == "key":
            return FileText(dict[str, str]()["nothing"])
        if kind == "memory":
            raise MemoryError
        if kind == "deep":
            return self.read(path)
        return FileText("Half of a character: \ud83c.\n" if kind == "half" else f"{kind} words.\n")

    def layout(self, file: FileText, language: Language = ENGLISH) -> Layout:
        assert "layout" not in file.text, "laid out badly"
        return Layout(plain_blocks(file.text, 0, language))


FALLING = Format("falling", (".fall",), Falling)


@pytest.fixture
def falling() -> Iterator[None]:
    register(FALLING)
    yield
    unregister(FALLING)


@pytest.mark.usefixtures("falling")
def test_every_failure_of_a_reader_is_told_and_the_others_are_indexed(tmp_path: Path, tiny: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for kind in ("key", "memory", "deep", "half", "layout", "good"):
        (seeds / f"{kind}.fall").write_text(kind)
    report = update(Settings(seeds=seeds, index=tmp_path / "index", model=str(tiny)))
    assert report.added == ("good.fall",)
    reasons = {failure.path: failure.reason for failure in report.failed}
    assert list(reasons) == [f"{kind}.fall" for kind in ("deep", "half", "key", "layout", "memory")]
    assert all("; save it anew" in reason for reason in reasons.values())
    assert "KeyError" in reasons["key.fall"]
    assert "MemoryError" in reasons["memory.fall"]
    assert FilesRead(seeds).state("key.fall", 0, "words") == "changed"
    with pytest.raises(DocumentError, match="laid out badly"):
        read_document(seeds, "layout.fall")
