"""Reps by name, their rows on the Reps sheet, their time off."""

from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.problem import Level
from milestone_reports.domain.team import TargetIs
from milestone_reports.workbook.reading.assemble import Reading
from workbooks import DrawnWorkbook, read, sentence, sentences

OPPORTUNITIES = """
    [Opportunities]
    Opportunity | Rep       | Kickoff    | Contract
    Alpha       | Dana Ruiz | 2026-11-09 |
    [Milestones]
    Milestone
    Kickoff
    Contract
"""
REPS = "[Reps]\nRep | Track | Annual target | Target is | Average contract value | Start | End"


def with_reps(workbook: DrawnWorkbook, *rows: str) -> Reading:
    return read(workbook("\n".join([OPPORTUNITIES, REPS, *rows])))


def with_owner(workbook: DrawnWorkbook, owner: str) -> Reading:
    """Two opportunities: one of Dana Ruiz, who is on the Reps sheet, and one of that owner."""
    row = f"Beta | {owner} | 2026-11-10 |"
    text = OPPORTUNITIES.replace("[Milestones]", f"{row}\n    [Milestones]")
    return read(workbook(f"{text}\n[Reps]\nRep\nDana Ruiz"))


@pytest.mark.parametrize(
    "spelling", ["DANA RUIZ", "dana  ruiz", "Dána Ruíz", "Ruiz, Dana", "RUIZ Dana", "Dana\u00a0Ruiz"]
)
def test_case_spacing_accents_and_order_do_not_make_another_rep(workbook: DrawnWorkbook, spelling: str) -> None:
    reading = with_owner(workbook, spelling)
    assert [rep.name for rep in reading.team.reps] == ["Dana Ruiz"]
    assert {opportunity.rep for opportunity in reading.team.opportunities} == {"Dana Ruiz"}
    assert sentences(reading, "rep_not_listed") == []


def test_a_misspelt_rep_is_another_one_and_the_nearest_name_is_suggested(workbook: DrawnWorkbook) -> None:
    reading = with_owner(workbook, "Dana Riuz")
    assert [rep.name for rep in reading.team.reps] == ["Dana Ruiz", "Dana Riuz"]
    assert sentence(reading) == (
        "Opportunities, row 3 (Beta): 'Dana Riuz' is not on the Reps sheet; the nearest name there is 'Dana Ruiz'. Has "
        "a card of their own, without a quota. Fix: write 'Dana Ruiz' if that is meant, or add a row to Reps."
    )


def test_a_rep_who_is_like_nobody_is_told_to_be_added(workbook: DrawnWorkbook) -> None:
    assert sentence(with_owner(workbook, "Oliver Pask")) == (
        "Opportunities, row 3 (Beta): 'Oliver Pask' is not on the Reps sheet; a name of the Reps sheet was expected. "
        "Has a card of their own, without a quota. Fix: add a row to Reps."
    )


def test_without_a_reps_sheet_every_owner_is_a_rep(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(OPPORTUNITIES))
    assert sentences(reading) == []
    assert [(a.rep, a.annual_target) for a in reading.team.assignments] == [("Dana Ruiz", None)]


def test_dated_rows_of_one_rep_are_periods(workbook: DrawnWorkbook) -> None:
    reading = with_reps(
        workbook,
        "Dana Ruiz | | 600000 | value | 50000 | 2026-01-01 | 2026-06-30",
        "Dana Ruiz | | 720000 | value | 50000 | 2026-07-01 |",
    )
    assert sentences(reading) == []
    assert [(a.start_on, a.end_on, a.annual_target) for a in reading.team.assignments] == [
        (date(2026, 1, 1), date(2026, 7, 1), 600_000),
        (date(2026, 7, 1), None, 720_000),
    ]


