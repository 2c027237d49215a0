"""The year against pace: milestones credited so far, and the path that the quota asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from milestone_reports.render.charts.cumulative import RisingChart, RisingLines
from milestone_reports.render.charts.frame import ChartSize, ChartWords
from milestone_reports.render.language import gettext, ngettext
from milestone_reports.scorecards.figures import Pace, PathPoint
from milestone_reports.scorecards.pages import Stamp, TrackCard


def year_against_pace(card: TrackCard, stamp: Stamp, size: ChartSize, words: ChartWords, label: str) -> str:
    """The chart of one track's fiscal year, for a rep who started in it from that month on."""
    pace = card.pace
    total = pace.expected_path[-1].done if pace.expected_path else 0
    lines = RisingLines(
        first_on=first_month(pace.expected_path, stamp),
        last_on=stamp.fiscal_year_last_on,
        as_of=stamp.as_of,
        done=pace.done_path,
        expected=pace.expected_path,
        needed_so_far=pace.expected_to_date,
        done_says=_done_says(pace, words),
        needed_says=(gettext("{n} needed", n=words.count(pace.expected_to_date)), gettext("by now")),
        total_says=words.count(total),
        month=words.month,
    )
    highest_gridline = 1 if lines.highest < 2 else 2  # noqa: PLR2004  at one, or above
    unit = ngettext("milestone", "milestones", highest_gridline)
    return RisingChart(lines, size).svg(label, words.count, unit, whole=True)


def first_month(expected: Sequence[PathPoint], stamp: Stamp) -> date:
    """The first day of the axis: the fiscal year's, or that of the month in which the expected path begins."""
    if not expected:
        return stamp.fiscal_year_first_on
    begins_on = min(expected[0].on, stamp.as_of).replace(day=1)
    return max(begins_on, stamp.fiscal_year_first_on)


def _done_says(pace: Pace, words: ChartWords) -> Sequence[str]:
    """`83 done`, and how that stands to the pace where there is one."""
    done = gettext("{n} done", n=words.count(pace.credited_to_date))
    if pace.standing == "on pace":
        return done, gettext("on pace")
    if pace.standing in {"ahead", "behind"} and pace.gap is not None:
        gap = words.gap_size(pace.gap, pace.milestones_a_week or 0.0)
        return done, gettext("{gap} ahead", gap=gap) if pace.standing == "ahead" else gettext("{gap} behind", gap=gap)
    return (done,)
