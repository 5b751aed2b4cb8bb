"""Why a file of a format that is not read is not read, and what its owner can do."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from qa_bot.documents.formats.registry import is_readable

_INSTEAD = "{}"
"""Stands for the first suffix of an alternative that is read."""

_KINDS = (
    (
        ".jpg .jpeg .jpe .png .gif .bmp .tif .tiff .webp .heic .heif .avif .svg .ico .psd .raw .eps",
        "is a picture; if there are words in it, make a text of them (with ocrmypdf or another OCR program)",
        (),
    ),
    (
        ".mp3 .wav .m4a .ogg .flac .aac .wma .mp4 .mov .avi .mkv .webm .wmv .m4v .mpg .mpeg .3gp",
        "is a recording; put a transcript beside it, as {}",
        (".vtt", ".txt"),
    ),
    (".zip .tar .gz .tgz .bz2 .xz .zst .7z .rar .cab .jar", "is an archive; unpack it into the folder", ()),
    (".doc .dot .wps .wpd .hwp", "is of an older word processor; save it as {}", (".docx", ".txt")),
    (".ott .fodt .pages", "is of a word processor; save it as {}", (".docx", ".txt")),
    (".xlsb .numbers", "is a spreadsheet; save it as {}", (".xlsx", ".csv", ".txt")),
    (".ppt .pps .ppsx .potx .odp .key", "is a presentation; save it as {}", (".pptx", ".pdf", ".txt")),
    (".msg .pst .ost .eml .mbox", "is mail; save the messages as {}", (".eml", ".mbox", ".txt")),
    (".pdf .djvu .xps .ps", "is made of printed pages; save it as {}", (".pdf", ".txt")),
    (".epub .mobi .azw .azw3 .fb2 .chm", "is a book; convert it to {}", (".epub", ".txt")),
    (
        ".exe .dll .so .dylib .bin .iso .dmg .msi .apk .deb .rpm .pyc .class .o .a",
        "is a program; take it out of the folder, or name it in .qa-bot-ignore",
        (),
    ),
    (
        ".sqlite .sqlite3 .db .mdb .accdb .parquet .feather .npy .npz .pkl .pickle .faiss .safetensors",
        "is data of a program; export what is in it as {}",
        (".csv", ".txt"),
    ),
)
"""Suffixes, what is said of such files, and the suffixes of the alternatives, the best first."""

_BY_SUFFIX = {suffix: (said, instead) for suffixes, said, instead in _KINDS for suffix in suffixes.split()}
_OTHER = ("is of a format that is not read; save its text as {}, or name it in .qa-bot-ignore", (".txt",))


def why_unread(name: str) -> str:
    """Why a file of this name, whose format is not known, is not read; what its owner can do follows after a semicolon."""
    said, instead = _BY_SUFFIX.get(suffix_of(name), _OTHER)
    return said.replace(_INSTEAD, next((suffix for suffix in instead if is_readable(f"a{suffix}")), ".txt"))


def suffix_of(path: str) -> str:
    """The end of the file's name, in lower case, ".jpg"; "" where there is none."""
    return PurePosixPath(path).suffix.lower()


def kinds_in_words(paths: Iterable[str], most: int = 6) -> str:
    """What kinds of files these are, the commonest first: "12 .jpg, 3 .zip, 1 without a suffix"."""
    counts = Counter(
        "closed folder" if path.endswith("/") else suffix_of(path) or "without a suffix" for path in paths
    ).most_common()
    told = [f"{number:,} {suffix}" for suffix, number in counts[:most]]
    others = sum(number for _, number in counts[most:])
    return ", ".join([*told, *([f"{others:,} of other kinds"] if others else [])])