def test_where_periods_overlap_the_earlier_one_ends(workbook: DrawnWorkbook) -> None:
    reading = with_reps(
        workbook,
        "Dana Ruiz | | 600000 | value | 50000 | 2026-01-01 | 2026-08-31",
        "Dana Ruiz | | 720000 | value | 50000 | 2026-07-01 |",
    )
    assert sentence(reading) == (
        "Reps!A3 (Dana Ruiz): two rows for the same days on the track 'Sales'; one row for each period was expected. "
        "The earlier period ends where this one starts. Fix: give each row its own Start and End, or delete one."
    )
    assert [a.end_on for a in reading.team.assignments] == [date(2026, 7, 1), None]


def test_a_second_row_for_the_same_start_is_left_out(workbook: DrawnWorkbook) -> None:
    row = "Dana Ruiz | | 600000 | value | 50000 | |"
    reading = with_reps(workbook, row, row.replace("600000", "720000"))
    assert sentence(reading) == (
        "Reps!A3 (Dana Ruiz): two rows for the same days on the track 'Sales'; one row for each period was expected. "
        "This row is left out. Fix: give each row its own Start and End, or delete one."
    )
    assert [a.annual_target for a in reading.team.assignments] == [600_000]


def test_an_end_before_its_start_costs_the_target(workbook: DrawnWorkbook) -> None:
    assert sentence(with_reps(workbook, "Dana Ruiz | | 600000 | value | 50000 | 2026-07-01 | 2026-06-01")) == (
        "Reps!G2 (Dana Ruiz): End 2026-06-01 is before Start 2026-07-01. The row's target is left out. "
        "Fix: correct one of the two dates."
    )


def test_a_rep_whose_only_row_is_of_no_use_has_no_card(workbook: DrawnWorkbook) -> None:
    reading = with_reps(workbook, "Dana Ruiz | | 24 | count | | |", "Oliver Pask | Salles | 600000 | value | 50000 | |")
    assert [rep.name for rep in reading.team.reps] == ["Dana Ruiz"]
    assert sentence(reading) == (
        "Reps!B3 (Oliver Pask): 'Salles' in Track; one of the team's tracks was expected. "
        "The row's target is left out. Fix: write 'Sales' if that is meant."
    )


def test_a_value_target_without_an_average_contract_gives_no_quota(workbook: DrawnWorkbook) -> None:
    assert sentence(with_reps(workbook, "Dana Ruiz | | 600000 | value | | |")) == (
        "Reps!A2 (Dana Ruiz): an annual target in money without an average contract value; both were expected. "
        "No quota is shown. Fix: type the Average contract value on this row or on the Settings sheet, or set "
        "Target is to count."
    )


def test_a_target_can_be_a_number_of_sales(workbook: DrawnWorkbook) -> None:
    reading = with_reps(workbook, "Dana Ruiz | | 24 | Count | | |")
    assert sentences(reading) == []
    assert [(a.target_is, a.annual_target) for a in reading.team.assignments] == [(TargetIs.COUNT, 24)]


def test_an_unknown_kind_of_target_is_read_as_money(workbook: DrawnWorkbook) -> None:
    assert sentence(with_reps(workbook, "Dana Ruiz | | 600000 | dollars | 50000 | |")) == (
        "Reps!D2 (Dana Ruiz): 'dollars' in Target is; value or count was expected. Read as value. "
        "Fix: choose value for money, count for a number of sales."
    )


@pytest.mark.parametrize("target", ["0", "-600000"])
def test_a_target_that_is_not_above_0_gives_no_quota(workbook: DrawnWorkbook, target: str) -> None:
    assert sentence(with_reps(workbook, f"Dana Ruiz | | {target} | value | 50000 | |")) == (
        f"Reps!C2 (Dana Ruiz): '{target}' in Annual target; a number above 0 was expected. "
        "Left out; no quota comes of it. Fix: type the number."
    )


def test_a_row_of_targets_without_a_name_is_left_out(workbook: DrawnWorkbook) -> None:
    reading = with_reps(workbook, "Dana Ruiz | | 24 | count", " | | 600000 | value | 50000 | |")
    assert sentence(reading) == (
        "Reps!A3: no name in Rep; the name of a rep was expected. The row is left out. Fix: type the rep's name."
    )


