"""The sentences on demand: how many first milestones a month a target still takes, and by when.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.teams import sale_noun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Demand
    from milestone_reports.scorecards.pages import TeamTrack


def demand_says(track: TeamTrack, formats: Formats) -> str:
    """How many first milestones a month the year’s target still takes, in a sentence or two."""
    return DEMAND_WORDS[track.demand.says](track, formats)


def _still_needed(track: TeamTrack, formats: Formats) -> str:
    missing = track.demand.still_needed or 0.0
    if track.demand.in_money:
        return gettext(
            "{money} of the year’s target is still missing after what the open opportunities are expected to bring.",
            money=formats.money_short(missing),
        )
    text = formats.number(missing)
    count = 1 if text == formats.number(1) else 2
    if sale_noun(track.card.quota, track) == "sale":
        return ngettext(
            "{n} sale of the year’s target is still missing after what the open opportunities are expected to bring.",
            "{n} sales of the year’s target are still missing after what the open opportunities are expected to bring.",
            count,
            n=text,
        )
    return ngettext(
        "{n} contract of the year’s target is still missing after what the open opportunities are expected to bring.",
        "{n} contracts of the year’s target are still missing after what the open opportunities are expected to bring.",
        count,
        n=text,
    )


def _says_covered(track: TeamTrack, formats: Formats) -> str:
    return gettext(
        "The target to {day} is covered by what is signed and what the open opportunities are expected to bring: "
        "no more first milestones are needed for it.",
        day=formats.day_long(track.demand.ends_on),
    )


def _says_needed(track: TeamTrack, formats: Formats) -> str:
    demand, missing = track.demand, _still_needed(track, formats)
    n, by = formats.number(demand.a_month or 0.0), formats.day_long(demand.ends_on)
    if demand.a_month_for_80 is None:
        even = gettext(
            "{n} first milestones ({milestone}) a month reach it by {day} half the time. "
            "History is too short to say how many reach it eight times in ten.",
            n=n,
            milestone=demand.first_milestone,
            day=by,
        )
        return f"{missing} {even}"
    both = gettext(
        "{n} first milestones ({milestone}) a month reach it by {day} half the time, "
        "{more} a month eight times in ten.",
        n=n,
        milestone=demand.first_milestone,
        day=by,
        more=formats.number(demand.a_month_for_80),
    )
    return f"{missing} {both}"


def _says_too_late(track: TeamTrack, formats: Formats) -> str:
    demand, by = track.demand, formats.day_long(track.demand.ends_on)
    if demand.last_useful_on:
        late = gettext(
            "New starts come too late for it: of those after {day} that become a sale, fewer than half are sold by "
            "{end}.",
            day=formats.day_long(demand.last_useful_on),
            end=by,
        )
    else:
        late = gettext(
            "New starts come too late for it: of those that become a sale, fewer than half are sold by {end}.", end=by
        )
    return f"{_still_needed(track, formats)} {late}"


def _says_no_history(track: TeamTrack, formats: Formats) -> str:
    demand = track.demand
    if demand.steady_a_month is None:
        return gettext("History is too short to say how many first milestones the year takes.")
    by_when = gettext("History is too short to say by when.") if len(track.card.milestones) > 1 else ""
    alone = gettext(
        "By the multiplier alone, the target of a full year takes {n} first milestones ({milestone}) a month.",
        n=formats.number(demand.steady_a_month),
        milestone=demand.first_milestone,
    )
    return " ".join(filter(None, (by_when, alone)))


def _says_no_target(_: TeamTrack, __: Formats) -> str:
    return gettext(
        "No target is set, so none is needed. With a target on the sheet Reps, this says how many a month it takes."
    )


DEMAND_WORDS: Mapping[str, Callable[[TeamTrack, Formats], str]] = {
    "covered": _says_covered,
    "needed": _says_needed,
    "too late": _says_too_late,
    "no history": _says_no_history,
    "no target": _says_no_target,
}


def demand_pace(track: TeamTrack, formats: Formats) -> str:
    """What started lately, beside what a steady year takes."""
    demand = track.demand
    recent = formats.number(demand.recent_a_month)
    if demand.steady_a_month is None or demand.says == "no target":
        return gettext("The last half year brought {n} a month.", n=recent)
    return gettext(
        "The last half year brought {n} a month; year in, year out the target takes {steady}.",
        n=recent,
        steady=formats.number(demand.steady_a_month),
    )


def demand_lead(demand: Demand, formats: Formats) -> str:
    """How long a sale takes from its first milestone, and the last days for this year; empty without history."""
    if demand.half_within_days is None or demand.most_within_days is None:
        return ""
    half, most = formats.count(demand.half_within_days), formats.count(demand.most_within_days)
    if demand.last_useful_on is None or demand.safe_on is None:
        return gettext(
            "Of the first milestones that become a sale, half do so within {half} days and eight in ten within {most}.",
            half=half,
            most=most,
        )
    return gettext(
        "Of the first milestones that become a sale, half do so within {half} days and eight in ten within {most}: "
        "to count by {day}, {last_days}.",
        half=half,
        most=most,
        day=formats.day_long(demand.ends_on),
        last_days=_last_days(demand.safe_on, demand.last_useful_on, formats),
    )


def _last_days(safe_on: date, useful_on: date, formats: Formats) -> str:
    safe, useful = formats.day(safe_on), formats.day(useful_on)
    gone = [formats.as_of is not None and day <= formats.as_of for day in (safe_on, useful_on)]
    if all(gone):
        return gettext("{safe} was the safe day to start and {useful} the last useful one", safe=safe, useful=useful)
    if any(gone):
        return gettext(
            "{safe} was the safe day to start, and {useful} is the last useful one", safe=safe, useful=useful
        )
    return gettext("{safe} is the safe day to start and {useful} the last useful one", safe=safe, useful=useful)


@dataclass(frozen=True, slots=True)
class DemandFigure:
    """One number of the demand, with what it is."""

    says: str
    value: str
    note: str
    figure: str
    """As the Definitions page names it; empty for one that is no figure of its own."""


def demand_figures(track: TeamTrack, formats: Formats) -> Sequence[DemandFigure]:
    """First milestones a month, each way to count them."""
    demand = track.demand
    steady = "First milestones, assumed" if demand.half_within_days is None else "First milestones, steady"
    figures = [
        (
            gettext("Even chance"),
            demand.a_month,
            gettext("a month: reaches the target half the time"),
            "First milestones needed, even",
        ),
        (
            gettext("{share} chance", share=formats.fraction(0.8)),
            demand.a_month_for_80,
            gettext("a month: reaches it eight times in ten"),
            "First milestones needed, 80 %",
        ),
        (gettext("Steady"), demand.steady_a_month, gettext("a month, year in, year out"), steady),
        (gettext("Lately"), demand.recent_a_month, gettext("a month in the last half year"), ""),
    ]
    if demand.says == "covered":
        figures = figures[2:]
    return [
        DemandFigure(says, formats.number(value), note, figure)
        for says, value, note, figure in figures
        if value is not None
    ]
