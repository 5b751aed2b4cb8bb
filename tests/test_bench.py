"""The benchmarks run: at small sizes, once each. What they measure is for `make bench`, on a machine with nothing else to do."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .bench import corpus, measure, memory, paint, plot, report, scale
from .conftest import REPOSITORY

NAIVE = """
from tests.bench.naive import main
main("index", "seeds", {index!r})
main("ask", {index!r}, "What needs to improve in South Tyneside?")
"""


def test_the_naive_program_answers(tmp_path: Path) -> None:
    script = NAIVE.format(index=str(tmp_path / "index"))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, env=measure.environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert "South Tyneside" in done.stdout


def test_a_command_is_measured_with_its_children() -> None:
    spend = "x = bytearray(200_000_000); sum(range(3_000_000))"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spend!r}])"
    # From a small process: a child's peak memory counts that of the process that starts it.
    code = f"from tests.bench import measure; print(*asdict(measure.run({[sys.executable, '-c', script]!r})).values())"
    command = [sys.executable, "-c", f"from dataclasses import asdict; {code}"]
    told = subprocess.run(command, cwd=measure.REPOSITORY, env=measure.environment(), capture_output=True, check=True)
    usage = measure.Usage(*map(float, told.stdout.split()))
    assert 200 < usage.peak < 300
    assert 0.02 < usage.cpu < usage.wall
    with pytest.raises(RuntimeError, match="exit code 3"):
        measure.run([sys.executable, "-c", "exit(3)"])


def test_what_is_compared_takes_turns() -> None:
    order = []

    def one(name: str, seconds: float) -> float:
        order.append(name)
        return seconds

    ours, base = measure.alternate(2, lambda: one("ours", 1.0), lambda: one("base", 4.0))
    assert order == ["ours", "base"] * 3
    row = measure.against("a question", [1, 2, 9], [4, 4, 4], "s", "another", 0.6, 0.3)
    assert (ours, base) == ([1.0, 1.0], [4.0, 4.0])
    assert (row.ratio, row.ours, row.base) == (0.5, 2, 4)


def test_the_rows_are_told_to_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [measure.Row("one", 0.5, 1, 2, "s", "other", 0.4), measure.Row("two", 0.3, 3, 10, "s", "other", 0.4)]
    measure.print_rows("name", rows)
    *table, line = capsys.readouterr().out.splitlines()
    assert [text.endswith("above the bar") for text in table[1::2]] == [True, False]
    assert [row["ratio"] for row in json.loads(line)["rows"]] == [0.5, 0.3]


def test_the_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    texts = [
        [file.read_text() for file in sorted(corpus.write(tmp_path / name, 20, seed=seed).iterdir())]
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    assert texts[0] == texts[1] != texts[2]
    assert {text.count("\n\n") for text in texts[0]} == {1, 2, 3, 4, 5}


def test_the_chats_first_picture_is_timed() -> None:
    (row,) = paint.measure(1)
    assert 0 < row.base < 30
    assert 0 < row.ours < 30


def test_questions_are_timed(tmp_path: Path) -> None:
    figures = measure.child("warm", tmp_path / "index", 2)
    assert 0 < figures["encode p50"] < figures["ask p50"] <= figures["ask p95"]
    assert {name.rpartition(" ")[0] for name in figures} == {"encode", "ask", "follow-up"}


def test_growth_is_measured_and_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    found = scale.measure((40, 80), questions=8, times=1)
    assert found[80]["disk"] > found[40]["disk"]
    scale.print_figures(found)
    assert set(json.loads(capsys.readouterr().out.splitlines()[-1])["exponents"]) == set(scale.FIGURES)
    drawn = ElementTree.fromstring(plot.svg(found))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}polyline")) == 4


def test_exponents_are_powers_of_the_size() -> None:
    found = {10: dict.fromkeys(scale.FIGURES, 2.0), 1000: dict.fromkeys(scale.FIGURES, 2.0) | {"disk": 200.0}}
    powers = scale.exponents(found)
    assert powers["disk"] == [pytest.approx(1)]
    assert powers["build"] == [0]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_memory_of_a_command_and_its_children_is_watched(tmp_path: Path) -> None:
    spend = "import time; x = bytearray(200_000_000); time.sleep(0.2)"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spend!r}])"
    assert 200 < memory.peak([sys.executable, "-c", script]) < 300
    memory.one_layer(tmp_path / "model")
    assert json.loads((tmp_path / "model" / "config.json").read_text())["num_hidden_layers"] == 1


def test_the_guide_shows_the_figures_that_are_kept() -> None:
    assert report.in_page(report.PAGE.read_text(encoding="utf-8")) == report.PAGE.read_text(encoding="utf-8")
    assert report.PICTURE.read_text(encoding="utf-8") == plot.svg(report.scale())
    bars = {row["what"]: row for row in report.read()["rows"].values() if row["bar"] is not None}
    assert len(bars) >= 7
