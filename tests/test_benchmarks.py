from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STEPS = [
    "read",
    "measure",
    "HTML",
    "of it charts on the screen",
    "PDF",
    "of it charts in print",
    "data",
    "all of it",
    "start, and a first card",
    "peak memory",
]


def test_the_benchmark_prints_a_row_a_step() -> None:
    command = [sys.executable, "-m", "benchmarks", "--reps", "1", "--rounds", "1"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    head, _, table = printed.partition("\n\n")
    assert "Wall seconds, medians of the rounds" in head
    reps, opportunities, rounds, columns, *rows = table.splitlines()
    assert reps.split() == ["1", "rep"]
    assert re.fullmatch(r" +\d+ opportunities", opportunities)
    assert rounds.split() == ["1", "round"]
    assert columns.split() == ["step", "seconds", "ms/card", "ratio"]
    assert [re.split(r" {2,}", row.strip())[0] for row in rows] == STEPS
    assert [len(re.findall(r"\d+\.\d+", row)) for row in rows] == [3] * 8 + [1, 0]


def test_a_ratio_is_the_cost_a_card_against_that_of_the_first_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.measured import WHOLE, Measured, table

    # 1 s for 10 cards are 100 ms a card; 7.5 s for 50 are 150 ms, one and a half times as much.
    sizes = [
        Measured(10, 500, 5, 1.0, dict.fromkeys(WHOLE, 1.0), 100.0),
        Measured(50, 2500, 1, 1.0, dict.fromkeys(WHOLE, 7.5), None),
    ]
    lines = list(table(sizes))
    assert lines[0].split() == ["10", "reps", "50", "reps"]
    assert lines[2].split() == ["5", "rounds", "1", "round"]
    assert lines[4].split() == ["read", "1.00", "100.0", "1.00", "7.50", "150.0", "1.50"]
    # Five steps: 5 s are 500 ms a card, 37.5 s are 750 ms.
    assert lines[9].split() == ["all", "of", "it", "5.00", "500.0", "1.00", "37.50", "750.0", "1.50"]
    assert lines[11].split() == ["peak", "memory", "100", "MB", "not", "known"]
    assert len({len(line) for line in lines}) == 1
