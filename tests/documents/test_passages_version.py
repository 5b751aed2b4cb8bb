"""PASSAGES_VERSION must rise whenever the same file would give other passages, titles, dates or subjects.

An index made by an older version is made again only where the version differs; forgotten, old and new passages lie side by
side in one index. So the digest of what these files give is recorded beside the version.
"""

import hashlib
import json
import unicodedata
from dataclasses import asdict

from qa_bot.documents import PASSAGES_VERSION
from qa_bot.documents.readers import document_of
from qa_bot.documents.subject import subject_of

RECORDED = {3: "5d4b07fb2b3f606b", 4: "13c34f5d0ccf0f1e"}
"""The digest of each version; a new version adds a line, and no line is ever changed."""

PROSE = (
    "The ferry to Skerry Island leaves at 7.30 a.m. from pier no. 4, as it has since Jan. 1987. “It is small,” said Dr. "
    "Ann Muir. “It is ours.” She added that 1,200 people (approx. a third of them pupils) cross every week! Would a "
    "bridge be better? Not to everybody … The harbour master, J. P. Low, keeps the log: see Fig. 3 and www.example.org/log.\n"
)
LIST = "The fares are:\n\n- adults: 3 pounds\n- children: 1 pound, or nothing\n  with an adult\n  - dogs: nothing\n- bicycles\n"
LONG = "\n".join(
    f"- Rule {n}. Nobody may stand on the upper deck while ship {n} turns in the harbour." for n in range(40)
)
TABLE = "| Pier | Depth |\n|---|---|\n" + "".join(f"| {n} | {n} metres at low tide |\n" for n in range(30))
CODE = "Run this:\n\n```sh\nferry --list\n\nferry --go\n```\n"
MARKDOWN = (
    f"# The `__log__` & *more*\n\n{PROSE}\n## 2 * 3 = 6 {{#sum}}\n\n{LIST}\n{TABLE}\n{CODE}\n### [Rules][r]\n\n{LONG}\n\n"
    "term\n: what it means\n\n> A word from\n> the bridge.\n\n<div>\nInside.\n</div>\n\n[r]: http://example.org\n"
)
PLAIN = (
    f"SKERRY FERRY\n\n{PROSE}\nThe Piers\n\n{PROSE * 6}\n1.2 Fares\n\n{LIST}\n= Depths =\n\n{TABLE}\nRules\n=====\n\n{LONG}\n\n"
    "The master wrote that the pier was\n\n12\n\nclosed for a year. 船は小さい。島へ行く。\n\n"
    "“The sea was high.\n\n“The deck was wet.”\n"
)
FOOTER = "Last modified: 3 May 2020\n\nHarbour Office, Quay Street | Tel: 0191 222 3333 | © 2020 Skerry Council\n"
TEASERS = (
    "Other news\n\nA new crane is coming to the east quay […]\n\nMore news\n\nPupils paint the old lighthouse […]\n"
)
FILES = {
    "ferry.md": MARKDOWN,
    "ferry.txt": PLAIN,
    "furniture.txt": f"The ferry\n\n{PROSE * 3}\n{TEASERS}\n{FOOTER}",
    "fields.md": f"---\ntitle: A field's title\ndate: 2019-03-22\ntags: [a, b]\n---\n\n{PROSE}",
    "toml.md": f'+++\ntitle = "Other fields"\nlastmod = "2018-01-02T03:04:05Z"\n+++\n\n{PROSE}',
    "line.txt": f"Skerry\n\n22nd of March 2019, Press Team\n\n{PROSE}",
    "numbered.txt": f"Skerry\n\n22/03/2019\n\n{PROSE}",
    "month.txt": f"Skerry\n\nSept. 2019\n\n{PROSE}",
    "heading.txt": f"Report of the harbour master to the town council, March 4, 2017\n\n{PROSE}",
    "2016-02-29-leap-day.txt": PROSE,
    "minutes_2015.txt": PROSE,
    "000_2fba7d3d0a7c9dd2.txt": f"\ufeff{PROSE}\n{FOOTER}",
    "letters.md": unicodedata.normalize(
        "NFD", "# Café Königsufer\n\nThe tables of the Café Königsufer stand by the river."
    ),
    "windows.txt": PLAIN.replace("\n", "\r\n"),
}


def digest() -> str:
    """Of all that the index holds of these files."""
    documents = [document_of(text, path) for path, text in FILES.items()]
    held = [asdict(document) | {"text": "", "subject": asdict(subject_of(document))} for document in documents]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]


def test_the_version_rises_with_what_documents_give() -> None:
    assert RECORDED.get(PASSAGES_VERSION) == digest(), (
        "the same files give other passages, titles, dates or subjects than before, or PASSAGES_VERSION has risen: raise "
        "PASSAGES_VERSION in qa_bot/documents/__init__.py if a released version had the old number, and record "
        f"{{{PASSAGES_VERSION}: {digest()!r}}} with the new number in RECORDED here"
    )


def test_the_files_say_something_of_every_kind() -> None:
    """A file that no rule reads any longer would hold nothing in place."""
    documents = {path: document_of(text, path) for path, text in FILES.items()}
    dates = {path: document.date for path, document in documents.items() if document.date}
    assert dates == {
        "furniture.txt": "2020-05-03",
        "fields.md": "2019-03-22",
        "toml.md": "2018-01-02",
        "line.txt": "2019-03-22",
        "numbered.txt": "2019-03-22",
        "month.txt": "2019-09",
        "heading.txt": "2017-03-04",
        "2016-02-29-leap-day.txt": "2016-02-29",
        "minutes_2015.txt": "2015",
        "000_2fba7d3d0a7c9dd2.txt": "2020-05-03",
    }
    assert {path for path, document in documents.items() if any(p.residue for p in document.passages)} == {
        "ferry.md",
        "furniture.txt",
        "000_2fba7d3d0a7c9dd2.txt",
    }
    assert {path for path, document in documents.items() if len(document.passages) > 10} == {
        "ferry.md",
        "ferry.txt",
        "windows.txt",
    }
