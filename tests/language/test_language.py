"""Each language in one package, chosen by the index, and no words of a language anywhere else."""

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

import qa_bot
from qa_bot.answers.understanding.question import Question
from qa_bot.config import Settings
from qa_bot.documents.formats.blocks import Kind
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.registry import reader_of
from qa_bot.documents.readers import document_of
from qa_bot.documents.subject import subject_of
from qa_bot.errors import IndexFolderError
from qa_bot.index import lexical
from qa_bot.index.lexical import LexicalIndex
from qa_bot.index.snapshot import Snapshot
from qa_bot.language.analysis import terms
from qa_bot.language.choosing import LANGUAGES, language_of
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

MONTHS = tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split())
GERMAN = replace(
    ENGLISH,
    name="german",
    stop_words=frozenset("der die das und ist wer".split()),
    stemmer="german",
    segmenter="de",
    months=MONTHS,
    month_forms=tuple((name[:3], name) for name in MONTHS),
    worded_date=re.compile(r"\b\d{1,2}\. Oktober \d{4}"),
    kinds={"person": re.compile(r"\bwer\b", re.IGNORECASE)},
    current=re.compile(r"\bheute\b"),
    relative=re.compile(r"\b(letztes) Jahr\b"),
    years_ago={"letztes": 1},
)
"""Enough German to see whether a second language is heard."""

ROOT = Path(qa_bot.__file__).parent
OWN_WORDS = ("chat", "commands", "showing", "guide", "language")
"""Packages that hold the words of the program's own interface, or of the languages."""


def modules() -> list[str]:
    """The modules that should know no language, by their paths in the package."""
    paths = (file.relative_to(ROOT).as_posix() for file in ROOT.rglob("*.py"))
    return sorted(path for path in paths if path.split("/")[0] not in OWN_WORDS)


@pytest.mark.parametrize("path", modules())
def test_no_other_module_has_words_of_a_language(path: str) -> None:
    code = re.sub(r'""".*?"""|#[^\n]*', "", (ROOT / path).read_text(encoding="utf-8"), flags=re.DOTALL)
    patterns = re.findall(r"\b(?:rf|r|fr)\"[^\"\n]*\"", code)
    assert not re.search(
        r"\b(?:January|February|September|October|November|December|Monday|Tuesday)\b", code, re.IGNORECASE
    )
    assert not [p for p in patterns if re.search(r"\b(?:who|what|when|where|which|why|how|said|says|last year)\b", p)]
    assert "qa_bot.language.english." not in code, "take words from the Language that is handed down"


def test_a_language_has_all_words() -> None:
    for language in LANGUAGES.values():
        assert all(getattr(language, field.name) for field in fields(Language)), language.name
        assert len(language.months) == len(language.month_forms) == 12


def test_the_index_tells_its_language() -> None:
    assert language_of(None) is ENGLISH
    assert language_of("english") is ENGLISH
    with pytest.raises(IndexFolderError, match="documents in volapük"):
        language_of("volapük")


def test_terms_are_those_of_the_language() -> None:
    assert terms("die Häuser und the houses", GERMAN) == ["haus", "the", "hous"]
    assert terms("die Häuser und the houses") == ["die", "hauser", "und", "hous"]


def test_a_question_is_read_in_the_language_of_the_index(tmp_path: Path) -> None:
    lexical.build(tmp_path / "lexical", [(1, "Die Häuser stehen am Hafen", "", "")], GERMAN)
    question = Question.read("Wer baut heute das Haus?", LexicalIndex.open(tmp_path / "lexical", GERMAN))
    assert question.terms == ("baut", "heut", "haus")
    assert question.point.answer_type == "person"
    assert question.about_now
    late = Question.read("das letztes Jahr", LexicalIndex.open(tmp_path / "lexical", GERMAN), date(2020, 5, 1))
    assert late.era is not None
    assert date.fromordinal(late.era.first) == date(2019, 1, 1)


def test_a_document_is_read_in_its_language() -> None:
    document = document_of("Hafen\n\n3. Oktober 2019\n\nDas Boot fährt.\n", "hafen.txt", language=GERMAN)
    assert document.date == "2019-10-03"
    assert "Oktober" in subject_of(document, GERMAN).names


def test_a_new_index_is_english(built: Settings) -> None:
    snapshot = Snapshot.open(built)
    try:
        assert snapshot.manifest["language"] == "english"
        assert snapshot.lexical.language is ENGLISH
    finally:
        snapshot.close()


def test_front_matter_is_read_in_its_language() -> None:
    german = replace(GERMAN, title_fields=("titel",), date_fields=("datum",))
    text = '---\nTitel: "Der Hafen"\nDatum: 3. Oktober 2019\nupdated: 2021-01-01\n---\n\nDas Boot fährt.\n'
    document = document_of(text, "hafen.md", language=german)
    assert (document.title, document.date) == ("Der Hafen", "2019-10-03")


def test_plain_text_is_laid_out_in_its_language() -> None:
    german = replace(GERMAN, greeting=re.compile("Hallo"), page_number=re.compile(r"Seite \d+\Z"))
    letter = "Hallo Frau Meier\n\n" + "Das Boot fährt heute noch einmal um die große Insel herum. " * 2 + "\n"
    broken = "Das Boot fährt heute noch einmal um die\n\nSeite 3\n\ngroße Insel herum.\n"
    assert reader_of("a.txt").layout(FileText(letter)).blocks[0].kind is Kind.HEADING
    assert reader_of("a.txt").layout(FileText(letter), german).blocks[0].kind is Kind.PARAGRAPH
    assert len(reader_of("a.md").layout(FileText(broken)).blocks) > 1
    assert len(reader_of("a.md").layout(FileText(broken), german).blocks) == 1
