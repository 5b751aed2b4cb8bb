"""One update of one index: what must be read and embedded, one commit. Reads top-down in `Build.run`."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace

from qa_bot.config import Settings
from qa_bot.documents import PASSAGES_VERSION
from qa_bot.documents.isolating import AHEAD, Begun, FileReading, ahead
from qa_bot.errors import Cancelled, DocumentError, IndexFolderError
from qa_bot.index.belonging import check_folder, marks, other_folder
from qa_bot.index.changes import Changes, find_changes, look, needs_rebuild
from qa_bot.index.choosing import engine_of
from qa_bot.index.engines import IndexStore, Since, Staging
from qa_bot.index.passage_vectors import embed, outgrown, text_of, vector_key
from qa_bot.index.records import FileRecord
from qa_bot.index.report import Failure, Listener, Progress, Report, unread
from qa_bot.index.schema import SCHEMA_VERSION
from qa_bot.language.choosing import language_of
from qa_bot.models.finding import Model, sha256

OUTGROWN = "there are many more words than the index was fitted to"
RE_EMBEDS = ("asked for", OUTGROWN)
"""Reasons for a rebuild in which no vector is taken over."""


@dataclass
class Reading:
    """What reading the changed files brought; their documents are in the changeset."""

    notes: list[str] = field(default_factory=list)
    touched: list[FileRecord] = field(default_factory=list)
    failed: list[FileRecord] = field(default_factory=list)


class Build:
    """One update of one index, under its lock."""

    def __init__(
        self,
        settings: Settings,
        full: bool,
        progress: Listener,
        cancelled: Callable[[], bool],
        most: int | None = None,
        rebuild: bool = False,
    ):
        self._settings, self._full, self._cancelled, self._most = settings, full or rebuild, cancelled, most
        self._rebuild = rebuild
        self._say = progress
        self._model, self._engine = Model.find(settings.model), engine_of(settings)

    def run(self) -> Report:
        """Lock, compare, read, embed, commit."""
        if not self._engine.exists():
            find_changes(self._settings, None)  # nothing is made where there is nothing to index
        from qa_bot.models.choosing import fetched

        self._model = fetched(self._model)
        with self._engine.lock(lambda: self._step("waiting", 0, 0)), closing(self._open_store()) as store:
            return self._update(store, store.manifest())

    def _open_store(self) -> IndexStore:
        """The index as it is, or a new one where there is none, it is of another schema, or all is to be made anew."""
        try:
            store = self._engine.open()
        except IndexFolderError:
            if self._engine.exists() and not self._full:
                raise
            return self._engine.create()
        manifest = store.manifest()
        if (other := other_folder(self._settings, manifest)) and not self._rebuild:
            store.close()
            check_folder(self._settings, manifest)
        if not other and manifest.get("schema") == str(SCHEMA_VERSION) and not (self._full and not store.sound()):
            return store
        store.close()
        return self._engine.create()

    def _update(self, store: IndexStore, manifest: dict[str, str], reason: str | None = None) -> Report:
        """Bring the store up to date; for `reason`, by making everything anew."""
        reason = reason or ("asked for" if self._full else needs_rebuild(manifest, self._model))
        changes = find_changes(self._settings, store)
        changes = replace(changes, added=changes.added[: self._most])
        stale = changes
        if reason:
            everything = {*changes.changed, *changes.unchanged, *(r.path for r in changes.failed)}
            stale = replace(changes, changed=tuple(sorted(everything)), unchanged=(), failed=())
        # Reading the whole model takes longer than a small update.
        self._language = language_of(manifest.get("language"))
        known = not reason and manifest.get("model_signature") == self._model.signature
        self._fingerprint = manifest["fingerprint"] if known else self._model.fingerprint
        salt = self._salt(store, manifest) if reason in RE_EMBEDS else manifest.get("salt", "")
        series, staged = self._fingerprint + salt, store.stage()
        reading = self._read(stale, store, staged, series, keep_same=reason is None)
        if reason is None and outgrown(store, series, staged.wanted()[0]):
            return self._update(store, manifest, OUTGROWN)
        embedded = embed(store, self._model, staged, series, self._step)
        self._step("saving", 0, 1)
        self._commit(store, manifest, stale, reading, staged, salt, whole=reason is not None)
        self._say(Progress("saving", 1, 1))  # too late to stop
        return report(store, changes, reading, embedded, reason if manifest["generation"] != "0" else None)

    def _salt(self, store: IndexStore, manifest: dict[str, str]) -> str:
        """Keeps the vectors of this rebuild apart from the old ones, which are not to be found, nor dropped before the new
        are all there; that of a rebuild that was stopped is taken again, and what it embedded with it."""
        salt = manifest.get("next_salt") or os.urandom(4).hex()
        with store.transaction():
            store.set_manifest(next_salt=salt)
        return salt

    def _read(self, changes: Changes, store: IndexStore, staged: Staging, series: str, *, keep_same: bool) -> Reading:
        """Read the added and changed files into the changeset; one bad file never stops the rest."""
        paths = [*changes.added, *changes.changed]
        reading, done = Reading(), 0

        def waiting() -> None:
            self._step("reading", done, len(paths))

        with closing(FileReading(self._settings.seeds, self._language, waiting)) as files:
            begun = (self._begin(path, files, store, keep_same=keep_same) for path in paths)
            for one in ahead(begun, AHEAD):
                waiting()
                if one is not None:  # else gone since it was listed: the next update removes it
                    self._take(*one, staged, series, reading)
                done += 1
        self._step("reading", len(paths), len(paths))
        return reading

    def _begin(
        self, path: str, files: FileReading, store: IndexStore, *, keep_same: bool
    ) -> tuple[FileRecord, Begun | OSError | None] | None:
        """The file as it is now, and its reading, which has begun where another process reads it; no reading of a file that
        was only touched. None where there is no such file any more."""
        record = look(self._settings.seeds, path)
        if record is None:
            return None
        try:
            # A named pipe would be waited on for ever: reading says so without opening it.
            file = self._settings.seeds / path
            record = record._replace(sha256=sha256(file) if file.is_file() else "")
        except OSError as error:
            return record, error
        if keep_same and record.sha256 and store.sha256(path) == record.sha256:
            return record, None
        return record, files.begin(path, record.size)

    def _take(
        self, record: FileRecord, begun: Begun | OSError | None, staged: Staging, series: str, reading: Reading
    ) -> None:
        """Put the documents of a file into the changeset, or why it has none into the reading."""
        if begun is None:
            reading.touched.append(record)
            return
        try:
            if isinstance(begun, OSError):
                raise begun
            for document, subject in begun():
                keys = [vector_key(series, text_of(document, passage)) for passage in document.passages]
                staged.add(document, record, subject, keys)
                reading.notes += [f"{document.path}: {document.note}"] if document.note else []
        except DocumentError as error:
            reading.failed.append(record._replace(reason=str(error)))
        except OSError as error:
            reading.failed.append(record._replace(reason=f"cannot be read ({error.strerror}); check its permissions"))

    def _commit(
        self,
        store: IndexStore,
        manifest: dict[str, str],
        changes: Changes,
        reading: Reading,
        staged: Staging,
        salt: str,
        *,
        whole: bool,
    ) -> None:
        """Everything of this update in one transaction; the searches are written before it ends."""
        new = manifest | {
            "passages": str(PASSAGES_VERSION),
            "language": self._language.name,
            "model": self._model.name,
            "fingerprint": self._fingerprint,
            "model_signature": self._model.signature,
            "salt": salt,
            **marks(self._settings),
        }
        with store.transaction():
            for record in reading.touched:
                staged.touch(record)
            for path in {*changes.removed, *changes.changed} - {record.path for record in reading.touched}:
                staged.forget(path)
            for record in reading.failed:
                staged.fail(record)
            added, removed = staged.place(), staged.removed()
            mark = staged.drop_unused_vectors(
                self._fingerprint + salt, int(manifest.get("vectors_until", "0")), whole=whole
            )
            documents, passages, length = store.measure()
            new |= {"document_count": str(documents), "passage_count": str(passages), "vectors_until": str(mark)}
            if removed or added or whole:
                new |= {
                    "generation": str(int(manifest["generation"]) + 1),
                    "build": os.urandom(4).hex(),
                    "average_length": f"{length:.1f}",
                }
                since = None if whole else Since(manifest, removed, staged.after)
                new |= self._engine.write_searches(store, new, since)
            store.set_manifest(**new | ({"next_salt": ""} if whole else {}))
        self._engine.remove_others(new)

    def _step(self, stage: str, done: int, total: int, seconds_left: float | None = None) -> None:
        """Say how far the update is; raise Cancelled where it is to stop."""
        if self._cancelled():
            raise Cancelled("the update was stopped; what was embedded is kept, and the index is as it was")
        self._say(Progress(stage, done, total, seconds_left))


def report(store: IndexStore, changes: Changes, reading: Reading, embedded: int, rebuilt: str | None) -> Report:
    """What the update did, as a person would count it: a file that was only touched is unchanged."""
    touched, failed = {r.path for r in reading.touched}, {r.path for r in reading.failed}
    documents, passages = store.counts()
    bad = {r.path: Failure(r.path, r.reason) for r in (*store.failures(), *changes.failed)}.values()
    return Report(
        added=tuple(path for path in changes.added if path not in failed),
        changed=tuple(path for path in changes.changed if path not in touched | failed),
        removed=changes.removed,
        unchanged=len(changes.unchanged) + len(touched),
        failed=tuple(sorted(bad, key=lambda failure: failure.path)),
        notes=tuple(reading.notes),
        documents=documents,
        passages=passages,
        embedded=embedded,
        rebuilt=rebuilt,
        unread=unread(changes),
        files=changes.seen,
    )
