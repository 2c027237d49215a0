"""What the open opportunities and those still to start will become within so many days (method.md §8).

An opportunity's chance depends on its stage and its age there alone, by the curves of the team's gates. So the
pipelines of the reps add up to the team's, and so do their new starts. Must not know of targets or fiscal years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from milestone_reports.metrics.estimators.cohort import Cohort, Days, Mask
from milestone_reports.metrics.estimators.gates import GateCurve

Floats = NDArray[np.float64]

FEWEST_STAYING = 10
"""An age that fewer stayed beyond says nothing by itself: the chance is that of the oldest age that enough did."""

NOBODY_STAYS = 1e-12
STARTS_WINDOW = 182
"""The days whose first milestones give the rate of new starts."""

WORTH_WINDOW = 365
"""The days whose first milestones give what a sale is worth."""

LONGEST = 3653
"""Days beyond which a mistyped year, not a sale, is on the way."""

Z90 = 1.2815515655446004
RANGE_SCALE = 1.05
"""Ranges of the closed form came out a little narrow in simulation (method.md §8)."""

MOST_SKEW = 2.0


def longest_way(curves: Sequence[GateCurve]) -> int:
    """Days after which nobody that moves on through all gates is still on the way; ten years at most."""
    return min(sum(int(curve.days[-1]) for curve in curves if len(curve.days)), LONGEST)


def reach_curves(curves: Sequence[GateCurve], n_days: int, target: int) -> tuple[Floats, ...]:
    """The chance to have reached a later milestone so many days after each milestone before it.

    Formula: 1 for the milestone itself; before it, each day's share that moves on through the gate, times the chance
    to come from the next milestone to the target in the days that are left, added up.
    Shape: a curve a milestone up to the target, each with a share for every day from 0 on; of the team.
    Units: shares, 0 to 1, against whole days.
    Undefined: a gate that nobody has moved on through: 0 for all before it.
    Source: method.md §8.
    """
    found = [np.ones(n_days + 1)]
    for curve in reversed(curves[: target - 1]):
        found.append(np.convolve(curve.steps(n_days), found[-1])[: n_days + 1])
    return tuple(reversed(found))


def win_curves(curves: Sequence[GateCurve], n_days: int) -> tuple[Floats, ...]:
    """The chance of a sale within so many days of reaching each milestone; the last one is the sale itself.

    Formula: 1 for the sale; before it, each day's share that moves on through the gate, times the chance to win from
    the next milestone in the days that are left, added up.
    Shape: a curve a milestone, each with a share for every day from 0 on; of the team.
    Units: shares, 0 to 1, against whole days.
    Undefined: a gate that nobody has moved on through: 0 for all before it.
    Source: method.md §8.
    """
    return reach_curves(curves, n_days, len(curves) + 1)


def open_chances(
    cohort: Cohort, presumed: Mask, curves: Sequence[GateCurve], wins: Sequence[Floats], n_days: int
) -> Floats:
    """The chance of each opportunity to be sold within a horizon.

    Formula: of those that stayed in the stage as long as this one, the share that moves on in the days ahead, each
    day times the chance to win from the next milestone in the days then left. Above an age that fewer than 10
    stayed beyond, the chance of that age.
    Shape: a number an opportunity.
    Units: shares, 0 to 1.
    Undefined: sold, lost or presumed lost: 0. In its stage since a day that nobody says: as if it came today.
    Source: method.md §8.
    """
    # The win curves may be of more days; reach curves in their place give the chance of an earlier milestone.
    chances = np.zeros(len(cohort.value))
    rows = np.flatnonzero(cohort.open & ~presumed)
    stage, age = cohort.n_reached[rows], cohort.age[rows]
    for number, (curve, onward) in enumerate(zip(curves, wins[1:], strict=False), start=1):
        here = stage == number
        if here.any():
            chances[rows[here]] = _chances_at(age[here], curve, onward[:n_days])
    return chances


def _chances_at(ages: Days, curve: GateCurve, onward: Floats) -> Floats:
    """The chance at each age, looked up among the chances of all ages, which one sliding sum gives."""
    told = min(_oldest_told(curve), int(ages.max()))
    n_days = len(onward)
    if not n_days:
        return np.zeros(len(ages))
    reached = np.convolve(curve.steps(told + n_days)[1:], onward, "valid")
    seen = np.searchsorted(curve.days, np.arange(told + 1), "right")
    staying = np.concatenate(([1.0], curve.staying))[seen]
    by_age = np.divide(reached, staying, out=np.zeros(told + 1), where=staying > NOBODY_STAYS)
    chances: Floats = np.minimum(by_age, 1.0)[np.minimum(ages, told)]
    return chances


def _oldest_told(curve: GateCurve) -> int:
    """The highest age that at least 10 stayed beyond; 0 where there is none."""
    return max(int(curve.stayed[-FEWEST_STAYING]) - 1, 0) if curve.n_entered >= FEWEST_STAYING else 0


@dataclass(frozen=True, slots=True)
class Worth:
    """What a sale that is still to start is worth: an average, and what its range takes."""

    n: int
    """The opportunities that it is the average of; 0 where none has a value."""
    mean: float
    variance: float
    square: float
    """Mean of the squares."""
    cube: float


ONE_CONTRACT = Worth(1, 1.0, 0.0, 1.0, 1.0)
"""A sale counted, not valued."""


def worth_of_starts(cohort: Cohort) -> Worth:
    """What an opportunity that is still to start is worth when it is sold.

    Formula: the mean value of those whose first milestone was reached in the last 365 days; of all if none was.
    Shape: a number a track, of the team.
    Units: money a contract.
    Undefined: no opportunity has a value: 0, and revenue is not shown.
    Source: method.md §8.
    """
    valued = ~np.isnan(cohort.value)
    recent = valued & cohort.dated[:, 0] & (cohort.reached[:, 0] > cohort.day - WORTH_WINDOW)
    values = cohort.value[recent if recent.any() else valued]
    if not len(values):
        return Worth(0, 0.0, 0.0, 0.0, 0.0)
    return Worth(
        len(values), float(values.mean()), float(values.var()), float((values**2).mean()), float((values**3).mean())
    )


@dataclass(frozen=True, slots=True)
class Starts:
    """New opportunities of the last days, which go on at the same rate."""

    n: int
    window_days: int

    @property
    def a_day(self) -> float:
        """First milestones a day."""
        return self.n / self.window_days


def first_start(cohort: Cohort) -> int | None:
    """The day of the first first milestone; None where there is none with a day."""
    started_on = cohort.reached[cohort.dated[:, 0], 0]
    return int(started_on.min()) if len(started_on) else None


def new_starts(cohort: Cohort) -> Starts:
    """How many opportunities start, by the last half-year.

    Formula: first milestones reached in the last 182 days (fewer where history is shorter), over those days.
    Shape: a number a rep (or team) and track; the reps' over the team's days, so that they add up to the team's.
    Units: first milestones a day.
    Undefined: nothing has started: 0.
    Source: method.md §8.
    """
    return starts_of_each(cohort, np.zeros(len(cohort.value), dtype=np.int32), 1)[0]


def starts_of_each(cohort: Cohort, codes: NDArray[np.int32], n_codes: int) -> tuple[Starts, ...]:
    """The new starts of each code, of each rep for instance, over the days of all of them together."""
    first = first_start(cohort)
    days = max(1, min(STARTS_WINDOW, cohort.day - first)) if first is not None else 1
    recent = cohort.dated[:, 0] & (cohort.reached[:, 0] > cohort.day - days)
    counts = np.bincount(codes[recent], minlength=n_codes)
    return tuple(Starts(int(n), days) for n in counts)


@dataclass(frozen=True, slots=True)
class StillToStart:
    """What opportunities that have not started yet will bring within a horizon."""

    contracts: float
    worth: float
    variance: float
    third: float


def still_to_start(starts: Starts, win_curve: Floats, n_days: int, worth: Worth = ONE_CONTRACT) -> StillToStart:
    """What opportunities that start within a horizon will bring within it.

    Formula: starts a day, times the chance of a start of each day ahead to be sold in the days it then has left,
    added up; times the mean value of starts for revenue.
    Shape: a number a rep (or team), track and horizon.
    Units: contracts, or money.
    Undefined: nothing has started in the last 182 days: 0.
    Source: method.md §8.
    """
    ripe = float(win_curve[:n_days].sum())
    contracts = starts.a_day * ripe
    rate_variance = (starts.n + 0.5) / starts.window_days**2
    return StillToStart(
        contracts=contracts,
        worth=contracts * worth.mean,
        variance=contracts * worth.square
        + (worth.mean * ripe) ** 2 * rate_variance
        + (contracts**2 * worth.variance / worth.n if worth.n else 0.0),
        third=contracts * worth.cube,
    )


@dataclass(frozen=True, slots=True)
class Forecast:
    """Contracts or revenue within a horizon, from what is open and what is still to start."""

    pipeline: float
    """From the open opportunities."""
    new: float
    """From those that are still to start."""
    low: float
    """P10 of the total; with `high` the likely range: eight times in ten."""
    high: float
    pipeline_low: float
    pipeline_high: float
    by_stage: tuple[float, ...]
    """The pipeline's by the stage they stand in, a number a gate."""
    n_without_worth: int
    """Open ones with a chance that are left out because they have no value."""
    chance_variance: float
    """The pipeline's, were the gates' shares known for certain."""
    gate_variances: tuple[float, ...]
    """The gates' own, each over the square of its share."""
    variance: float
    """The pipeline's."""
    total_variance: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.pipeline + self.new


