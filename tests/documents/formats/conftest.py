from pathlib import Path

from qa_bot.documents.marks import place_at
from qa_bot.documents.model import Document

FILES = Path(__file__).parent / "files"


def place(document: Document, words: str) -> str:
    """The place of the first of these words."""
    return place_at(document.marks, document.text, document.text.index(words))[0]
