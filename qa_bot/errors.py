"""What can go wrong in a way the user can mend. Every message says what happened and names the remedy."""


class QaBotError(Exception):
    """The base of every error shown to the user as one line, with exit code 2."""


class SettingsError(QaBotError):
    """A flag, an environment variable or an argument has a value that cannot be used."""


class DocumentError(QaBotError):
    """One file cannot be read as a document; the rest go on without it."""


class SeedsError(QaBotError):
    """The seeds folder is missing or holds nothing that can be indexed."""


class IndexFolderError(QaBotError):
    """The index is missing, damaged, held by another process or cannot be written."""


class ModelError(QaBotError):
    """The embedding model cannot be found or loaded."""


class SavedError(QaBotError):
    """The conversations that the chat keeps cannot be read or written."""


class TopicError(QaBotError):
    """The guide has no page of this name."""


class Cancelled(QaBotError):
    """The user stopped an update; what was embedded so far is kept and not embedded again."""
