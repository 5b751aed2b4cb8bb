"""One generation of the index, open: the store with the dense index and the term index made from it."""

from collections.abc import Mapping

from qa_bot.config import Settings
from qa_bot.documents.formats.registry import suffixes_in_words
from qa_bot.errors import IndexFolderError
from qa_bot.index.belonging import check_folder
from qa_bot.index.choosing import engine_of
from qa_bot.index.engines import PassageStore, Searches
from qa_bot.index.schema import SCHEMA_VERSION
from qa_bot.index.trouble import readable


class Snapshot:
    """An index as a question sees it: one generation, whole, until it is closed."""

    def __init__(self, store: PassageStore, searches: Searches, counts: tuple[int, int], manifest: Mapping[str, str]):
        self.store, self.manifest = store, manifest
        self.vectors, self.lexical = searches
        self.generation = int(manifest["generation"])
        self.series = manifest["fingerprint"] + manifest.get("salt", "")
        """Names the vectors that may be held against each other."""
        self.average_length = float(manifest.get("average_length", "500"))
        """Mean length of a passage, in characters."""
        self.documents, self.passages = counts

    @classmethod
    def open(cls, settings: Settings) -> "Snapshot":
        """The index as it stands; IndexFolderError where there is none, or it does not fit this version."""
        engine = engine_of(settings)
        with readable(settings.index):
            store = engine.open()
            try:
                store.begin_reading()
                manifest = store.manifest()
                if manifest.get("schema") != str(SCHEMA_VERSION):
                    raise IndexFolderError(
                        f"the index in {engine.name} was made by another version of qa-bot; build it anew with: qa-bot index"
                    )
                check_folder(settings, manifest)
                if manifest["generation"] == "0":
                    raise IndexFolderError(f"the index in {engine.name} is not finished; build it with: qa-bot index")
                documents, passages = store.counts()
                if not passages:
                    raise IndexFolderError(
                        f"the index in {engine.name} holds nothing to answer from; put {suffixes_in_words()} files that hold "
                        "text into the seeds folder, then: qa-bot index"
                    )
                return cls(store, engine.searches(store, manifest), (documents, passages), manifest)
            except BaseException:
                store.close()
                raise

    def close(self) -> None:
        """Close the store; the searches go with the object."""
        self.store.close()
