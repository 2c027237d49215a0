"""The sentences of the team's page and the front page. Templates call these by name.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.cards import against_pace
from milestone_reports.render.words.grammar import count_of, counted, in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import OpenOpportunity, Pace, Quota, Sales, WeekFigures
    from milestone_reports.scorecards.pages import NextWeekRow, RepRow, TeamRollup, TeamTrack, TrackDefinition


def team_deck(rollup: TeamRollup, formats: Formats) -> str:
    """The sentences under the team's headline: the week, then each track's contracts."""
    if rollup.stamp.nothing_recorded:
        return nothing_recorded(rollup, formats)
    several = len(rollup.tracks) > 1
    places = [(track, f"On {track.card.track}" if several else "For the year") for track in rollup.tracks]
    return " ".join(
        [*week_deck(rollup.this_week, formats), *(track_deck(track, where, formats) for track, where in places)]
    )


def nothing_recorded(rollup: TeamRollup, formats: Formats) -> str:
    """What there is before the first milestone is dated, and how to begin."""
    verb = counted(rollup.n_open, "is", "are")
    n_open = f"{count_of(rollup.n_open, 'opportunity', formats, 'opportunities')} {verb} open"
    planned = rollup.this_week.planned + rollup.next_week.planned
    plan = f", with {count_of(planned, 'milestone', formats)} planned for this week and next" if planned else ""
    return (
        f"{sentence(n_open + plan)} No milestone has a completion date: type the day it was completed into the "
        "milestone’s column on the sheet Opportunities, and the next report counts it."
    )


def week_deck(week: WeekFigures, formats: Formats) -> list[str]:
    """The team's week: what was done in it, then what became of its plan. Done and claimed add up to the second."""
    target = f"; the target is {formats.number(week.target)}" if week.target is not None else ""
    if not (week.done or week.claimed or week.planned):
        return [f"Nothing was planned or completed this week{target}."]
    done = f"{count_of(week.done, 'milestone', formats)} {counted(week.done, 'was', 'were')} done this week"
    more = f"{'' if not week.done else ' more'}"
    claimed = f", {in_words(week.claimed, formats)}{more} completed but not credited" if week.claimed else ""
    return [sentence(f"{done}{claimed}{target}"), plan_deck(week, formats)]


def plan_deck(week: WeekFigures, formats: Formats) -> str:
    """`Of 18 planned, 13 are completed, two of them ahead of the week; seven were not on the plan.`."""
    if not week.planned:
        return "Nothing was planned."
    completed, beyond = week.completed_of_planned, week.beyond_plan
    says = f"of {in_words(week.planned, formats)} planned, {in_words(completed, formats)}"
    says += f" {counted(completed, 'is', 'are')} completed"
    if week.completed_early:
        says += f", {in_words(week.completed_early, formats)} of them ahead of the week"
    if beyond:
        says += f"; {in_words(beyond, formats)} {counted(beyond, 'was', 'were')} not on the plan"
    return sentence(says)


def track_deck(track: TeamTrack, where: str, formats: Formats) -> str:
    """One track's contracts of the year, against those that were due."""
    sales, noun = track.card.sales, sale_noun(track.card.quota, track)
    signed = f"{formats.count(sales.contracts_to_date)} {counted(sales.contracts_to_date, noun)}"
    verb = counted(sales.contracts_to_date, "is signed", "are signed")
    due = f" where {formats.count(sales.contracts_expected)} were due" if sales.contracts_expected else ""
    return f"{where}, {signed} {verb}{due}."


def sale_noun(quota: Quota | None, track: TeamTrack) -> str:
    """`contract`, or `sale` where the target counts sales."""
    by_count = quota.target_is == "count" if quota else track.card.sales.target_this_year is None
    return "sale" if by_count else "contract"


def in_money(sales: Sales) -> bool:
    """Whether a track has to do with money: a target in it, or revenue without one."""
    return sales.target_this_year is not None or bool(sales.revenue_to_date)


def revenue_note(sales: Sales, formats: Formats) -> str:
    """What is not in the revenue: contracts without a value, and those cancelled since."""
    parts, noun = [], "contract" if sales.target_this_year is not None else "sale"
    if sales.without_value:
        count = len(sales.without_value)
        parts.append(
            f"{count_of(count, noun, formats)} {counted(count, 'has', 'have')} no value and "
            f"{counted(count, 'is', 'are')} not in the revenue: {', '.join(sales.without_value)}"
        )
    if sales.cancelled:
        value = f", {formats.money(sales.cancelled_value)}" if sales.cancelled_value else ""
        parts.append(f"{in_words(sales.cancelled, formats)} cancelled after signature{value}: already taken off")
    return " ".join(sentence(part) for part in parts)


