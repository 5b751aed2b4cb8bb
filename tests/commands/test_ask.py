"""`qa-bot ask` as a user calls it: for a person, as JSON, as a batch that is driven line by line."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from qa_bot.config import Settings
from qa_bot.library import answer_of
from qa_bot.showing.citation import citation
from tests.commands.run_command import QA_BOT, call, on_terminal

ANSWERED = "What needs to improve in South Tyneside's social work practice?"
REFUSED = "What is the capital of France?"
ESCAPE = "\x1b["


@pytest.fixture(scope="module")
def folder(built: Settings) -> Path:
    """Where ./seeds and ./index are, up to date; only read."""
    return built.index.parent


def test_an_answer_for_a_person(folder: Path) -> None:
    run = call("ask", ANSWERED, cwd=folder)
    assert run.returncode == 0
    assert run.stderr == ""
    assert ESCAPE not in run.stdout
    assert ">>" in run.stdout
    assert "<<" in run.stdout
    assert (
        "[1] Focused visit to South Tyneside children's services · 22 March 2019 · 003_7a3598a8e012728e.txt:"
        in run.stdout
    )
    assert len(re.findall(r"^\[\d\] ", run.stdout, re.MULTILINE)) == 3


def test_a_refusal_for_a_person(folder: Path) -> None:
    run = call("ask", REFUSED, cwd=folder)
    assert run.returncode == 1
    assert run.stdout.startswith("Nothing in these documents answers that.\n")
    assert "capital" in run.stdout.splitlines()[1]
    assert "France" in run.stdout.splitlines()[1]
    assert "The nearest passages:" in run.stdout


def test_a_refusal_by_the_only_document_says_so(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "cat.txt").write_text("The cat sleeps on the warm stove every night.\n")
    assert call("ask", REFUSED, cwd=tmp_path).stdout.startswith("Nothing in this document answers that.\n")


def test_an_answer_as_json(folder: Path) -> None:
    run = call("ask", "--json", ANSWERED, cwd=folder)
    assert run.returncode == 0
    assert run.stdout.count("\n") == 1
    answer = json.loads(run.stdout)
    assert {"conversation", "question", "searched", "answered", "confidence", "quotes", "nearest", "missing"} <= set(
        answer
    )
    assert (answer["question"], answer["answered"], answer["nearest"], answer["missing"]) == (ANSWERED, True, [], [])
    assert len(answer["quotes"]) == 3
    for quote in answer["quotes"]:
        text = (folder / "seeds" / quote["document"]).read_bytes().decode()
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert quote["line"] == text.count("\n", 0, quote["start"]) + 1
        assert quote["state"] == "verbatim"
        assert quote["highlights"]
        for mark in quote["highlights"]:
            assert quote["start"] <= mark["start"] < mark["end"] <= quote["end"]


def test_a_refusal_as_json(folder: Path) -> None:
    run = call("ask", "--json", REFUSED, cwd=folder)
    assert run.returncode == 1
    answer = json.loads(run.stdout)
    assert (answer["answered"], answer["quotes"]) == (False, [])
    assert answer["nearest"]
    assert "France" in answer["missing"]


@pytest.mark.parametrize("arguments", [["-k", "1", "ask"], ["ask", "-k", "1"]])
def test_the_number_of_quotes(folder: Path, arguments: list[str]) -> None:
    answer = json.loads(call(*arguments, "--json", ANSWERED, cwd=folder).stdout)
    assert len(answer["quotes"]) == 1


def test_the_environment_sets_what_flags_do_not(folder: Path, tmp_path: Path) -> None:
    env = {"QA_BOT_SEEDS": str(folder / "seeds"), "QA_BOT_INDEX": str(folder / "index"), "QA_BOT_K": "2"}
    assert len(json.loads(call("ask", "--json", ANSWERED, cwd=tmp_path, env=env).stdout)["quotes"]) == 2
    assert len(json.loads(call("ask", "-k", "1", "--json", ANSWERED, cwd=tmp_path, env=env).stdout)["quotes"]) == 1
    assert call("ask", "x", "--seeds", "nowhere", cwd=tmp_path, env=env).returncode == 2


def test_a_stale_index_is_updated_first_unless_told_not_to(own: Settings) -> None:
    (own.seeds / "walrus.txt").write_text("The walrus is the largest of the pinnipeds.")
    folder, question = own.index.parent, "Which is the largest pinniped?"
    before = json.loads(call("ask", "--no-update", "--json", question, cwd=folder).stdout)
    assert "walrus.txt" not in json.dumps(before)
    run = call("ask", "--json", question, cwd=folder)
    assert json.loads(run.stdout)["quotes"][0]["document"] == "walrus.txt"
    assert "embedding" in run.stderr
    (own.seeds / "walrus.txt").write_text("Something else.")
    after = json.loads(call("ask", "--no-update", "--json", question, cwd=folder).stdout)
    quote = next(q for q in after["quotes"] + after["nearest"] if q["document"] == "walrus.txt")
    assert quote["state"] == "changed"


def test_quiet_says_nothing_but_the_answer(own: Settings) -> None:
    (own.seeds / "walrus.txt").write_text("The walrus is the largest of the pinnipeds.")
    run = call("ask", "--quiet", "Which is the largest pinniped?", cwd=own.index.parent)
    assert run.stderr == ""
    assert "walrus" in run.stdout


def test_on_a_terminal_the_answering_sentences_are_styled(folder: Path) -> None:
    code, written = on_terminal("ask", ANSWERED, cwd=folder)
    assert code == 0
    assert f"{ESCAPE}1m" in written  # bold
    assert f"{ESCAPE}36m" in written  # cyan
    assert ">>" not in written


def test_no_color_keeps_bold_and_drops_colours(folder: Path) -> None:
    _, written = on_terminal("ask", ANSWERED, cwd=folder, env={"NO_COLOR": "1"})
    assert f"{ESCAPE}1m" in written
    assert not re.search(r"\x1b\[[\d;]*3[0-7]", written)


def test_a_terminal_without_styles_gets_marks(folder: Path) -> None:
    _, written = on_terminal("ask", ANSWERED, cwd=folder, env={"TERM": "dumb"})
    assert ESCAPE not in written
    assert ">>" in written


@pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_a_terminal_that_cannot_show_everything(folder: Path, env: dict[str, str]) -> None:
    env |= {"PYTHONCOERCECLOCALE": "0"}
    assert call("ask", ANSWERED, cwd=folder, env=env).returncode == 0
    assert call("ask", "Café — naïve?", cwd=folder, env=env).returncode in (0, 1)
    run = call("ask", "--json", "Café — naïve?", cwd=folder, env=env)
    assert json.loads(run.stdout)["question"] == "Café — naïve?"  # JSON is UTF-8 whatever the locale


def test_escape_codes_in_documents_and_questions_never_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bad.txt").write_text(
        "Walrus \x1b[31mfacts\x07\n\nThe walrus \x1b]0;owned\x07is [bold]large[/].\n"
    )
    run = call("ask", "How large is the \x1b[31mwalrus?", cwd=tmp_path)
    assert "\x1b" not in run.stdout
    assert "\x07" not in run.stdout
    assert "[bold]large[/]" in run.stdout
    _, written = on_terminal("ask", "How large is the walrus?", cwd=tmp_path)
    assert "\x1b]0" not in written
    assert "\x07" not in written


def test_scripts_and_line_ends_are_quoted_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    words = "می\u200cخواهم, क्\u200dष, 👩\u200d👩\u200d👧, 1\u2007000\u200akm"
    hostile = "\x1b[31m \x9b31m \u202egnorw"
    text = f"The baths\r\n\r\nThe baths open at nine on Sunday for {words}.\r\nThe baths close at noon {hostile}.\r\n"
    (tmp_path / "seeds" / "baths.txt").write_bytes(text.encode())
    run = call("ask", "When do the baths open?", cwd=tmp_path)
    assert run.returncode == 0
    assert f"The baths open at nine on Sunday for {words}." in run.stdout
    assert not set("\x1b\x9b\u202e\r") & set(run.stdout)
    assert run.stdout.count("\ufffd") == 2  # the two that steer and have no picture of their own
    answer = answer_of(json.loads(call("ask", "--json", "When do the baths open?", cwd=tmp_path).stdout))
    assert f"[1] {citation(answer.quotes[0])}\n" in run.stdout


class TestBatch:
    def test_rows_are_answered_in_order_each_in_its_conversation(self, folder: Path, tmp_path: Path) -> None:
        rows: list[dict[str, Any]] = [
            {"conversation": "a", "question": ANSWERED},
            {"conversation": "b", "question": REFUSED},
            {"conversation": "a", "question": "When was that letter written?"},
            {"conversation": 7, "question": "Who is the Lead Member?"},
            {"question": "Who is the Lead Member?"},
            {"conversation": None, "question": "And in 2019?"},
            {"conversation": "c", "question": ""},
            {"conversation": "d", "question": "Half a character: ?"},
        ]
        (tmp_path / "rows.jsonl").write_text("\n\n".join(map(json.dumps, rows)).replace("r: ?", r"r: \ud800") + "\n")
        run = call("ask", "--batch", tmp_path / "rows.jsonl", cwd=folder)
        assert run.returncode == 0
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        assert [answer["question"] for answer in answers] == [row["question"] for row in rows]
        assert [answer["conversation"] for answer in answers][:4] == ["a", "b", "a", "7"]
        assert len({answer["conversation"] for answer in answers}) == 7
        alone = json.loads(call("ask", "--json", "Who is the Lead Member?", cwd=folder).stdout)
        assert answers[4]["quotes"] == answers[3]["quotes"] == alone["quotes"]
        assert answers[6]["answered"] is False

    def test_it_can_be_driven_as_a_pipe(self, folder: Path) -> None:
        process = subprocess.Popen(
            [QA_BOT, "ask", "--batch", "-"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdin is not None
        assert process.stdout is not None
        questions = [ANSWERED, "And in 2019?", "Ünïcödé — 世界?"]
        for question in questions:
            process.stdin.write(json.dumps({"conversation": "c", "question": question}, ensure_ascii=False) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())  # waits for ever where answers are held back
            assert answer["question"] == question
        process.stdin.close()
        assert process.stdout.read() == ""
        process.stdout.close()
        assert process.wait(300) == 0

    @pytest.mark.parametrize("bad", ["not json", "[]", "[" * 100_000, '{"conversation": "a"}', '{"question": 5}'])
    def test_a_bad_row_has_an_error_in_its_place_and_the_others_are_answered(self, folder: Path, bad: str) -> None:
        why = json.dumps({"question": "Why?"})
        run = call("ask", "--batch", "-", "--no-update", cwd=folder, stdin=f"{why}\n{bad}\n{why}\n")
        assert run.returncode == 2
        first, error, last = map(json.loads, run.stdout.splitlines())
        assert (first["conversation"], last["conversation"]) == ("1", "3")
        assert error == {"line": 2, "error": error["error"]}
        (line,) = run.stderr.splitlines()
        assert line == f"qa-bot: {error['error']}"
        assert line.startswith("qa-bot: line 2 of the batch is not a row like")

    def test_an_empty_batch_is_no_error(self, folder: Path) -> None:
        run = call("ask", "--batch", "-", cwd=folder)
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
