"""`qa-bot ask`: one answer for a person, one as JSON, or a batch as JSON lines."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from qa_bot.bot import Bot, Conversation
from qa_bot.commands.index import update_quietly
from qa_bot.commands.output import print_json
from qa_bot.commands.printing import print_answer
from qa_bot.config import Settings
from qa_bot.errors import SettingsError


def answer_one(settings: Settings, question: str, *, as_json: bool, update: bool) -> int:
    """Print the answer to one question; 0 when answered, 1 when not."""
    if not question.strip():
        raise SettingsError('the question is empty; for example: qa-bot ask "What needs to improve?"')
    if update:
        update_quietly(settings)
    with Bot.open(settings) as bot:
        answer = bot.ask(question)
    if as_json:
        print_json(answer.to_json())
    else:
        print_answer(answer)
    return 0 if answer.answered else 1


def answer_batch(settings: Settings, source: str, *, update: bool) -> int:
    """Answer JSON lines as they come, a line each in the same order; 0 whatever the answers are."""
    with lines_of(source) as lines:
        if update:
            update_quietly(settings)
        with Bot.open(settings) as bot:
            conversations: dict[str, Conversation] = {}
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                name, question = read_row(line, number)
                chat = conversations.setdefault(name, bot.conversation(name))
                print_json(chat.ask(question).to_json())
    return 0


@contextmanager
def lines_of(source: str) -> Iterator[TextIO]:
    """The lines of a file, or of standard input for "-"; SettingsError where it cannot be read."""
    if source == "-":
        # Read as UTF-8 whatever the locale: JSON is.
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
        return
    try:
        with Path(source).open(encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as error:
        raise SettingsError(
            f"the batch {source} cannot be read ({error.strerror}); give a file of JSON lines, or -"
        ) from error


def read_row(line: str, number: int) -> tuple[str, str]:
    """Conversation and question of a batch's line; SettingsError where it is something else."""
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise SettingsError(
            f'line {number} of the batch is not a row like {{"conversation": "c1", "question": "…"}}; mend it: the rows before '
            "it are answered, those after it are not"
        )
    name = row.get("conversation")
    return str(number if name is None else name), row["question"]
