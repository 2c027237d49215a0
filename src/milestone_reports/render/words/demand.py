"""The sentences on demand: how many first milestones a month a target still takes, and by when.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import sentence
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


def firsts(track: TeamTrack) -> str:
    """`Qualification` as a thing that is counted: `first milestones (Qualification)`."""
    return f"first milestones ({track.demand.first_milestone})"


def _still_needed(track: TeamTrack, formats: Formats) -> str:
    demand = track.demand
    missing = demand.still_needed or 0.0
    text, noun = formats.number(missing), sale_noun(track.card.quota, track)
    is_one = text == formats.number(1)
    amount = formats.money_short(missing) if demand.in_money else f"{text} {noun if is_one else f'{noun}s'}"
    return f"{amount} of the year’s target {'is' if demand.in_money or is_one else 'are'} still missing"


def _says_covered(track: TeamTrack, formats: Formats) -> str:
    by = formats.day_long(track.demand.ends_on)
    return (
        f"The target to {by} is covered by what is signed and what the open opportunities are expected to bring: "
        "no more first milestones are needed for it."
    )


def _says_needed(track: TeamTrack, formats: Formats) -> str:
    demand, by = track.demand, formats.day_long(track.demand.ends_on)
    missing = f"{_still_needed(track, formats)} after what the open opportunities are expected to bring"
    even = f"{formats.number(demand.a_month or 0.0)} {firsts(track)} a month reach it by {by} half the time"
    if demand.a_month_for_80 is None:
        return f"{missing}. {sentence(even)} History is too short to say how many reach it eight times in ten."
    return f"{missing}. {even}, {formats.number(demand.a_month_for_80)} a month eight times in ten."


def _says_too_late(track: TeamTrack, formats: Formats) -> str:
    demand = track.demand
    since = f" after {formats.day_long(demand.last_useful_on)}" if demand.last_useful_on else ""
    return (
        f"{_still_needed(track, formats)} after what the open opportunities are expected to bring. New starts come "
        f"too late for it: of those{since} that become a sale, fewer than half are sold by "
        f"{formats.day_long(demand.ends_on)}."
    )


def _says_no_history(track: TeamTrack, formats: Formats) -> str:
    demand = track.demand
    if demand.steady_a_month is None:
        return "History is too short to say how many first milestones the year takes."
    by_when = "History is too short to say by when. " if len(track.card.milestones) > 1 else ""
    return (
        f"{by_when}By the multiplier alone, the target of a full year takes "
        f"{formats.number(demand.steady_a_month)} {firsts(track)} a month."
    )


def _says_no_target(_: TeamTrack, __: Formats) -> str:
    return "No target is set, so none is needed. With a target on the sheet Reps, this says how many a month it takes."


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
    recent = f"The last half year brought {formats.number(demand.recent_a_month)} a month"
    if demand.steady_a_month is None or demand.says == "no target":
        return f"{recent}."
    return f"{recent}; year in, year out the target takes {formats.number(demand.steady_a_month)}."


def demand_lead(demand: Demand, formats: Formats) -> str:
    """How long a sale takes from its first milestone, and the last days for this year; empty without history."""
    if demand.half_within_days is None or demand.most_within_days is None:
        return ""
    lead = (
        f"Of the first milestones that become a sale, half do so within {formats.count(demand.half_within_days)} days "
        f"and eight in ten within {formats.count(demand.most_within_days)}"
    )
    if demand.last_useful_on is None or demand.safe_on is None:
        return f"{lead}."
    days = _last_days(demand.safe_on, demand.last_useful_on, formats)
    return f"{lead}: to count by {formats.day_long(demand.ends_on)}, {days}."


def _last_days(safe_on: date, useful_on: date, formats: Formats) -> str:
    safe, useful = formats.day(safe_on), formats.day(useful_on)
    gone = [formats.as_of is not None and day <= formats.as_of for day in (safe_on, useful_on)]
    if gone[0] == gone[1]:
        return f"{safe} {'was' if gone[0] else 'is'} the safe day to start and {useful} the last useful one"
    return f"{safe} was the safe day to start, and {useful} is the last useful one"


@dataclass(frozen=True, slots=True)
class DemandFigure:
    """One number of the demand, with what it is."""

    says: str
    value: str
    note: str


def demand_figures(track: TeamTrack, formats: Formats) -> Sequence[DemandFigure]:
    """First milestones a month, each way to count them."""
    demand = track.demand
    figures = [
        ("Even chance", demand.a_month, "a month: reaches the target half the time"),
        ("80% chance", demand.a_month_for_80, "a month: reaches it eight times in ten"),
        ("Steady", demand.steady_a_month, "a month, year in, year out"),
        ("Lately", demand.recent_a_month, "a month in the last half year"),
    ]
    if demand.says == "covered":
        figures = figures[2:]
    return [
        DemandFigure(says.replace("80%", formats.fraction(0.8)), formats.number(value), note)
        for says, value, note in figures
        if value is not None
    ]
