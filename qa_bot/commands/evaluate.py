"""`qa-bot eval`: the user's own regression test, questions with the words that their answers must hold."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from qa_bot.answers.model import Answer, Quote
from qa_bot.bot import Bot, Conversation
from qa_bot.commands.index import update_quietly
from qa_bot.commands.output import print_json
from qa_bot.commands.printing import console, visible
from qa_bot.config import Settings
from qa_bot.errors import SettingsError
from qa_bot.index.store import Store
from qa_bot.index.trouble import readable

ROW = '{"question": "…", "expect": "words of the answer, or null for nothing"}'
SHOWN = 200
"""Characters of a quote that a miss is shown with."""
STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"')})


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what must come of it."""

    line: int
    question: str
    expect: tuple[str, ...]
    """Any of these in a quote is right, folded; none: nothing must be answered."""
    document: str | None
    """Where the words must stand; None for anywhere."""
    conversation: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question."""

    row: Row
    answer: Answer
    rank: int | None
    """Of the first quote that holds the words, counting from 1; None where none does."""

    @property
    def right(self) -> bool:
        """Whether the first quote is the right one, or nothing was to be answered and nothing was."""
        return self.rank == 1 if self.row.expect else not self.answer.answered


Figures = dict[str, float | None]
"""By name, see `figures_of`; shares are 0 to 1, None where there is no row to measure them by."""


def evaluate(settings: Settings, gold: str, *, minimum: str | None, as_json: bool, update: bool) -> int:
    """Ask every question of the file and print how many were answered right; 1 where hit@1 is below `minimum`."""
    least = share(minimum)
    rows = read_gold(gold)
    if least is not None and not any(row.expect for row in rows):
        raise SettingsError(f"--min is measured by hit@1, and no row of {gold} expects words; give some that do")
    if update:
        update_quietly(settings)
    outcomes = run(replace(settings, k=max(settings.k, 3)), rows, gold)
    figures = figures_of(outcomes)
    if as_json:
        print_json(as_dict(figures, outcomes))
    else:
        print_figures(figures, outcomes, gold)
    return 1 if least is not None and (figures["hit@1"] or 0) < least else 0


def share(text: str | None) -> float | None:
    """The number given with --min."""
    try:
        value = None if text is None else float(text)
    except ValueError:
        value = -1
    if value is not None and not 0 <= value <= 1:
        raise SettingsError(f"--min must be a share of 0 to 1, such as 0.9, not {text!r}")
    return value


def read_gold(source: str) -> list[Row]:
    """The rows of a file of JSON lines; SettingsError that names every bad one."""
    try:
        text = Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SettingsError(f"{source} cannot be read ({reason}); give a file of JSON lines like {ROW}") from error
    rows, faults = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row = read_row(line, number)
            if isinstance(row, Row):
                rows.append(row)
            else:
                faults.append(f"line {number} {row}")
    if faults:
        raise SettingsError(f"{source}: {'; '.join(faults)}. A row is {ROW}, with a document and a conversation or not")
    if not rows:
        raise SettingsError(f"{source} holds no rows; write one question a line, like {ROW}")
    return rows


def read_row(line: str, number: int) -> Row | str:
    """The row of a line, or what is wrong with it."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return "is not JSON"
    if not isinstance(data, dict):
        return "is not an object"
    if not isinstance(question := data.get("question"), str) or not question.strip():
        return "has no question"
    if "expect" not in data:
        return "does not say what to expect"
    expect = data["expect"]
    words = [] if expect is None else expect if isinstance(expect, list) and expect else [expect]
    if not all(isinstance(each, str) and each.strip() for each in words):
        return "expects neither words, nor a list of them, nor null"
    document = data.get("document")
    if document is not None and not isinstance(document, str):
        return "has a document that is no path"
    name = data.get("conversation")
    return Row(number, question, tuple(map(fold, words)), document, None if name is None else str(name))


def fold(text: str) -> str:
    """White space and quotation marks made one."""
    return " ".join(text.translate(STRAIGHT).split())


def run(settings: Settings, rows: Sequence[Row], gold: str) -> list[Outcome]:
    """The outcome of each row, in order."""
    with Bot.open(settings) as bot, readable(settings.index):
        store = Store.open(settings.index)
        try:
            check(rows, store, gold)
            conversations: dict[str, Conversation] = {}
            outcomes = []
            with asked(settings, len(rows)) as advance:
                for row in rows:
                    chat = bot.conversation()
                    if row.conversation is not None:
                        chat = conversations.setdefault(row.conversation, chat)
                    answer = chat.ask(row.question)
                    outcomes.append(Outcome(row, answer, rank_of(row, answer, store)))
                    advance()
            return outcomes
        finally:
            store.close()


