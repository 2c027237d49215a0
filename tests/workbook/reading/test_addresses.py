"""Addresses on the Reps and the Settings sheet, told before anything is sent to them."""

from __future__ import annotations

import pytest

from milestone_reports.domain.problem import Level
from milestone_reports.workbook.reading.assemble import Reading
from workbooks import DrawnWorkbook, read, sentence, sentences

OPPORTUNITIES = """
    [Opportunities]
    Opportunity | Rep       | Kickoff    | Contract
    Alpha       | Dana Ruiz | 2026-11-09 |
    Beta        | Lee Wong  | 2026-11-10 |
    [Milestones]
    Milestone
    Kickoff
    Contract
"""
REPS = "[Reps]\nRep | Email | Manager | Manager email"


def with_reps(workbook: DrawnWorkbook, *rows: str) -> Reading:
    return read(workbook("\n".join([OPPORTUNITIES, REPS, *rows])))


def of_reps(reading: Reading) -> dict[str, tuple[str, str]]:
    return {rep.name: (rep.email, rep.manager_email) for rep in reading.team.reps}


def test_a_plain_address_each_is_no_problem(workbook: DrawnWorkbook) -> None:
    reading = with_reps(
        workbook,
        "Dana Ruiz | dana@example.com | Ann Bell | ann@example.com",
        "Lee Wong | lee@example.com | Ann Bell | ann@example.com",
    )
    assert sentences(reading) == []
    assert of_reps(reading) == {
        "Dana Ruiz": ("dana@example.com", "ann@example.com"),
        "Lee Wong": ("lee@example.com", "ann@example.com"),
    }


@pytest.mark.parametrize("blank", ["", "-", "n/a", "tbd"])
def test_a_cell_that_says_that_there_is_no_address_yet_is_none(workbook: DrawnWorkbook, blank: str) -> None:
    reading = with_reps(workbook, f"Dana Ruiz | {blank} | | {blank}", f"Lee Wong | {blank} | |")
    assert sentences(reading) == []
    assert of_reps(reading) == {"Dana Ruiz": ("", ""), "Lee Wong": ("", "")}


@pytest.mark.parametrize(
    "text",
    [
        "dana",
        "Dana Ruiz <dana@example.com>",
        "dana@example.com; lee@example.com",
        "mailto:dana@example.com",
        "dana@nordwind",
        "7",
        "=cmd",
    ],
)
def test_what_is_not_one_plain_address_is_told_and_stays_as_it_is(workbook: DrawnWorkbook, text: str) -> None:
    reading = with_reps(workbook, f"Dana Ruiz | '{text} | |", "Lee Wong | lee@example.com | |")
    assert sentence(reading) == (
        f"Reps!B2 (Dana Ruiz): '{text}' in Email; one plain address was expected. Nothing is sent to it. "
        "Fix: type one address such as name@example.com, and nothing else."
    )
    assert of_reps(reading)["Dana Ruiz"] == (text, "")


def test_a_managers_address_that_is_none_is_told(workbook: DrawnWorkbook) -> None:
    reading = with_reps(workbook, "Dana Ruiz | | Ann Bell | Ann Bell", "Lee Wong | | |")
    assert sentence(reading) == (
        "Reps!D2 (Dana Ruiz): 'Ann Bell' in Manager email; one plain address was expected. Nothing is sent to it. "
        "Fix: type one address such as name@example.com, and nothing else."
    )


def test_the_team_managers_address_that_is_none_is_told(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(f"{OPPORTUNITIES}\n[Settings]\nSetting | Value\nManager email | ann at example.com"))
    assert sentence(reading) == (
        "Settings!B2: 'ann at example.com' for Manager email; one plain address was expected. Nothing is sent to it. "
        "Fix: type one address such as name@example.com, and nothing else."
    )
    assert reading.team.settings.manager_email == "ann at example.com"


def test_one_address_at_two_reps_is_told_with_both(workbook: DrawnWorkbook) -> None:
    reading = with_reps(workbook, "Dana Ruiz | dana@example.com | |", "Lee Wong | Dana@Example.com | |")
    assert sentence(reading) == (
        "Reps!B3 (Lee Wong): 'Dana@Example.com' in Email is that of 'Dana Ruiz' too, in Reps!B2; an address of each "
        "rep's own was expected. Nothing is sent to it. Fix: correct one of the two."
    )


def test_the_address_of_a_rep_of_several_rows_is_that_of_the_row_that_has_one(workbook: DrawnWorkbook) -> None:
    reading = with_reps(
        workbook,
        "Dana Ruiz | Dana@example.com | Ann Bell | ann@example.com",
        "RUIZ, Dana | dana@EXAMPLE.com | | Ann@example.com",
        "Ruiz Dana | | |",
        "Lee Wong | lee@example.com | |",
    )
    assert sentences(reading, "address_ambiguous", "manager_address_ambiguous", "address_twice") == []
    assert of_reps(reading)["Dana Ruiz"] == ("dana@EXAMPLE.com", "Ann@example.com")


PERIODS = f"{OPPORTUNITIES}\n[Reps]\nRep | Track | Start | End | Email\nLee Wong | Sales | | | lee@example.com\n"


@pytest.mark.parametrize(
    "row",
    [
        "Dana Ruiz | Sales | | | dana2@example.com",
        "RUIZ,  dana | Sales | 2026-12-01 | | dana2@example.com",
        "Dana Ruiz | Sails | | | dana2@example.com",
        "Dana Ruiz | Sales | 2026-03-01 | 2026-02-01 | dana2@example.com",
        "Dana Ruiz | Sales | | | dana2 at example.com",
    ],
    ids=["row left out", "not yet begun", "unknown track", "reversed period", "not plain"],
)
def test_two_addresses_of_one_name_are_an_error_of_that_rep(workbook: DrawnWorkbook, row: str) -> None:
    reading = read(workbook(f"{PERIODS}Dana Ruiz | Sales | | | dana@example.com\n{row}"))
    (problem,) = [problem for problem in reading.team.problems if problem.rule == "address_ambiguous"]
    assert (problem.level, problem.rep) == (Level.ERROR, "Dana Ruiz")
    assert problem.sentence == (
        f"Reps!E4 (Dana Ruiz): '{row.rpartition('| ')[2]}' in Email, and 'dana@example.com' in Reps!E3; one address "
        "of the rep was expected. Nothing is sent to either. Fix: write the same address on each of the rep's rows; "
        "if they are two people, give each a name of their own on every sheet."
    )


def test_two_addresses_of_a_reps_manager_are_told_and_the_last_holds(workbook: DrawnWorkbook) -> None:
    reading = with_reps(
        workbook,
        "Dana Ruiz | | Ann Bell | ann@example.com",
        "Dana Ruiz | | Bea Cole | bea@example.com",
        "Lee Wong | | |",
    )
    assert sentence(reading, "manager_address_ambiguous") == (
        "Reps!D3 (Dana Ruiz): 'bea@example.com' in Manager email, and 'ann@example.com' in Reps!D2; one address of "
        "the rep's manager was expected. The last is used, 'bea@example.com'. Fix: write the present manager's on each "
        "of the rep's rows."
    )
    assert of_reps(reading)["Dana Ruiz"] == ("", "bea@example.com")


def test_a_problem_with_an_address_is_a_warning_that_concerns_no_reps_figures(workbook: DrawnWorkbook) -> None:
    reading = with_reps(workbook, "Dana Ruiz | dana | |", "Lee Wong | lee@example.com | | lee")
    assert [(p.rule, p.level, p.rep) for p in reading.team.problems] == 2 * [("address_not_plain", Level.WARNING, "")]
