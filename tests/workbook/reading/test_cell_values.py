"""Dates, numbers and errors as real workbooks have them, each read from a real cell."""

from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.workbook.reading.assemble import Reading
from workbooks import DrawnWorkbook, read, sentence, sentences


def with_cell(workbook: DrawnWorkbook, column: str, cell: str, settings: str = "") -> Reading:
    """A team of one opportunity with that cell in that column."""
    header = ("Opportunity", "Account", "Rep", "Value", "Kickoff planned", "Kickoff", "Contract")
    values = {"Opportunity": "Alpha", "Account": "Acme", "Rep": "Dana Ruiz", "Value": "1", "Kickoff": "2026-11-09"}
    row = values | {column: cell}
    lines = (" | ".join(header), " | ".join(row.get(name, "") for name in header))
    milestones = ("[Milestones]", "Milestone", "Kickoff", "Contract")
    return read(workbook("\n".join(["[Opportunities]", *lines, *milestones, settings])))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-02", date(2026, 11, 2)),
        ("2026-11-02T16:45", date(2026, 11, 2)),
        ("46328", date(2026, 11, 2)),  # the serial number of that day
        ("'2026-11-02", date(2026, 11, 2)),
        ("'2 Nov 2026", date(2026, 11, 2)),
        ("'Nov. 2, 2026", date(2026, 11, 2)),
        ("'26/10/2026", date(2026, 10, 26)),
        ("'10/26/26", date(2026, 10, 26)),
    ],
)
def test_a_date_is_read_however_it_was_typed(workbook: DrawnWorkbook, cell: str, day: date) -> None:
    assert with_cell(workbook, "Kickoff", cell).team.opportunities[0].entries[0].completed_on == day


def test_a_date_in_text_is_said(workbook: DrawnWorkbook) -> None:
    assert sentence(with_cell(workbook, "Kickoff", "'16 Nov 2026")) == (
        "Opportunities!F2 (Acme, Alpha): '16 Nov 2026' in Kickoff is text; a date was expected. Read as 2026-11-16. "
        "Fix: type it as a date."
    )


@pytest.mark.parametrize(
    ("locale", "read_as", "first"), [("en_US", "2026-03-04", "month"), ("en_GB", "2026-04-03", "day")]
)
def test_a_date_that_reads_either_way_follows_the_locale_and_is_said(
    workbook: DrawnWorkbook, locale: str, read_as: str, first: str
) -> None:
    reading = with_cell(workbook, "Kickoff", "'03/04/2026", f"[Settings]\nSetting | Value\nLocale | {locale}")
    assert sentence(reading, "date_as_text") == (
        f"Opportunities!F2 (Acme, Alpha): '03/04/2026' in Kickoff is text; a date was expected. Read as {read_as}, "
        f"the {first} first as the Locale setting says. Fix: type it as a date."
    )


def test_a_date_that_reads_either_way_follows_the_workbooks_unambiguous_ones(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Opportunities]
        Opportunity | Rep       | Kickoff     | Contract
        Alpha       | Dana Ruiz | '03/04/2026 | '24/04/2026
    """)
    )
    assert reading.team.opportunities[0].entries[0].completed_on == date(2026, 4, 3)
    assert sentences(reading, "date_as_text")[0] == (
        "Opportunities!C2 (Alpha): '03/04/2026' in Kickoff is text; a date was expected. Read as 2026-04-03, the day "
        "first as in the workbook's other dates. Fix: type it as a date."
    )


@pytest.mark.parametrize("cell", ["TBD", "n/a", "'-", "?"])
def test_a_placeholder_is_no_date_yet(workbook: DrawnWorkbook, cell: str) -> None:
    reading = with_cell(workbook, "Kickoff planned", cell)
    shown = cell.removeprefix("'")
    assert reading.team.opportunities[0].entries[0].planned_on is None
    assert sentence(reading) == (
        f"Opportunities!E2 (Acme, Alpha): '{shown}' in Kickoff planned. Read as no date yet. "
        "Fix: leave the cell blank until there is a date."
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("50000", 50_000),
        ("'50,000", 50_000),
        ("'$50,000.50", 50_000.5),
        ("'1.234,50", 1234.5),
        ("'50 000", 50_000),
        ("'50k", 50_000),
        ("'1.5m", 1_500_000),
        ("'(1,200)", -1200),
        ("'1'200", 1200),
    ],
)
def test_a_number_is_read_however_it_was_typed(workbook: DrawnWorkbook, cell: str, value: float) -> None:
    assert with_cell(workbook, "Value", cell).team.opportunities[0].value == value


def test_a_number_in_text_is_said(workbook: DrawnWorkbook) -> None:
    assert sentence(with_cell(workbook, "Value", "'50k")) == (
        "Opportunities!D2 (Acme, Alpha): '50k' in Value is text; a number was expected. Read as 50,000. "
        "Fix: type it as a number."
    )


@pytest.mark.parametrize("cell", ["much", "TRUE", "09:30", "'1,23,4", "2026-11-02"])
def test_what_is_no_number_costs_its_cell(workbook: DrawnWorkbook, cell: str) -> None:
    reading = with_cell(workbook, "Value", cell)
    shown = {"09:30": "09:30:00"}.get(cell, cell.removeprefix("'"))
    assert reading.team.opportunities[0].value is None
    assert sentence(reading) == (
        f"Opportunities!D2 (Acme, Alpha): '{shown}' in Value; a number was expected. Left out; the value is unknown. "
        "Fix: type the number alone."
    )


def test_a_number_no_team_can_mean_costs_its_cell(workbook: DrawnWorkbook) -> None:
    assert sentence(with_cell(workbook, "Value", "'20,000,000,000,000,000")) == (
        "Opportunities!D2 (Acme, Alpha): '20,000,000,000,000,000' in Value; a number up to 1,000,000,000,000,000 was "
        "expected. Left out; the value is unknown. Fix: correct the number."
    )


def test_an_error_cell_is_named_by_its_error(workbook: DrawnWorkbook) -> None:
    assert sentence(with_cell(workbook, "Kickoff", "#REF!")) == (
        "Opportunities!F2 (Acme, Alpha): the error #REF! in Kickoff; a value was expected. Left out; Kickoff counts as "
        "not completed. Fix: mend the formula or type the value."
    )


def test_an_error_in_a_text_cell_is_said_too(workbook: DrawnWorkbook) -> None:
    assert sentence(with_cell(workbook, "Opportunity", "#N/A")) == (
        "Opportunities!A2 (Acme): the error #N/A in Opportunity; a value was expected. Left out. "
        "Fix: mend the formula or type the value."
    )


def test_a_formula_that_no_program_has_calculated_says_what_to_do(workbook: DrawnWorkbook) -> None:
    assert sentence(with_cell(workbook, "Value", "=25000*2")) == (
        "Opportunities!D2 (Acme, Alpha): a formula without a result in Value; a value was expected. Left out; the "
        "value is unknown. Fix: open the workbook in Excel and save it again."
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Al\u202epha\u202c", "Alpha"),  # turned round
        ("Al_x000D_pha", "Al pha"),  # a carriage return, as Excel writes it
        ("Al\u0085pha", "Al pha"),
        ("Al\u009fpha", "Alpha"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("A" * 10_000, "A" * 199 + "…"),
    ],
)
def test_text_is_taken_as_a_person_sees_it(workbook: DrawnWorkbook, typed: str, shown: str) -> None:
    assert with_cell(workbook, "Opportunity", typed).team.opportunities[0].name == shown
