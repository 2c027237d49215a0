"""Which milestones a team has, on which tracks, and which columns hold them."""

from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.workbook.reading.assemble import Reading
from workbooks import DrawnWorkbook, read, sentence, sentences

MILESTONES = "[Milestones]\nMilestone\nKickoff\nContract"


def milestones(reading: Reading) -> dict[str, list[str]]:
    return {track.name: [milestone.name for milestone in track.milestones] for track in reading.team.tracks}


def test_without_a_milestones_sheet_the_date_columns_are_the_milestones(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Opportunities]
        Opportunity | Rep       | Created    | Kickoff planned | Kickoff    | Region | Date entered Contract
        Alpha       | Dana Ruiz | 2026-10-01 | 2026-11-12      | 2026-11-09 | West   | 2026-11-16
    """)
    )
    assert milestones(reading) == {"Sales": ["Kickoff", "Contract"]}
    assert reading.team.opportunities[0].entries[0].planned_on == date(2026, 11, 12)
    assert sentence(reading) == (
        "Opportunities!A1: no Milestones sheet. The date columns are the milestones, in this order: Kickoff, Contract; "
        "the last is the sale. Fix: list the milestones on a sheet named 'Milestones' if these are not the ones."
    )


def test_a_column_of_dates_without_a_header_is_said(workbook: DrawnWorkbook) -> None:
    path = workbook(f"""
        [Opportunities]
        Opportunity | Rep       | Kickoff    |            | Contract
        Alpha       | Dana Ruiz | 2026-11-09 | 2026-11-12 | 2026-11-16
        {MILESTONES}
    """)
    assert sentence(read(path)) == (
        "Opportunities!D1: dates in a column without a header; a milestone's name was expected above them. Not read. "
        "Fix: head the column, or clear it."
    )


def test_a_listed_milestone_without_a_column_counts_as_not_completed(workbook: DrawnWorkbook) -> None:
    path = workbook(f"[Opportunities]\nOpportunity | Rep | Kickoff\nAlpha | Dana Ruiz | 2026-11-16\n{MILESTONES}")
    assert sentence(read(path)) == (
        "Opportunities!A1: no column for the milestone 'Contract' on the sheet 'Opportunities'. "
        "It counts as not completed on every row. "
        "Fix: add a column headed 'Contract', or delete the milestone from the Milestones sheet."
    )


def test_a_column_whose_milestone_is_not_listed_is_said_with_the_nearest(workbook: DrawnWorkbook) -> None:
    path = workbook(f"""
        [Opportunities]
        Opportunity | Rep       | Kickoff    | Contract   | Contarct planned | Date entered Renewal
        Alpha       | Dana Ruiz | 2026-11-09 | 2026-11-16 | 2026-11-12       | 2026-11-16
        {MILESTONES}
    """)
    place = "its milestone is not on the Milestones sheet. Not read. Fix:"
    assert sentences(read(path)) == [
        f"Opportunities!E1: the column 'Contarct planned'; {place} name it 'Contract' if that is meant.",
        f"Opportunities!F1: the column 'Date entered Renewal'; {place} list the milestone there if it should count.",
    ]


def test_a_second_column_of_one_name_is_not_read(workbook: DrawnWorkbook) -> None:
    path = workbook(f"""
        [Opportunities]
        Opportunity | Rep       | Rep   | Kickoff    | Kickoff    | Contract
        Alpha       | Dana Ruiz | Other | 2026-11-09 | 2026-11-12 | 2026-11-16
        {MILESTONES}
    """)
    reading = read(path)
    assert sentences(reading) == [
        f"Opportunities!{cell}: a second column '{name}'; one column was expected. Only the first is read. "
        "Fix: delete or rename one of the two."
        for cell, name in (("C1", "Rep"), ("E1", "Kickoff"))
    ]
    assert reading.team.opportunities[0].rep == "Dana Ruiz"
    assert reading.team.opportunities[0].entries[0].completed_on == date(2026, 11, 9)


def test_a_milestone_named_as_a_column_of_something_else_is_said(workbook: DrawnWorkbook) -> None:
    path = workbook("""
        [Opportunities]
        Opportunity | Rep       | Value | Kickoff    | Contract
        Alpha       | Dana Ruiz | 50000 | 2026-11-09 | 2026-11-16
        [Milestones]
        Milestone
        Kickoff
        Contract
        Value
    """)
    reading = read(path)
    assert sentence(reading) == (
        "Opportunities!A1: the milestone 'Value' has the name of a column that holds something else; a name of its own "
        "was expected. It counts as not completed on every row. "
        "Fix: rename the milestone, and head the column of its dates with the new name."
    )
    assert reading.team.opportunities[0].value == 50_000


def test_a_milestone_may_bear_the_name_of_a_columns_synonym(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Opportunities]
        Opportunity | Rep       | Kickoff    | Partner
        Alpha       | Dana Ruiz | 2026-11-09 | 2026-11-16
        [Milestones]
        Milestone
        Kickoff
        Partner
    """)
    )
    assert sentences(reading) == []
    assert reading.team.opportunities[0].account == ""
    assert reading.team.opportunities[0].entries[1].completed_on == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("number", "level", "problem"),
    [
        (1, "error", "has 1 milestone; 2 to 5 were expected, 8 at the most."),
        (2, "", ""),
        (5, "", ""),
        (6, "note", "has 6 milestones; 2 to 5 are advised."),
        (8, "note", "has 8 milestones; 2 to 5 are advised."),
        (9, "error", "has 9 milestones; 2 to 5 were expected, 8 at the most."),
    ],
)
def test_two_to_five_milestones_are_advised_and_eight_accepted(
    workbook: DrawnWorkbook, number: int, level: str, problem: str
) -> None:
    names = [f"Gate {letter}" for letter in "ABCDEFGHI"[:number]]
    dates = " | ".join(["2026-11-16"] * number)
    reading = read(
        workbook(
            f"[Opportunities]\nOpportunity | Rep | {' | '.join(names)}\nAlpha | Dana Ruiz | {dates}\n"
            "[Milestones]\nMilestone\n" + "\n".join(names)
        )
    )
    expected = (
        f"Milestones!A2: the track 'Sales' {problem} Used as it is. "
        "Fix: keep those that are significant, agreed by both sides and documented."
    )
    assert [(p.level.value, p.sentence) for p in reading.team.problems] == ([(level, expected)] if level else [])
    assert len(milestones(reading)["Sales"]) == number


