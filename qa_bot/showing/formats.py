"""The files that qa-bot reads, in words, and their places; the front ends take them from here."""

from qa_bot.documents.formats.registry import is_extracted, suffixes_in_words
from qa_bot.documents.marks import mark_at

__all__ = ["is_extracted", "mark_at", "suffixes_in_words"]
