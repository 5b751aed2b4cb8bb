from pathlib import Path

import pytest

from qa_bot.documents.model import Document, Passage


@pytest.fixture(scope="session")
def repository_seeds() -> Path:
    """The seeds folder of the repository, only to read; `seeds` is a copy that a test may change."""
    return Path(__file__).parents[2] / "seeds"


def sentences(document: Document) -> list[str]:
    return [document.text[start:end] for passage in document.passages for start, end in passage.sentences]


def words(document: Document, passage: Passage) -> str:
    return document.text[passage.start : passage.end]


def passage_with(document: Document, wanted: str) -> Passage:
    """The one passage that holds the words."""
    (found,) = [passage for passage in document.passages if wanted in words(document, passage)]
    return found
