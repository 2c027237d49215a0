"""How many first milestones a target takes, by when at the latest, and what each source's became (method.md §8).

Days are ordinals. Must not know of calendars' holidays or of what a page shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Literal

import numpy as np

from milestone_reports.metrics.estimators.cohort import Cohort, Mask
from milestone_reports.metrics.estimators.forecast import Floats, Forecast
from milestone_reports.metrics.rates import DECIDED_TO_SAY, Rate, rate

Z80 = 0.8416212335729143
SLACK = 1e-12
MONTHS = 12

ASSUMED_SPREAD = 0.64
"""Variance of a sale's value over the square of its mean, until 10 sales tell it (method.md §8)."""

SALES_FOR_SPREAD = 10


def lead_time(win_curve: Floats, share: float, expected: float) -> int | None:
    """Days from the first milestone within which a share of those that will be sold is sold.

    Formula: the first day on which the chance of a sale within so many days reaches that share of the expected rate.
    Shape: two numbers a track, for half of them and for eight in ten.
    Units: days.
    Undefined: the expected rate from the first milestone is not shown, or nothing is expected: no lead time.
    Source: method.md §8.
    """
    if expected <= 0:
        return None
    come = win_curve >= share * expected - SLACK
    return int(np.argmax(come)) if come.any() else None


@dataclass(frozen=True, slots=True)
class LastStarts:
    """By when first milestones must be reached so that their sales still fall before a deadline."""

    useful: int
    """The last day on which half of those that will be sold still are in time."""
    safe: int
    """The last day on which eight in ten of them are."""


def last_starts(win_curve: Floats, expected: float, deadline: int) -> LastStarts | None:
    """The last useful and the last safe day for a first milestone, for a deadline.

    Formula: the deadline less the days within which half, and eight in ten, of those that will be sold are sold.
    Shape: two days a track and deadline.
    Units: days.
    Undefined: as the lead time.
    Source: method.md §8.
    """
    half, most = lead_time(win_curve, 0.5, expected), lead_time(win_curve, 0.8, expected)
    return None if half is None or most is None else LastStarts(deadline - half, deadline - most)


@dataclass(frozen=True, slots=True)
class MonthLeft:
    """What is left of one month."""

    first: int
    """Its first day that is left."""
    middle: int
    share: float
    """The days left over the days of the month."""