def forecast(
    chances: Floats, worth: Floats, stages: NDArray[np.integer], curves: Sequence[GateCurve], new: StillToStart
) -> Forecast:
    """Contracts or revenue within a horizon, of any part of the opportunities, a rep's for instance.

    Formula: each open opportunity's value times its chance, added up; and what is still to start. The likely range is
    P10 to P90 by Cornish and Fisher: from each one's own chance, from how well the gates are known (shared by all
    that have a gate ahead of them), and from the number and value of new starts.
    Shape: a total with its range, and its parts by stage and still to start, a rep (or team), track and horizon.
    Units: contracts, or money; those without a value are left out of money.
    Undefined: a gate with under 5 that moved on or under 10 decided: assumed from the multiplier, with no date.
    Source: method.md §8; Cornish and Fisher 1938.
    """
    # The worth of each is its value, NaN where there is none, or 1 for contracts.
    valued = ~np.isnan(worth)
    p, v = chances[valued], worth[valued]
    expected, doubt = v * p, v**2 * p * (1 - p)
    by_stage = np.bincount(stages[valued] - 1, weights=expected, minlength=len(curves))[: len(curves)]
    ahead, relative = np.cumsum(by_stage), gate_variances(curves)
    pipeline, own, third = float(expected.sum()), float(doubt.sum()), float((doubt * v * (1 - 2 * p)).sum())
    variance = own + float((relative * ahead**2).sum())
    total_variance = own + float((relative * (new.worth + ahead) ** 2).sum()) + new.variance
    low, high = likely_range(pipeline + new.worth, total_variance, third + new.third)
    pipeline_low, pipeline_high = likely_range(pipeline, variance, third)
    return Forecast(
        pipeline=pipeline,
        new=new.worth,
        low=low,
        high=high,
        pipeline_low=pipeline_low,
        pipeline_high=pipeline_high,
        by_stage=tuple(by_stage.tolist()),
        n_without_worth=int(np.count_nonzero(~valued & (chances > 0))),
        chance_variance=own,
        gate_variances=tuple(relative.tolist()),
        variance=variance,
        total_variance=total_variance,
    )


