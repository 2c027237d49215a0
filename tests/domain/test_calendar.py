"""Weeks, fiscal years and the ranges they make."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.domain.calendar import FiscalYear, Week, WeekStart

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_a_week_begins_on_monday_unless_said_otherwise() -> None:
    # 22 November 2026 is a Sunday.
    assert Week.holding(date(2026, 11, 22)).first_on == date(2026, 11, 16)
    assert Week.holding(date(2026, 11, 22), WeekStart.SUNDAY).first_on == date(2026, 11, 22)
    assert Week.holding(date(2026, 11, 21), WeekStart.SUNDAY).first_on == date(2026, 11, 15)


def test_a_sunday_week_is_named_by_the_iso_week_of_its_middle() -> None:
    # Sunday 15 to Saturday 21 November 2026; Wednesday the 18th is in ISO week 47.
    assert Week(date(2026, 11, 15)).name == "2026-W47"
    assert Week(date(2026, 11, 16)).name == "2026-W47"


def test_a_week_over_new_year_belongs_to_the_iso_year_of_its_thursday() -> None:
    # Monday 29 December 2025: its Thursday is 1 January 2026.
    assert Week(date(2025, 12, 29)).name == "2026-W01"
    # 2026 has 53 ISO weeks: Thursday 31 December 2026 is in the last.
    assert Week(date(2026, 12, 28)).name == "2026-W53"


def test_a_week_holds_its_seven_days_and_no_other() -> None:
    week = Week(date(2026, 11, 16))
    held = [day for n in range(-3, 12) if week.holds(day := week.first_on + timedelta(days=n))]
    assert held == [week.first_on + timedelta(days=n) for n in range(7)]
    assert not week.holds(None)
    assert (week.last_on, week.end_on) == (date(2026, 11, 22), date(2026, 11, 23))


@given(day=DAYS, start=st.sampled_from(WeekStart))
def test_every_day_is_in_the_week_that_holds_it(day: date, start: WeekStart) -> None:
    week = Week.holding(day, start)
    assert week.holds(day)
    assert week.plus(1).first_on == week.end_on
    assert week.plus(3).plus(-3) == week


@given(day=DAYS, month=st.integers(1, 12))
def test_every_day_is_in_the_fiscal_year_that_holds_it(day: date, month: int) -> None:
    year = FiscalYear.holding(day, month)
    assert year.holds(day)
    assert year.first_on.month == month
    assert not year.holds(year.end_on)


@pytest.mark.parametrize(
    ("day", "first_on", "last_on", "name"),
    [
        (date(2026, 6, 30), date(2025, 7, 1), date(2026, 6, 30), "2025/26"),
        (date(2026, 7, 1), date(2026, 7, 1), date(2027, 6, 30), "2026/27"),
        (date(2099, 12, 1), date(2099, 7, 1), date(2100, 6, 30), "2099/00"),
    ],
)
def test_a_fiscal_year_that_starts_in_july_runs_over_new_year(
    day: date, first_on: date, last_on: date, name: str
) -> None:
    year = FiscalYear.holding(day, 7)
    assert (year.first_on, year.last_on, year.name) == (first_on, last_on, name)


def test_a_fiscal_year_that_starts_in_january_is_the_calendar_year() -> None:
    year = FiscalYear.holding(date(2026, 2, 3))
    assert (year.first_on, year.last_on, year.name) == (date(2026, 1, 1), date(2026, 12, 31), "2026")


def test_week_one_holds_the_years_first_day() -> None:
    # 1 January 2026 is a Thursday: its week begins on 29 December 2025.
    year = FiscalYear(date(2026, 1, 1))
    assert year.week_number(Week(date(2025, 12, 29))) == 1
    assert year.week_number(Week(date(2026, 1, 5))) == 2
    assert year.week_number(Week(date(2026, 12, 21))) == 52


def test_a_year_that_begins_on_a_monday_counts_from_that_day() -> None:
    year = FiscalYear(date(2024, 1, 1))
    assert year.week_number(Week(date(2024, 1, 1))) == 1
    assert year.week_number(Week(date(2024, 1, 8))) == 2
