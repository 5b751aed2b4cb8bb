"""One update of one index: what must be read and embedded, one commit. Reads top-down in `Build.run`."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa_bot.config import Settings
from qa_bot.documents.model import PASSAGES_VERSION, Document
from qa_bot.documents.readers import read_document
from qa_bot.errors import Cancelled, DocumentError, IndexFolderError
from qa_bot.index.builder import Failure, Listener, Progress, Report
from qa_bot.index.changes import Changes, find_changes, look, needs_rebuild
from qa_bot.index.lock import build_lock
from qa_bot.index.models import Model, sha256
from qa_bot.index.passage_vectors import ensure_vectors
from qa_bot.index.schema import FILE, SCHEMA_VERSION
from qa_bot.index.store import FileRecord, Store


@dataclass
class Reading:
    """What reading the changed files brought."""

    documents: list[tuple[Document, FileRecord]] = field(default_factory=list)
    touched: list[FileRecord] = field(default_factory=list)
    failed: list[FileRecord] = field(default_factory=list)


class Build:
    """One update of one index, under its lock."""

    def __init__(self, settings: Settings, full: bool, progress: Listener, cancelled: Callable[[], bool]):
        self._settings, self._full, self._cancelled = settings, full, cancelled
        self._say = progress
        self._model = Model.find(settings.model)

    def run(self) -> Report:
        """Lock, compare, read, embed, commit."""
        folder = self._settings.index
        find_changes(self._settings.seeds, None)  # nothing is made where there is nothing to index
        from qa_bot.index.embedding import fetched

        self._model = fetched(self._model)
        with build_lock(folder, lambda: self._step("waiting", 0, 0)), closing(self._open_store(folder)) as store:
            return self._update(store, store.manifest())

    def _open_store(self, folder: Path) -> Store:
        """The index as it is, or a new one where there is none, it is of another schema, or all is to be made anew."""
        try:
            store = Store.open(folder)
        except IndexFolderError:
            if (folder / FILE).exists() and not self._full:
                raise
            return Store.create(folder)
        if store.manifest().get("schema") == str(SCHEMA_VERSION) and not (self._full and not store.sound()):
            return store
        store.close()
        return Store.create(folder)

    def _update(self, store: Store, manifest: dict[str, str]) -> Report:
        reason = "asked for" if self._full else needs_rebuild(manifest, self._model)
        changes = find_changes(self._settings.seeds, store)
        if reason:
            everything = {*changes.changed, *changes.unchanged, *(r.path for r in changes.failed)}
            stale = replace(changes, changed=tuple(sorted(everything)), unchanged=(), failed=())
        else:
            stale = changes
        reading = self._read(stale, store, keep_same=reason is None)
        # A full rebuild must not find the old vectors, nor drop them before the new ones are all there: another salt.
        salt = os.urandom(4).hex() if self._full else manifest.get("salt", "")
        documents = [document for document, _ in reading.documents]
        keys, embedded = ensure_vectors(store, self._model, documents, salt, self._step)
        self._step("saving", 0, 1)
        self._commit(store, manifest, stale, reading, keys, salt, whole=reason is not None)
        self._say(Progress("saving", 1, 1))  # too late to stop
        done = report(store, changes, reading, embedded, reason if manifest["generation"] != "0" else None)
        return replace(done, notes=(*self._moved(manifest), *done.notes))

    def _moved(self, manifest: dict[str, str]) -> list[str]:
        """A note where the index was of another folder until now: perhaps --index was forgotten."""
        seeds, before = str(self._settings.seeds.resolve()), manifest.get("seeds")
        if before in (None, seeds):
            return []
        return [
            f"the index in {self._settings.index} was of {before}, now it is of {seeds}; keep both with another --index"
        ]

    def _read(self, changes: Changes, store: Store, *, keep_same: bool) -> Reading:
        """Read the added and changed files; one bad file never stops the rest."""
        reading, known = Reading(), store.files()
        paths = [*changes.added, *changes.changed]
        for done, path in enumerate(paths):
            self._step("reading", done, len(paths))
            record = look(self._settings.seeds, path)
            if record is None:  # gone since it was listed: the next update removes it
                continue
            try:
                # A named pipe would be waited on for ever: read_document says so without opening it.
                file = self._settings.seeds / path
                record = replace(record, sha256=sha256(file) if file.is_file() else "")
                if keep_same and path in known and record.sha256 and known[path].sha256 == record.sha256:
                    reading.touched.append(record)
                else:
                    reading.documents.append((read_document(self._settings.seeds, path), record))
            except DocumentError as error:
                reading.failed.append(replace(record, reason=str(error)))
            except OSError as error:
                reading.failed.append(
                    replace(record, reason=f"cannot be read ({error.strerror}); check its permissions")
                )
        self._step("reading", len(paths), len(paths))
        return reading

    def _commit(
        self,
        store: Store,
        manifest: dict[str, str],
        changes: Changes,
        reading: Reading,
        keys: list[list[bytes]],
        salt: str,
        *,
        whole: bool,
    ) -> None:
        """Everything of this update in one transaction, its accelerators written before it ends."""
        from qa_bot.index.scope import scope_of
        from qa_bot.index.snapshot import Accelerators, remove_stale, write_accelerators

        new = manifest | {
            "passages": str(PASSAGES_VERSION),
            "model": self._model.name,
            "fingerprint": self._model.fingerprint,
            "model_signature": self._model.signature,
            "salt": salt,
            "seeds": str(self._settings.seeds.resolve()),
        }
        removed: list[int] = []
        added: list[int] = []
        with store.transaction():
            for record in reading.touched:
                store.touch(record)
            for path in {*changes.removed, *changes.changed} - {record.path for record in reading.touched}:
                removed += store.passage_ids(path)
                store.forget(path)
            for record in reading.failed:
                store.add_failure(record)
            for (document, record), its_keys in zip(reading.documents, keys, strict=True):
                store.add_document(document, record, scope_of(document), its_keys)
                added += store.passage_ids(document.path)
            store.drop_unused_vectors(self._model.fingerprint + salt)
            if removed or added or whole:
                new |= {
                    "generation": str(int(manifest["generation"]) + 1),
                    "build": os.urandom(4).hex(),
                    "average_length": f"{store.average_length():.1f}",
                }
                before = None if whole else Accelerators.of(self._settings.index, manifest)
                write_accelerators(store, Accelerators.of(self._settings.index, new), before, removed, added)
            store.set_manifest(**new)
        remove_stale(self._settings.index, Accelerators.of(self._settings.index, new))

    def _step(self, stage: str, done: int, total: int, seconds_left: float | None = None) -> None:
        """Say how far the update is; raise Cancelled where it is to stop."""
        if self._cancelled():
            raise Cancelled("the update was stopped; what was embedded is kept, and the index is as it was")
        self._say(Progress(stage, done, total, seconds_left))


def report(store: Store, changes: Changes, reading: Reading, embedded: int, rebuilt: str | None) -> Report:
    """What the update did, as a person would count it: a file that was only touched is unchanged."""
    touched, failed = {r.path for r in reading.touched}, {r.path for r in reading.failed}
    documents, passages = store.counts()
    bad = [
        Failure(r.path, r.reason) for r in {**store.files(), **{r.path: r for r in changes.failed}}.values() if r.reason
    ]
    return Report(
        added=tuple(path for path in changes.added if path not in failed),
        changed=tuple(path for path in changes.changed if path not in touched | failed),
        removed=changes.removed,
        unchanged=len(changes.unchanged) + len(touched),
        failed=tuple(sorted(bad, key=lambda failure: failure.path)),
        notes=tuple(f"{document.path}: {document.note}" for document, _ in reading.documents if document.note),
        documents=documents,
        passages=passages,
        embedded=embedded,
        rebuilt=rebuilt,
    )
