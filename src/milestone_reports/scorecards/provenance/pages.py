"""What the figures beside a track's card rest on: the rep's streak, the team's forecasts gone by, demand, levers.

The pages' own data has their numbers; here they stand as a figure's do, for whoever asks for one by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.scorecards.insights import Backtest, Demand, Lever, Provenance, SourceRow
from milestone_reports.scorecards.pages import RepScorecard, TeamTrack

Inputs = Mapping[str, float | str | None]


def of_rep_card(card: RepScorecard) -> Iterator[Provenance]:
    """The rep's streak and best run, all tracks together."""
    streak = card.streak
    if streak is None:
        return
    running: Inputs = {
        "the running week's plan is met": "yes" if streak.running_week_met else "not yet",
        **{f"{bar.week}, plan {'–' if bar.plan is None else bar.plan}": bar.done for bar in card.thirteen_weeks},
    }
    yield Provenance("Streak", "", streak.weeks, running, ())
    best: Inputs = {"the best week": streak.best_week or None, "done in it": streak.best_week_done}
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
    inputs: Inputs = {f"{e.rep}, {e.milestone} to {e.next_milestone}": e.chance_below for e in flagged}
    yield Provenance("Flags", "", len(flagged), inputs, ())
    yield Provenance("Flags expected to be false", "", track.false_flags, inputs, ())


def _backtest(told: Backtest) -> Iterator[Provenance]:
    unit = "in money" if told.in_money else "in contracts"
    for month in told.months:
        inputs: Inputs = {
            "at the end of": month.on.isoformat(),
            "days ahead": told.n_days,
            "forecast, " + unit: month.forecast,
            "likely range from": month.low,
            "likely range to": month.high,
            "came": month.actual,
            "inside the range": "yes" if month.inside else "no",
        }
        yield Provenance("Backtest", "", month.forecast, inputs, ())
    sums: Inputs = {
        "forecast, " + unit: told.forecast,
        "came": told.actual,
        "month-ends": len(told.months),
        "inside the range": told.n_inside,
        "squared error of the chances": told.brier,
    }
    yield Provenance("How far off forecasts were", "", told.forecast / told.actual if told.actual else None, sums, ())


def _demand(demand: Demand) -> Iterator[Provenance]:
    needed: Inputs = {
        "still needed, in money" if demand.in_money else "still needed, in contracts": demand.still_needed,
        "ends on": demand.ends_on.isoformat(),
        "said as": demand.says,
        "started a month, of late": demand.recent_a_month,
    }
    for figure, value in (
        ("First milestones needed, even", demand.a_month),
        ("First milestones needed, 80 %", demand.a_month_for_80),
    ):
        if value is not None:
            yield Provenance(figure, "", value, needed, ())
    if demand.a_month is not None:
        both: Inputs = {**needed, "even, a month": demand.a_month, "for 80 %, a month": demand.a_month_for_80}
        yield Provenance("First milestones needed", "", demand.a_month, both, ())
    if demand.steady_a_month is not None:
        steady = "First milestones, assumed" if demand.half_within_days is None else "First milestones, steady"
        yield Provenance(steady, "", demand.steady_a_month, {"said as": demand.says}, ())
    if demand.half_within_days is not None:
        days: Inputs = {"half within days": demand.half_within_days, "8 in 10 within days": demand.most_within_days}
        yield Provenance("Lead time", "", demand.half_within_days, days, ())
    if demand.last_useful_on and demand.safe_on:
        last: Inputs = {"last useful": demand.last_useful_on.isoformat(), "safe": demand.safe_on.isoformat()}
        yield Provenance("Last useful start", "", None, last, ())


def _source(row: SourceRow) -> Provenance:
    inputs: Inputs = {
        "source": row.source or None,
        "sold": row.won,
        "lost": row.lost,
        "presumed lost": row.presumed_lost,
        "open": row.open,
        "revenue": row.revenue,
        "revenue for each first milestone": row.revenue_per_first,
        "days to the sale": row.days_to_sale,
    }
    return Provenance("By source", "", row.first_milestones, inputs, ())


def _lever(lever: Lever) -> Provenance:
    inputs: Inputs = {
        "lever": lever.kind,
        "gate": f"{lever.milestone} to {lever.next_milestone}" if lever.milestone else None,
        "contracts a year": lever.contracts_a_year,
        "revenue a year": lever.revenue_a_year,
    }
    return Provenance("What-if", "", lever.milestones_a_week, inputs, ())