TRACKS = """
    [Opportunities]
    Opportunity | Rep       | Track        | Kickoff    | Contract   | Visit
    Alpha       | Dana Ruiz | new business | 2026-11-09 | 2026-11-16 |
    Beta        | Dana Ruiz | {track}      | 2026-11-09 |            | 2026-11-10
    [Milestones]
    Track        | Order | Milestone | Agreed by both | Evidence required
    New business | 2     | Contract  | Signed by both | no
    New business | 1     | Kickoff   | Date agreed    |
    Renewals     | 1     | Visit     |                |
    Renewals     | 2     | Contract  |                |
"""


def test_each_track_has_its_own_milestones_in_their_order(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(TRACKS.format(track="Renewals")))
    assert sentences(reading) == []
    assert milestones(reading) == {"New business": ["Kickoff", "Contract"], "Renewals": ["Visit", "Contract"]}
    assert reading.team.tracks[0].milestones[0].agreed == "Date agreed"
    assert [opportunity.track for opportunity in reading.team.opportunities] == ["New business", "Renewals"]


def test_an_unknown_track_costs_the_row_and_the_nearest_is_named(workbook: DrawnWorkbook) -> None:
    assert sentence(read(workbook(TRACKS.format(track="Renewal")))) == (
        "Opportunities!C3 (Beta): 'Renewal' in Track; one of the team's tracks was expected. The row is left out. "
        "Fix: write 'Renewals' if that is meant."
    )


def test_a_blank_track_costs_the_row_where_there_are_several(workbook: DrawnWorkbook) -> None:
    assert sentence(read(workbook(TRACKS.format(track="")))) == (
        "Opportunities!C3 (Beta): no track; one of the team's tracks was expected. The row is left out. "
        "Fix: write 'New business' or 'Renewals'."
    )


def test_without_a_milestones_sheet_a_blank_track_is_one_of_its_own_and_said(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Opportunities]
        Opportunity | Rep       | Track    | Kickoff    | Contract
        Alpha       | Dana Ruiz | Renewals | 2026-11-09 | 2026-11-16
        Beta        | Dana Ruiz |          | 2026-11-09 | 2026-11-16
    """)
    )
    assert milestones(reading) == {"Renewals": ["Kickoff", "Contract"], "Sales": ["Kickoff", "Contract"]}
    assert sentence(reading, "track_unknown") == (
        "Opportunities!C3 (Beta): no track; one of the team's tracks was expected. Read as 'Sales'. "
        "Fix: write 'Renewals' or 'Sales'."
    )


def test_an_unknown_track_is_read_as_the_only_one(workbook: DrawnWorkbook) -> None:
    path = workbook(f"""
        [Opportunities]
        Opportunity | Rep       | Type   | Kickoff    | Contract
        Alpha       | Dana Ruiz | Export | 2026-11-09 | 2026-11-16
        {MILESTONES}
    """)
    assert sentence(read(path)) == (
        "Opportunities!C2 (Alpha): 'Export' in Track; one of the team's tracks was expected. Read as 'Sales', the only "
        "track. Fix: write 'Sales'."
    )


def test_a_milestone_listed_twice_is_listed_once(workbook: DrawnWorkbook) -> None:
    path = workbook(f"""
        [Opportunities]
        Opportunity | Rep       | Kickoff    | Contract
        Alpha       | Dana Ruiz | 2026-11-09 | 2026-11-16
        {MILESTONES}
        CONTRACT
    """)
    assert sentence(read(path)) == (
        "Milestones!A4: the milestone 'CONTRACT' is listed twice for its track. The second is left out. "
        "Fix: delete one of the two rows or rename it."
    )


def test_the_header_is_found_below_titles_and_under_two_rows(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Opportunities]
        Pipeline of the team North | |
        |
                    |           | Kickoff |            |              | Contract   |
        Opportunity | Rep       | Planned    | Done       | Evidence   | Planned    | Done
        Alpha       | Dana Ruiz | 2026-11-12 | 2026-11-09 | Minutes    | 2026-11-20 | 2026-11-16
        [Milestones]
        Milestone
        Kickoff
        Contract
    """)
    )
    assert sentences(reading) == []
    kickoff, contract = reading.team.opportunities[0].entries
    assert (kickoff.planned_on, kickoff.completed_on, kickoff.evidence) == (
        date(2026, 11, 12),
        date(2026, 11, 9),
        "Minutes",
    )
    assert (contract.planned_on, contract.completed_on) == (date(2026, 11, 20), date(2026, 11, 16))
