"""The Milestone log sheet: an alternative to a column for each milestone."""

from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.domain.problem import Level
from workbooks import DrawnWorkbook, read, sentence, sentences

LOG = """
    [Opportunities]
    ID | Opportunity | Rep | Value
    A1 | Gearbox | Dana Ruiz | 50000
    A2 | Pump | Omar Said | 20000
    [Milestones]
    Milestone | Evidence required
    Meeting | no
    Proof | yes
    Contract | no
    [Milestone log]
    Opportunity ID | Milestone | Planned | Completed | Evidence | Recorded by
    A1 | Meeting | 2026-10-01 | 2026-10-02 | | Dana Ruiz
    A1 | Proof | 2026-10-20 | | | Dana Ruiz
    A1 | Proof | 2026-11-01 | 2026-11-05 | [report](https://example.com/r) | Dana Ruiz
    A1 | Proof | | 2026-11-09 | | Dana Ruiz
    A2 | meeting | 2026-11-20 | | | Omar Said
"""


def test_a_log_gives_each_milestone_its_plan_its_completion_and_its_evidence(workbook: DrawnWorkbook) -> None:
    gearbox, pump = read(workbook(LOG)).team.opportunities
    meeting, proof, contract = gearbox.entries
    assert (meeting.planned_on, meeting.completed_on) == (date(2026, 10, 1), date(2026, 10, 2))
    assert (proof.planned_on, proof.completed_on) == (date(2026, 11, 1), date(2026, 11, 5))
    assert proof.evidence == "https://example.com/r"
    assert contract.completed_on is None
    assert pump.entries[0].planned_on == date(2026, 11, 20)


def test_several_rows_for_one_milestone_are_said(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(LOG))
    assert sentence(reading, "logged_several_times") == (
        "Milestone log!B5 (A1): 3 rows for 'Proof'. The latest plan and the first completion are used. "
        "Fix: keep one row for each milestone of an opportunity if that is not meant."
    )
    assert sentences(reading, "milestone_without_column", "sheet_not_read") == []


def test_a_row_for_an_unknown_opportunity_or_milestone_names_the_nearest(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(LOG + "    Gearbx | Proof | 2026-11-01 | | |\n    A2 | Prof | 2026-11-01 | | |"))
    assert sentence(reading, "logged_opportunity_unknown") == (
        "Milestone log!A7: 'Gearbx' as the opportunity; an ID of the sheet of opportunities was expected. The row of "
        "the log is not used. Fix: write 'A1' or 'A2'."
    )
    assert sentence(reading, "logged_milestone_unknown") == (
        "Milestone log!B8 (A2): 'Prof' as the milestone; a milestone was expected. The row of the log is not used. "
        "Fix: write 'Proof' if that is meant."
    )


def test_without_a_milestones_sheet_the_milestones_are_those_of_the_log_in_the_order_of_their_dates(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(
        workbook("""
        [Opportunities]
        ID | Opportunity | Rep
        A1 | Gearbox | Dana Ruiz
        [Milestone log]
        Opportunity ID | Milestone | Completed
        A1 | Contract | 2026-11-05
        Gearbox | Meeting | 2026-10-02
    """)
    )
    assert [milestone.name for milestone in reading.team.tracks[0].milestones] == ["Meeting", "Contract"]
    (gearbox,) = reading.team.opportunities
    assert [entry.completed_on for entry in gearbox.entries] == [date(2026, 10, 2), date(2026, 11, 5)]


def test_a_gate_that_the_log_waives_is_waived(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(LOG + "    A2 | Proof | | waived | |"))
    assert reading.team.opportunities[1].entries[1].waived


def test_a_date_in_the_log_that_cannot_be_read_is_said_where_it_stands(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(LOG + "    A2 | Proof | | soon | |"))
    assert sentence(reading, "date_not_read") == (
        "Milestone log!D7 (A2): 'soon' in Proof; a date was expected. Left out; Proof counts as not completed. "
        "Fix: type a date such as 2026-11-16."
    )


def test_a_column_of_the_opportunities_outranks_the_log(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Opportunities]
        ID | Opportunity | Rep | Meeting | Contract
        A1 | Gearbox | Dana Ruiz | 2026-10-01 |
        A2 | Pump | Dana Ruiz | 2026-10-07 | 2026-11-07
        [Milestone log]
        Opportunity ID | Milestone | Completed
        A1 | Meeting | 2026-10-02
        A1 | Contract | 2026-11-05
    """)
    )
    gearbox, pump = reading.team.opportunities
    assert [entry.completed_on for entry in gearbox.entries] == [date(2026, 10, 1), date(2026, 11, 5)]
    assert pump.entries[1].completed_on == date(2026, 11, 7)


@pytest.mark.parametrize(
    ("row", "rep"),
    [
        ("A2 | Proof | | soon | |", "Omar Said"),
        ("Pump | Proof | soon | | |", "Omar Said"),
        ("A2 | Prof | | 2026-11-01 | |", "Omar Said"),
        ("A3 | Proof | | 2026-11-01 | |", ""),
        (" | Proof | | 2026-11-01 | |", ""),
    ],
)
def test_an_error_in_the_log_is_that_of_the_opportunitys_owner(workbook: DrawnWorkbook, row: str, rep: str) -> None:
    own = LOG.replace("A1 | Gearbox", "A0 | Valve | Said, Omar | 7\n    A1 | Gearbox").replace("Omar Said", "SAID Omar")
    reading = read(workbook(f"{own}    {row}"))
    (error,) = [problem for problem in reading.team.problems if problem.level is Level.ERROR]
    assert error.place is not None
    assert (error.place.row, error.rep) == (7, rep and "Said, Omar")  # as the name is spelt first


def test_an_error_in_the_log_for_an_opportunity_without_an_owner_is_no_reps(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(LOG.replace("Pump | Omar Said", "Pump | ") + "    A2 | Proof | | soon | |"))
    assert [(problem.rule, problem.rep) for problem in reading.team.problems if problem.level is Level.ERROR] == [
        ("date_not_read", ""),
        ("rep_blank", ""),
    ]
