"""What stands beside a chart for those who cannot see it: its sentence, and the rows of its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext

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
    return gettext("No milestone has been done in {year} yet.", year=stamp.fiscal_year)


def year_label(card: TrackCard, stamp: Stamp, formats: Formats) -> str:
    """The year against pace in one sentence."""
    pace = card.pace
    done = done_by_now(card, stamp, formats)
    if pace.gap is None or pace.milestones_this_year is None:
        return f"{done}."
    return gettext(
        "{done}, {needed} needed by then and {total} by {day}.",
        done=done,
        needed=formats.count(pace.expected_to_date),
        total=formats.count(pace.milestones_this_year),
        day=formats.day_long(stamp.fiscal_year_last_on),
    )


def done_by_now(card: TrackCard, stamp: Stamp, formats: Formats) -> str:
    """`New business: 83 milestones done by 22 November`."""
    count, day = card.pace.credited_to_date, formats.day_long(stamp.as_of)
    if not count:
        return gettext("{track}: no milestones done by {day}", track=card.track, day=day)
    return ngettext(
        "{track}: {n} milestone done by {day}",
        "{track}: {n} milestones done by {day}",
        count,
        track=card.track,
        n=formats.count(count),
        day=day,
    )


def weeks_label(bars: Sequence[WeekBar], target: float | None, formats: Formats) -> str:
    """Thirteen weeks in one sentence."""
    weeks = ", ".join(f"{formats.week(bar.week)} {formats.count(bar.done)}" for bar in bars)
    says = gettext("Last thirteen weeks, milestones done: {weeks}.", weeks=weeks)
    return _with_weekly_target(says, target, formats)


def _with_weekly_target(says: str, target: float | None, formats: Formats) -> str:
    if target is None:
        return says
    weekly = gettext("Weekly target {n}.", n=formats.number(target))
    return f"{says} {weekly}"


def weekly_label(track: TeamTrack, stamp: Stamp, formats: Formats) -> str:
    """A team's weeks: the newest by milestone, and its target."""
    if not track.weekly:
        return gettext("{track}: no week of {year} has ended.", track=track.card.track, year=stamp.fiscal_year)
    newest = track.weekly[-1]
    counts = zip(track.card.milestones, newest.done, strict=True)
    says = gettext(
        "{track}: milestones done each week of {year}. {week}: {milestones}.",
        track=track.card.track,
        year=stamp.fiscal_year,
        week=formats.week(newest.week),
        milestones=", ".join(f"{name} {formats.count(count)}" for name, count in counts),
    )
    return _with_weekly_target(says, newest.target, formats)


def revenue_label(track: TeamTrack, stamp: Stamp, formats: Formats) -> str:
    """Revenue against target in one sentence."""
    sales = track.card.sales
    signed = gettext(
        "{track}: {value} signed by {day}",
        track=track.card.track,
        value=formats.money_short(sales.revenue_to_date),
        day=formats.day_long(stamp.as_of),
    )
    if sales.revenue_expected is None or sales.target_this_year is None:
        return f"{signed}."
    return gettext(
        "{signed}, {needed} needed by then and {total} by {day}.",
        signed=signed,
        needed=formats.money_short(sales.revenue_expected),
        total=formats.money_short(sales.target_this_year),
        day=formats.day_long(stamp.fiscal_year_last_on),
    )
