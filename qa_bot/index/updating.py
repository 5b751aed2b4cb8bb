"""The index brought up to date with the seeds: `update`, its progress and its report.

Mostly nothing has changed, and that is told at once: what reads, embeds and writes (`build.py`) is imported only then.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from qa_bot.config import Settings
from qa_bot.errors import IndexFolderError
from qa_bot.index.belonging import check_folder
from qa_bot.index.changes import find_changes, needs_rebuild
from qa_bot.index.choosing import engine_of
from qa_bot.index.report import Failure, Listener, Report, unread
from qa_bot.index.trouble import readable
from qa_bot.models.finding import Model


def update(
    settings: Settings,
    *,
    full: bool = False,
    progress: Listener | None = None,
    cancelled: Callable[[], bool] | None = None,
    most: int | None = None,
    rebuild: bool = False,
) -> Report:
    """Bring the index up to date with the seeds; with `full`, embed everything again.

    With `rebuild` the same, and an index of another folder is thrown away for it, which is an IndexFolderError without.

    With `most` no more than so many new files are taken in, the first by path; the others are left for the next update.

    Blocks; another update of the same index is waited for. Raises SeedsError, ModelError, IndexFolderError, or Cancelled
    once `cancelled` returns True; the index then is as it was before, and what was embedded is not embedded again.
    """
    began = time.monotonic()
    with readable(settings.index):
        report = None if full or rebuild else nothing_to_do(settings)
        if report is None:
            from qa_bot.index.build import Build

            report = Build(
                settings, full, progress or (lambda _: None), cancelled or (lambda: False), most, rebuild
            ).run()
    return replace(report, seconds=time.monotonic() - began)


def nothing_to_do(settings: Settings) -> Report | None:
    """The report of an index that is up to date; None where there is something to do. No lock, nothing heavy imported."""
    engine = engine_of(settings)
    try:
        store = engine.open()
    except IndexFolderError:
        find_changes(settings, None)  # a missing folder is worth saying before a damaged index
        if engine.exists():
            raise
        return None
    with closing(store):
        manifest = store.manifest()
        check_folder(settings, manifest)
        if needs_rebuild(manifest, Model.find(settings.model)):
            return None
        changes = find_changes(settings, store)
        if changes:
            return None
        documents, passages = store.counts()
        failed = tuple(Failure(r.path, r.reason) for r in changes.failed)
        return Report(
            unchanged=len(changes.unchanged),
            failed=failed,
            unread=unread(changes),
            documents=documents,
            passages=passages,
            files=changes.seen,
        )
