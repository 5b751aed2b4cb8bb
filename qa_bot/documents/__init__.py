"""Files become documents: their text exactly as it stands, cut into passages that can be searched and quoted.

Importing this package loads no reader, so that looking for changed files stays cheap.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa_bot.documents.files import find_files
    from qa_bot.documents.formats.registry import text_of
    from qa_bot.documents.model import Document, Passage
    from qa_bot.documents.readers import read_document
    from qa_bot.span import Span

PASSAGES_VERSION = 4
"""Raise this number whenever the same file would give other passages, titles, dates or subjects: indexes that were made with
another number are made again. A test fails where this was forgotten (tests/documents/test_passages_version.py)."""

__all__ = ["PASSAGES_VERSION", "Document", "Passage", "Span", "find_files", "read_document", "text_of"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = {"find_files": "files", "read_document": "readers", "text_of": "formats.registry"}.get(name, "model")
    return getattr(import_module(f"{__name__}.{home}"), name)
