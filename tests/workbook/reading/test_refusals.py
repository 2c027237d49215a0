"""What leaves nothing to report on: one plain sentence each, and the exit code of what cannot go on.

Files that are no workbook, or that would do harm, are in workbook/files/test_standing_up_to_files.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from milestone_reports.domain.failure import CannotGoOnError
from workbooks import DrawnWorkbook, read

DAMAGED = (
    "a workbook that is damaged or was not copied to its end. "
    "Fix: copy or download it again; if Excel cannot open it either, take the last good copy."
)


def refusal(path: Path) -> str:
    with pytest.raises(CannotGoOnError) as refused:
        read(path)
    assert refused.value.exit_code == 2
    return str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.xlsx"
    assert refusal(missing) == f"{missing}: no such file. Fix: check the name and the folder."


def test_a_workbook_cut_off_in_the_middle_is_refused(workbook: DrawnWorkbook) -> None:
    path = workbook("[Opportunities]\nOpportunity | Rep\nAlpha | Dana Ruiz")
    path.write_bytes(path.read_bytes()[:1000])
    assert refusal(path) == f"team.xlsx: {DAMAGED}"


@pytest.mark.parametrize("text", ["", "[Opportunities]", "[Opportunities]\n[Settings]"])
def test_an_empty_workbook_is_refused(workbook: DrawnWorkbook, text: str) -> None:
    assert refusal(workbook(text)) == (
        "team.xlsx: an empty workbook; a sheet 'Opportunities' with a row for each opportunity was expected. "
        "Fix: fill it in, or start from a new one with 'milestone-reports init'."
    )


def test_a_workbook_without_a_sheet_of_opportunities_is_refused(workbook: DrawnWorkbook) -> None:
    path = workbook("""
        [Minutes]
        Topic | Who
        Prices | Dana Ruiz
        [Settings]
        Setting | Value
        Team | North
    """)
    assert refusal(path) == (
        "team.xlsx: no sheet of opportunities among 'Minutes', 'Settings'; a sheet named 'Opportunities' was expected. "
        "Fix: name the sheet that lists them 'Opportunities'."
    )


def test_a_sheet_of_opportunities_without_headers_is_refused(workbook: DrawnWorkbook) -> None:
    assert refusal(workbook("[Opportunities]\nAlpha | Dana Ruiz\nBeta | Dana Ruiz")) == (
        "team.xlsx, sheet 'Opportunities': no row of column headers; columns such as 'Opportunity' and 'Rep' were "
        "expected. Fix: head its columns 'Opportunity', 'Rep' and with the name of each milestone."
    )


def test_a_sheet_of_opportunities_without_a_rep_column_is_refused(workbook: DrawnWorkbook) -> None:
    assert refusal(workbook("[Opportunities]\nOpportunity | Contract\nAlpha | 2026-11-16")) == (
        "team.xlsx, sheet 'Opportunities': no column says who owns an opportunity; a column 'Rep' was expected. "
        "Fix: head the column with the reps' names 'Rep'."
    )


def test_a_sheet_of_opportunities_without_their_names_is_refused(workbook: DrawnWorkbook) -> None:
    assert refusal(workbook("[Opportunities]\nRep | Contract\nDana Ruiz | 2026-11-16")) == (
        "team.xlsx, sheet 'Opportunities': no column names the opportunities; a column 'Opportunity' or 'ID' was "
        "expected. Fix: head the column with their names 'Opportunity'."
    )


def test_a_sheet_with_headers_alone_is_refused(workbook: DrawnWorkbook) -> None:
    assert refusal(workbook("[Opportunities]\nOpportunity | Rep | Contract")) == (
        "team.xlsx, sheet 'Opportunities': no opportunities below the column headers; a row for each was expected. "
        "Fix: fill it in."
    )


def test_opportunities_without_any_milestone_date_are_refused(workbook: DrawnWorkbook) -> None:
    assert refusal(workbook("[Opportunities]\nOpportunity | Rep | Notes\nAlpha | Dana Ruiz | early")) == (
        "team.xlsx, sheet 'Opportunities': no column of milestone dates; one for each milestone, with the dates on "
        "which it was completed, was expected. Fix: add them, or list the milestones on a sheet named 'Milestones'."
    )


def test_a_workbook_of_which_no_row_can_be_used_is_refused_with_its_first_error(workbook: DrawnWorkbook) -> None:
    path = workbook("""
        [Opportunities]
        Opportunity | Rep | Kickoff    | Contract
        Alpha       |     | 2026-11-09 | 2026-11-16
        Beta        |     | 2026-11-09 |
    """)
    assert refusal(path) == (
        "team.xlsx, sheet 'Opportunities': none of the 2 rows can be used. The first: Opportunities!B2 (Alpha): "
        "no name in Rep; the name of a rep was expected. The row is left out of every card and of the team. "
        "Fix: type the rep's name."
    )
