"""`qa-bot eval`: what is measured, what is shown, and which rows are turned down."""

import json
from pathlib import Path
from typing import Any

import pytest

from qa_bot.answers.model import Answer
from qa_bot.commands.figures import Outcome, figures_of
from qa_bot.commands.gold import Row, fold, read_gold
from qa_bot.config import Settings
from qa_bot.errors import SettingsError
from tests.commands.run_command import call, on_terminal, only_line

EXAMPLE = Path(__file__).parents[1] / "data" / "eval" / "seeds.jsonl"
LIST = "The quality of social work assessments and plans"
LETTER = "003_7a3598a8e012728e.txt"
IMPROVE = "What needs to improve in South Tyneside's social work practice?"
FRANCE = "What is the capital of France?"


@pytest.fixture(scope="module")
def folder(built: Settings) -> Path:
    """Where ./seeds and ./index are, up to date; only read."""
    return built.index.parent


def gold(folder: Path, *rows: dict[str, Any] | str) -> Path:
    """A file of these rows."""
    file = folder / "gold.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def test_the_example_over_the_seeds(folder: Path) -> None:
    run = call("eval", EXAMPLE, "--json", "--min", "0.6", cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")
    result = json.loads(run.stdout)
    assert list(result) == ["hit@1", "hit@3", "mrr", "refused", "false_refusals", "n", "strong", "misses"]
    assert result["n"] == 12
    assert 0.6 <= result["hit@1"] <= result["mrr"] <= result["hit@3"] <= 1
    assert result["refused"] >= 0.6
    assert result["false_refusals"] <= 0.25


def test_the_table_and_the_misses(folder: Path, tmp_path: Path) -> None:
    file = gold(
        tmp_path,
        {"question": IMPROVE, "expect": LIST},
        {"question": IMPROVE, "expect": "loyal, staff like working", "document": "001_ba0140264cd90329.txt"},
        {"question": IMPROVE, "expect": None},
        {"question": FRANCE, "expect": None},
        {"question": FRANCE, "expect": ["no document says this", LIST]},
    )
    run = call("eval", file, cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")
    heads, figures, *misses = run.stdout.splitlines()
    assert heads.split() == ["hit@1", "hit@3", "MRR", "refused", "false", "refusals", "n"]
    assert figures.split() == ["0.33", "0.33", "0.33", "0.50", "0.33", "5"]
    assert [line for line in misses if line.startswith("gold")] == [
        f"gold.jsonl:2  {IMPROVE}",
        f"gold.jsonl:3  {IMPROVE}",
        f"gold.jsonl:5  {FRANCE}",
    ]
    assert "  expected  “loyal, staff like working” in 001_ba0140264cd90329.txt" in misses
    assert "  expected  nothing" in misses
    assert f"  expected  “no document says this” or “{LIST}”" in misses
    assert any(line.startswith("  quoted    “- The quality of social work") for line in misses)
    assert any(line.startswith("  refused; nearest “") for line in misses)
    assert any(line.endswith(f" {LETTER}:33") for line in misses)


def test_the_misses_as_json(folder: Path, tmp_path: Path) -> None:
    run = call("eval", gold(tmp_path, {"question": IMPROVE, "expect": None}), "--json", cwd=folder)
    result = json.loads(run.stdout)
    assert [result[name] for name in ("hit@1", "hit@3", "mrr", "refused", "false_refusals", "n")] == [
        *(None, None, None, 0.0, None),
        1,
    ]
    (miss,) = result["misses"]
    assert (miss["line"], miss["question"], miss["expect"], miss["rank"]) == (1, IMPROVE, None, None)
    assert miss["answered"] is True
    assert miss["quoted"]["document"] == LETTER
    assert LIST in miss["quoted"]["text"]
    assert miss["quoted"]["marked"].startswith("- The quality of social work")


def test_below_the_minimum_is_exit_code_1(folder: Path, tmp_path: Path) -> None:
    file = gold(tmp_path, {"question": IMPROVE, "expect": LIST}, {"question": FRANCE, "expect": LIST})
    assert call("eval", file, "--min", "0.5", cwd=folder).returncode == 0
    run = call("eval", file, "--min", "0.51", cwd=folder)
    assert run.returncode == 1
    assert run.stdout.splitlines()[1].split()[0] == "0.50"


def test_turns_of_a_conversation_are_understood_after_one_another(folder: Path, tmp_path: Path) -> None:
    morale, answer = {"question": "How is staff morale in North Tyneside?"}, "morale is high"
    follow = {"question": "What do they cite?", "expect": "They cite the support, supervision, training"}
    together = [{**row, "conversation": 1} for row in ({**morale, "expect": answer}, follow)]
    run = call("eval", gold(tmp_path, *together), "--json", cwd=folder)
    assert json.loads(run.stdout)["hit@1"] == 1


def test_a_follow_up_alone_is_a_miss_that_says_so(folder: Path, tmp_path: Path) -> None:
    file = gold(tmp_path, {"question": "And in 2019?", "expect": LIST}, {"question": IMPROVE, "expect": LIST})
    (miss,) = json.loads(call("eval", file, "--json", cwd=folder).stdout)["misses"]
    assert miss["line"] == 1


def test_white_space_and_quotation_marks_are_folded(folder: Path, tmp_path: Path) -> None:
    file = gold(
        tmp_path,
        {"question": "Why may children stay at home?", "expect": "do so, and timely  action is\ntaken"},
        {"question": "What did Coun Moira Smith say?", "expect": 'said: "It is very pleasing', "conversation": ""},
    )
    result = json.loads(call("eval", file, "--json", cwd=folder).stdout)
    assert not any(miss["line"] == 2 for miss in result["misses"])


def test_a_bar_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    file = gold(tmp_path, {"question": IMPROVE, "expect": LIST})
    code, shown = on_terminal("eval", file, cwd=folder)
    assert code == 0
    assert "asking" in shown
    assert "1/1" in shown
    assert "1.00" in shown
    assert "asking" not in on_terminal("eval", file, "--quiet", cwd=folder)[1]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("not json", "line 2 is not JSON"),
        ("[" * 100_000, "line 2 is not JSON"),
        ("[]", "line 2 is not an object"),
        ({"expect": LIST}, "line 2 has no question"),
        ({"question": "  ", "expect": LIST}, "line 2 has no question"),
        ({"question": "Who?"}, "line 2 does not say what to expect"),
        ({"question": "Who?", "expected": LIST}, "line 2 does not say what to expect"),
        ({"question": "Who?", "expect": " "}, "line 2 expects neither words, nor a list of them, nor null"),
        ({"question": "Who?", "expect": []}, "line 2 expects neither words, nor a list of them, nor null"),
        ({"question": "Who?", "expect": ["a", 1]}, "line 2 expects neither words, nor a list of them, nor null"),
        ({"question": "Who?", "expect": LIST, "document": 3}, "line 2 has a document that is no path"),
    ],
)
def test_a_bad_row(tmp_path: Path, row: dict[str, Any] | str, told: str) -> None:
    with pytest.raises(SettingsError, match="A row is") as raised:
        read_gold(str(gold(tmp_path, "", row)))
    assert told in str(raised.value)


