"""What leaves nothing to report on: one plain sentence each, and the exit code of what cannot go on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from milestone_reports.domain.failure import CannotGoOnError
from workbooks import DrawnWorkbook, read

SAVE_AS = "Fix: open it in Excel, LibreOffice or Google Sheets and save it as an Excel workbook (.xlsx)."
NO_WORKBOOK = f"not an Excel workbook; an .xlsx or .xlsm file was expected. {SAVE_AS}"
LOCKED = (
    "protected by a password, or in the format of before 2007. "
    "Fix: open it in Excel, take the password off and save it as an Excel workbook (.xlsx)."
)
DAMAGED = (
    ": not an Excel workbook, or one that is damaged; an .xlsx or .xlsm file was expected. Fix: open it in Excel and "
    "save it as an Excel workbook (.xlsx); if it cannot be opened there either, take the last good copy."
)


def refusal(path: Path) -> str:
    with pytest.raises(CannotGoOnError) as refused:
        read(path)
    assert refused.value.exit_code == 2
    return str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.xlsx"
    assert refusal(missing) == f"{missing}: no such file. Fix: check the name and the folder."


def test_a_folder_is_refused(tmp_path: Path) -> None:
    expected = f"{tmp_path}: a folder; one workbook (.xlsx or .xlsm) was expected. Fix: name the file in it."
    assert refusal(tmp_path) == expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("letter.xlsx", b"Dear team, here are the numbers", NO_WORKBOOK),
        ("page.xlsx", b"<html><table><tr><td>Rep</td></tr></table>", NO_WORKBOOK),
        ("nothing.xlsx", b"", f"an empty file; a workbook (.xlsx or .xlsm) was expected. {SAVE_AS}"),
        ("locked.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), LOCKED),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == f"{name}: {expected}"


def test_a_workbook_cut_off_in_the_middle_is_refused(workbook: DrawnWorkbook) -> None:
    path = workbook("[Opportunities]\nOpportunity | Rep\nAlpha | Dana Ruiz")
    path.write_bytes(path.read_bytes()[:1000])
    assert refusal(path) == f"team.xlsx{DAMAGED}"


def test_another_kind_of_office_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(path) == f"letter.xlsx{DAMAGED}"


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
    assert refusal(workbook("[Opportunities]\nOpportunity | Rep | Stage\nAlpha | Dana Ruiz | early")) == (
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
