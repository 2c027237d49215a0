"""Contracts and revenue: what is won counts, credited or not."""

from collections.abc import Sequence
from datetime import date

import pytest
from deals import deal

from milestone_reports.domain.calendar import FiscalYear
from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Assignment, TargetIs
from milestone_reports.metrics import sales
from milestone_reports.metrics.estimators.multiplier import measured_multiplier
from milestone_reports.metrics.pace import PathPoint
from milestone_reports.metrics.periods import quota_periods
from milestone_reports.metrics.standing import standing
from milestone_reports.metrics.working_days import rep_calendar

YEAR, AS_OF = FiscalYear(date(2026, 1, 1)), date(2026, 6, 30)
CALENDAR = rep_calendar("Ann", [])


def won(rows: Sequence[Opportunity], as_of: date = AS_OF, year: FiscalYear = YEAR) -> sales.Won:
    return sales.won_in([(row, standing(row, as_of)) for row in rows], year)


def sold(on: str, value: float | None = 50_000, **changes: str) -> Opportunity:
    return deal(f"- - - {on}", value=value, id_=changes.get("id_", on))


def test_a_sale_counts_whether_its_gates_are_credited_or_not() -> None:
    found = won([sold("2026-02-03"), deal("2026-01-05 2026-01-06 2026-01-07 2026-01-08")])
    assert (sales.contracts_to_date(found), sales.revenue_to_date(found)) == (2, 100_000)


def test_sales_of_other_years_and_later_days_do_not_count() -> None:
    found = won([sold("2025-12-31"), sold("2026-01-01"), sold("2026-06-30"), sold("2026-07-01")])
    assert [day for _, day in found.kept] == [date(2026, 1, 1), date(2026, 6, 30)]


def test_a_fiscal_year_from_july_has_its_own_sales() -> None:
    year = FiscalYear(date(2025, 7, 1))
    assert sales.contracts_to_date(won([sold("2025-06-30"), sold("2025-07-01"), sold("2026-06-30")], year=year)) == 2


def test_a_sale_without_a_value_is_a_contract_and_no_revenue() -> None:
    found = won([sold("2026-02-03", None), sold("2026-02-04", 30_000)])
    assert (sales.contracts_to_date(found), sales.revenue_to_date(found)) == (2, 30_000)


def test_a_cancelled_contract_leaves_with_its_value_from_its_closed_date_on() -> None:
    row = deal("- - - 2026-02-03", outcome=Outcome.CANCELLED, closed_on="2026-05-01")
    before, after = won([row], date(2026, 4, 30)), won([row], date(2026, 5, 1))
    assert (sales.contracts_to_date(before), sales.revenue_to_date(before), before.cancelled) == (1, 50_000, ())
    assert (sales.contracts_to_date(after), sales.revenue_to_date(after), after.cancelled) == (0, 0, (row,))


def test_lost_and_undated_are_no_contracts() -> None:
    rows = [
        deal("2026-01-05 - - -", outcome=Outcome.LOST, closed_on="2026-02-03"),
        deal("2026-01-05 - - -", outcome=Outcome.WON),
    ]
    assert sales.contracts_to_date(won(rows)) == 0


def test_the_target_asks_for_its_part_of_the_working_days() -> None:
    row = Assignment("Ann", "New business", annual_target=600_000, average_contract_value=50_000)
    periods = quota_periods([row], measured_multiplier((0,) * 4), 48, YEAR, CALENDAR)
    # 129 of 261 weekdays by 30 June 2026: 12 * 129 / 261 = 5.93 contracts, 600,000 * 129 / 261 = 296,552.
    assert sales.expected_contracts(periods, AS_OF, CALENDAR) == pytest.approx(12 * 129 / 261)
    assert sales.expected_revenue(periods, AS_OF, CALENDAR) == pytest.approx(600_000 * 129 / 261)


def test_a_part_year_asks_for_its_part_of_the_target() -> None:
    row = Assignment("Ann", "New business", date(2026, 7, 1), None, 600_000, average_contract_value=50_000)
    periods = quota_periods([row], measured_multiplier((0,) * 4), 48, YEAR, CALENDAR)
    assert sales.expected_revenue(periods, AS_OF, CALENDAR) == 0
    assert sales.expected_revenue(periods, YEAR.last_on, CALENDAR) == pytest.approx(600_000 * 132 / 261)


def test_a_count_target_expects_contracts_and_no_revenue() -> None:
    row = Assignment("Ann", "Partners", annual_target=6, target_is=TargetIs.COUNT)
    periods = quota_periods([row], measured_multiplier((0,) * 3), 48, YEAR, CALENDAR)
    assert sales.expected_contracts(periods, AS_OF, CALENDAR) == pytest.approx(6 * 129 / 261)
    assert sales.expected_revenue(periods, AS_OF, CALENDAR) is None


def test_the_path_of_revenue_has_one_point_a_day() -> None:
    rows = [sold("2026-02-03", 1, id_="a"), sold("2026-01-05", 2, id_="b"), sold("2026-02-03", 4, id_="c")]
    assert sales.revenue_path(won(rows)) == (PathPoint(date(2026, 1, 5), 2), PathPoint(date(2026, 2, 3), 7))
