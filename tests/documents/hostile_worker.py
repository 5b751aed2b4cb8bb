"""Imported by the processes that read files, so that they know the hostile format."""

from qa_bot.documents.formats.registry import register
from tests.documents.hostile import HOSTILE

register(HOSTILE)