def week_note(week: WeekFigures, formats: Formats) -> str:
    """`and 2 not credited; 13 of 18 planned, 2 of them early; 7 not planned; target 17`."""
    early = f", {formats.count(week.completed_early)} of them early" if week.completed_early else ""
    parts = [
        f"and {formats.count(week.claimed)} not credited" if week.claimed else "",
        f"{formats.count(week.completed_of_planned)} of {formats.count(week.planned)} planned{early}"
        if week.planned
        else "nothing planned",
        f"{formats.count(week.beyond_plan)} not planned" if week.beyond_plan else "",
        f"target {formats.number(week.target)}" if week.target is not None else "",
    ]
    return "; ".join(filter(None, parts))


def year_note(pace: Pace, formats: Formats) -> str:
    """`648 needed by now; 21 behind`, and what is claimed; where some have no quota, whose count that is."""
    claimed = f"{formats.count(pace.claimed_to_date)} more not credited" if pace.claimed_to_date else ""
    if pace.gap is None:
        return claimed or "no quota is set"
    without = ""
    if pace.credited_without_quota:
        measured = formats.count(pace.credited_to_date - pace.credited_without_quota)
        without = f"{measured} by reps with a quota, {formats.count(pace.credited_without_quota)} by others"
    needed = f"{formats.count(pace.expected_to_date)} needed by now"
    return "; ".join(filter(None, (without, needed, against_pace(pace, formats), claimed)))


def sales_note(sales: Sales, formats: Formats) -> str:
    """`82 needed by now; 93 in the year`."""
    parts = []
    if sales.contracts_expected is not None and sales.contracts_this_year is not None:
        parts.append(f"{formats.count(sales.contracts_expected)} needed by now")
        parts.append(f"{formats.count(sales.contracts_this_year)} in the year")
    if sales.contracts_without_quota and sales.contracts_expected is not None:
        parts.append(f"{formats.count(sales.contracts_without_quota)} by reps without a quota")
    if sales.cancelled:
        parts.append(f"{formats.count(sales.cancelled)} cancelled")
    return "; ".join(parts) or "no target is set"


def revenue_target(sales: Sales, formats: Formats) -> str:
    """`$4.30m needed by now; target $4.88m`."""
    if sales.revenue_expected is None or sales.target_this_year is None:
        return "no target in money"
    needed, target = formats.money_short(sales.revenue_expected), formats.money_short(sales.target_this_year)
    return f"{needed} needed by now; target {target}"


def open_note(rollup: TeamRollup, formats: Formats) -> str:
    """`$7.70m together; 12 overdue`."""
    value = f"{formats.money_short(rollup.open_value)} together; " if rollup.open_value else ""
    return f"{value}{formats.count(len(rollup.overdue)) if rollup.overdue else 'none'} overdue"


def reps_aside(track: TeamTrack, formats: Formats) -> str:
    """How many there are, and their order."""
    judged = track.card.pace.gap is not None and track.card.pace.credited_to_date > 0
    order = ", furthest behind pace last" if judged and track.n_reps > 1 else ""
    return f"{formats.count(track.n_reps)} {counted(track.n_reps, 'rep')}{order}"


MOST_NAMED = 12
FOLDED_FROM = 40
"""Reps; where there are more, those with nothing this year are named in a list of their own."""


def has_done_anything(row: RepRow) -> bool:
    """Whether anything of this fiscal year, or of the week's plan, stands under the rep."""
    return bool(row.credited_to_date or row.n_claimed or row.contracts_to_date or row.revenue_to_date or row.planned)


def reps_shown(track: TeamTrack) -> Sequence[RepRow]:
    """The rows of the reps' table: of a large team, those who did anything this year."""
    return track.reps if len(track.reps) <= FOLDED_FROM else list(filter(has_done_anything, track.reps))


def reps_folded(track: TeamTrack) -> Sequence[RepRow]:
    """The others, by name."""
    shown = {row.slug for row in reps_shown(track)}
    return sorted((row for row in track.reps if row.slug not in shown), key=lambda row: row.rep)


def folded_says(track: TeamTrack, formats: Formats) -> str:
    """`and 1,140 with nothing this year`."""
    return f"and {formats.count(len(reps_folded(track)))} with nothing this year"


def most_units(rows: Sequence[RepRow]) -> float:
    """The longest row of squares that a table of this week has to hold."""
    lengths = (max(row.done + max(row.planned - row.completed_of_planned, 0), row.target or 0.0) for row in rows)
    return max([1.0, *lengths])


