"""A file of the seeds folder becomes a Document. All that is particular to a format is left to the format's reader."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qa_bot.documents.dating import document_date
from qa_bot.documents.formats.blocks import Block, Kind, lines_of
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.registry import names_in, reader_of, text_of
from qa_bot.documents.guarding import guarded
from qa_bot.documents.model import Document
from qa_bot.documents.passages import passages_of
from qa_bot.documents.residue import with_residue
from qa_bot.documents.titles import title_heading, title_of
from qa_bot.errors import DocumentError
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

if TYPE_CHECKING:
    from qa_bot.documents.subject import Subject


def read_documents(seeds: Path, path: str, language: Language = ENGLISH) -> Iterator[Document]:
    """The documents in the file at `path` below the folder, one for most formats. DocumentError, before the first of them,
    says why the file has none."""
    for name in names_in(seeds, path):
        yield read_document(seeds, name, language)


@guarded()
def documents_and_subjects(seeds: Path, path: str, language: Language = ENGLISH) -> "list[tuple[Document, Subject]]":
    """All documents of a file and what each is about, so that none of them is taken in where one cannot be read."""
    from qa_bot.documents.subject import subject_of

    return [(document, subject_of(document, language)) for document in read_documents(seeds, path, language)]


@guarded()
def read_document(seeds: Path, path: str, language: Language = ENGLISH) -> Document:
    """The document at `path` below the folder. DocumentError says why a file cannot be one."""
    file = text_of(seeds / path)
    if not file.text.strip():
        raise DocumentError("holds no text; put a file that holds some in its place, or take it out of the folder")
    return document_of(file, path, language)


def document_of(file: FileText | str, path: str, language: Language = ENGLISH) -> Document:
    """The document that a file with this text would be; the end of its name tells the format."""
    file = FileText(file) if isinstance(file, str) else file
    text, layout = file.text, reader_of(path).layout(file, language)
    fields = {**file.fields, **layout.fields}
    blocks = with_residue(text, layout.blocks, language)
    title = _whole(title_of(text, blocks, fields, path, language))
    text.encode()  # the index keeps UTF-8, which has no halves of characters
    return Document(
        path=path,
        text=text,
        title=title,
        date=_date(text, blocks, fields, path, language),
        passages=passages_of(text, blocks, title, language),
        note=file.note,
        marks=file.marks,
    )


def _whole(words: str) -> str:
    """The words with the halves of characters put together, as JSON and YAML write them; a half alone is replaced."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _date(text: str, blocks: list[Block], fields: Mapping[str, object], path: str, language: Language) -> str | None:
    begin = next((block.start for block in blocks if block.kind is not Kind.FIELD), 0)
    lines = [text[line.start : line.end] for line in lines_of(text, begin, len(text)) if line.start < line.end]
    heading = title_heading(text, blocks)
    return document_date(fields, lines, heading.label if heading else "", path, language)
