"""The sentences of the team's page and the front page. Templates call these by name.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.cards import against_pace
from milestone_reports.render.words.coaching import sale_word
from milestone_reports.render.words.grammar import in_words, sentence
from milestone_reports.render.words.team_week import week_deck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.render.words.coaching import SaleWord
    from milestone_reports.scorecards.figures import OpenOpportunity, Pace, Quota, Sales
    from milestone_reports.scorecards.pages import NextWeekRow, RepRow, TeamRollup, TeamTrack, TrackDefinition


def team_deck(rollup: TeamRollup, formats: Formats) -> str:
    """The sentences under the team's headline: the week, then each track's contracts."""
    if rollup.stamp.nothing_recorded:
        return nothing_recorded(rollup, formats)
    several = len(rollup.tracks) > 1
    tracks = (track_deck(track, formats, of_several=several) for track in rollup.tracks)
    return " ".join([*week_deck(rollup.this_week, formats), *tracks])


def nothing_recorded(rollup: TeamRollup, formats: Formats) -> str:
    """What there is before the first milestone is dated, and how to begin."""
    says = (
        ngettext(
            "one opportunity is open", "{n} opportunities are open", rollup.n_open, n=in_words(rollup.n_open, formats)
        )
        if rollup.n_open
        else gettext("no opportunities are open")
    )
    planned = rollup.this_week.planned + rollup.next_week.planned
    if planned:
        says = ngettext(
            "{says}, with one milestone planned for this week and next",
            "{says}, with {n} milestones planned for this week and next",
            planned,
            says=says,
            n=in_words(planned, formats),
        )
    begin = gettext(
        "No milestone has a completion date: type the day it was completed into the milestone’s column on the sheet "
        "Opportunities, and the next report counts it."
    )
    return f"{sentence(says)} {begin}"


def track_deck(track: TeamTrack, formats: Formats, *, of_several: bool) -> str:
    """One track's contracts of the year, against those that were due."""
    where = gettext("on {track}", track=track.card.track) if of_several else gettext("for the year")
    signed, noun = track.card.sales, sale_word(track.card)
    says = (
        _signed_of_due(signed, where, noun, formats)
        if signed.contracts_expected
        else _signed(signed, where, noun, formats)
    )
    return sentence(says)


def _signed(sales: Sales, where: str, noun: SaleWord, formats: Formats) -> str:
    count, n = sales.contracts_to_date, formats.count(sales.contracts_to_date)
    if noun == "contract":
        return ngettext("{where}, {n} contract is signed", "{where}, {n} contracts are signed", count, where=where, n=n)
    return ngettext("{where}, {n} sale is signed", "{where}, {n} sales are signed", count, where=where, n=n)


def _signed_of_due(sales: Sales, where: str, noun: SaleWord, formats: Formats) -> str:
    count, n, due = (
        sales.contracts_to_date,
        formats.count(sales.contracts_to_date),
        formats.count(sales.contracts_expected or 0),
    )
    if noun == "contract":
        return ngettext(
            "{where}, {n} contract is signed where {due} were due",
            "{where}, {n} contracts are signed where {due} were due",
            count,
            where=where,
            n=n,
            due=due,
        )
    return ngettext(
        "{where}, {n} sale is signed where {due} were due",
        "{where}, {n} sales are signed where {due} were due",
        count,
        where=where,
        n=n,
        due=due,
    )


def sale_noun(quota: Quota | None, track: TeamTrack) -> SaleWord:
    """`contract`, or `sale` where the target counts sales."""
    by_count = quota.target_is == "count" if quota else track.card.sales.target_this_year is None
    return "sale" if by_count else "contract"


def in_money(sales: Sales) -> bool:
    """Whether a track has to do with money: a target in it, or revenue without one."""
    return sales.target_this_year is not None or bool(sales.revenue_to_date)


def revenue_note(sales: Sales, formats: Formats) -> str:
    """What is not in the revenue: contracts without a value, and those cancelled since."""
    parts = []
    if sales.without_value:
        parts.append(_without_value(sales, formats))
    if sales.cancelled:
        parts.append(_cancelled(sales, formats))
    return " ".join(sentence(part) for part in parts)


def _without_value(sales: Sales, formats: Formats) -> str:
    count, ids = len(sales.without_value), ", ".join(sales.without_value)
    if sales.target_this_year is not None:
        return ngettext(
            "one contract has no value and is not in the revenue: {ids}",
            "{n} contracts have no value and are not in the revenue: {ids}",
            count,
            n=in_words(count, formats),
            ids=ids,
        )
    return ngettext(
        "one sale has no value and is not in the revenue: {ids}",
        "{n} sales have no value and are not in the revenue: {ids}",
        count,
        n=in_words(count, formats),
        ids=ids,
    )


