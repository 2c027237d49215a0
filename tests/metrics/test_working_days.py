"""Working days: Monday to Friday less time off."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.domain.calendar import FiscalYear, TimeOff
from milestone_reports.metrics.working_days import WorkingDays, rep_calendar

YEAR = FiscalYear(date(2026, 1, 1))
# Monday 2 to Friday 6 March 2026; the end is the first day after.
WEEK_OFF = (date(2026, 3, 2), date(2026, 3, 7))


def test_weekends_are_no_working_days() -> None:
    # Friday 6 to Monday 9 March 2026, both included.
    assert WorkingDays().count(date(2026, 3, 6), date(2026, 3, 10)) == 2
    assert WorkingDays().count(date(2026, 3, 7), date(2026, 3, 9)) == 0


def test_the_weekdays_of_2026_are_those_of_the_method() -> None:
    assert WorkingDays().count(date(2026, 1, 1), date(2027, 1, 1)) == 261
    assert WorkingDays().count(date(2026, 7, 1), date(2027, 1, 1)) == 132


def test_an_empty_or_turned_range_has_none() -> None:
    assert WorkingDays().count(date(2026, 3, 6), date(2026, 3, 6)) == 0
    assert WorkingDays().count(date(2026, 3, 6), date(2026, 3, 1)) == 0


def test_time_off_is_for_one_rep_or_for_all() -> None:
    anns, everyones = TimeOff("Ann", *WEEK_OFF), TimeOff(None, date(2026, 12, 25), date(2026, 12, 26))
    time_off = [anns, everyones]
    # 261 less Christmas Day, a Friday; Ann's five days besides.
    assert rep_calendar("Bo", time_off).worked_days.count(YEAR.first_on, YEAR.end_on) == 260
    assert rep_calendar("Ann", time_off).worked_days.count(YEAR.first_on, YEAR.end_on) == 255


def test_days_off_that_overlap_or_fall_on_a_weekend_count_once_or_not_at_all() -> None:
    twice = [TimeOff("Ann", *WEEK_OFF), TimeOff(None, date(2026, 3, 6), date(2026, 3, 9))]
    assert rep_calendar("Ann", twice).worked_days.count(YEAR.first_on, YEAR.end_on) == 256


def test_only_time_off_that_says_so_reduces_the_days_of_the_quota() -> None:
    leave = TimeOff("Ann", *WEEK_OFF, "leave", reduces_quota=True)
    holiday = TimeOff("Ann", date(2026, 8, 3), date(2026, 8, 8))
    calendar = rep_calendar("Ann", [leave, holiday])
    counts = [days.count(YEAR.first_on, YEAR.end_on) for days in (calendar.weekdays, calendar.quota_days)]
    assert [*counts, calendar.worked_days.count(YEAR.first_on, YEAR.end_on)] == [261, 256, 251]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800), st.integers(0, 60), st.integers(0, 30))
def test_counting_is_looking_at_each_day(first_on: date, length: int, off_after: int, off_for: int) -> None:
    off_from = first_on + timedelta(days=off_after)
    calendar = rep_calendar("Ann", [TimeOff("Ann", off_from, off_from + timedelta(days=off_for))])
    days = [first_on + timedelta(days=n) for n in range(length)]
    worked = [day for day in days if day.weekday() < 5 and not off_from <= day < off_from + timedelta(days=off_for)]
    assert calendar.worked_days.count(first_on, first_on + timedelta(days=length)) == len(worked)
