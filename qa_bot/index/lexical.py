"""The tantivy index of the passages' words: BM25 with stemming, on disk. The only importer of tantivy."""

import math
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import tantivy

from qa_bot.language.analysis import analyzer, plain_analyzer, prepared, prepared_names
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language
from qa_bot.language.letters import folded

FIELDS = ("text", "names", "scope")
Row = tuple[int, str, str, str]
"""Passage id, then what goes into each of the fields."""
WRITER_BYTES = 30_000_000

FILE = re.compile(r"[0-9a-f]{32}(?:\.\w+)+|meta\.json|\.managed\.json|\.tantivy-\w+\.lock|\.tmp\w+")
"""The names that tantivy gives to the files of an index."""


@cache
def schema() -> tantivy.Schema:
    """`id`: the passage's; `text`: its words and those of its headings; `names`, `scope`: those of its document;
    `written`: all of these unstemmed, which spelling is held against."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="qa_bot")
    builder.add_text_field("names", tokenizer_name="qa_bot")
    builder.add_text_field("scope", tokenizer_name="qa_bot")
    builder.add_text_field("written", tokenizer_name="qa_bot_plain", index_option="basic")
    return builder.build()


class LexicalIndex:
    """An open lexical index: a snapshot, which later builds do not disturb."""

    def __init__(self, index: tantivy.Index, language: Language = ENGLISH):
        self.language = language
        index.register_tokenizer("qa_bot", analyzer(language))
        index.register_tokenizer("qa_bot_plain", plain_analyzer())
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path, language: Language = ENGLISH) -> "LexicalIndex":
        """The index in `folder`, whose texts are in this language."""
        return cls(tantivy.Index.open(str(folder)), language)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def idf(self, term: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n of N passages, as BM25 has it."""
        total = len(self)
        n = min(self._searcher.doc_freq("text", term), total)
        return math.log(1 + (total - n + 0.5) / (n + 0.5))

    def holds(self, term: str) -> bool:
        """Whether any passage or any document's subject has the term."""
        return any(self._searcher.doc_freq(field, term) for field in FIELDS)

    def name_idf(self, term: str) -> float:
        """How well a name tells documents apart: 0 for no name at all and for one that every document has."""
        total = len(self)
        n = min(self._searcher.doc_freq("names", term), total)
        return math.log((total + 1) / n) if n else 0.0

    def written_with(self, start: str) -> list[tuple[str, int]]:
        """The words of the documents that start so, in lower case, and the number of passages each stands in."""
        found: list[tuple[str, int]] = self._searcher.terms_with_prefix("written", start)
        return found

    def search(self, weights: Mapping[str, float], limit: int, among: Sequence[int] | None = None) -> list[int]:
        """The ids of the passages with the highest BM25 for the weighted terms, best first; with `among` of these only."""
        if not weights or not limit:
            return []
        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        clauses = [
            (should, tantivy.Query.boost_query(tantivy.Query.term_query(schema(), field, term, "freq"), weight))
            for term, weight in weights.items()
            for field in FIELDS
        ]
        query = tantivy.Query.boolean_query(clauses)
        if among is not None:
            chosen = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema(), "id", list(among)), 0.0)
            query = tantivy.Query.boolean_query([(must, query), (must, chosen)])
        found = self._searcher.search(query, limit, count=False)
        ids = self._searcher.fast_field_values("id", [address for _, address in found.hits])
        return [int(i) for i in ids if i is not None]


def build(folder: Path, rows: Iterable[Row], language: Language = ENGLISH) -> None:
    """Write a new index of `rows` (see Row) into `folder`, in place of what is there."""
    partial = folder.with_name(f"partial-{folder.name}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    write(tantivy.Index(schema(), path=str(partial)), (), rows, language)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def update(old: Path, new: Path, removed: Iterable[int], rows: Iterable[Row], language: Language = ENGLISH) -> None:
    """Write into `new` the index in `old` less the passages `removed` plus `rows`.

    Segments are never changed once written, so they are shared by hard links where the file system has them.
    """
    shutil.copytree(old, new, copy_function=link_or_copy, ignore=shutil.ignore_patterns("*.lock"))
    write(tantivy.Index.open(str(new)), removed, rows, language)


def remove(folder: Path) -> None:
    """Delete the index in `folder`; the folder too, unless it holds anything that tantivy did not put there."""
    with suppress(OSError):
        for file in folder.iterdir():
            if FILE.fullmatch(file.name):
                file.unlink(missing_ok=True)
        folder.rmdir()


def write(index: tantivy.Index, removed: Iterable[int], rows: Iterable[Row], language: Language = ENGLISH) -> None:
    """One commit: the removals, then the additions."""
    index.register_tokenizer("qa_bot", analyzer(language))
    index.register_tokenizer("qa_bot_plain", plain_analyzer())
    writer = index.writer(WRITER_BYTES, 1)
    for id_ in removed:
        # Not delete_documents_by_term, which takes a Python int for a signed one and deletes nothing.
        writer.delete_documents_by_query(tantivy.Query.term_query(schema(), "id", id_))
    for id_, text, names, scope in rows:
        document = tantivy.Document()
        document.add_unsigned("id", id_)
        document.add_text("text", prepared(text, language))
        document.add_text("names", prepared_names(names, language))
        document.add_text("scope", prepared_names(scope, language))
        document.add_text("written", folded(f"{text} {names} {scope}"))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def link_or_copy(source: str, target: str) -> str:
    """A hard link to an immutable file, or a copy; tantivy replaces its two JSON files by renaming, so links are safe."""
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
    return target
