"""What the figures beside a track's card rest on: the rep's streak, the team's forecasts gone by, demand, levers.

The pages' own data has their numbers; here they stand as a figure's do, for whoever asks for one by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.domain.message import message
from milestone_reports.scorecards.insights import Backtest, Demand, Lever, Provenance, SourceRow
from milestone_reports.scorecards.pages import RepScorecard, TeamTrack

Inputs = Mapping[str, float | str | None]


def of_rep_card(card: RepScorecard) -> Iterator[Provenance]:
    """The rep's streak and best run, all tracks together."""
    streak = card.streak
    if streak is None:
        return
    running: Inputs = {
        message("the running week's plan is met"): message("yes") if streak.running_week_met else message("not yet"),
        **{
            message("{week}, plan {plan}", week=bar.week, plan="–" if bar.plan is None else bar.plan): bar.done
            for bar in card.thirteen_weeks
        },
    }
    yield Provenance("Streak", "", streak.weeks, running, ())
    best: Inputs = {message("the best week"): streak.best_week or None, message("done in it"): streak.best_week_done}
    yield Provenance("Best run of weeks", "", streak.best_weeks, best, ())


def of_team_track(track: TeamTrack) -> Iterator[Provenance]:
    """What the team's page says of a track beside its card."""
    yield from _flags(track)
    if track.backtest:
        yield from _backtest(track.backtest)
    yield from _demand(track.demand)
    yield from (_source(row) for row in track.sources)
    expected: Inputs = {
        month.first_on.isoformat()[:7]: month.milestones_expected
        for month in track.plan
        if month.milestones_expected is not None
    }
    if expected:
        total = sum(month.milestones_expected or 0.0 for month in track.plan)
        yield Provenance("Expected milestones", "", total, expected, ())
    yield from (_lever(lever) for lever in track.levers)


def _flags(track: TeamTrack) -> Iterator[Provenance]:
    flagged = [entry for entry in track.card.coaching if entry.ending in {"coach here", "new, watch"}]
    inputs: Inputs = {
        message("{rep}, {milestone} to {next}", rep=e.rep, milestone=e.milestone, next=e.next_milestone): e.chance_below
        for e in flagged
    }
    yield Provenance("Flags", "", len(flagged), inputs, ())
    yield Provenance("Flags expected to be false", "", track.false_flags, inputs, ())


def _backtest(told: Backtest) -> Iterator[Provenance]:
    forecast = message("forecast, in money") if told.in_money else message("forecast, in contracts")
    for month in told.months:
        inputs: Inputs = {
            message("at the end of"): month.on.isoformat(),
            message("days ahead"): told.n_days,
            forecast: month.forecast,
            message("likely range from"): month.low,
            message("likely range to"): month.high,
            message("came"): month.actual,
            message("inside the range"): message("yes") if month.inside else message("no"),
        }
        yield Provenance("Backtest", "", month.forecast, inputs, ())
    sums: Inputs = {
        forecast: told.forecast,
        message("came"): told.actual,
        message("month-ends"): len(told.months),
        message("inside the range"): told.n_inside,
        message("squared error of the chances"): told.brier,
    }
    yield Provenance("How far off forecasts were", "", told.forecast / told.actual if told.actual else None, sums, ())


def _demand(demand: Demand) -> Iterator[Provenance]:
    still = message("still needed, in money") if demand.in_money else message("still needed, in contracts")
    needed: Inputs = {
        still: demand.still_needed,
        message("ends on"): demand.ends_on.isoformat(),
        message("said as"): demand.says,
        message("started a month, of late"): demand.recent_a_month,
    }
    for figure, value in (
        ("First milestones needed, even", demand.a_month),
        ("First milestones needed, 80 %", demand.a_month_for_80),
    ):
        if value is not None:
            yield Provenance(figure, "", value, needed, ())
    if demand.a_month is not None:
        both: Inputs = {
            **needed,
            message("even, a month"): demand.a_month,
            message("for 80 %, a month"): demand.a_month_for_80,
        }
        yield Provenance("First milestones needed", "", demand.a_month, both, ())
    if demand.steady_a_month is not None:
        steady = "First milestones, assumed" if demand.half_within_days is None else "First milestones, steady"
        yield Provenance(steady, "", demand.steady_a_month, {message("said as"): demand.says}, ())
    if demand.half_within_days is not None:
        days: Inputs = {
            message("half within days"): demand.half_within_days,
            message("8 in 10 within days"): demand.most_within_days,
        }
        yield Provenance("Lead time", "", demand.half_within_days, days, ())
    if demand.last_useful_on and demand.safe_on:
        last: Inputs = {
            message("last useful"): demand.last_useful_on.isoformat(),
            message("safe"): demand.safe_on.isoformat(),
        }
        yield Provenance("Last useful start", "", None, last, ())


def _source(row: SourceRow) -> Provenance:
    inputs: Inputs = {
        message("source"): row.source or None,
        message("sold"): row.won,
        message("lost"): row.lost,
        message("presumed lost"): row.presumed_lost,
        message("open"): row.open,
        message("revenue"): row.revenue,
        message("revenue for each first milestone"): row.revenue_per_first,
        message("days to the sale"): row.days_to_sale,
    }
    return Provenance("By source", "", row.first_milestones, inputs, ())


def _lever(lever: Lever) -> Provenance:
    gate = message("{milestone} to {next}", milestone=lever.milestone, next=lever.next_milestone)
    inputs: Inputs = {
        message("lever"): lever.kind,
        message("gate"): gate if lever.milestone else None,
        message("contracts a year"): lever.contracts_a_year,
        message("revenue a year"): lever.revenue_a_year,
    }
    return Provenance("What-if", "", lever.milestones_a_week, inputs, ())
