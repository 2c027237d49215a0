"""What `check` prints when it explains a workbook or marks a copy of it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from milestone_reports.cli import main
from workbooks import DrawnWorkbook

TEAM = """
    [Opportunities]
    Opportunity | Account | Rep       | Value | Kickoff    | Contract
    Alpha       | Acme    | Dana Ruiz | 50000 | '31.2.2026 | 2026-11-16
    Beta        | Acme    | Dana Ruiz | 50000 | 2026-11-09 | 2026-11-16
    [Settings]
    Setting | Value
    As of   | 2026-11-18
"""


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_a_marked_copy_is_told_in_the_last_line_below_the_problems(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    copy = path.with_name("marked.xlsx")
    told = check(path, "--mark", copy)
    assert told.exit_code == 1
    *problems, last = told.output.strip().splitlines()
    assert problems[0] == "Errors (1)"
    # The date that is none, the sale after the gate that it leaves open, the header with the milestones.
    assert last == f"Wrote {copy}: 3 cells marked, 3 problems listed."
    assert copy.exists()


def test_a_copy_that_cannot_be_written_is_one_sentence_and_exit_code_2(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    told = check(path, "--mark", path)
    assert told.exit_code == 2
    assert told.stdout == ""
    assert told.stderr.startswith(f"{path}: a file of this name is there already; nothing was written. Fix: ")
    assert told.stderr.count("\n") == 1


def test_an_explanation_stands_in_place_of_the_problems_and_counts_them(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    told = check(path, "--explain")
    assert told.exit_code == 1
    lines = [" ".join(line.split()) for line in told.output.splitlines()]
    assert "Team team, as of 18 November 2026 (the Settings sheet says so)" in lines
    sheet = "Opportunities are on the sheet 'Opportunities' (it is named so), their headers in row 1"
    assert f"{sheet}: 2 rows read, none left out" in lines
    assert "D Value Value its own name" in lines
    assert "As of 18 November 2026 Settings!B2" in lines
    assert lines[-1] == f"Problems: 1 error, 1 warning, 1 note. milestone-reports check {path} lists them."


def test_the_explanation_and_the_copy_stand_in_the_json_beside_the_problems(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    copy = path.with_name("marked.xlsx")
    told = json.loads(check(path, "--explain", "--mark", copy, "--format", "json").stdout)
    assert list(told) == ["workbook", "problems", "understood", "marked"]
    assert told["understood"]["opportunities"]["header_row"] == 1
    assert told["understood"]["as_of"] == "2026-11-18"
    assert told["marked"] == {
        "copy": str(copy), "n_cells": 3, "n_problems": 3, "n_without_cell": 0, "not_copied": [],
    }  # fmt: skip
    assert list(json.loads(check(path, "--format", "json").stdout)) == ["workbook", "problems"]


def test_what_a_workbook_says_is_no_markup_in_the_explanation(workbook: DrawnWorkbook) -> None:
    told = check(workbook(TEAM.replace("Account", "[bold]Region[/bold]")), "--explain")
    assert "[bold]Region[/bold]" in told.output
