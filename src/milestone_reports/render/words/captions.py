"""What stands beside a chart for those who cannot see it: its sentence, and the rows of its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import Pace, PathPoint, WeekBar
    from milestone_reports.scorecards.pages import Stamp, TeamTrack, TrackCard


@dataclass(frozen=True, slots=True)
class YearRow:
    """A day of the year: what was done by then, unless it is still to come, and what is needed."""

    on: date
    done: float | None
    needed: float


def year_rows(pace: Pace, stamp: Stamp) -> Sequence[YearRow]:
    """The milestones of a year, month by month."""
    return cumulative_rows(pace.done_path, pace.expected_path, stamp)


def revenue_rows(track: TeamTrack, stamp: Stamp) -> Sequence[YearRow]:
    """The revenue of a year, month by month."""
    return cumulative_rows(track.card.sales.revenue_path, track.revenue_expected_path, stamp)


def cumulative_rows(done: Sequence[PathPoint], expected: Sequence[PathPoint], stamp: Stamp) -> Sequence[YearRow]:
    """One row for each day of the expected path but its first; without one, for each month's end so far."""
    if expected:
        needed = [(point.on, point.done) for point in expected[1:]]
    else:
        needed = [(day, 0.0) for day in month_ends(stamp.fiscal_year_first_on, stamp.as_of)]
    return [YearRow(on, done_by(done, on) if on <= stamp.as_of else None, asked) for on, asked in needed]


def done_by(path: Sequence[PathPoint], day: date) -> float:
    """The height of a path of steps on a day."""
    return max((point.done for point in path if point.on <= day), default=0.0)


def month_ends(first_on: date, as_of: date) -> Sequence[date]:
    """The last day of each month from `first_on` on, and the as-of date for its own."""
    ends = []
    month = first_on
    while month <= as_of:
        month = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
        ends.append(min(month - timedelta(days=1), as_of))
    return ends


def no_week(stamp: Stamp) -> str:
    """What stands in place of a team's weeks while there is nothing to draw."""
    return f"No milestone has been done in {stamp.fiscal_year} yet."


def year_label(card: TrackCard, stamp: Stamp, formats: Formats) -> str:
    """The year against pace in one sentence."""
    pace = card.pace
    milestones = counted(pace.credited_to_date, "milestone")
    count = formats.count(pace.credited_to_date) if pace.credited_to_date else "no"
    done = f"{card.track}: {count} {milestones} done by {formats.day_long(stamp.as_of)}"
    if pace.gap is None or pace.milestones_this_year is None:
        return f"{done}."
    needed, total = formats.count(pace.expected_to_date), formats.count(pace.milestones_this_year)
    return f"{done}, {needed} needed by then and {total} by {formats.day_long(stamp.fiscal_year_last_on)}."


def weeks_label(bars: Sequence[WeekBar], target: float | None, formats: Formats) -> str:
    """Thirteen weeks in one sentence."""
    weeks = ", ".join(f"{formats.week(bar.week)} {formats.count(bar.done)}" for bar in bars)
    asked = f" Weekly target {formats.number(target)}." if target is not None else ""
    return f"Last thirteen weeks, milestones done: {weeks}.{asked}"


def weekly_label(track: TeamTrack, stamp: Stamp, formats: Formats) -> str:
    """A team's weeks in one sentence: the newest by milestone."""
    if not track.weekly:
        return f"{track.card.track}: no week of {stamp.fiscal_year} has ended."
    newest = track.weekly[-1]
    by = ", ".join(
        f"{name} {formats.count(count)}" for name, count in zip(track.card.milestones, newest.done, strict=True)
    )
    return f"{track.card.track}: milestones done each week of {stamp.fiscal_year}. {formats.week(newest.week)}: {by}."


def revenue_label(track: TeamTrack, stamp: Stamp, formats: Formats) -> str:
    """Revenue against target in one sentence."""
    sales = track.card.sales
    signed = (
        f"{track.card.track}: {formats.money_short(sales.revenue_to_date)} signed by {formats.day_long(stamp.as_of)}"
    )
    if sales.revenue_expected is None or sales.target_this_year is None:
        return f"{signed}."
    needed, target = formats.money_short(sales.revenue_expected), formats.money_short(sales.target_this_year)
    return f"{signed}, {needed} needed by then and {target} by {formats.day_long(stamp.fiscal_year_last_on)}."
