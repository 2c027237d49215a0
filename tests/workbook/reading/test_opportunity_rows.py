"""Rows of the Opportunities sheet: what a cell that cannot be used costs, and how its problem reads."""

from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.domain.opportunity import Opportunity, Outcome
from workbooks import DrawnWorkbook, read, sentence, sentences

HEADER = "ID | Opportunity | Account | Rep | Value | Currency | Kickoff | Contract | Outcome | Closed"
OTHER_ROW = "99 | Omega | Brightwell | Dana Ruiz | 50000 | | 2026-11-09 | 2026-11-16 | |"
MILESTONES = "[Milestones]\nMilestone\nKickoff\nContract"


def drawn(*rows: str) -> str:
    return "\n".join(["[Opportunities]", HEADER, *rows, OTHER_ROW, MILESTONES])


def test_a_clean_row_gives_no_problem(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("1 | Alpha | Acme | Dana Ruiz | 40000 | USD | 2026-11-02 | | open |")))
    assert sentences(reading) == []
    assert reading.team.opportunities[0].entries[0].completed_on == date(2026, 11, 2)


def test_a_date_that_is_none_costs_its_cell(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("1 | Alpha | Acme | Dana Ruiz | 40000 | | '31.2.2026 | | |")))
    assert sentence(reading) == (
        "Opportunities!G2 (Acme, Alpha): '31.2.2026' in Kickoff; a date was expected. Left out; Kickoff counts as not "
        "completed. Fix: type a date such as 2026-11-16."
    )
    assert reading.team.source.n_left_out == 0


def test_a_year_out_of_range_costs_its_cell(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("1 | Alpha | Acme | Dana Ruiz | 40000 | | 2206-11-02 | | |")))
    assert sentence(reading) == (
        "Opportunities!G2 (Acme, Alpha): '2206-11-02' in Kickoff; a date between 1990 and 2099 was expected. Left out; "
        "Kickoff counts as not completed. Fix: correct the year."
    )


@pytest.mark.parametrize(
    ("cell", "found"),
    [("", "no name in Rep"), ("TBD", "'TBD' in Rep"), ("4711", "'4711' in Rep"), ("#REF!", "the error #REF! in Rep")],
)
def test_a_row_without_the_name_of_a_rep_is_left_out(workbook: DrawnWorkbook, cell: str, found: str) -> None:
    reading = read(workbook(drawn(f"1 | Alpha | Acme | {cell} | 40000 | | 2026-11-02 | | |")))
    assert sentence(reading) == (
        f"Opportunities!D2 (Acme, Alpha): {found}; the name of a rep was expected. The row is left out of every card "
        "and of the team. Fix: type the rep's name."
    )
    assert (reading.team.source.n_rows, reading.team.source.n_left_out) == (2, 1)


def test_a_second_row_with_an_id_is_left_out(workbook: DrawnWorkbook) -> None:
    row = "1 | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | | |"
    reading = read(workbook(drawn(row, row.replace("Alpha", "Beta"))))
    assert sentence(reading) == (
        "Opportunities!A3 (Acme, Beta): the ID '1' is that of row 2; one row for each opportunity was expected. "
        "Row 3 is left out. Fix: delete one of the two rows, or give each an ID of its own."
    )
    assert [opportunity.name for opportunity in reading.team.opportunities] == ["Alpha", "Omega"]


def test_without_an_id_the_same_name_account_and_track_are_one_opportunity(workbook: DrawnWorkbook) -> None:
    row = " | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | | |"
    reading = read(workbook(drawn(row, row.replace("Alpha", "ALPHA"), row.replace("Acme", "Brightwell"))))
    assert sentence(reading) == (
        "Opportunities!B3 (Acme, ALPHA): name, account and track are those of row 2; one row for each opportunity was "
        "expected. Row 3 is left out. Fix: delete one of the two rows, or give each an ID of its own."
    )


def test_ids_that_differ_in_a_hyphen_are_two_opportunities(workbook: DrawnWorkbook) -> None:
    row = "1-1 | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | | |"
    assert sentences(read(workbook(drawn(row, row.replace("1-1", "11"))))) == []