def test_a_rep_on_two_tracks_shares_no_default_target(workbook: DrawnWorkbook) -> None:
    path = workbook("""
        [Opportunities]
        Opportunity | Rep       | Track        | Kickoff    | Contract
        Alpha       | Dana Ruiz | New business | 2026-11-09 | 2026-11-16
        [Milestones]
        Track        | Milestone
        New business | Kickoff
        New business | Contract
        Renewals     | Kickoff
        Renewals     | Contract
        [Reps]
        Rep       | Track        | Annual target | Average contract value
        Dana Ruiz | New business | 400000        | 50000
        Dana Ruiz | Renewals     |               | 50000
        [Settings]
        Setting               | Value
        Annual target per rep | 600000
    """)
    assert sentence(read(path), "target_not_shared") == (
        "Reps!A3 (Dana Ruiz): no target on the track 'Renewals', and the rep is on several tracks; a target for each "
        "track was expected. No quota on this track: the Settings' target per rep is not divided. "
        "Fix: type the Annual target on each of the rep's rows."
    )


def with_time_off(workbook: DrawnWorkbook, row: str) -> Reading:
    return read(workbook(f"{OPPORTUNITIES}\n[Time off]\nRep | From | To | Reason | Reduces quota\n{row}"))


def test_time_off_is_read_for_one_rep_or_for_everyone(workbook: DrawnWorkbook) -> None:
    rows = "Ruiz, Dana | 2026-08-03 | 2026-08-14 | Holiday | yes\n | 2026-12-25 | | Christmas |"
    reading = with_time_off(workbook, rows)
    assert sentences(reading) == []
    assert reading.team.time_off == (
        TimeOff("Dana Ruiz", date(2026, 8, 3), date(2026, 8, 15), "Holiday", reduces_quota=True),
        TimeOff(None, date(2026, 12, 25), date(2026, 12, 26), "Christmas"),
    )


@pytest.mark.parametrize(
    ("row", "problem", "done", "fix"),
    [
        (
            "Dana Ruitz | 2026-08-03",
            "A2: 'Dana Ruitz' in Rep; a rep of the team was expected",
            "The row is left out",
            "write 'Dana Ruiz' if that is meant",
        ),
        (
            "Dana Ruiz | 2026-08-14 | 2026-08-03",
            "C2 (Dana Ruiz): '2026-08-03' in To is before From",
            "The row is left out",
            "correct one of the two dates",
        ),
        (
            "Dana Ruiz | August",
            "B2 (Dana Ruiz): 'August' in From; a date was expected",
            "The row is left out",
            "type a date such as 2026-11-16",
        ),
        (
            "Dana Ruiz | | 2026-08-03",
            "B2 (Dana Ruiz): no date in From; the first day off was expected",
            "The row is left out",
            "type the first day off",
        ),
        (
            "Dana Ruiz | 2026-08-03 | August",
            "C2 (Dana Ruiz): 'August' in To; a date was expected",
            "Left out; read as one day",
            "type a date such as 2026-11-16",
        ),
        (
            "Dana Ruiz | 2026-08-03 | | | long",
            "E2 (Dana Ruiz): 'long' in Reduces quota; yes or no was expected",
            "Read as no",
            "type yes or no",
        ),
    ],
)  # fmt: skip
def test_time_off_that_cannot_be_used_is_said(
    workbook: DrawnWorkbook, row: str, problem: str, done: str, fix: str
) -> None:
    assert sentence(with_time_off(workbook, row)) == f"Time off!{problem}. {done}. Fix: {fix}."


@pytest.mark.parametrize(
    ("row", "rep"),
    [
        ("Ruiz, Dana | August", "Dana Ruiz"),
        ("Dana Ruitz | 2026-08-03", "Dana Ruiz"),
        ("Walter Brandt | 2026-08-03", ""),
        (" | August", ""),
    ],
)
def test_an_error_in_time_off_is_that_of_its_rep_or_of_the_nearest_else_everyones(
    workbook: DrawnWorkbook, row: str, rep: str
) -> None:
    (problem,) = with_time_off(workbook, row).team.problems
    assert (problem.level, problem.rep) == (Level.ERROR, rep)
