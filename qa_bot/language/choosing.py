"""The languages, by name."""

from qa_bot.errors import IndexFolderError
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language

LANGUAGES = {language.name: language for language in (ENGLISH,)}
"""Every language that documents can be read in."""


def language_of(name: str | None) -> Language:
    """The language that a manifest names; English for None, as older indexes name none. IndexFolderError for another name."""
    language = LANGUAGES.get(name or ENGLISH.name)
    if language is None:
        raise IndexFolderError(
            f"the index is of documents in {name}, which this version cannot read; "
            "make another index with: qa-bot index --index FOLDER"
        )
    return language
