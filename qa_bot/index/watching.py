"""Waits for the seeds to change."""

import os
from collections.abc import Iterator
from contextlib import suppress
from threading import Event
from time import monotonic

from qa_bot.config import Settings


def changes(settings: Settings, stop: Event, *, every: float, silence: float) -> Iterator[bool]:
    """True whenever files in the seeds folder have changed, or may have; ends soon after `stop` is set.

    False after `silence` seconds without a change that was heard of: there are file systems that tell of none. Where
    nothing can be listened to, as while there is no folder, it is False `every` seconds.
    """
    while not stop.is_set():
        with suppress(OSError, RuntimeError):  # no such folder, no permission, too many watched already
            yield from _heard(settings, stop, every, silence)
        if stop.wait(every):
            return
        yield False


def _heard(settings: Settings, stop: Event, every: float, silence: float) -> Iterator[bool]:
    """As above, for as long as the folder is the one that it was."""
    import watchfiles

    folder = settings.seeds.resolve()
    # Inside the seeds folder, the index's own files would set off update after update.
    others = watchfiles.DefaultFilter(ignore_paths=[f"{settings.index.resolve()}{os.sep}"])
    listening = watchfiles.watch(
        folder, watch_filter=others, stop_event=stop, rust_timeout=round(every * 1000), yield_on_timeout=True
    )
    was = folder.stat()
    told = -silence  # so that what happened just before the listening began is not missed for long
    for heard in listening:
        if heard or monotonic() - told >= silence:
            told = monotonic()
            yield bool(heard)
        if not os.path.samestat(was, folder.stat()):  # another folder was put in its place, which is not listened to
            yield True
            return