def reps_key(track: TeamTrack, with_marks: bool) -> str:  # noqa: FBT001  called from a template
    """How to read the reps' table."""
    asked = track.card.pace.gap is not None
    parts = []
    if with_marks:
        ticks = ("; tick: weekly target", ", tick pace") if asked else ("", "")
        parts = [f"Squares: filled done, hollow planned and not done{ticks[0]}. Year: bar done{ticks[1]}."]
        parts += ["Thirteen weeks: the line is the rep’s own weekly target."] if asked else []
    parts += ["Gap: milestones against the year’s pace."] if asked else []
    first = track.card.milestones[0]
    return " ".join([*parts, f"To sale: of the decided that reached {first}, the share won so far."])


def milestones_aside(track: TrackDefinition, formats: Formats) -> str:
    """`4 milestones; the last is the sale`."""
    count = len(track.milestones)
    return f"{formats.count(count)} {counted(count, 'milestone')}; {'it' if count == 1 else 'the last'} is the sale"


def planning_rows(track: TeamTrack) -> Sequence[NextWeekRow]:
    """The reps with a plan for next week, or something carried into it."""
    return [row for row in track.next_week if row.n_planned or row.carried_over]


def planning_rest(track: TeamTrack, formats: Formats) -> str:
    """How many have nothing planned; empty where everyone has."""
    others = [row.rep for row in track.next_week if not (row.n_planned or row.carried_over)]
    if len(others) > MOST_NAMED:
        return f"{formats.count(len(others))} others have nothing planned."
    return f"Nothing planned: {', '.join(others)}." if others else ""


def weekly_note(track: TeamTrack, formats: Formats) -> str:
    """What the weeks come to, beside the target."""
    recent = f"The last thirteen weeks brought {formats.number(track.card.pace.last_13_weeks_a_week)} milestones a week"
    target = f"; the target is {formats.number(track.weekly_target)}" if track.weekly_target is not None else ""
    return f"{recent}{target}."


def revenue_says(track: TeamTrack, rollup: TeamRollup, formats: Formats) -> str:
    """Revenue of the year against its target, and against the team's own where the workbook has one."""
    sales = track.card.sales
    says = [f"{formats.money_short(sales.revenue_to_date)} is signed"]
    if sales.revenue_expected is not None:
        says[0] += f" where {formats.money_short(sales.revenue_expected)} was due"
    if sales.target_this_year is not None:
        says.append(f"the reps’ targets of this year come to {formats.money_short(sales.target_this_year)}")
    if rollup.team_annual_target is not None and len(rollup.tracks) == 1:
        says.append(f"the team’s own target is {formats.money_short(rollup.team_annual_target)}")
    return " ".join([*(sentence(part) for part in says), revenue_note(sales, formats)]).strip()


def overdue_aside(rollup: TeamRollup, formats: Formats) -> str:
    """`12 of 147 open, $1.20m`."""
    value = sum(opportunity.value or 0.0 for opportunity in rollup.overdue)
    money = f", {formats.money_short(value)}" if value else ""
    return f"{formats.count(len(rollup.overdue))} of {formats.count(rollup.n_open)} open{money}"


def overdue_rest(rollup: TeamRollup, n_shown: int, formats: Formats) -> str:
    """What the list leaves out, and where it is."""
    return rest_says(rollup.overdue[n_shown:], formats) + ". Each rep’s card lists its own."


def rest_says(others: Sequence[OpenOpportunity], formats: Formats) -> str:
    """`and 17 more, $827,500`."""
    value = sum(opportunity.value or 0.0 for opportunity in others)
    money = f", {formats.money(value)}" if value else ""
    return f"and {formats.count(len(others))} more{money}"


def front_headline(rollups: Sequence[TeamRollup], formats: Formats) -> str:
    """How many of the teams are behind pace on a track."""
    every = [[track.card.pace.standing for track in rollup.tracks] for rollup in rollups]
    measured = sum(bool({"ahead", "on pace", "behind"} & set(standings)) for standings in every)
    behind = sum("behind" in standings for standings in every)
    if not measured:
        return "No team has a quota to hold its year against"
    if not behind:
        return "No team is behind pace"
    if behind == len(rollups):
        return f"{'Both' if behind == 2 else 'All ' + in_words(behind, formats)} teams are behind pace"  # noqa: PLR2004  both
    says = f"{in_words(behind, formats)} of {in_words(len(rollups), formats)} teams"
    return sentence(f"{says} {counted(behind, 'is', 'are')} behind pace").removesuffix(".")


def done_in_last_week(track: TeamTrack) -> int:
    """What the track's newest week brought."""
    return sum(track.weekly[-1].done) if track.weekly else 0
