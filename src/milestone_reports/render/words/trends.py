"""The words of figures week by week: what each is called, how it is written, and why one has no change to say.

Templates call these by name. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from milestone_reports.render.formats import whole_gap
from milestone_reports.render.language import gettext
from milestone_reports.scorecards.since import TrendName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.since import Trend, TrendWeek


def trend_name(name: TrendName) -> str:
    """What a figure is called."""
    return {
        "done": gettext("Done in the week"),
        "target": gettext("Weekly target"),
        "gap": gettext("Gap to the year’s pace"),
        "n_open": gettext("Open opportunities"),
        "open_value": gettext("Value open"),
        "contracts_to_date": gettext("Contracts this year"),
    }[name]


def trend_short(name: TrendName) -> str:
    """What a figure is called at the head of a narrow column."""
    return {
        "done": gettext("Done"),
        "target": gettext("Target"),
        "gap": gettext("Gap"),
        "n_open": gettext("Open"),
        "open_value": gettext("Value open"),
        "contracts_to_date": gettext("Contracts"),
    }[name]


def trend_value(trend: Trend, value: float, formats: Formats) -> str:
    """A value of it."""
    match trend.name:
        case "gap":
            return formats.signed(value)
        case "open_value":
            return formats.money_short(value)
        case "target":
            return formats.number(value)
        case _:
            return formats.count(value)


def trend_change(trend: Trend, formats: Formats) -> str:
    """What changed since last week, with its sign; empty where there is no change to say."""
    change = trend.change
    if change is None or trend.was is None or trend.now is None:
        return ""
    match trend.name:
        case "open_value":
            text = formats.money_short(change)
        case "target":
            text = formats.number(change)
        case "gap":  # of the whole gaps that stand beside it
            change = whole_gap(trend.now) - whole_gap(trend.was)
            text = formats.count(change)
        case _:
            text = formats.count(change)
    if not change or text == formats.count(0):
        return f"±{formats.count(0)}"
    return f"+{text}" if change > 0 else text


def no_change_says(trend: Trend) -> str:
    """Why there is no change to say; empty where there is one."""
    return {
        "": "",
        "no copy": gettext("no copy of last week"),
        "nothing then": gettext("no such figure last week"),
        "nothing now": gettext("no such figure this week"),
        "another year": gettext("last week was of another fiscal year"),
    }[trend.no_change]


def no_change_reasons(trends: Sequence[Trend]) -> Sequence[str]:
    """The reasons behind the dashes of some trends, each once."""
    return list(dict.fromkeys(filter(None, map(no_change_says, trends))))


def in_trend(trend: Trend, weeks: Sequence[TrendWeek], formats: Formats) -> str:
    """All its values as a sentence, for who cannot see the strip: `W45: 3, W46: no copy, W47: 4`."""
    return ", ".join(
        gettext("{week}: {value}", week=formats.week(week.week), value=_value_or_none(trend, value, week, formats))
        for week, value in zip(weeks, trend.values, strict=True)
    )


def _value_or_none(trend: Trend, value: float | None, week: TrendWeek, formats: Formats) -> str:
    if value is not None:
        return trend_value(trend, value, formats)
    return gettext("none") if week.has_copy else gettext("no copy")


def weeks_without_copy(weeks: Sequence[TrendWeek]) -> int:
    """How many of the thirteen have none."""
    return sum(not week.has_copy for week in weeks)


def gaps_say(weeks: Sequence[TrendWeek], formats: Formats) -> str:
    """How to read the strips, and that a week without a copy is left empty."""
    without = weeks_without_copy(weeks)
    if not without:
        return gettext("Each figure as the copy of its week said it, the newest last.")
    return gettext(
        "Each figure as the copy of its week said it, the newest last; {n} of {all} weeks have no copy and stay empty.",
        n=formats.count(without),
        all=formats.count(len(weeks)),
    )


def trends_by_rep(trends: Sequence[Trend], track: str) -> Sequence[Sequence[Trend]]:
    """The trends of each rep on a track, one rep after another, without the team's."""
    found: dict[str, list[Trend]] = {}
    for trend in trends:
        if trend.rep and trend.track == track:
            found.setdefault(trend.rep, []).append(trend)
    return list(found.values())


def team_trends(trends: Sequence[Trend], track: str) -> Sequence[Trend]:
    """The team's trends on a track."""
    return [trend for trend in trends if not trend.rep and trend.track == track]


def names_of_trends(trends: Sequence[Trend]) -> Sequence[TrendName]:
    """The figures that any of them is of, in the order of the page; the target stands beside what is done."""
    there = {trend.name for trend in trends}
    return [name for name in get_args(TrendName) if name in there and name != "target"]


def trend_named(trends: Sequence[Trend], name: TrendName) -> Trend | None:
    """The trend of that name, if there is one."""
    return next((trend for trend in trends if trend.name == name), None)


def ends_of(trends: Sequence[Trend], beside: Sequence[Trend]) -> tuple[float, float]:
    """The ends of one scale for strips of the same figure: nothing is on it, and the targets among `beside`."""
    values = [value for trend in trends for value in trend.values if value is not None]
    targets = [one.now for one in beside if one.name == "target" and one.now and trends and trends[0].name == "done"]
    return min([0.0, *values]), max([0.0, *values, *targets])


def shown_trends(trends: Sequence[Trend]) -> Sequence[Trend]:
    """All but the target, which stands beside what is done."""
    return [trend for trend in trends if trend.name != "target"]


def target_beside(trend: Trend, own: Sequence[Trend]) -> float | None:
    """This week's target where it is what was done; none of other figures."""
    target = trend_named(own, "target") if trend.name == "done" else None
    return target.now if target else None


def trend_title(trend: Trend, own: Sequence[Trend], formats: Formats) -> str:
    """What a figure is called, and the target of what was done."""
    target = target_beside(trend, own)
    if target is None:
        return trend_name(trend.name)
    return gettext("{figure}, line: target {target}", figure=trend_name(trend.name), target=formats.number(target))