def months_left(day: int, last: int) -> tuple[MonthLeft, ...]:
    """The months from the day after `day` to the day `last`, the first and last perhaps in part."""
    months = []
    first = date.fromordinal(day + 1)
    while first.toordinal() <= last:
        month_first = first.replace(day=1)
        following = (month_first + timedelta(days=31)).replace(day=1)
        until = min(following.toordinal(), last + 1)
        n_days = until - first.toordinal()
        share = n_days / (following - month_first).days
        months.append(MonthLeft(first.toordinal(), first.toordinal() + n_days // 2, share))
        first = following
    return tuple(months)


def useful_shares(win_curve: Floats, starts_on: Sequence[int], deadline: int) -> tuple[float, ...]:
    """The chance of a first milestone reached on each of the days to be sold by a deadline; the curve reaches that far.

    Where the curve ends earlier, it must have come to its last value.
    """
    in_time = (min(max(deadline - on, 0), len(win_curve) - 1) for on in starts_on)
    return tuple(float(win_curve[days]) if on < deadline else 0.0 for on, days in zip(starts_on, in_time, strict=True))


def even_starts(missing: float, contract: float, useful: float) -> float:
    """First milestones a month that reach a target half the time.

    Formula: what is missing (target less won so far less what the open ones bring by the deadline) over the average
    contract times the chances of each month's first milestones to be sold in time, added up. A contract is 1 where
    the target counts them.
    Shape: a number a track and deadline.
    Units: first milestones a month.
    Undefined: nothing missing: 0, covered already. No start can be sold in time: too late for this deadline.
    Source: method.md §8.
    """
    return max(missing, 0.0) / (contract * useful)


def steady_starts(contracts_a_year: float, expected: float) -> float | None:
    """First milestones a month that a year's contracts take, year in, year out.

    Formula: contracts a year / 12 / the expected rate from the first milestone to the sale.
    Shape: a number a track, beside the even one: the difference is the ramp.
    Units: first milestones a month.
    Undefined: the expected rate is not shown: assumed from the multiplier.
    Source: method.md §8.
    """
    return contracts_a_year / MONTHS / expected if expected > 0 else None


def assumed_starts(contracts_a_year: float, starts_a_contract: float) -> float:
    """First milestones a month by the multiplier alone, where history is too short for a curve.

    Formula: contracts a year / 12 times the first stage's quota for a contract; no lead time and no deadline.
    Shape: a number a track.
    Units: first milestones a month; assumed.
    Undefined: no contracts asked for.
    Source: method.md §6, §8.
    """
    return contracts_a_year / MONTHS * starts_a_contract


def spread_of_values(cohort: Cohort) -> float:
    """How much the values of sales differ: their variance over the square of their mean; 0.64 under 10 sales."""
    values = cohort.value[cohort.won & ~np.isnan(cohort.value)]
    if len(values) < SALES_FOR_SPREAD or values.mean() <= 0:
        return ASSUMED_SPREAD
    return float(values.var() / values.mean() ** 2)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target for a deadline, in money or in contracts."""

    target: float
    won: float
    """So far, in the same unit."""
    contract: float
    """What an average contract is worth; 1 where the target counts them."""
    spread: float
    """Of the values of sales (`spread_of_values`); 0 where the target counts them."""


def safe_starts(goal: Goal, pipeline: Forecast, useful: float) -> float | None:
    """First milestones a month that reach a target eight times in ten.

    Formula: the smallest number whose mean less 0.84 standard deviations, with what the open ones bring, is what is
    missing. The variance is that of the open ones' chances, of the number and values of new sales, and of the gates'
    shares, which all of them have in common. It is the root of a quadratic.
    Shape: a number a track and deadline.
    Units: first milestones a month.
    Undefined: no number is enough, so little is known of the gates: too little history to promise 80 %.
    Source: method.md §8.
    """
    missing = goal.target - goal.won - pipeline.pipeline
    relative, ahead = np.array(pipeline.gate_variances), np.cumsum(pipeline.by_stage)
    own = pipeline.chance_variance + float((relative * ahead**2).sum())
    each = goal.contract * (1 + goal.spread) + 2 * float((relative * ahead).sum())
    brought = _smallest_safe(missing, own, each, float(relative.sum()))
    return None if brought is None else brought / (goal.contract * useful)


def _smallest_safe(missing: float, own: float, each: float, shared: float) -> float | None:
    """The smallest b >= 0 with b - missing >= z sqrt(own + each b + shared b²); None where there is none."""
    if -missing >= Z80 * sqrt(own):
        return 0.0
    square = 1 - Z80**2 * shared
    half = missing + Z80**2 * each / 2
    rest = missing**2 - Z80**2 * own
    inside = half**2 - square * rest
    if inside < 0:
        return None
    # The roots of square b² - 2 half b + rest = 0, in the form that loses no digits.
    far = half + sqrt(inside) if half >= 0 else half - sqrt(inside)
    roots = [rest / far if far else 0.0, far / square if square else np.inf]
    return min((b for b in roots if np.isfinite(b) and b >= max(missing, 0.0)), default=None)


@dataclass(frozen=True, slots=True)
class StartsNeeded:
    """First milestones that are needed each month up to a deadline."""

    says: Literal["covered", "needed", "too late"]
    missing: float
    """Target less won so far less what the open ones bring by the deadline; 0 or more."""
    even: float | None
    """A full month, to reach the target half the time; 0 when covered, None when too late."""
    safe: float | None
    """A full month, to reach it eight times in ten; None when too late, or history is too little to promise that."""
    useful: tuple[float, ...]
    """For each month left: the chance of its first milestones to be sold in time."""


def starts_needed(
    goal: Goal, pipeline: Forecast, win_curve: Floats, months: Sequence[MonthLeft], deadline: int
) -> StartsNeeded:
    """How many first milestones are needed in each month that is left, for an even and for an 80 % chance.

    Formula: the same number in every full month, a part of it in part of a month, each start with the chance of a sale
    in the days from the month's middle to the deadline.
    Shape: two numbers a track and deadline.
    Units: first milestones a month.
    Undefined: covered already: 0. Too late for this deadline: starts now count for the next one. Too little history
    to promise 80 %: the even number alone. No curve: assumed from the multiplier.
    Source: method.md §8.
    """
    # The forecast is to the deadline and in the goal's unit; what it expects of new starts is not counted.
    useful = useful_shares(win_curve, [month.middle for month in months], deadline)
    weight = sum(share * month.share for share, month in zip(useful, months, strict=True))
    missing = max(goal.target - goal.won - pipeline.pipeline, 0.0)
    if missing and weight <= 0:
        return StartsNeeded("too late", missing, None, None, useful)
    if weight <= 0:
        return StartsNeeded("covered", missing, 0.0, _safe_with_none(goal, pipeline), useful)
    even, safe = even_starts(missing, goal.contract, weight), safe_starts(goal, pipeline, weight)
    return StartsNeeded("needed" if missing else "covered", missing, even, safe, useful)


def _safe_with_none(goal: Goal, pipeline: Forecast) -> float | None:
    """0 where the open ones alone are safe, and no start can add to them."""
    return 0.0 if safe_starts(goal, pipeline, 1.0) == 0 else None


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """What the first milestones of one source became."""

    first_milestones: int
    sales: int
    lost: int
    presumed_lost: int
    to_sale: Rate
    revenue: float
    """Of the sales that have a value."""
    revenue_per_first: float | None
    """None where there is no first milestone, or no sale has a value."""
    days_to_sale: float | None
    """Median from the first milestone to the sale."""


def by_source(cohort: Cohort, presumed: Mask, n_sources: int) -> tuple[SourceFigures, ...]:
    """What the first milestones of each source became.

    Formula: first milestones reached; of them sold, lost and presumed lost; the values of the sales added up, and over
    the first milestones, the open ones too: a young source has yet to bring its revenue; the median of the days from
    first milestone to sale.
    Shape: a row a source, of the team and track.
    Units: opportunities; money; days.
    Undefined: under 10 decided: no rate. No sale with a value: no revenue for a first milestone. No sale: no days.
    Source: method.md §8.
    """
    won, valued = cohort.won, cohort.won & ~np.isnan(cohort.value)

    def counts(of: Mask) -> list[int]:
        found: list[int] = np.bincount(cohort.source[of], minlength=n_sources).tolist()
        return found

    firsts, sales, lost, gone = (counts(of) for of in (np.ones_like(won), won, cohort.lost, presumed))
    n_valued = counts(valued)
    revenue = np.bincount(cohort.source[valued], weights=cohort.value[valued], minlength=n_sources).tolist()
    days = _days_to_sale(cohort, n_sources)
    return tuple(
        SourceFigures(
            first_milestones=firsts[i],
            sales=sales[i],
            lost=lost[i],
            presumed_lost=gone[i],
            to_sale=rate(sales[i], sales[i] + lost[i] + gone[i], DECIDED_TO_SAY["sale"]),
            revenue=revenue[i],
            revenue_per_first=revenue[i] / firsts[i] if n_valued[i] else None,
            days_to_sale=days[i],
        )
        for i in range(n_sources)
    )


def _days_to_sale(cohort: Cohort, n_sources: int) -> list[float | None]:
    sold = cohort.won & cohort.dated[:, 0]
    source, days = cohort.source[sold], (cohort.reached[sold, -1] - cohort.reached[sold, 0])
    order = np.argsort(source, kind="stable")
    parts = np.split(days[order], np.searchsorted(source[order], np.arange(1, n_sources)))
    return [float(np.median(part)) if len(part) else None for part in parts[:n_sources]]
