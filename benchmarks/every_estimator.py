"""Every estimator on one track's history, each step with the clock around it, as the pages need them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from time import process_time

import numpy as np
from numpy.typing import NDArray

from milestone_reports.domain.team import Settings
from milestone_reports.metrics.estimators.backtest import backtest, backtest_summary, month_ends
from milestone_reports.metrics.estimators.coaching import coaching_cells, expected_false_flags, gate_counts
from milestone_reports.metrics.estimators.cohort import Cohort, History
from milestone_reports.metrics.estimators.contracts import observed_average
from milestone_reports.metrics.estimators.conversion import expected_rate, rate_to_next, rate_to_sale
from milestone_reports.metrics.estimators.demand import (
    Goal,
    by_source,
    last_starts,
    months_left,
    spread_of_values,
    starts_needed,
)
from milestone_reports.metrics.estimators.forecast import (
    ONE_CONTRACT,
    forecast,
    new_starts,
    open_chances,
    starts_of_each,
    still_to_start,
    win_curves,
    worth_of_starts,
)
from milestone_reports.metrics.estimators.gates import GateCurve, gate_curves
from milestone_reports.metrics.estimators.multiplier import measured_multiplier
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.metrics.estimators.velocity import presumed_lost

Rows = NDArray[np.int64]

MONTHS = Settings().conversion_months
HORIZONS = (30, 90, 365)
COACHING_DAYS = (0, 30, 61)
"""Days before the as-of date: today, and the two month-ends before it."""

BACKTEST_DAYS = 90


def seconds_by_step(history: History, day: int) -> Mapping[str, float]:
    """CPU seconds of each step, in order, and of all of them together."""
    every = _EveryEstimator(history, day)
    steps = {
        "cut, curves, stalls": every.cut,
        "outcomes and rates, team": every.team_rates,
        "outcomes and rates, each rep": every.rep_rates,
        "multiplier": every.multiplier,
        "coaching at three days": every.coaching,
        "forecast, three horizons, team and each rep": every.forecasts,
        "backtest at twelve month-ends": every.backtest,
        "demand": every.demand,
    }
    seconds = {}
    for name, step in steps.items():
        start = process_time()
        step()
        seconds[name] = process_time() - start
    return {**seconds, "all estimators": sum(seconds.values())}


class _EveryEstimator:
    def __init__(self, history: History, day: int) -> None:
        self._history, self._day = history, day
        self._state = TrackState(history, day, MONTHS)
        self._n_reps = len(history.reps)

    def cut(self) -> None:
        """What the later steps share."""
        _ = self._state.presumed, self._state.stalled

    def team_rates(self) -> None:
        self._rates(self._state.recent, self._state.curves)

    def rep_rates(self) -> None:
        for part in self._state.by_rep:
            self._rates(part, gate_curves(part))

    def _rates(self, part: Cohort, curves: tuple[GateCurve, ...]) -> None:
        for milestone, stage in enumerate(self._state.outcomes_of(part)):
            rate_to_next(stage)
            rate_to_sale(stage)
            expected_rate(part, curves, milestone, len(curves))

    def multiplier(self) -> None:
        measured_multiplier(self._state.decided)

    def coaching(self) -> None:
        for before in COACHING_DAYS:
            state = TrackState(self._history, self._day - before, MONTHS)
            expected_false_flags(coaching_cells(gate_counts(state.everyone, state.thresholds, self._n_reps)))

    def forecasts(self) -> None:
        """Contracts and revenue, the team's first, then each rep's."""
        state, cohort = self._state, self._state.everyone
        starts = [new_starts(cohort), *starts_of_each(cohort, cohort.rep, self._n_reps)]
        worth, wins = worth_of_starts(cohort), win_curves(state.curves, HORIZONS[-1])
        rows = self._open_rows()
        for days in HORIZONS:
            chances = open_chances(cohort, state.presumed, state.curves, wins, days)
            for part, of_part in zip(rows, starts, strict=True):
                stages, value = self._stages[part], cohort.value[part]
                for unit, one in ((np.ones(len(part)), ONE_CONTRACT), (value, worth)):
                    forecast(chances[part], unit, stages, state.curves, still_to_start(of_part, wins[0], days, one))

    def _open_rows(self) -> list[Rows]:
        """The open ones of the team, and of each rep."""
        waiting = np.flatnonzero(self._state.everyone.open)
        rep = self._state.everyone.rep[waiting]
        order = np.argsort(rep, kind="stable")
        return [waiting, *np.split(waiting[order], np.searchsorted(rep[order], np.arange(1, self._n_reps)))]

    @cached_property
    def _stages(self) -> Rows:
        return self._state.everyone.n_reached

    def backtest(self) -> None:
        first = int(self._state.everyone.reached[:, 0].min())
        ends = backtest(self._history, MONTHS, month_ends(self._day, BACKTEST_DAYS, first), BACKTEST_DAYS)
        backtest_summary(ends, in_money=True)

    def demand(self) -> None:
        """First milestones needed within a year, in money, and what each source's became."""
        state, cohort, days = self._state, self._state.everyone, HORIZONS[-1]
        wins, deadline = win_curves(state.curves, days), self._day + days
        chances = open_chances(cohort, state.presumed, state.curves, wins, days)
        new = still_to_start(new_starts(cohort), wins[0], days, worth_of_starts(cohort))
        pipeline = forecast(chances, cohort.value, self._stages, state.curves, new)
        contract, _ = observed_average(cohort)
        goal = Goal(2 * pipeline.total, 0.0, contract or 1.0, spread_of_values(cohort))
        starts_needed(goal, pipeline, wins[0], months_left(self._day, deadline), deadline)
        last_starts(wins[0], expected_rate(cohort, state.curves, 0, len(state.curves)).value or 0.0, deadline)
        by_source(state.recent, presumed_lost(state.recent, state.thresholds), len(self._history.sources))
