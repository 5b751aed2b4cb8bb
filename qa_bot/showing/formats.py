"""The files that qa-bot reads, in words; the front ends take them from here."""

from qa_bot.documents.formats.registry import files_in_words, suffixes_in_words

__all__ = ["files_in_words", "suffixes_in_words"]
