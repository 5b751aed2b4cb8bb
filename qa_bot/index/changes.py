"""What in the seeds folder differs from the index: a look at names, sizes and times, no file is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa_bot.documents import PASSAGES_VERSION, find_files
from qa_bot.errors import SeedsError
from qa_bot.index.models import Model
from qa_bot.index.store import SCHEMA_VERSION, FileRecord, Store


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths below the seeds folder, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Of another size or time; perhaps only touched."""
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FileRecord, ...] = ()
    """Those that could not be indexed last time and have not changed since."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def find_changes(seeds: Path, store: Store | None) -> Changes:
    """The seeds against the index; SeedsError where there is no such folder or nothing in it to index."""
    if not seeds.is_dir():
        raise SeedsError(
            f"there is no seeds folder {seeds}; make it and put your .txt and .md documents there, or name another with --seeds"
        )
    now = {path: record for path in find_files(seeds) if (record := look(seeds, path))}
    if not now:
        raise SeedsError(
            f"the seeds folder {seeds} holds no documents; put .txt or .md files there, or name another with --seeds"
        )
    before: Mapping[str, FileRecord] = store.files() if store else {}
    same = {path for path, record in now.items() if path in before and same_file(record, before[path])}
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted((now.keys() & before.keys()) - same)),
        removed=tuple(sorted(before.keys() - now.keys())),
        unchanged=tuple(sorted(path for path in same if not before[path].reason)),
        failed=tuple(before[path] for path in sorted(same) if before[path].reason),
    )


def look(seeds: Path, path: str) -> FileRecord | None:
    """The file's size and time; None where it went away meanwhile."""
    try:
        stat = (seeds / path).stat()
    except OSError:
        return None
    return FileRecord(path, stat.st_size, stat.st_mtime_ns)


def same_file(a: FileRecord, b: FileRecord) -> bool:
    """Whether size and time agree."""
    return (a.size, a.mtime_ns) == (b.size, b.mtime_ns)


def needs_rebuild(manifest: Mapping[str, str], model: Model) -> str | None:
    """Why every passage must be made anew, as a person can read it; None where the index fits."""
    if int(manifest.get("schema", "0")) != SCHEMA_VERSION:
        return "the index was made by another version of qa-bot"
    if manifest.get("generation", "0") == "0":
        return "the index is empty"
    if manifest.get("passages") != str(PASSAGES_VERSION):
        return "this version divides documents into other passages"
    if manifest.get("model_signature") == model.signature or manifest.get("fingerprint") == model.fingerprint:
        return None
    return f"the index was made with the model {manifest.get('model')}, not {model.name}"
