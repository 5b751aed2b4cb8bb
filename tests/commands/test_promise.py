"""What `qa-bot eval` promises of strong answers, held against figures known from tables of the exact binomial bound."""

import json
from pathlib import Path

import pytest

from qa_bot.answers.model import Answer
from qa_bot.commands.promise import FEWEST, Promise, promise_of, upper_bound
from qa_bot.config import Settings
from tests.commands.run_command import call

STRONG = Answer("", "q", "q", True, 0.9)
LIKELY = Answer("", "q", "q", True, 0.7)
REFUSED = Answer("", "q", "q", False, 0.1, band="refused")


@pytest.mark.parametrize(
    ("wrong", "of", "bound"),
    [(0, 10, 0.2589), (0, 59, 0.0495), (1, 10, 0.3942), (5, 50, 0.1989), (10, 10, 1.0), (1, 1, 1.0)],
)
def test_the_bound_is_the_exact_one(wrong: int, of: int, bound: float) -> None:
    assert upper_bound(wrong, of) == pytest.approx(bound, abs=1e-3)


def test_nothing_is_promised_of_a_few_questions_or_of_none_strong() -> None:
    assert promise_of([STRONG] * (FEWEST - 1), [True] * (FEWEST - 1)) is None
    assert promise_of([LIKELY, REFUSED] * FEWEST, [True] * 2 * FEWEST) is None


def test_only_strong_answers_are_counted() -> None:
    answers = [STRONG] * 40 + [LIKELY] * 10 + [REFUSED] * 5
    assert promise_of(answers, [False, False] + [True] * 38 + [False] * 15) == Promise(40, 2)


def test_the_promise_in_words() -> None:
    assert str(Promise(40, 2)) == (
        "2 of 40 strong answers were wrong (5%); to other questions of this kind at most 15% are, with 95% certainty"
    )


def test_the_promise_is_printed_from_fifty_questions_on(built: Settings, tmp_path: Path) -> None:
    row = {
        "question": "What needs to improve in South Tyneside's social work practice?",
        "expect": "assessments and plans",
    }
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{json.dumps(row)}\n" * FEWEST, encoding="utf-8")
    told = call("eval", file, "--json", cwd=built.index.parent)
    assert json.loads(told.stdout)["strong"] == {"n": FEWEST, "wrong": 0, "wrong_at_most": 0.0582}
    assert "0 of 50 strong answers were wrong (0%)" in call("eval", file, cwd=built.index.parent).stdout
