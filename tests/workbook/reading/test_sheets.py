"""Which sheets are read: of the workbook and of a companion, under which names, with whose columns; stray cells."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from milestone_reports.domain.team import Gates
from workbooks import DrawnWorkbook, read, sentence, sentences

DEALS = """
    [Deals]
    Deal name | Deal owner | Date entered Kickoff | Date entered Contract
    Alpha     | Dana Ruiz  | 2026-11-09           | 2026-11-16
"""
MILESTONES = "[Milestones]\nMilestone\nKickoff\nContract"


def test_an_export_and_its_companion_make_one_team(workbook: DrawnWorkbook) -> None:
    settings = "[Settings]\nSetting | Value\nTeam | North\nGates | open"
    companion = workbook(f"{MILESTONES}\n{settings}\n[Reps]\nRep | Annual target\nDana Riuz | none", "companion.xlsx")
    reading = read(workbook(DEALS), companion=companion)
    assert (reading.team.name, reading.team.settings.gates) == ("North", Gates.OPEN)
    assert sentence(reading) == (
        "Deals, row 2 (Alpha): 'Dana Ruiz' is not on the Reps sheet; the nearest name there is 'Dana Riuz'. Has a card "
        "of their own, without a quota. Fix: write 'Dana Riuz' if that is meant, or add a row to Reps."
    )


def test_a_problem_in_a_companion_is_placed_there(workbook: DrawnWorkbook) -> None:
    companion = workbook(f"{MILESTONES}\n[Settings]\nSetting | Value\nPaper | A5", "companion.xlsx")
    assert sentence(read(workbook(DEALS), companion=companion)) == (
        "companion.xlsx › Settings!B2: 'A5' for Paper; 'A4' or 'Letter' was expected. Left out; A4 is used. "
        "Fix: type 'A4' or 'Letter'."
    )


def test_a_companions_own_sheet_of_opportunities_does_not_replace_the_exports(workbook: DrawnWorkbook) -> None:
    companion = workbook(f"[Opportunities]\nOpportunity | Rep | Kickoff\n{MILESTONES}", "companion.xlsx")
    export = workbook(DEALS.replace("[Deals]", "[Opportunities]"))
    assert [opportunity.name for opportunity in read(export, companion=companion).team.opportunities] == ["Alpha"]


@pytest.mark.parametrize("title", ["OPPORTUNITIES", "Sales Pipeline", "Oppörtunities", "Export 2026"])
def test_the_sheet_of_opportunities_is_found_by_its_name_or_its_columns(workbook: DrawnWorkbook, title: str) -> None:
    assert read(workbook(DEALS.replace("Deals", title))).team.opportunities[0].name == "Alpha"


def test_a_second_sheet_of_opportunities_is_said_to_be_left_out(workbook: DrawnWorkbook) -> None:
    path = workbook(f"{DEALS}\n{DEALS.replace('Deals', 'Opportunities').replace('Alpha', 'Beta')}\n{MILESTONES}")
    reading = read(path)
    assert [opportunity.name for opportunity in reading.team.opportunities] == ["Beta"]
    assert sentence(reading) == (
        "sheet Deals: opportunities on a second sheet, 'Deals'; one sheet of opportunities was expected. "
        "Only the sheet 'Opportunities' is read. Fix: put all opportunities on one sheet."
    )


def test_a_sheet_whose_name_is_nearly_known_is_said(workbook: DrawnWorkbook) -> None:
    path = workbook(f"{DEALS}\n{MILESTONES}\n[Setings]\nSetting | Value\nTeam | North")
    assert sentence(read(path)) == (
        "The workbook: a sheet named 'Setings'. Not read. Fix: name it 'Settings' if that is meant."
    )


def test_the_columns_sheet_renames_fields_and_milestones(workbook: DrawnWorkbook) -> None:
    path = workbook(f"""
        [Opportunities]
        Vorgang | Wer       | Gestartet  | Unterschrieben | Unterschrift geplant
        Alpha   | Dana Ruiz | 2026-11-09 | 2026-11-16     | 2026-11-12
        [Columns]
        Sheet         | Field            | Your header
        Opportunities | Opportunity      | Vorgang
        Opportunities | Rep              | Wer
        Opportunities | Kickoff          | Gestartet
        Opportunities | Contract         | Unterschrieben
        Opportunities | Contract planned | Unterschrift geplant
        {MILESTONES}
    """)
    reading = read(path)
    assert sentences(reading) == []
    alpha = reading.team.opportunities[0]
    assert (alpha.name, alpha.rep) == ("Alpha", "Dana Ruiz")
    assert [entry.completed_on for entry in alpha.entries] == [date(2026, 11, 9), date(2026, 11, 16)]
    assert alpha.entries[1].planned_on == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("row", "cell", "expected", "near"),
    [
        ("Oportunities | Rep | Deal owner", "A2: 'Oportunities'", "one of the sheets", "Opportunities"),
        ("Deals | Acount | Deal name", "B2: 'Acount'", "a column of Opportunities or a milestone", "Account"),
        ("Deals | Contrct | Deal owner", "B2: 'Contrct'", "a column of Opportunities or a milestone", "Contract"),
        ("Reps | Anual target | Goal", "B2: 'Anual target'", "a column of Reps", "Annual target"),
        ("Deals | Account | Deal ownr", "C2: 'Deal ownr'", "a header of Opportunities", "Deal owner"),
    ],
)
def test_a_row_of_the_columns_sheet_that_leads_nowhere_is_said(
    workbook: DrawnWorkbook, row: str, cell: str, expected: str, near: str
) -> None:
    path = workbook(f"{DEALS}\n{MILESTONES}\n[Columns]\nSheet | Field | Your header\n{row}")
    assert sentence(read(path)) == (
        f"Columns!{cell}; {expected} was expected. The row is not used. Fix: write '{near}' if that is meant."
    )


def test_a_stray_cell_in_the_last_row_and_column_changes_nothing(workbook: DrawnWorkbook) -> None:
    path = workbook(f"{DEALS}\n{MILESTONES}")
    book = load_workbook(path)
    book["Deals"]["XFD1048576"] = " "
    book["Deals"]["A1048575"] = "checked"
    book.save(path)
    reading = read(path)
    assert len(reading.team.opportunities) == 1
    assert sentence(reading) == (
        "Deals!A1048575: 'checked' alone on its row. Not read as an opportunity. Fix: fill in the row if it is one."
    )