def test_a_placeholder_is_no_id(workbook: DrawnWorkbook) -> None:
    row = "n/a | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | | |"
    assert sentences(read(workbook(drawn(row, row.replace("Alpha", "Beta"))))) == []


def test_a_row_that_names_no_opportunity_is_left_out(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn(" | | | Dana Ruiz | 40000 | | 2026-11-02 | | |")))
    assert sentence(reading) == (
        "Opportunities!B2: no name of the opportunity; an opportunity, an account or an ID was expected. "
        "The row is left out. Fix: name the opportunity."
    )


def test_a_currency_without_a_rate_costs_the_row(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("1 | Alpha | Acme | Dana Ruiz | 40000 | GBP | 2026-11-02 | | |")))
    assert sentence(reading) == (
        "Opportunities!F2 (Acme, Alpha): 'GBP' in Currency; USD or a currency of the Rates sheet was expected. "
        "The row is left out. Fix: add a row for GBP to a sheet named 'Rates' with its rate to USD."
    )


def test_a_currency_with_a_rate_is_turned_into_the_reports_own(workbook: DrawnWorkbook) -> None:
    row = "1 | Alpha | Acme | Dana Ruiz | 40000 | £ | 2026-11-02 | | |"
    reading = read(workbook(drawn(row) + "\n[Rates]\nCurrency | Rate\nGBP | 1.25"))
    assert sentences(reading) == []
    assert reading.team.opportunities[0].value == 50_000  # 40,000 * 1.25


def test_won_without_a_date_is_neither_won_nor_open(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("1 | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | | won |")))
    assert sentence(reading) == (
        "Opportunities!I2 (Acme, Alpha): won, without a date that says when; the day of the sale was expected. "
        "Counted neither as won nor as open. Fix: type the day of the sale into 'Contract'."
    )
    assert reading.team.opportunities[0].undated_sale


def test_won_without_a_date_of_the_sale_is_dated_by_closed(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("1 | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | | won | 2026-11-12")))
    assert sentences(reading) == []
    assert reading.team.opportunities[0].entries[-1].completed_on == date(2026, 11, 12)


def read_outcome(workbook: DrawnWorkbook, cells: str) -> tuple[Opportunity, list[str]]:
    reading = read(workbook(drawn(f"1 | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | {cells}")))
    return reading.team.opportunities[0], sentences(reading)


def test_a_cancellation_keeps_the_sale_and_its_own_day(workbook: DrawnWorkbook) -> None:
    opportunity, problems = read_outcome(workbook, "2026-11-05 | cancelled | 2026-11-12")
    assert problems == []
    assert opportunity.outcome is Outcome.CANCELLED
    assert (opportunity.entries[-1].completed_on, opportunity.closed_on) == (date(2026, 11, 5), date(2026, 11, 12))


def test_a_cancellation_without_its_day_takes_the_sale_off_from_the_day_of_the_sale(workbook: DrawnWorkbook) -> None:
    opportunity, problems = read_outcome(workbook, "2026-11-05 | Canceled |")
    assert "".join(problems) == (
        "Opportunities!I2 (Acme, Alpha): cancelled, without a date in Closed on or after the sale; the day of the "
        "cancellation was expected. Taken off from the day of the sale, 2026-11-05. "
        "Fix: type the day of the cancellation into Closed."
    )
    assert opportunity.closed_on == date(2026, 11, 5)


def test_a_cancellation_without_a_sale_is_neither_won_nor_open(workbook: DrawnWorkbook) -> None:
    _, problems = read_outcome(workbook, " | cancelled | 2026-11-12")
    assert "".join(problems) == (
        "Opportunities!I2 (Acme, Alpha): cancelled, without a date of the sale; the day of the sale was expected. "
        "Counted neither as won nor as open. Fix: type the day of the sale into 'Contract'."
    )


def test_sold_and_lost_counts_as_won(workbook: DrawnWorkbook) -> None:
    _, problems = read_outcome(workbook, "2026-11-05 | lost | 2026-11-12")
    assert "".join(problems) == (
        "Opportunities, row 2 (Acme, Alpha): sold on 2026-11-05 and marked as lost. Counted as won. Fix: clear "
        "Outcome or Lost on, or write 'cancelled' into Outcome if it was cancelled after signature."
    )


