"""Which engine keeps an index."""

from qa_bot.config import Settings
from qa_bot.index.engines import Engine
from qa_bot.index.file_engine import FileEngine


def engine_of(settings: Settings) -> Engine:
    """Files in the index folder: the only engine so far."""
    return FileEngine(settings.index)