def check(rows: Sequence[Row], store: Store, gold: str) -> None:
    """SettingsError that names every row whose words stand nowhere in the documents."""
    open_ = {row.line: row for row in rows if row.expect}
    paths = [path for path, *_ in store.documents()]
    for path in paths:
        text = fold(store.text(path))
        for row in [r for r in open_.values() if r.document in (None, path)]:
            if any(words in text for words in row.expect):
                del open_[row.line]
    faults = []
    for row in open_.values():
        if row.document is not None and row.document not in paths:
            faults.append(f"line {row.line} names a document that is not there, {row.document!r}")
        else:
            where = "in no document" if row.document is None else f"nowhere in {row.document}"
            faults.append(f"line {row.line} expects words that stand {where}, {clip(row.expect[0], 60)!r}")
    if faults:
        raise SettingsError(f"{gold}: {'; '.join(faults)}. Copy the words from the documents, or expect null")


def rank_of(row: Row, answer: Answer, store: Store) -> int | None:
    """The first quote that holds what is expected, counting from 1."""
    if not row.expect:
        return None
    return next((rank for rank, quote in enumerate(answer.quotes, 1) if holds(row, quote, store)), None)


def holds(row: Row, quote: Quote, store: Store) -> bool:
    """Whether the quote, or the same words in the document named, has what the row expects."""
    said = [quote.text] if row.document in (None, quote.document) else []
    said += [store.text(p.document)[p.start : p.end] for p in quote.also_in if row.document in (None, p.document)]
    return any(words in fold(text) for text in said for words in row.expect)


@contextmanager
def asked(settings: Settings, total: int) -> Iterator[Callable[[], object]]:
    """A bar of the questions asked, on a terminal."""
    if settings.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("asking", total=total)
        yield lambda: bar.advance(task)


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    """Of the rows that expect words: the share whose first quote, or one of the first three, holds them, the mean of 1 / rank,
    and the share refused; of those that expect nothing, the share refused."""
    wanted = [o for o in outcomes if o.row.expect]
    return {
        "hit@1": mean([o.rank == 1 for o in wanted]),
        "hit@3": mean([o.rank is not None and o.rank <= 3 for o in wanted]),
        "MRR": mean([1 / o.rank if o.rank else 0 for o in wanted]),
        "refused": mean([not o.answer.answered for o in outcomes if not o.row.expect]),
        "false refusals": mean([not o.answer.answered for o in wanted]),
        "n": len(outcomes),
    }


def mean(values: Sequence[float]) -> float | None:
    """None of nothing."""
    return sum(values) / len(values) if values else None


def as_dict(figures: Figures, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The result as `--json` prints it."""
    rounded = {k.lower().replace(" ", "_"): v and round(v, 4) for k, v in figures.items()}
    return {**rounded, "misses": [miss(outcome) for outcome in outcomes if not outcome.right]}


def miss(outcome: Outcome) -> dict[str, Any]:
    """A question that was not answered right, with what was quoted first instead: the nearest where it was refused."""
    row, answer = outcome.row, outcome.answer
    first = next(iter((*answer.quotes, *answer.nearest)), None)
    return {
        "line": row.line,
        "question": row.question,
        "searched": answer.searched,
        "expect": list(row.expect) or None,
        "document": row.document,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "rank": outcome.rank,
        "quoted": first
        and {"document": first.document, "line": first.line, "text": first.text, "marked": marked(first)},
    }


def marked(quote: Quote) -> str:
    """The sentences that were taken to answer, on one line."""
    return " ".join(fold(quote.text[start - quote.start : end - quote.start]) for start, end in quote.highlights)


def print_figures(figures: Figures, outcomes: Sequence[Outcome], gold: str) -> None:
    """The table and the misses, for a person."""
    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_row(*("–" if v is None else f"{v:.2f}" if isinstance(v, float) else str(v) for v in figures.values()))
    out.print(table)
    for found in [miss(outcome) for outcome in outcomes if not outcome.right]:
        out.print()
        out.print(Text(visible(f"{Path(gold).name}:{found['line']}  {found['question']}"), style="bold"))
        if found["searched"] != found["question"]:
            out.print(Text(visible(f"  searched  {found['searched']}"), style="dim"))
        words = " or ".join(f"“{each}”" for each in found["expect"] or ()) or "nothing"
        where = f" in {found['document']}" if found["document"] else ""
        out.print(Text(visible(f"  expected  {words}{where}")))
        told = "quoted   " if found["answered"] else "refused; nearest"
        if quoted := found["quoted"]:
            out.print(
                Text(visible(f"  {told} “{clip(quoted['marked'], SHOWN)}” {quoted['document']}:{quoted['line']}"))
            )
        else:
            out.print(Text(f"  {told} nothing"))
        if found["rank"]:
            out.print(Text(f"  what was expected came as number {found['rank']}"))


def clip(text: str, length: int) -> str:
    """Its beginning."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
