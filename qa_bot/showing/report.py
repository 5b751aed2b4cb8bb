"""What an update of the index did, as one sentence."""

from typing import TYPE_CHECKING

from qa_bot.showing.text import counted

if TYPE_CHECKING:  # not needed for the first picture
    from qa_bot.index.report import Report


def news(report: "Report") -> str:
    """What changed, in a few words, if anything has."""
    kinds = (("added", report.added), ("changed", report.changed), ("removed", report.removed))
    return ", ".join(f"{len(paths):,} {what}" for what, paths in kinds if paths)


def summary(report: "Report") -> str:
    """The report in one line; failed files are named apart."""
    changes = news(report)
    size = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}"
    if not changes and not report.embedded:
        return f"The index was up to date: {size}."
    did = changes or "made anew"
    return (
        f"Index updated: {did}; {counted(report.embedded, 'passage')} embedded in {report.seconds:.1f} s. Now {size}."
    )
