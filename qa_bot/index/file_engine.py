"""An index in a folder: the store is a SQLite file, the searches are a FAISS file and a tantivy folder.

Imports neither FAISS nor tantivy before they are needed: an update with nothing to do, and `status`, need neither.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from qa_bot.errors import IndexFolderError
from qa_bot.index.engines import IndexStore, Searches, Since
from qa_bot.index.lock import build_lock
from qa_bot.index.schema import FILE
from qa_bot.index.store import Store, remove_store


class FileEngine:
    """The index in a folder; see `Engine` for what each method does."""

    def __init__(self, folder: Path):
        self._folder = folder
        self.name = str(folder)

    def exists(self) -> bool:
        """Whether the SQLite file is there."""
        return (self._folder / FILE).exists()

    def size(self) -> int:
        """The bytes of the folder's files."""
        return size_of(self._folder)

    def lock(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """The lock on the folder, which is made where it is missing."""
        return build_lock(self._folder, waiting)

    def open(self) -> Store:
        """The store in the folder."""
        return Store.open(self._folder)

    def create(self) -> Store:
        """A new store in the folder."""
        return Store.create(self._folder)

    def searches(self, store: IndexStore, manifest: Mapping[str, str]) -> Searches:
        """From the files of this generation; a reader that must make them again takes the lock."""
        from qa_bot.index.accelerators import Accelerators, open_accelerators, write_accelerators

        files, (_, passages) = Accelerators.of(self._folder, manifest), store.counts()
        opened = open_accelerators(files, passages)
        if opened is None:
            with self.lock(lambda: None):
                opened = open_accelerators(files, passages)  # another reader may have made them meanwhile
                if opened is None:
                    write_accelerators(store, files, passages)
                    opened = open_accelerators(files, passages)
        if opened is None:
            raise IndexFolderError(
                f"the index in {self.name} cannot be opened; build it anew with: qa-bot index --full"
            )
        return opened

    def write_searches(self, store: IndexStore, manifest: Mapping[str, str], since: Since | None) -> dict[str, str]:
        """Files whose names carry the generation and the build; returns how the FAISS file is searched."""
        from qa_bot.index.accelerators import Accelerators, Before, write_accelerators
        from qa_bot.index.vector_search import VectorSearch

        before = since and Before(
            Accelerators.of(self._folder, since.manifest), VectorSearch.of(since.manifest), since.removed, since.after
        )
        files, passages = Accelerators.of(self._folder, manifest), int(manifest["passage_count"])
        return write_accelerators(store, files, passages, before).to_manifest()

    def remove(self) -> None:
        """Delete the files that builds have made; what the user put beside them stays."""
        from qa_bot.index.accelerators import remove_stale

        remove_store(self._folder)
        remove_stale(self._folder, None)

    def remove_others(self, manifest: Mapping[str, str]) -> None:
        """Delete the files of other builds."""
        from qa_bot.index.accelerators import Accelerators, remove_stale

        remove_stale(self._folder, Accelerators.of(self._folder, manifest))


def size_of(folder: Path) -> int:
    """The bytes that its files take; a file that an update deletes meanwhile is not counted."""
    total = 0
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += file.stat().st_size if file.is_file() else 0
    return total