def _cancelled(sales: Sales, formats: Formats) -> str:
    n = in_words(sales.cancelled, formats)
    if not sales.cancelled_value:
        return ngettext(
            "one cancelled after signature: already taken off",
            "{n} cancelled after signature: already taken off",
            sales.cancelled,
            n=n,
        )
    return ngettext(
        "one cancelled after signature, {value}: already taken off",
        "{n} cancelled after signature, {value}: already taken off",
        sales.cancelled,
        n=n,
        value=formats.money(sales.cancelled_value),
    )


def year_note(pace: Pace, formats: Formats) -> str:
    """`648 needed by now; 21 behind`, and what is claimed; where some have no quota, whose count that is."""
    claimed = more_claimed(pace.claimed_to_date, formats)
    if pace.gap is None:
        return claimed or gettext("no quota is set")
    without = ""
    if pace.credited_without_quota:
        without = gettext(
            "{measured} by reps with a quota, {n} by others",
            measured=formats.count(pace.credited_to_date - pace.credited_without_quota),
            n=formats.count(pace.credited_without_quota),
        )
    needed = gettext("{n} needed by now", n=formats.count(pace.expected_to_date))
    return "; ".join(filter(None, (without, needed, against_pace(pace, formats), claimed)))


def more_claimed(count: int, formats: Formats) -> str:
    """`2 more not credited`; empty for none."""
    if not count:
        return ""
    return ngettext("{n} more not credited", "{n} more not credited", count, n=formats.count(count))


def sales_note(sales: Sales, formats: Formats) -> str:
    """`82 needed by now; 93 in the year`."""
    parts = []
    if sales.contracts_expected is not None and sales.contracts_this_year is not None:
        parts.append(gettext("{n} needed by now", n=formats.count(sales.contracts_expected)))
        parts.append(gettext("{n} in the year", n=formats.count(sales.contracts_this_year)))
    if sales.contracts_without_quota and sales.contracts_expected is not None:
        parts.append(gettext("{n} by reps without a quota", n=formats.count(sales.contracts_without_quota)))
    if sales.cancelled:
        parts.append(gettext("{n} cancelled", n=formats.count(sales.cancelled)))
    return "; ".join(parts) or gettext("no target is set")


def revenue_target(sales: Sales, formats: Formats) -> str:
    """`$4.30m needed by now; target $4.88m`."""
    if sales.revenue_expected is None or sales.target_this_year is None:
        return gettext("no target in money")
    needed, target = formats.money_short(sales.revenue_expected), formats.money_short(sales.target_this_year)
    return gettext("{needed} needed by now; target {target}", needed=needed, target=target)


def open_note(rollup: TeamRollup, formats: Formats) -> str:
    """`$7.70m together; 12 overdue`."""
    parts = []
    if rollup.open_value:
        parts.append(gettext("{value} together", value=formats.money_short(rollup.open_value)))
    n_overdue = len(rollup.overdue)
    parts.append(gettext("{n} overdue", n=formats.count(n_overdue)) if n_overdue else gettext("none overdue"))
    return "; ".join(parts)


def reps_aside(track: TeamTrack, formats: Formats) -> str:
    """How many there are, and their order."""
    reps = ngettext("{n} rep", "{n} reps", track.n_reps, n=formats.count(track.n_reps))
    judged = track.card.pace.gap is not None and track.card.pace.credited_to_date > 0
    return gettext("{reps}, furthest behind pace last", reps=reps) if judged and track.n_reps > 1 else reps


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
    return gettext("and {n} with nothing this year", n=formats.count(len(reps_folded(track))))


def most_units(rows: Sequence[RepRow]) -> float:
    """The longest row of squares that a table of this week has to hold."""
    lengths = (max(row.done + max(row.planned - row.completed_of_planned, 0), row.target or 0.0) for row in rows)
    return max([1.0, *lengths])


def reps_key(track: TeamTrack, with_marks: bool) -> str:  # noqa: FBT001  called from a template
    """How to read the reps' table."""
    asked, parts = track.card.pace.gap is not None, []
    if with_marks and asked:
        parts = [
            gettext(
                "Squares: filled done, hollow planned and not done; tick: weekly target. Year: bar done, tick pace."
            ),
            gettext("Thirteen weeks: the line is the rep’s own weekly target."),
        ]
    elif with_marks:
        parts = [gettext("Squares: filled done, hollow planned and not done. Year: bar done.")]
    if asked:
        parts.append(gettext("Gap: milestones against the year’s pace."))
    to_sale = gettext(
        "To sale: of the decided that reached {milestone}, the share won so far.", milestone=track.card.milestones[0]
    )
    return " ".join([*parts, to_sale])


