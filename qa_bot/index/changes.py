"""What in the seeds folder differs from the index: a look at names, sizes and times, no file is opened."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa_bot.documents import PASSAGES_VERSION
from qa_bot.documents.files import find_files
from qa_bot.documents.formats.registry import suffixes_in_words
from qa_bot.errors import SeedsError
from qa_bot.index.engines import IndexStore
from qa_bot.index.records import FileRecord
from qa_bot.index.schema import SCHEMA_VERSION
from qa_bot.models.finding import Model


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths below the seeds folder, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Of another size or time; perhaps only touched."""
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FileRecord, ...] = ()
    """Those that could not be indexed last time and have not changed since, and those that cannot be named."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def find_changes(seeds: Path, store: IndexStore | None) -> Changes:
    """The seeds against the index; SeedsError where there is no such folder or nothing in it to index."""
    if seeds.is_file():
        raise SeedsError(f"the seeds folder {seeds} is a file; name the folder it stands in with --seeds")
    if not seeds.is_dir():
        raise SeedsError(
            f"there is no seeds folder {seeds}; make it and put your {suffixes_in_words('and')} documents there, or name another "
            "with --seeds"
        )
    found = [record for path in find_files(seeds) if (record := look(seeds, path))]
    unnamed = tuple(record for record in found if record.reason)
    now = {record.path: record for record in found if not record.reason}
    if not found:
        raise SeedsError(
            f"the seeds folder {seeds} holds no documents; put {suffixes_in_words()} files there, or name another with --seeds"
        )
    before: Mapping[str, FileRecord] = store.files() if store else {}
    same = {path for path, record in now.items() if path in before and same_file(record, before[path])}
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted((now.keys() & before.keys()) - same)),
        removed=tuple(sorted(before.keys() - now.keys())),
        unchanged=tuple(sorted(path for path in same if not before[path].reason)),
        failed=tuple(sorted([*(before[path] for path in same if before[path].reason), *unnamed], key=lambda r: r.path)),
    )


def look(seeds: Path, path: str) -> FileRecord | None:
    """The file's size and time; None where it went away meanwhile. A link to nothing is a file that cannot be read."""
    try:
        path.encode()
    except UnicodeEncodeError:
        name = path.encode(errors="replace").decode()
        return FileRecord(name, -1, -1, reason="its name is not UTF-8; give the file another name")
    for see in (os.stat, os.lstat):
        try:
            stat = see(f"{seeds}/{path}")
        except FileNotFoundError:
            continue
        except OSError:  # forbidden, or links in a circle: reading it will say which
            return FileRecord(path, -1, -1)
        return FileRecord(path, stat.st_size, stat.st_mtime_ns)
    return None


def same_file(a: FileRecord, b: FileRecord) -> bool:
    """Whether size and time agree."""
    return (a.size, a.mtime_ns) == (b.size, b.mtime_ns)


def needs_rebuild(manifest: Mapping[str, str], model: Model) -> str | None:
    """Why every passage must be made anew, as a person can read it; None where the index fits."""
    if manifest.get("schema") != str(SCHEMA_VERSION):
        return "the index was made by another version of qa-bot"
    if manifest.get("generation", "0") == "0":
        return "the index is empty"
    if manifest.get("passages") != str(PASSAGES_VERSION):
        return "this version divides documents into other passages"
    if manifest.get("model_signature") == model.signature or manifest.get("fingerprint") == model.fingerprint:
        return None
    return f"the index was made with the model {manifest.get('model')}, not {model.name}"