def test_all_bad_rows_in_one_line(folder: Path, tmp_path: Path) -> None:
    file = gold(tmp_path, "{}", {"question": IMPROVE, "expect": LIST}, "x")
    line = only_line(call("eval", file, cwd=folder))
    assert "line 1 has no question; line 3 is not JSON" in line


def test_expectations_that_stand_nowhere(folder: Path, tmp_path: Path) -> None:
    file = gold(
        tmp_path,
        {"question": IMPROVE, "expect": "words that nobody wrote"},
        {"question": IMPROVE, "expect": LIST, "document": "001_ba0140264cd90329.txt"},
        {"question": IMPROVE, "expect": LIST, "document": "nowhere.txt"},
        {"question": IMPROVE, "expect": LIST, "document": LETTER},
    )
    line = only_line(call("eval", file, cwd=folder))
    assert "line 1 expects words that stand in no document, 'words that nobody wrote'" in line
    assert "line 2 expects words that stand nowhere in 001_ba0140264cd90329.txt" in line
    assert "line 3 names a document that is not there, 'nowhere.txt'" in line
    assert "line 4" not in line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.jsonl"], "nowhere.jsonl cannot be read (No such file or directory); give a file of JSON lines"),
        (["."], ". cannot be read (Is a directory)"),
        (["latin1.jsonl"], "latin1.jsonl cannot be read (it is not UTF-8)"),
        (["empty.jsonl"], "empty.jsonl holds no rows"),
        (["nulls.jsonl", "--min", "0.5"], "--min is measured by hit@1, and no row of nulls.jsonl expects words"),
        (["nulls.jsonl", "--min", "90"], "--min must be a share of 0 to 1, such as 0.9, not '90'"),
        (["nulls.jsonl", "--min", "nan"], "--min must be a share of 0 to 1"),
        (["nulls.jsonl", "--min", "most"], "--min must be a share of 0 to 1"),
        (["nulls.jsonl"], "there is no seeds folder seeds"),
        (["nulls.jsonl", "--no-update"], "there is no index in index"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n")
    (tmp_path / "nulls.jsonl").write_text('{"question": "Why?", "expect": null}\n')
    (tmp_path / "latin1.jsonl").write_bytes(b'{"question": "\xe4h?", "expect": null}\n')
    assert told in only_line(call("eval", *arguments, cwd=tmp_path))


def test_a_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes('\ufeff{"question": "Why?", "expect": "so"}\r\n'.encode())
    assert read_gold(str(file)) == [Row(1, "Why?", ("so",), None, None)]


def outcome(rank: int | None, *, expects: bool = True, answered: bool = True) -> Outcome:
    row = Row(1, "Why?", ("so",) if expects else (), None, None)
    return Outcome(row, Answer("", "Why?", "Why?", answered, 0.5), rank)


def test_the_figures() -> None:
    refused = outcome(None, answered=False)
    nothing = [outcome(None, expects=False, answered=answered) for answered in (True, False, False)]
    assert figures_of([outcome(1), outcome(2), outcome(4), refused, *nothing]) == {
        "hit@1": 1 / 4,
        "hit@3": 2 / 4,
        "MRR": (1 + 1 / 2 + 1 / 4) / 4,
        "refused": 2 / 3,
        "false refusals": 1 / 4,
        "n": 7,
    }


def test_folding() -> None:
    assert fold(" “a‘s”\u00a0\r\n b ") == '"a\'s" b'
