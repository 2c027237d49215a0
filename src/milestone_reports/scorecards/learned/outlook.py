"""What is to come on one track: forecasts to the month's, quarter's and year's end, the team's and each rep's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import numpy as np

from milestone_reports.domain.track import Track
from milestone_reports.metrics.estimators.ahead import expected_milestones, milestones_ahead
from milestone_reports.metrics.estimators.cohort import Cohort
from milestone_reports.metrics.estimators.conversion import months_before
from milestone_reports.metrics.estimators.forecast import (
    ONE_CONTRACT,
    Floats,
    Starts,
    Worth,
    assumed_forecast,
    forecast,
    open_chances,
    starts_of_each,
    still_to_start,
    win_curves,
    worth_of_starts,
)
from milestone_reports.metrics.estimators.multiplier import measured_multiplier
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.scorecards.book import Frame, TrackBook
from milestone_reports.scorecards.insights import Forecast, Range, StageDriver
from milestone_reports.scorecards.learned.plan import Expected

Until = Literal["month", "quarter", "year"]
QUARTER_MONTHS, YEAR_MONTHS = 3, 12
FEWEST_START_DAYS = 28


@dataclass(frozen=True, slots=True)
class Horizon:
    """A period that is not over, and its days to come."""

    until: Until
    first_on: date
    ends_on: date
    n_days: int


def horizons(frame: Frame) -> tuple[Horizon, ...]:
    """The month, the quarter of the fiscal year and the fiscal year that hold the day after the as-of date."""
    tomorrow = frame.as_of + timedelta(days=1)
    year = frame.team.fiscal_year_of(tomorrow)
    month = tomorrow.replace(day=1)
    quarters = (months_before(year.first_on, -months) for months in range(0, YEAR_MONTHS, QUARTER_MONTHS))
    quarter = max(first for first in quarters if first <= tomorrow)
    periods: tuple[tuple[Until, date, date], ...] = (
        ("month", month, months_before(month, -1)),
        ("quarter", quarter, months_before(quarter, -QUARTER_MONTHS)),
        ("year", year.first_on, year.end_on),
    )
    return tuple(
        Horizon(until, first_on, end_on - timedelta(days=1), (end_on - tomorrow).days)
        for until, first_on, end_on in periods
    )


def _told(starts: Starts) -> Starts:
    """The rate over four weeks where history is shorter: the first days of a list say nothing of a year."""
    return replace(starts, window_days=max(starts.window_days, FEWEST_START_DAYS))


class TrackOutlook:
    """The forecasts of one track; what they share is worked out once."""

    def __init__(self, frame: Frame, track: Track, *, in_money: bool) -> None:
        self.frame, self.track, self.in_money = frame, track, in_money
        self.state: TrackState = frame.evidence.state(track)
        everyone = self.state.everyone
        self._waiting = np.flatnonzero(everyone.open & ~self.state.presumed)
        self.open: Cohort = everyone.where(self._waiting)
        self._by_rep = {
            name: np.flatnonzero(self.open.rep == code) for code, name in enumerate(self.state.history.reps)
        }

    @cached_property
    def horizons(self) -> tuple[Horizon, ...]:
        """The three of the page."""
        return horizons(self.frame)

    @cached_property
    def wins(self) -> tuple[Floats, ...]:
        """The win curves of the longest horizon."""
        return win_curves(self.state.curves, self.horizons[-1].n_days)

    @cached_property
    def starts(self) -> Mapping[str, Starts]:
        """The new starts of each rep, over the team's days."""
        everyone, reps = self.state.everyone, self.state.history.reps
        return dict(zip(reps, map(_told, starts_of_each(everyone, everyone.rep, len(reps))), strict=True))

    @property
    def team_starts(self) -> Starts:
        """The new starts of all."""
        everyone = self.state.everyone
        return _told(starts_of_each(everyone, np.zeros(len(everyone.rep), dtype=np.int32), 1)[0])

    @cached_property
    def worth(self) -> Worth:
        """What an opportunity still to start is worth, on average."""
        return worth_of_starts(self.state.everyone)

    def chances(self, n_days: int) -> Floats:
        """The chance of each open opportunity to be sold within so many days."""
        if n_days not in self._chances:
            none = np.zeros(len(self.open.value), dtype=np.bool_)
            self._chances[n_days] = open_chances(self.open, none, self.state.curves, self.wins, n_days)
        return self._chances[n_days]

    @cached_property
    def _chances(self) -> dict[int, Floats]:
        return {}

    def counts_money(self, book: TrackBook) -> bool:
        """Whether values add up for a rep here: without a target of their own, as for the track."""
        return book.counts_money if book.periods else self.in_money

    def of_team(self, books: Sequence[TrackBook]) -> tuple[Forecast, ...]:
        """The forecasts of all reps together."""
        return self._forecasts(np.arange(len(self.open.value)), self.team_starts, books)

    def of_rep(self, book: TrackBook) -> tuple[Forecast, ...]:
        """The forecasts of one rep: the open ones by the team's curves, and the rep's own new starts."""
        rows = self._by_rep.get(book.rep.name, np.zeros(0, dtype=np.int64))
        return self._forecasts(rows, self.starts.get(book.rep.name, Starts(0, self.team_starts.window_days)), [book])

    def _forecasts(
        self, rows: np.ndarray[tuple[int], np.dtype[np.int64]], starts: Starts, books: Sequence[TrackBook]
    ) -> tuple[Forecast, ...]:
        part = Part(self, rows, starts, all(self.counts_money(book) for book in books))
        return tuple(part.forecast(horizon, self._done(horizon, books)) for horizon in self.horizons)

    def _done(self, horizon: Horizon, books: Sequence[TrackBook]) -> tuple[int, float]:
        """Contracts and revenue of the period so far; its fiscal year is the books' unless it is still to begin."""
        won = [pair for book in books for pair in book.won_this_year.kept]
        signed = [opportunity.value or 0.0 for opportunity, day in won if day >= horizon.first_on]
        return len(signed), sum(signed)

    def expected(self, ends: Sequence[date]) -> dict[date, Expected]:
        """All that is expected from the as-of date to each of these days; nothing where history is too short."""
        if not self.state.is_forecastable:
            return {}
        return {end: self._expected((end - self.frame.as_of).days) for end in ends if end > self.frame.as_of}

    def _expected(self, n_days: int) -> Expected:
        curves, starts = self.state.curves, self.team_starts
        none = np.zeros(len(self.open.value), dtype=np.bool_)
        ahead = milestones_ahead(self.open, none, curves, n_days)
        reached = expected_milestones(ahead.chances, ahead.a_daily_start, starts)
        chances = ahead.chances[:, -1]
        new = still_to_start(starts, win_curves(curves, n_days)[0], n_days, self.worth)
        return Expected(
            milestones=sum(one.total for one in reached),
            contracts=float(chances.sum()) + new.contracts,
            revenue=float(np.nansum(chances * self.open.value)) + new.worth if self.worth.n else None,
        )


