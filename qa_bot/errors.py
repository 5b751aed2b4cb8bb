"""What can go wrong in a way the user can mend. Every message says what happened and names the remedy."""


class QaBotError(Exception):
    """The base of every error shown to the user as one line, with exit code 2."""


class DocumentError(QaBotError):
    """One file cannot be read as a document; the rest go on without it."""


class SeedsError(QaBotError):
    """The seeds folder is missing or holds nothing that can be indexed."""


class IndexFolderError(QaBotError):
    """The index is missing, damaged or does not fit, and cannot be mended without the user."""


class ModelError(QaBotError):
    """The embedding model cannot be found or loaded."""
