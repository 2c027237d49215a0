"""How far off the forecast would have been: made again at past month-ends, beside what came (method.md §8).

Values are today's, and opportunities that were deleted since cannot be replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from milestone_reports.metrics.estimators.cohort import History, Mask
from milestone_reports.metrics.estimators.forecast import (
    Floats,
    StillToStart,
    forecast,
    new_starts,
    open_chances,
    still_to_start,
    win_curves,
    worth_of_starts,
)
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.metrics.rates import Ratio

N_ENDS = 12
HISTORY_DAYS = 182
"""A forecast is not judged by month-ends with less history than this."""

EXACT_DIGITS = 12
"""Beyond these a chance is what floating point made of it: one that stands on the edge of a group stays in it."""

BINS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Where one group of chances ends and the next begins."""


def month_ends(as_of: int, n_days: int, first_start: int) -> tuple[int, ...]:
    """The last twelve month-ends, oldest first, whose horizon is over by a day and that have half a year of history."""
    ends: list[int] = []
    end = date.fromordinal(as_of + 1).replace(day=1) - timedelta(days=1)
    while len(ends) < N_ENDS and end.toordinal() - first_start >= HISTORY_DAYS:
        if end.toordinal() + n_days <= as_of:
            ends.append(end.toordinal())
        end = end.replace(day=1) - timedelta(days=1)
    return tuple(reversed(ends))


@dataclass(frozen=True, slots=True)
class Replayed:
    """A forecast made at one past month-end beside what came within its horizon, in contracts or in money."""

    pipeline: float
    pipeline_came: float
    """From those that were open at the month-end."""
    pipeline_low: float
    pipeline_high: float
    total: float
    total_came: float
    low: float
    high: float

    @property
    def pipeline_inside(self) -> bool:
        """Whether what came of the open ones lay in their likely range."""
        return self.pipeline_low <= self.pipeline_came <= self.pipeline_high

    @property
    def inside(self) -> bool:
        """Whether all that came lay in the likely range of the total."""
        return self.low <= self.total_came <= self.high


@dataclass(frozen=True, slots=True)
class ChanceBin:
    """The open opportunities whose chance was so high, and what became of them within the horizon."""

    low: float
    high: float
    n: int
    expected: float
    """Their chances, added up."""
    won: int

    @property
    def predicted(self) -> float | None:
        """Their mean chance; None where there are none."""
        return self.expected / self.n if self.n else None

    @property
    def observed(self) -> float | None:
        """The share of them that was won; None where there are none."""
        return self.won / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class BacktestEnd:
    """The forecast made again as of one past month-end."""

    day: int
    is_usable: bool
    """Whether every gate had then seen enough for a forecast; otherwise none would have been shown."""
    contracts: Replayed
    revenue: Replayed | None
    """None where no opportunity has a value."""
    squared_error: float
    """Of the chances against what came, added up."""
    bins: tuple[ChanceBin, ...]

    @property
    def n_open(self) -> int:
        """Opportunities open then, the presumed lost with their chance of 0 among them."""
        return sum(part.n for part in self.bins)

    @property
    def brier(self) -> float | None:
        """Mean squared error of the chances; None where nothing was open."""
        return self.squared_error / self.n_open if self.n_open else None


def backtest(history: History, months: int, ends: Sequence[int], n_days: int) -> tuple[BacktestEnd, ...]:
    """The forecast of a horizon made again as of each past month-end, beside what came.

    Formula: nothing dated after the month-end exists; curves are of the opportunities of the months before it, as
    many as for today's. What came are the sales in the days after it up to the horizon, of those open then and of all.
    Shape: forecast and what came, in contracts and in money, for each of the last 12 month-ends, of the team.
    Units: contracts, and money at today's values.
    Undefined: under half a year of history, or a horizon that is not over: not among them. A month-end whose gates had
    seen too little is skipped and counted. No values: contracts alone.
    Source: method.md §8.
    """
    return tuple(_replay(TrackState(history, end, months), n_days) for end in ends)


