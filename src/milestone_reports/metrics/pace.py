"""The year against pace: what was expected to date, what is still to come, and at what rate (method.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil
from typing import Literal

from milestone_reports.domain.calendar import FiscalYear, Week
from milestone_reports.metrics.periods import QuotaPeriod
from milestone_reports.metrics.quota import ROUNDING_SLACK
from milestone_reports.metrics.rates import Ratio
from milestone_reports.metrics.working_days import RepCalendar

SOON_WEEKS = 13
MOST_EXTRA = 2

Standing = Literal["ahead", "on pace", "behind", "nothing expected", "no quota"]


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A day and a cumulative count or sum."""

    on: date  #: the day
    done: float  #: the sum up to it, that day's included


def elapsed_share(period: QuotaPeriod, as_of: date, calendar: RepCalendar) -> Ratio:
    """The part of a period that has gone by.

    Formula: working days from the period's first to the as-of date, that day included, over all its working days.
    Shape: a ratio a period.
    Units: working days.
    Undefined: a period without a working day: nothing has gone by.
    Source: method.md §3.
    """
    until = min(as_of + timedelta(days=1), period.end_on)
    days = calendar.worked_days
    return Ratio(days.count(period.first_on, until), days.count(period.first_on, period.end_on))


def expected_to_date(periods: Sequence[QuotaPeriod], as_of: date, calendar: RepCalendar) -> float:
    """Milestones that the quota asks for up to the as-of date.

    Formula: the year's quota times working days elapsed (the as-of day included) over working days from Start to End
    inside the fiscal year; summed over a rep's periods.
    Shape: a number a rep and track; a team's is the sum of its reps'.
    Units: milestones.
    Undefined: no quota: none is expected.
    Source: method.md §3.
    """
    return sum(p.milestones_this_year * (elapsed_share(p, as_of, calendar).value or 0.0) for p in periods)


def attainment(credited: int, expected: float) -> Ratio:
    """What was done of what was expected to date.

    Formula: credited to date / expected to date.
    Shape: a ratio a rep and track; a team's is the sum of its reps' parts over the sum of their wholes.
    Units: a share; over 1 is ahead.
    Undefined: nothing expected yet: a dash.
    Source: method.md §3.
    """
    return Ratio(credited, expected)


def pace_standing(gap: float, expected: float, weekly_quota: float) -> Standing:
    """Pace in words: within one weekly quota of what was expected is on pace.

    Formula: |credited - expected| up to the weekly quota: on pace; above: ahead; below: behind.
    Shape: a word a rep and track.
    Units: none.
    Undefined: nothing expected yet, or no quota.
    Source: method.md §3.
    """
    if not expected:
        return "nothing expected"
    if abs(gap) <= weekly_quota + ROUNDING_SLACK:
        return "on pace"
    return "ahead" if gap > 0 else "behind"


def weeks_left(periods: Sequence[QuotaPeriod], as_of: date, calendar: RepCalendar) -> float:
    """Selling weeks that are left to the rep this fiscal year.

    Formula: selling weeks times working days left over working days in the year; for a part of the year, its share of
    the selling weeks times its working days left over its own. On pace the required run rate is then the weekly quota;
    the weeks that are not selling weeks are the reserve.
    Shape: a number a rep and track.
    Units: weeks.
    Undefined: no quota.
    Source: method.md §3.
    """
    return sum(p.selling_weeks * p.year_share * (1 - (elapsed_share(p, as_of, calendar).value or 0.0)) for p in periods)


def required_run_rate(milestones_this_year: float, credited: int, weeks: float) -> float | None:
    """Milestones a week from here on that would meet the year's quota.

    Formula: (the year's quota - credited) / weeks left; never below zero.
    Shape: a number a rep and track.
    Units: milestones a week.
    Undefined: no week left: a dash.
    Source: method.md §3.
    """
    return to_finish(milestones_this_year, credited) / weeks if weeks > ROUNDING_SLACK else None


def back_on_pace(
    credited: int, plans: Sequence[int], expected: Sequence[float], weekly_quota: float
) -> tuple[int, int] | None:
    """How many milestones a week over the plan bring a rep back on pace, and in which of the coming weeks.

    Formula: credited plus the plans and the extra of the weeks to come, against what will be expected by then; the
    fewest extra that bring the gap within one weekly quota inside thirteen weeks, else by the year's end.
    Shape: a whole number of milestones and a week, a rep and track.
    Units: milestones a week.
    Undefined: more than twice the plan would be needed: the required run rate says what the year takes.
    Source: method.md §3, §9.
    """
    most = max(MOST_EXTRA, ceil(weekly_quota))
    needed = [
        max(ceil((asked - weekly_quota - credited - done) / week - ROUNDING_SLACK), 0)
        for week, (asked, done) in enumerate(zip(expected, accumulate(plans), strict=True), start=1)
    ]
    for within in (needed[:SOON_WEEKS], needed):
        extra = min(within, default=most + 1)
        if extra <= most:
            return extra, within.index(extra)
    return None


def to_finish(milestones_this_year: float, credited: int) -> float:
    """Milestones still to come this fiscal year.

    Formula: the year's quota less credited to date; never below zero.
    Shape: a number a rep and track.
    Units: milestones.
    Undefined: no quota.
    Source: method.md §3.
    """
    return max(milestones_this_year - credited, 0.0)


def recent_run_rate(credited_on: Sequence[date], weeks: Sequence[Week]) -> float:
    """Milestones done a week over the last thirteen weeks, or since the rep's start where that is less.

    Formula: credited in those weeks over their number, the running week included.
    Shape: a number a rep and track; a team's is the sum of its reps'.
    Units: milestones a week.
    Undefined: not started yet: none.
    Source: method.md §4.
    """
    if not weeks:
        return 0.0
    return sum(weeks[0].first_on <= day < weeks[-1].end_on for day in credited_on) / len(weeks)


def done_path(credited_on: Sequence[date], year: FiscalYear) -> tuple[PathPoint, ...]:
    """The year's credited milestones day by day, cumulative: one point for each day that brought any."""
    inside = sorted(day for day in credited_on if year.holds(day))
    points = {day: count for count, day in enumerate(inside, start=1)}
    return tuple(PathPoint(day, done) for day, done in points.items())


def path_days(first_on: date, as_of: date, end_on: date) -> tuple[date, ...]:
    """The days at which an expected path is drawn: its first, each month's last, the as-of date, its last."""
    days = {first_on, min(max(as_of, first_on), end_on - timedelta(days=1)), end_on - timedelta(days=1)}
    month = first_on.replace(day=1)
    while (month := (month + timedelta(days=32)).replace(day=1)) < end_on:
        days.add(month - timedelta(days=1))
    return tuple(sorted(days))