def gate_variances(curves: Sequence[GateCurve]) -> Floats:
    """How well each gate's share is known: its variance over its square, 0 where nobody has moved on."""
    return np.array([curve.variance / curve.share**2 if curve.share > 0 else 0.0 for curve in curves])


def likely_range(mean: float, variance: float, third: float) -> tuple[float, float]:
    """The range in which a sum of chances falls eight times in ten: P10 to P90.

    Formula: mean + 1.05 sd (±z + (z² - 1)/6 × skewness), with z = 1.2816 and a skewness of at most 2; never below 0.
    Shape: two numbers, low and high.
    Units: those of the mean.
    Undefined: nothing is uncertain: the mean twice.
    Source: Cornish and Fisher 1938; method.md §8.
    """
    if variance <= 0:
        return mean, mean
    deviation = sqrt(variance)
    lean = (Z90**2 - 1) / 6 * min(third / deviation**3, MOST_SKEW)
    spread = RANGE_SCALE * deviation
    low, high = mean + spread * (lean - Z90), mean + spread * (lean + Z90)
    # A range holds what it is the range of, also where the skewness is far beyond what the approximation is for.
    return min(max(low, 0.0), mean), max(high, mean)


@dataclass(frozen=True, slots=True)
class AssumedForecast:
    """What the open opportunities are worth by the multiplier's chances: assumed, with no date."""

    pipeline: float
    by_stage: tuple[float, ...]
    n_without_worth: int


def assumed_forecast(
    waiting: Mask, worth: Floats, stages: NDArray[np.integer], chance_of_sale: Sequence[float]
) -> AssumedForecast:
    """Contracts or revenue from the open opportunities where history is too short for a forecast with a date.

    Formula: each open opportunity's value times the chance of a sale from its milestone that the multiplier stands for.
    Shape: a total and its parts by stage, a rep (or team) and track; assumed, no date, no range.
    Units: contracts, or money; those without a value are left out of money.
    Undefined: nothing open: 0.
    Source: method.md §6, §8.
    """
    # Waiting are those that are open and not presumed lost.
    counted = waiting & ~np.isnan(worth)
    stage = stages[counted] - 1
    expected = worth[counted] * np.asarray(chance_of_sale)[stage]
    n_gates = len(chance_of_sale) - 1
    by_stage = np.bincount(stage, weights=expected, minlength=n_gates)
    return AssumedForecast(
        float(expected.sum()), tuple(by_stage[:n_gates].tolist()), int(np.count_nonzero(waiting & ~counted))
    )
