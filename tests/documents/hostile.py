"""A format whose files do what their text says: crash, hang, take all memory, fall, or hold words."""

import os
import signal
import sys
import time
from pathlib import Path

from qa_bot.documents.formats.format import FileText, Format, Layout
from qa_bot.documents.formats.plain import plain_blocks
from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language


class HostileReader:
    """Does what the file says."""

    def read(self, path: Path) -> FileText:
        said = path.read_text()
        if said == "exit":
            os._exit(7)
        if said == "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        if said == "hang":
            time.sleep(600)
        if said.startswith("sleep"):
            os.spawnlp(os.P_NOWAIT, "sleep", *said.split())
            time.sleep(600)
        if said == "bomb":
            return FileText("x" * 2**33)
        if said == "broken":
            raise OSError("not what it seems")
        if said == "noise":
            os.write(1, b"a library that prints\n")
            sys.stdout.write("and Python that prints\n")
            sys.stdout.flush()
        return FileText(f"It was read by the process {os.getpid()}.\n\n{said} words.\n")

    def layout(self, file: FileText, language: Language = ENGLISH) -> Layout:
        return Layout(plain_blocks(file.text, 0, language))


HOSTILE = Format("hostile", (".hostile",), HostileReader, extracted=True, module="tests.documents.hostile_worker")
