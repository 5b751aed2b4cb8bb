"""`qa-bot verify`: what became of each quote of a saved conversation."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from qa_bot.answers.model import Answer
from qa_bot.bot import Bot
from qa_bot.chat.session import Turn
from qa_bot.config import Settings
from qa_bot.showing.markdown import save, to_markdown
from tests.commands.run_command import call, only_line

LETTER = "003_7a3598a8e012728e.txt"
QUESTIONS = ("What needs to improve in South Tyneside's social work practice?", "What is the capital of France?")


@pytest.fixture(scope="module")
def answers(built: Settings) -> list[Answer]:
    with Bot.open(built) as bot:
        return [bot.ask(question) for question in QUESTIONS]


@pytest.fixture(params=["markdown", "json"])
def saved(answers: list[Answer], seeds: Path, request: pytest.FixtureRequest) -> Path:
    """A conversation as the chat saves it, and as `ask --batch` prints it."""
    if request.param == "json":
        path = seeds.parent / "answers.jsonl"
        path.write_text("".join(json.dumps(answer.to_json()) + "\n" for answer in answers))
    else:
        path = seeds.parent / "conversation.md"
        turns = [Turn(number, answer.question, answer=answer) for number, answer in enumerate(answers, 1)]
        save(to_markdown(turns, datetime(2026, 3, 4)), path)
    return path


def test_quotes_that_still_stand(saved: Path, answers: list[Answer]) -> None:
    run = call("verify", saved, cwd=saved.parent)
    assert run.returncode == 0, run.stderr
    quotes = [quote for answer in answers for quote in answer.quotes + answer.nearest]
    *rows, total = run.stdout.splitlines()
    assert total == f"{len(quotes)} quotes: {len(quotes)} verbatim"
    for row, quote in zip(rows, quotes, strict=True):
        state, place, said = row.split(maxsplit=2)
        assert (state, place) == ("verbatim", f"{quote.document}:{quote.line}")
        assert " ".join(quote.text.split()).startswith(said.removesuffix("…"))


def test_quotes_that_changed_moved_or_are_gone(saved: Path, answers: list[Answer]) -> None:
    seeds = saved.parent / "seeds"
    first = answers[0].quotes[0]
    letter = (seeds / LETTER).read_bytes().decode()
    (seeds / LETTER).write_bytes(f"A new first line.\n{letter}".encode())
    gone = answers[0].quotes[1].document
    (seeds / gone).unlink()
    run = call("verify", saved, "--json", cwd=saved.parent)
    assert run.returncode == 1, run.stderr
    told = json.loads(run.stdout)
    best, second, *_ = told["quotes"]
    assert best == {
        "document": LETTER,
        "line": first.line,
        "start": first.start,
        "end": first.end,
        "state": "changed",
        "line_now": first.line + 1,
        "text": first.text,
        "misquoted": None,
        "place": "",
        "place_now": f"line {first.line + 1}",
    }
    assert (second["document"], second["state"], second["line_now"]) == (gone, "gone", None)
    assert told["changed"] + told["gone"] + told["verbatim"] == len(told["quotes"])
    rows = call("verify", saved, cwd=saved.parent).stdout.splitlines()
    assert rows[0].startswith(f"changed   {LETTER}:{first.line}  now in line {first.line + 1}  What needs to improve")
    (seeds / LETTER).write_bytes(letter.replace("consistently high quality", "high quality").encode())
    told = json.loads(call("verify", saved, "--json", cwd=saved.parent).stdout)
    assert (told["quotes"][0]["state"], told["quotes"][0]["line_now"]) == ("changed", None)


def test_a_quote_that_was_altered_in_the_file_is_not_verbatim(answers: list[Answer], seeds: Path) -> None:
    for altered in ("consistently high quality", "- The quality of social work assessments and plans", "\n\n- The "):
        data = answers[0].to_json()
        data["quotes"][0]["text"] = text = answers[0].quotes[0].text.replace(altered, "", 1)
        data["quotes"][0]["end"] = data["quotes"][0]["start"] + len(text)
        run = call("verify", "-", cwd=seeds.parent, stdin=json.dumps(data))
        assert (run.returncode, run.stdout.split()[0]) == (1, "changed")


def test_answering_words_that_were_altered_in_the_file_are_not_verbatim(answers: list[Answer], seeds: Path) -> None:
    turns = [Turn(number, answer.question, answer=answer) for number, answer in enumerate(answers, 1)]
    for label in ("Answer: ", "Nearest: "):
        saved = to_markdown(turns, datetime(2026, 3, 4))
        line = next(line for line in saved.splitlines() if line.startswith(label))
        altered = f"{line[:20]} not {line[20:]}"
        run = call("verify", "-", cwd=seeds.parent, stdin=saved.replace(line, altered))
        assert run.returncode == 1, run.stderr
        *rows, total = run.stdout.splitlines()
        (row,) = [row for row in rows if not row.startswith("verbatim")]
        assert row.startswith("changed  ")
        assert row.endswith(f"  misquoted:  {' '.join(altered.split())}")
        assert total == f"{len(rows)} quotes: {len(rows) - 1} verbatim, 1 changed"
        told = json.loads(call("verify", "-", "--json", cwd=seeds.parent, stdin=saved.replace(line, altered)).stdout)
        assert [quote["misquoted"] for quote in told["quotes"] if quote["state"] == "changed"] == [altered]


def test_a_conversation_without_quotes(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    save(to_markdown([], datetime(2026, 3, 4)), tmp_path / "empty.md")
    run = call("verify", "empty.md", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "0 quotes\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "file cannot be read (No such file or directory)"),
        (b"# Notes\n\n> a quote\n", "is not a conversation that was saved from the chat"),
        (b"", "is not a conversation that was saved from the chat"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b'{"question": "Why?"}\n', "holds no answer in line 1"),
        (b"{\n", "holds no answer in line 1"),
        (b"# Conversation with qa-bot, today\n\n> cut short", "has a quote without its place in line 3"),
    ],
)
def test_what_is_no_saved_conversation_is_said_with_the_remedy(seeds: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (seeds.parent / "file").write_bytes(content)
    line = only_line(call("verify", "file", cwd=seeds.parent))
    assert told in line
    assert "give a Markdown file that the chat saved (ctrl+s)" in line


def test_without_the_seeds_nothing_is_said_to_be_gone(saved: Path) -> None:
    assert "there is no seeds folder elsewhere" in only_line(
        call("verify", saved, "--seeds", "elsewhere", cwd=saved.parent)
    )
