"""The Settings sheet: each setting read, an unknown or unreadable one said with what is used instead."""

from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.domain.calendar import WeekStart
from milestone_reports.domain.team import Gates, Paper, Settings
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


def with_settings(workbook: DrawnWorkbook, *rows: str) -> Reading:
    return read(workbook("\n".join([OPPORTUNITIES, "[Settings]", "Setting | Value", *rows])))


def test_every_setting_is_read(workbook: DrawnWorkbook) -> None:
    reading = with_settings(
        workbook,
        "Team | North",
        "As of | 2026-11-17",
        "Fiscal year starts | April",
        "Week starts | sunday",
        "Selling weeks | 46",
        "Currency | €",
        "Locale | de-DE",
        "Paper | letter",
        "Team annual target | '4,8m",
        "Annual target per rep | 600000",
        "Average contract value | '50k",
        "Multiplier | 2.5",
        "Gates | open",
        "Conversion months | 12",
        "Grace for late entries | 3",
        "Manager | M. Brandt",
        "Manager email | brandt@example.org",
    )
    assert sentences(reading) == []
    assert reading.team.name == "North"
    assert reading.team.settings == Settings(
        as_of=date(2026, 11, 17),
        fiscal_year_starts=4,
        week_starts=WeekStart.SUNDAY,
        selling_weeks=46,
        currency="EUR",
        locale="de_DE",
        paper=Paper.LETTER,
        team_annual_target=4_800_000,
        annual_target_per_rep=600_000,
        average_contract_value=50_000,
        multiplier=2.5,
        gates=Gates.OPEN,
        conversion_months=12,
        late_entry_grace=3,
        manager="M. Brandt",
        manager_email="brandt@example.org",
    )


@pytest.mark.parametrize(
    "row", ["Multiplier | auto", "selling-weeks | 48", "PAPER SIZE | A4", "Currency | $", "Gates |"]
)
def test_spelling_synonyms_signs_and_blanks_are_no_problem(workbook: DrawnWorkbook, row: str) -> None:
    reading = with_settings(workbook, row)
    assert sentences(reading) == []
    assert reading.team.settings == Settings()


def test_an_unknown_setting_is_said_with_the_nearest_known_name(workbook: DrawnWorkbook) -> None:
    assert sentence(with_settings(workbook, "Fiscal year strts | April")) == (
        "Settings!A2: a setting named 'Fiscal year strts'; a known setting was expected. Not used. "
        "Fix: write 'Fiscal year starts' if that is meant."
    )


def test_no_grace_at_all_for_late_entries_is_a_setting(workbook: DrawnWorkbook) -> None:
    reading = with_settings(workbook, "Grace for late entries | 0")
    assert sentences(reading) == []
    assert reading.team.settings.late_entry_grace == 0


def test_the_grace_for_late_entries_is_offered_for_a_name_like_it(workbook: DrawnWorkbook) -> None:
    assert sentence(with_settings(workbook, "Grace for late entry | 3")) == (
        "Settings!A2: a setting named 'Grace for late entry'; a known setting was expected. Not used. "
        "Fix: write 'Grace for late entries' if that is meant."
    )


def test_a_setting_like_no_other_is_said_with_some_of_the_known_names(workbook: DrawnWorkbook) -> None:
    assert sentence(with_settings(workbook, "Colour | blue")) == (
        "Settings!A2: a setting named 'Colour'; a known setting was expected. Not used. Fix: write 'Team', 'As of', "
        "'Fiscal year starts', 'Week starts', 'Selling weeks', 'Currency', 'Locale', 'Paper' or another."
    )


@pytest.mark.parametrize(
    ("row", "expected", "instead"),
    [
        ("As of | soon", "a date such as 2026-11-22", "the figures are those of the day of the build"),
        ("As of | '03/04/2026", "a date such as 2026-11-22", "the figures are those of the day of the build"),
        ("Fiscal year starts | 13", "a month such as January", "January is used"),
        ("Week starts | Friday", "'Monday' or 'Sunday'", "Monday is used"),
        ("Selling weeks | 0", "a number from 1 to 53", "48 is used"),
        ("Currency | dollars", "a currency in three letters such as USD", "USD is used"),
        ("Locale | English", "a language and country such as en_US", "en_US is used"),
        ("Paper | A5", "'A4' or 'Letter'", "A4 is used"),
        ("Team annual target | much", "a number above 0", "no target is assumed"),
        ("Annual target per rep | -1", "a number above 0", "no target is assumed"),
        ("Average contract value | 0", "a number above 0", "no average is assumed"),
        ("Multiplier | 0.5", "a number from 1 to 100, or 'auto'", "'auto' is used"),
        ("Gates | strict", "'in order' or 'open'", "'in order' is used"),
        ("Conversion months | 0", "a number of months from 1 to 600", "24 is used"),
        ("Grace for late entries | -1", "a number of days from 0 to 365", "7 is used"),
        ("Grace for late entries | 2.5", "a number of days from 0 to 365", "7 is used"),
        ("Grace for late entries | a week", "a number of days from 0 to 365", "7 is used"),
    ],
)
def test_a_setting_that_cannot_be_read_is_said_with_what_is_used_instead(
    workbook: DrawnWorkbook, row: str, expected: str, instead: str
) -> None:
    setting, _, value = row.partition(" | ")
    assert sentence(with_settings(workbook, row)) == (
        f"Settings!B2: '{value.removeprefix(chr(39))}' for {setting}; {expected} was expected. Left out; {instead}. "
        f"Fix: type {expected}."
    )


def test_a_setting_whose_formula_gives_an_error_is_named_by_it(workbook: DrawnWorkbook) -> None:
    assert sentence(with_settings(workbook, "Selling weeks | #REF!")) == (
        "Settings!B2: the error #REF! for Selling weeks; a number from 1 to 53 was expected. Left out; 48 is used. "
        "Fix: type a number from 1 to 53."
    )


def test_a_settings_sheet_without_its_columns_is_not_read(workbook: DrawnWorkbook) -> None:
    assert sentence(read(workbook(f"{OPPORTUNITIES}\n[Settings]\nTeam | North"))) == (
        "Settings!A1: no columns 'Setting' and 'Value' on the sheet 'Settings'. The sheet is not read. "
        "Fix: head the columns 'Setting' and 'Value'."
    )


@pytest.mark.parametrize(
    ("file", "team"),
    [("North 2026-11-16.xlsx", "North"), ("North_20261116.xlsx", "North"), ("pipeline.xlsx", "pipeline")],
)
def test_a_team_is_named_by_its_file_without_the_date(workbook: DrawnWorkbook, file: str, team: str) -> None:
    assert read(workbook(OPPORTUNITIES, file)).team.name == team