def test_lost_without_a_day_is_lost_on_the_day_of_its_last_milestone(workbook: DrawnWorkbook) -> None:
    _, problems = read_outcome(workbook, " | closed lost |")
    assert "".join(problems) == (
        "Opportunities, row 2 (Acme, Alpha): lost without a date in Closed. "
        "Counted as lost on the day of its last milestone. Fix: type the day it was lost into Closed."
    )


def test_closed_without_an_outcome_counts_as_open(workbook: DrawnWorkbook) -> None:
    _, problems = read_outcome(workbook, " | | 2026-11-12")
    assert "".join(problems) == (
        "Opportunities, row 2 (Acme, Alpha): closed on 2026-11-12 without an outcome. Counted as open. "
        "Fix: write 'won' or 'lost' into Outcome, or clear Closed."
    )


def test_an_unknown_outcome_is_read_as_open_and_the_nearest_is_named(workbook: DrawnWorkbook) -> None:
    _, problems = read_outcome(workbook, " | no decisoin |")
    assert "".join(problems) == (
        "Opportunities!I2 (Acme, Alpha): 'no decisoin' in Outcome; open, won, lost, no decision, disqualified or "
        "cancelled was expected. Read as open. Fix: write 'no decision' if that is meant."
    )


def test_a_totals_row_blank_rows_and_a_signature_are_no_opportunities(workbook: DrawnWorkbook) -> None:
    rows = (
        "1 | Alpha | Acme | Dana Ruiz | 40000 | | 2026-11-02 | | |",
        "|",
        "Total | | | | 90000",
        "Seen: M. Brandt |",
    )
    reading = read(workbook("\n".join(["[Opportunities]", HEADER, OTHER_ROW, *rows, MILESTONES])))
    assert reading.team.source.n_rows == 2
    assert sentence(reading) == (
        "Opportunities!A6: 'Seen: M. Brandt' alone on its row. Not read as an opportunity. "
        "Fix: fill in the row if it is one."
    )


def test_a_sale_without_a_value_is_said_where_sales_have_values(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("1 | Alpha | Acme | Dana Ruiz | | | 2026-11-02 | 2026-11-05 | won |")))
    assert sentence(reading) == (
        "Opportunities, row 2 (Acme, Alpha): sold on 2026-11-05 without a value; the value of the contract was "
        "expected. Counted as a contract, left out of the revenue. Fix: type the value."
    )


@pytest.mark.parametrize(("target_is", "n_problems"), [("count", 0), ("value", 1)])
def test_a_sale_needs_a_value_only_where_the_target_is_money(
    workbook: DrawnWorkbook, target_is: str, n_problems: int
) -> None:
    path = workbook(f"""
        [Opportunities]
        Opportunity | Rep       | Kickoff    | Contract
        Alpha       | Dana Ruiz | 2026-11-02 | 2026-11-12
        [Reps]
        Rep       | Annual target | Target is    | Average contract value
        Dana Ruiz | 24            | {target_is} | 2
    """)
    assert len(sentences(read(path), "won_without_value")) == n_problems


def test_a_currency_typed_beside_the_value_is_the_rows(workbook: DrawnWorkbook) -> None:
    path = workbook(f"""
        [Opportunities]
        {HEADER}
        1 | Alpha | Acme | Dana Ruiz | €40,000 | | 2026-11-02
        2 | Beta  | Acme | Dana Ruiz | $40,000 | | 2026-11-02
        3 | Gamma | Acme | Dana Ruiz | £40,000 | | 2026-11-02
        {MILESTONES}
        [Rates]
        Currency | Rate
        EUR      | 1.25
    """)
    reading = read(path)
    # 40,000 euros at 1.25 are 50,000 dollars; pounds have no rate.
    assert [o.value for o in reading.team.opportunities] == [50_000, 40_000]
    assert "'£40,000' in Value; USD or a currency of the Rates sheet was expected. The row is left out." in sentence(
        reading, "currency_without_rate"
    )


def test_a_row_with_values_but_neither_name_nor_rep_is_said(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn(" | | | | 90000 | | 2026-11-02")))
    assert "'90000' on a row without a name and a rep. Not read as an opportunity." in sentence(reading, "lone_cell")
