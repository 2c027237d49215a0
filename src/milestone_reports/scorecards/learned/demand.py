"""How many first milestones the year still takes, and how far off forecasts have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from milestone_reports.domain.team import TargetIs
from milestone_reports.metrics.estimators import demand as needed
from milestone_reports.metrics.estimators.backtest import BacktestEnd, backtest, backtest_summary, month_ends
from milestone_reports.metrics.estimators.conversion import ExpectedRate, expected_rate
from milestone_reports.metrics.estimators.forecast import (
    Floats,
    first_start,
    forecast,
    longest_way,
    open_chances,
    still_to_start,
    win_curves,
)
from milestone_reports.metrics.estimators.multiplier import measured_multiplier
from milestone_reports.scorecards.book import TrackBook
from milestone_reports.scorecards.insights import Backtest, BacktestMonth, Demand, ReliabilityBin
from milestone_reports.scorecards.learned.outlook import TrackOutlook

AHEAD_DAYS = 90
"""How far ahead the forecasts are judged: a quarter."""

DAYS_A_MONTH = 365 / 12


def backtest_of(outlook: TrackOutlook) -> Backtest | None:
    """The forecasts of the last twelve month-ends beside what came; None where none had enough history."""
    state = outlook.state
    first = first_start(state.everyone)
    if first is None:
        return None
    ends = backtest(state.history, state.months, month_ends(state.day, AHEAD_DAYS, first), AHEAD_DAYS)
    in_money = outlook.worth.n > 0 and outlook.in_money
    summary = backtest_summary(ends, in_money=in_money)
    if not summary.n_ends:
        return None
    months = tuple(_month(end, in_money=in_money) for end in ends if end.is_usable)
    return Backtest(
        n_days=AHEAD_DAYS,
        in_money=in_money,
        months=months,
        forecast=summary.total.part,
        actual=summary.total.whole,
        n_inside=sum(month.inside for month in months),
        n_without_history=summary.n_skipped,
        brier=summary.brier,
        reliability=tuple(
            ReliabilityBin(
                low=one.low,
                high=one.high,
                n=one.n,
                predicted=one.expected / one.n if one.n else None,
                observed=one.won / one.n if one.n else None,
            )
            for one in summary.bins
        ),
    )


def _month(end: BacktestEnd, *, in_money: bool) -> BacktestMonth:
    told = end.revenue if in_money and end.revenue else end.contracts
    return BacktestMonth(
        on=date.fromordinal(end.day),
        forecast=told.total,
        low=told.low,
        high=told.high,
        actual=told.total_came,
        inside=told.inside,
    )


@dataclass(frozen=True, slots=True)
class Target:
    """What the fiscal year asks of a track, and what it has brought so far, in money or in sales."""

    in_money: bool
    target: float
    done: float
    contracts_a_year: float
    """Of a full year, at today's quotas."""
    average: float
    """What a contract is worth; 1 where sales are counted."""


def demand_of(outlook: TrackOutlook, books: Sequence[TrackBook]) -> Demand:
    """First milestones a month that the fiscal year's target still takes."""
    target = _target(books)
    if target is None:
        return _unasked(outlook)
    state = outlook.state
    expected = expected_rate(state.recent, state.curves, 0, len(state.curves))
    if expected.says == "too early" or not expected.value or not state.curves:
        return _assumed(outlook, target)
    return _needed(outlook, target, expected)


def _target(books: Sequence[TrackBook]) -> Target | None:
    periods = [period for book in books for period in book.periods]
    in_money = all(period.target_is is TargetIs.VALUE for period in periods)
    contracts = sum(period.contracts_a_year * period.year_share for period in periods)
    if not contracts:
        # All of the year is a leave that reduces the quota, or the target starts after its last working day.
        return None
    money = sum(period.annual_target * period.year_share for period in periods)
    won = [opportunity for book in books for opportunity, _ in book.won_this_year.kept]
    return Target(
        in_money=in_money,
        target=money if in_money else contracts,
        done=sum(opportunity.value or 0.0 for opportunity in won) if in_money else float(len(won)),
        contracts_a_year=sum(book.current.contracts_a_year for book in books if book.current) or contracts,
        average=money / contracts if in_money else 1.0,
    )


def _needed(outlook: TrackOutlook, target: Target, expected: ExpectedRate) -> Demand:
    state, last_on = outlook.state, outlook.frame.year.last_on
    n_days, deadline = (last_on - outlook.frame.as_of).days, last_on.toordinal()
    rate = expected.value or 0.0
    curve = win_curves(state.curves, longest_way(state.curves))[0]
    goal = needed.Goal(
        target=target.target,
        won=target.done,
        contract=target.average,
        spread=needed.spread_of_values(state.everyone) if target.in_money else 0.0,
    )
    worth = outlook.open.value if target.in_money else np.ones(len(outlook.open.value))
    pipeline = forecast(
        _chances(outlook, n_days),
        worth,
        outlook.open.n_reached,
        state.curves,
        still_to_start(outlook.team_starts, curve, 0),
    )
    found = needed.starts_needed(goal, pipeline, curve, needed.months_left(state.day, deadline), deadline)
    last = needed.last_starts(curve, rate, deadline)
    # Past the last useful day few starts can still be sold in time: no number of them is a plan.
    is_late = found.says == "needed" and last is not None and last.useful <= state.day
    return Demand(
        says="too late" if is_late else found.says,
        first_milestone=outlook.track.milestones[0].name,
        ends_on=last_on,
        still_needed=found.missing,
        in_money=target.in_money,
        a_month=None if is_late else found.even,
        a_month_for_80=None if is_late else found.safe,
        steady_a_month=needed.steady_starts(target.contracts_a_year, rate),
        recent_a_month=_recent(outlook),
        half_within_days=needed.lead_time(curve, 0.5, rate),
        most_within_days=needed.lead_time(curve, 0.8, rate),
        last_useful_on=date.fromordinal(last.useful) if last else None,
        safe_on=date.fromordinal(last.safe) if last else None,
    )


def _chances(outlook: TrackOutlook, n_days: int) -> Floats:
    none = np.zeros(len(outlook.open.value), dtype=np.bool_)
    return open_chances(outlook.open, none, outlook.state.curves, win_curves(outlook.state.curves, n_days), n_days)


def _recent(outlook: TrackOutlook) -> float:
    return outlook.team_starts.a_day * DAYS_A_MONTH


def _assumed(outlook: TrackOutlook, target: Target) -> Demand:
    """By the multiplier alone: no lead time, and no deadline."""
    per_contract = measured_multiplier(outlook.state.decided).per_contract
    left = max(target.target - target.done, 0.0)
    return Demand(
        says="no history" if left else "covered",
        first_milestone=outlook.track.milestones[0].name,
        ends_on=outlook.frame.year.last_on,
        still_needed=left,
        in_money=target.in_money,
        a_month=None if left else 0.0,
        a_month_for_80=None,
        steady_a_month=needed.assumed_starts(target.contracts_a_year, per_contract[0]),
        recent_a_month=_recent(outlook),
        half_within_days=None,
        most_within_days=None,
        last_useful_on=None,
        safe_on=None,
    )


def _unasked(outlook: TrackOutlook) -> Demand:
    return Demand(
        says="no target",
        first_milestone=outlook.track.milestones[0].name,
        ends_on=outlook.frame.year.last_on,
        still_needed=None,
        in_money=False,
        a_month=None,
        a_month_for_80=None,
        steady_a_month=None,
        recent_a_month=_recent(outlook),
        half_within_days=None,
        most_within_days=None,
        last_useful_on=None,
        safe_on=None,
    )
