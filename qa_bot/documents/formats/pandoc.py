"""Formats that pandoc reads for us (ODT, RTF). It comes with the extra `pandoc`, or is installed on the machine.

pandoc runs in a process of its own, without access to files or the network, with bounds on time and memory.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa_bot.documents.formats.composing import ComposedReader, Composer
from qa_bot.documents.formats.flow import FlowWriter, title_in, with_bold_headings
from qa_bot.documents.formats.format import FileText
from qa_bot.documents.formats.office import bytes_of_archive, facts_of, finished
from qa_bot.documents.formats.pandoc_tree import Tree, meta_of
from qa_bot.documents.text import bytes_of
from qa_bot.errors import DocumentError

LONGEST_RUN = 60
"""Seconds. A file of 1,000 pages takes some ten."""

_MEMORY = "-M1500m"
"""What pandoc's heap may grow to."""

_SAVE = "open it in its own program and save it anew, or as .docx"


class PandocReader(ComposedReader):
    """Reads `.odt` and `.rtf`: headings, lists with their numbers, tables row by row, footnotes; struck-out text is left out."""

    def read(self, path: Path) -> FileText:
        """The words of the document; DocumentError for what is damaged or protected, and where there is no pandoc."""
        suffix = path.suffix.lower()
        if suffix == ".rtf":
            data = bytes_of(path)
            if not data.lstrip().startswith(b"{\\rtf"):
                raise DocumentError(f"is no RTF document; {_SAVE}")
            facts: dict[str, object] = {}
        else:
            data = bytes_of_archive(path, "OpenDocument text")
            facts = facts_of(data)
        tree = _converted(data, suffix[1:])
        blocks = with_bold_headings(list(Tree().blocks(tree["blocks"])))
        facts = meta_of(tree) | facts
        title = title_in(blocks)
        composer = Composer()
        FlowWriter(composer).write(blocks)
        remedy = "if it holds pictures of pages, make a text of them (OCR)"
        return finished(composer, facts | ({"title": title} if title else {}), remedy)


def _converted(data: bytes, format_name: str) -> dict[str, Any]:
    """The document as pandoc's tree."""
    command = [pandoc(), "+RTS", _MEMORY, "-RTS", "--sandbox", f"--from={format_name}", "--to=json"]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST_RUN, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"takes pandoc longer than {LONGEST_RUN} seconds; split it, or save it as .docx") from None
    if run.returncode:
        said = " ".join(run.stderr.decode(errors="replace").split())[:100]
        raise DocumentError(f"cannot be read by pandoc ({said or run.returncode}); {_SAVE}")
    tree = json.loads(run.stdout)
    return tree if isinstance(tree, dict) else {"blocks": []}


def pandoc() -> str:
    """The path of the program; DocumentError with the remedy where there is none."""
    return next(_found(), None) or _missing()


def _found() -> Iterator[str]:
    from shutil import which

    try:
        from pypandoc import get_pandoc_path

        yield get_pandoc_path()
    except (ImportError, OSError):
        on_path = which("pandoc")
        if on_path:
            yield on_path


def _missing() -> str:
    raise DocumentError(
        "needs pandoc to be read; install it with pip install 'qa-bot[pandoc]', or save the file as .docx"
    )
