"""What in the seeds folder differs from the index: a look at names, sizes and times, no file is opened."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_bot.config import Settings
from qa_bot.documents import PASSAGES_VERSION
from qa_bot.documents.files import LeftOut, survey
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
    unread: tuple[LeftOut, ...] = ()
    """Those that are never read: of a format that is not known, too large, outside the folder."""
    skipped: tuple[LeftOut, ...] = ()
    """Those that were left out on purpose."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def not_read(self) -> tuple[LeftOut, ...]:
        """All that was seen and could not be read, so far as is known before the next update."""
        return tuple(sorted([*(LeftOut(record.path, record.reason) for record in self.failed), *self.unread]))

    @property
    def seen(self) -> int:
        """The number of files in the folder, those left out on purpose not counted."""
        return sum(map(len, (self.added, self.changed, self.unchanged, self.failed, self.unread)))


def find_changes(settings: Settings, store: IndexStore | None) -> Changes:
    """The seeds against the index; SeedsError where there is no such folder or nothing in it to index."""
    seeds = settings.seeds
    if seeds.is_file():
        raise SeedsError(f"the seeds folder {seeds} is a file; name the folder it stands in with --seeds")
    if not seeds.is_dir():
        raise SeedsError(
            f"there is no seeds folder {seeds}; make it and put your {suffixes_in_words('and')} documents there, or name another "
            "with --seeds"
        )
    files = survey(seeds)
    found = [record for path in files.documents if (record := look(seeds, path))]
    large = [LeftOut(record.path, too_large(settings)) for record in found if record.size > settings.max_size * 10**6]
    unread = sorted([*files.unread, *large])
    if len(found) == len(large):
        raise SeedsError(nothing_to_read(seeds, unread))
    unnamed = tuple(record for record in found if record.reason)
    now = {record.path: record for record in found if not record.reason and record.size <= settings.max_size * 10**6}
    before: Mapping[str, FileRecord] = store.files() if store else {}
    same = {path for path, record in now.items() if path in before and same_file(record, before[path])}
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted((now.keys() & before.keys()) - same)),
        removed=tuple(sorted(before.keys() - now.keys())),
        unchanged=tuple(sorted(path for path in same if not before[path].reason)),
        failed=tuple(sorted([*(before[path] for path in same if before[path].reason), *unnamed], key=lambda r: r.path)),
        unread=tuple(unread),
        skipped=tuple(files.skipped),
    )


def too_large(settings: Settings) -> str:
    """Why a file beyond the size limit is not read."""
    return f"is larger than {settings.max_size} MB; divide it, or raise the limit with --max-size"


def nothing_to_read(seeds: Path, unread: Sequence[LeftOut]) -> str:
    """What is the matter with a folder in which nothing can be read: what was seen there, and what helps."""
    from qa_bot.documents.formats.unread import kinds_in_words

    seen = f"; {kinds_in_words(one.path for one in unread)} cannot be read" if unread else ""
    first = f" ({unread[0].path} {unread[0].reason})" if unread else ""
    return (
        f"the seeds folder {seeds} holds no documents{seen}{first}; put {suffixes_in_words()} files there, or name another "
        "with --seeds"
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