class Part:
    """Some of a track's open opportunities, with their own new starts: a rep's, or all."""

    def __init__(
        self,
        outlook: TrackOutlook,
        rows: np.ndarray[tuple[int], np.dtype[np.int64]],
        starts: Starts,
        in_money: bool,  # noqa: FBT001  one of four facts about the part
    ) -> None:
        self._outlook, self._rows, self._starts = outlook, rows, starts
        self._stages = outlook.open.n_reached[rows]
        self._values = outlook.open.value[rows]
        self._in_money = in_money and outlook.worth.n > 0

    def forecast(self, horizon: Horizon, done: tuple[int, float]) -> Forecast:
        """The forecast to a horizon, beside what the period has brought so far."""
        if not self._outlook.state.is_forecastable:
            return self._assumed(horizon, done)
        outlook, ones = self._outlook, np.ones(len(self._rows))
        curves, wins, n_days = outlook.state.curves, outlook.wins[0], horizon.n_days
        chances = outlook.chances(n_days)[self._rows]
        new = still_to_start(self._starts, wins, n_days, ONE_CONTRACT)
        contracts = forecast(chances, ones, self._stages, curves, new)
        new_worth = still_to_start(self._starts, wins, n_days, outlook.worth)
        revenue = forecast(chances, self._values, self._stages, curves, new_worth)
        return self._said(
            horizon,
            done,
            Sums("history", contracts.pipeline, contracts.new, contracts.low, contracts.high, contracts.by_stage),
            Sums("history", revenue.pipeline, revenue.new, revenue.low, revenue.high, revenue.by_stage),
        )

    def _assumed(self, horizon: Horizon, done: tuple[int, float]) -> Forecast:
        chances = measured_multiplier(self._outlook.state.decided).chance_of_sale
        waiting, ones = np.ones(len(self._rows), dtype=np.bool_), np.ones(len(self._rows))
        contracts = assumed_forecast(waiting, ones, self._stages, chances)
        revenue = assumed_forecast(waiting, self._values, self._stages, chances)
        return self._said(
            horizon,
            done,
            Sums("assumed", contracts.pipeline, 0.0, None, None, contracts.by_stage),
            Sums("assumed", revenue.pipeline, 0.0, None, None, revenue.by_stage),
        )

    def _said(self, horizon: Horizon, done: tuple[int, float], contracts: Sums, revenue: Sums) -> Forecast:
        return Forecast(
            until=horizon.until,
            ends_on=horizon.ends_on,
            basis=contracts.basis,
            contracts=contracts.range,
            contracts_open=contracts.pipeline,
            contracts_new=contracts.new,
            contracts_done=done[0],
            revenue=revenue.range if self._in_money else None,
            revenue_open=revenue.pipeline if self._in_money else 0.0,
            revenue_new=revenue.new if self._in_money else 0.0,
            revenue_done=done[1] if self._in_money else 0.0,
            drivers=self._drivers(contracts.by_stage, revenue.by_stage),
            n_without_value=int(np.isnan(self._values).sum()),
        )

    def _drivers(self, contracts: Sequence[float], revenue: Sequence[float]) -> tuple[StageDriver, ...]:
        return tuple(
            StageDriver(
                milestone=self._outlook.track.milestones[gate].name,
                n_open=int((self._stages == gate + 1).sum()),
                value=float(np.nansum(self._values[self._stages == gate + 1])),
                contracts=contracts[gate],
                revenue=revenue[gate] if self._in_money else 0.0,
            )
            for gate in range(self._outlook.track.n_milestones - 1)
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """A forecast in contracts or in money."""

    basis: Literal["history", "assumed"]
    pipeline: float
    new: float
    low: float | None
    high: float | None
    by_stage: tuple[float, ...]

    @property
    def range(self) -> Range:
        """The total with its likely range; all but certain sales lean so far down that its upper end fell below it."""
        total = self.pipeline + self.new
        return Range(total, self.low, self.high)