def _replay(then: TrackState, n_days: int) -> BacktestEnd:
    cohort, history = then.everyone, then.history
    sold_on = history.completed[:, -1]
    came = (sold_on > then.day) & (sold_on <= then.day + n_days)
    win_curve, *_ = wins = win_curves(then.curves, n_days)
    chances = open_chances(cohort, then.presumed, then.curves, wins, n_days)
    starts, is_open = new_starts(cohort), cohort.open
    contracts = still_to_start(starts, win_curve, n_days)
    revenue = still_to_start(starts, win_curve, n_days, worth_of_starts(cohort))
    p, won = chances[is_open], came[cohort.row[is_open]]
    return BacktestEnd(
        day=then.day,
        is_usable=then.is_forecastable,
        contracts=_replayed(then, chances, came, contracts, np.ones(len(came))),
        revenue=None if np.isnan(history.value).all() else _replayed(then, chances, came, revenue, history.value),
        squared_error=float(((p - won) ** 2).sum()),
        bins=_binned(p, won),
    )


def _replayed(then: TrackState, chances: Floats, came: Mask, new: StillToStart, worth: Floats) -> Replayed:
    """One forecast beside what came; `came` and `worth` have a row for each opportunity of the history."""
    cohort = then.everyone
    told = forecast(chances, worth[cohort.row], cohort.n_reached, then.curves, new)
    brought = np.where(came & ~np.isnan(worth), worth, 0.0)
    return Replayed(
        pipeline=told.pipeline,
        pipeline_came=float(brought[cohort.row[cohort.open]].sum()),
        pipeline_low=told.pipeline_low,
        pipeline_high=told.pipeline_high,
        total=told.total,
        total_came=float(brought.sum()),
        low=told.low,
        high=told.high,
    )


def _binned(chances: Floats, won: Mask) -> tuple[ChanceBin, ...]:
    n_bins = len(BINS) - 1
    place = np.searchsorted(BINS[1:-1], np.round(chances, EXACT_DIGITS), "right")
    n, expected, n_won = (np.bincount(place, weights=of, minlength=n_bins) for of in (None, chances, won))
    return tuple(
        ChanceBin(low, high, int(n[i]), float(expected[i]), int(n_won[i]))
        for i, (low, high) in enumerate(pairwise(BINS))
    )


@dataclass(frozen=True, slots=True)
class BacktestSummary:
    """The forecasts of all month-ends that had enough history, added up, beside what came."""

    n_ends: int
    n_skipped: int
    """Month-ends at which a gate had seen too little for a forecast."""
    pipeline: Ratio
    """Forecast over what came, of those open at each month-end."""
    total: Ratio
    n_inside: int
    """Month-ends at which all that came lay in the likely range; of overlapping days: no percentage of twelve."""
    n_pipeline_inside: int
    brier: float | None
    """Mean squared error of all chances; None where nothing was open."""
    bins: tuple[ChanceBin, ...]


def backtest_summary(ends: Sequence[BacktestEnd], *, in_money: bool) -> BacktestSummary:
    """How far off the forecast has been, in money or in contracts.

    Formula: the sum of the forecasts over the sum of what came; month-ends inside the likely range; the mean squared
    error of the chances (Brier); in five groups of chances, the mean chance beside the share that was won.
    Shape: the last 12 month-ends in one, of the team; open pipeline and total.
    Units: contracts or money; shares; the squared error 0 to 1.
    Undefined: month-ends whose gates had seen too little are left out and counted. Nothing came: no ratio.
    Source: method.md §8; Brier 1950.
    """
    used = [end for end in ends if end.is_usable]
    told = [replayed for end in used if (replayed := end.revenue if in_money else end.contracts)]
    n_open = sum(end.n_open for end in used)
    return BacktestSummary(
        n_ends=len(used),
        n_skipped=len(ends) - len(used),
        pipeline=Ratio(sum(one.pipeline for one in told), sum(one.pipeline_came for one in told)),
        total=Ratio(sum(one.total for one in told), sum(one.total_came for one in told)),
        n_inside=sum(one.inside for one in told),
        n_pipeline_inside=sum(one.pipeline_inside for one in told),
        brier=sum(end.squared_error for end in used) / n_open if n_open else None,
        bins=tuple(_pooled([end.bins[i] for end in used], low, high) for i, (low, high) in enumerate(pairwise(BINS))),
    )


def _pooled(parts: Sequence[ChanceBin], low: float, high: float) -> ChanceBin:
    return ChanceBin(
        low, high, sum(part.n for part in parts), sum(part.expected for part in parts), sum(part.won for part in parts)
    )
