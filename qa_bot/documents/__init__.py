"""Files become documents: their text exactly as it stands, cut into passages that can be searched and quoted.

Importing this loads nothing: whoever looks for changed files pays for no reader.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa_bot.documents.files import find_files
    from qa_bot.documents.formats.registry import text_of
    from qa_bot.documents.model import Document, Passage
    from qa_bot.documents.readers import read_document
    from qa_bot.span import Span

PASSAGES_VERSION = 3
"""Rises whenever the same file would give other passages, so that indexes made before are made again."""

__all__ = ["PASSAGES_VERSION", "Document", "Passage", "Span", "find_files", "read_document", "text_of"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = {"find_files": "files", "read_document": "readers", "text_of": "formats.registry"}.get(name, "model")
    return getattr(import_module(f"{__name__}.{home}"), name)
