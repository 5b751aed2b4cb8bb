"""How the index stands to the seeds, told without importing anything heavy."""

from contextlib import closing
from dataclasses import dataclass, field

from qa_bot.config import Settings
from qa_bot.index.belonging import other_folder
from qa_bot.index.changes import Changes, find_changes, needs_rebuild
from qa_bot.index.choosing import engine_of
from qa_bot.index.schema import SCHEMA_VERSION
from qa_bot.index.trouble import readable
from qa_bot.index.vector_search import VectorSearch
from qa_bot.models.finding import Model


@dataclass(frozen=True, slots=True)
class Status:
    """What `qa-bot status` shows."""

    documents: int
    passages: int
    model: str
    """The model that the index was made with; that of the settings where there is no index."""
    generation: int
    bytes: int
    """The size of the index folder's files."""
    needs_rebuild: str | None
    changes: Changes
    vectors: VectorSearch = field(default_factory=VectorSearch)
    """How passages are found by their meaning."""
    listing: tuple[tuple[str, str, str | None, int], ...] = ()
    """Path, title, date and number of passages of each document, by path."""

    @property
    def up_to_date(self) -> bool:
        """Whether a question would be answered from the seeds as they are now."""
        return not self.needs_rebuild and not self.changes


def status(settings: Settings) -> Status:
    """The state of the index. Raises SeedsError without seeds, IndexFolderError where the index is damaged."""
    model, engine = Model.find(settings.model), engine_of(settings)
    if not engine.exists():
        return Status(0, 0, model.name, 0, 0, "there is no index yet", find_changes(settings, None))
    with readable(settings.index), closing(engine.open()) as store:
        manifest = store.manifest()
        other = other_folder(settings, manifest)
        reason = f"the index is of the folder {other}" if other else needs_rebuild(manifest, model)
        known = manifest.get("schema") == str(SCHEMA_VERSION)  # else its tables may be other ones
        documents, passages = store.counts() if known else (0, 0)
        return Status(
            documents,
            passages,
            manifest.get("model", model.name),
            int(manifest.get("generation", "0")),
            engine.size(),
            reason,
            find_changes(settings, store if known else None),
            VectorSearch.of(manifest),
            tuple(store.documents()) if known else (),
        )