def milestones_aside(track: TrackDefinition, formats: Formats) -> str:
    """`4 milestones; the last is the sale`."""
    count = len(track.milestones)
    return ngettext(
        "{n} milestone; it is the sale", "{n} milestones; the last is the sale", count, n=formats.count(count)
    )


def planning_rows(track: TeamTrack) -> Sequence[NextWeekRow]:
    """The reps with a plan for next week, or something carried into it."""
    return [row for row in track.next_week if row.n_planned or row.carried_over]


def planning_rest(track: TeamTrack, formats: Formats) -> str:
    """How many have nothing planned; empty where everyone has."""
    others = [row.rep for row in track.next_week if not (row.n_planned or row.carried_over)]
    if len(others) > MOST_NAMED:
        return gettext("{n} others have nothing planned.", n=formats.count(len(others)))
    return gettext("Nothing planned: {names}.", names=", ".join(others)) if others else ""


def weekly_note(track: TeamTrack, formats: Formats) -> str:
    """What the last weeks come to beside the target, and how many of the year's met theirs."""
    return f"{_recent_weeks(track, formats)} {_weeks_met(track, formats)}".strip()


def _recent_weeks(track: TeamTrack, formats: Formats) -> str:
    recent = formats.number(track.card.pace.last_13_weeks_a_week)
    if track.weekly_target is None:
        return gettext("The last thirteen weeks brought {n} milestones a week.", n=recent)
    target = formats.number(track.weekly_target)
    if any(week.target != track.weekly_target for week in track.weekly[-13:]):
        return gettext(
            "The last thirteen weeks brought {n} milestones a week; the target is now {target}.",
            n=recent,
            target=target,
        )
    return gettext(
        "The last thirteen weeks brought {n} milestones a week; the target is {target}.", n=recent, target=target
    )


def _weeks_met(track: TeamTrack, formats: Formats) -> str:
    """`19 of 47 weeks met their target.`, of the weeks that had one; empty where none had."""
    judged = [week.met for week in track.weekly if week.met is not None]
    n_met, n_judged = sum(judged), len(judged)
    if not judged:
        return ""
    if n_judged == 1:
        met, missed = gettext("One week had a target and met it."), gettext("One week had a target and missed it.")
        return met if n_met else missed
    if not n_met:
        return gettext("None of {all} weeks met its target.", all=in_words(n_judged, formats))
    says = ngettext(
        "one of {all} weeks met its target.",
        "{n} of {all} weeks met their target.",
        n_met,
        n=in_words(n_met, formats),
        all=in_words(n_judged, formats),
    )
    return sentence(says)


def revenue_says(track: TeamTrack, rollup: TeamRollup, formats: Formats) -> str:
    """Revenue of the year against its target, and against the team's own where the workbook has one."""
    sales = track.card.sales
    signed = formats.money_short(sales.revenue_to_date)
    if sales.revenue_expected is None:
        says = [gettext("{money} is signed", money=signed)]
    else:
        due = formats.money_short(sales.revenue_expected)
        says = [gettext("{money} is signed where {due} was due", money=signed, due=due)]
    if sales.target_this_year is not None:
        target = formats.money_short(sales.target_this_year)
        says.append(gettext("the reps’ targets of this year come to {target}", target=target))
    if rollup.team_annual_target is not None and len(rollup.tracks) == 1:
        target = formats.money_short(rollup.team_annual_target)
        says.append(gettext("the team’s own target is {target}", target=target))
    return " ".join([*(sentence(part) for part in says), revenue_note(sales, formats)]).strip()


def overdue_aside(rollup: TeamRollup, formats: Formats) -> str:
    """`12 of 147 open, $1.20m`."""
    value = sum(opportunity.value or 0.0 for opportunity in rollup.overdue)
    overdue, n_open = formats.count(len(rollup.overdue)), formats.count(rollup.n_open)
    if not value:
        return gettext("{n} of {all} open", n=overdue, all=n_open)
    return gettext("{n} of {all} open, {value}", n=overdue, all=n_open, value=formats.money_short(value))


def overdue_rest(rollup: TeamRollup, n_shown: int, formats: Formats) -> str:
    """What the list leaves out, and where it is."""
    elsewhere = gettext("Each rep’s card lists its own.")
    return f"{rest_says(rollup.overdue[n_shown:], formats)}. {elsewhere}"


def rest_says(others: Sequence[OpenOpportunity], formats: Formats) -> str:
    """`and 17 more, $827,500`."""
    value, n = sum(opportunity.value or 0.0 for opportunity in others), formats.count(len(others))
    if not value:
        return gettext("and {n} more", n=n)
    return gettext("and {n} more, {value}", n=n, value=formats.money(value))


def done_in_last_week(track: TeamTrack) -> int:
    """What the track's newest week brought."""
    return sum(track.weekly[-1].done) if track.weekly else 0
