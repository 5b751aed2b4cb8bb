"""Files become documents: their text exactly as it stands, cut into passages that can be searched and quoted."""

from qa_bot.documents.model import Document, Passage, Span
from qa_bot.documents.passages import PASSAGES_VERSION
from qa_bot.documents.readers import find_files, read_document, read_text

__all__ = ["PASSAGES_VERSION", "Document", "Passage", "Span", "find_files", "read_document", "read_text"]
