"""Which files of the seeds folder are documents: a walk over names, no file is opened."""

import os
from collections.abc import Iterator
from pathlib import Path

from qa_bot.documents.formats.registry import is_readable


def find_files(seeds: Path) -> list[str]:
    """The paths, below the folder and with `/`, of all files that can be read as documents; hidden ones are left out."""
    return sorted(path for path in _walk(seeds) if is_readable(path))


def _walk(seeds: Path) -> Iterator[str]:
    """Every file that is not hidden. A folder that cannot be listed, or that was seen already, is passed over."""
    seen: set[str] = set()
    for folder, below, names in os.walk(seeds, followlinks=True):
        real = os.path.realpath(folder)
        if real in seen:
            below.clear()
            continue
        seen.add(real)
        visible = (name for name in below if not name.startswith("."))
        below[:] = sorted(visible, key=lambda name: (Path(folder, name).is_symlink(), name))
        here = Path(folder).relative_to(seeds).as_posix()
        within = "" if here == "." else f"{here}/"
        yield from (within + name for name in names if not name.startswith("."))
