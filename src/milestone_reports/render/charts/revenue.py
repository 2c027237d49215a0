"""Revenue of the year against the path to the target."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from milestone_reports.render.charts.cumulative import RisingChart, RisingLines
from milestone_reports.render.charts.frame import ChartSize, ChartWords
from milestone_reports.render.charts.year import first_month
from milestone_reports.render.language import gettext
from milestone_reports.scorecards.figures import PathPoint
from milestone_reports.scorecards.pages import Stamp, TrackCard


def revenue_against_target(
    card: TrackCard, expected: Sequence[PathPoint], stamp: Stamp, size: ChartSize, words: ChartWords, label: str
) -> str:
    """The chart of one track's revenue; `expected` is empty where there is no target in money."""
    sales, total = card.sales, expected[-1].done if expected else 0
    needed = height_on(expected, stamp.as_of) if sales.revenue_expected is None else sales.revenue_expected
    lines = RisingLines(
        first_on=first_month(expected, stamp),
        last_on=stamp.fiscal_year_last_on,
        as_of=stamp.as_of,
        done=sales.revenue_path,
        expected=expected,
        needed_so_far=needed,
        done_says=(gettext("{value} won", value=words.money_short(sales.revenue_to_date)),),
        needed_says=(gettext("{n} needed", n=words.money_short(needed)), gettext("by now")),
        total_says=gettext("{value} target", value=words.money_short(total)),
        month=words.month,
    )
    return RisingChart(lines, size).svg(label, words.money_short, "", whole=False)


def height_on(path: Sequence[PathPoint], day: date) -> float:
    """The height of a path on a day, straight between its points, level before and after them; 0 of no path."""
    if not path:
        return 0.0
    after = bisect_right([point.on for point in path], day)
    if after == 0:
        return path[0].done
    if after == len(path):
        return path[-1].done
    before, then = path[after - 1], path[after]
    share = (day - before.on).days / (then.on - before.on).days
    return before.done + share * (then.done - before.done)
