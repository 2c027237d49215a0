"""How many milestones a contract takes: assumed at first, measured as contracts come in (method.md §6).

The same formula from the first day: five contracts of the assumed funnel, beside the team's own. Must not know when a
fiscal year starts, or what last year's multiplier was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Literal

from milestone_reports.domain.team import DEFAULT_MULTIPLIER
from milestone_reports.metrics.estimators.cohort import Cohort, Mask
from milestone_reports.metrics.quota import gate_rate, stage_quotas
from milestone_reports.metrics.rates import LIKELY

Label = Literal["assumed", "mixed", "measured", "set"]

ASSUMED_SALES = 5
"""Contracts of the assumed funnel that the team's own are added to: `n0`."""

ASSUMED_SALES_FOR_RANGE = 3
"""Fewer in the interval, which must hold the truth where the team is not like the assumption."""

MIXED_FROM = 5
MEASURED_FROM = 20
"""Sales from which the multiplier is called mixed, and measured."""

WIDE = 0.95

RANGE_FROM = 3
"""Sales from which the interval says something: before, it is 1.2 to 7."""


@dataclass(frozen=True, slots=True)
class Multiplier:
    """Milestones reached for each milestone of a sale, with what it rests on and how it splits over the stages."""

    value: float
    likely_low: float
    """The interval, eight times in ten; the value itself where it is set, or where the track has no gate."""
    likely_high: float
    low_95: float
    high_95: float
    label: Label
    decided: tuple[int, ...]
    """Decided opportunities that reached each milestone; the last are the sales."""
    sales: int
    per_contract: tuple[float, ...]
    """Milestones of each stage to a contract; together they are the value times the milestones of the track."""
    chance_of_sale: tuple[float, ...]
    """The share that is sold, of the opportunities that reach each milestone."""

    @property
    def raw(self) -> float | None:
        """The team's own figure, without any assumption: milestones over sales times milestones of the track."""
        return sum(self.decided) / (len(self.decided) * self.sales) if self.sales else None

    @property
    def shows_range(self) -> bool:
        """Whether there are sales enough for the interval to say something."""
        return self.sales >= RANGE_FROM and self.low_95 < self.high_95


def decided_by_milestone(cohort: Cohort, presumed: Mask) -> tuple[int, ...]:
    """Of the decided opportunities, how many had reached each milestone.

    Formula: won, lost and presumed lost ones that reached the milestone; the open ones are left out.
    Shape: a number a milestone, of the team; the last is the sales.
    Units: opportunities.
    Undefined: nothing decided: all are 0.
    Source: method.md §6.
    """
    reached = cohort.n_reached[~cohort.open | presumed]
    return tuple(int((reached >= k).sum()) for k in range(1, cohort.n_milestones + 1))


def measured_multiplier(decided: Sequence[int]) -> Multiplier:
    """How many milestones are reached for each milestone of a sale: two with no history, the team's own in time.

    Formula: (D + 2 K n0) / (K (W + n0)) with n0 = 5, D the milestones reached and W the sales on decided opportunities,
    and K the milestones of the track. Stage quota k to a contract: (decided that reached k + n0 of the assumed stage
    quota) / (W + n0); its inverse is the chance of a sale. The interval is that of a ratio of gamma variables, by
    a shifted lognormal, with 3 assumed contracts in place of 5.
    Shape: a number a track, with its interval, its label and the counts; a stage quota a milestone.
    Units: milestones to a milestone of a sale, 1 or more.
    Undefined: never; under 5 sales it is called assumed, under 20 mixed, and under 3 sales no interval is shown. A
    track of one milestone has no gate: 1, with no interval.
    Source: method.md §6.
    """
    n_milestones, sales = len(decided), decided[-1]
    if n_milestones == 1:
        return _without_gates(sales)
    assumed = stage_quotas(1, n_milestones, DEFAULT_MULTIPLIER)
    contracts = sales + ASSUMED_SALES
    per_contract = tuple((n + ASSUMED_SALES * a) / contracts for n, a in zip(decided, assumed, strict=True))
    value = (sum(decided) + DEFAULT_MULTIPLIER * n_milestones * ASSUMED_SALES) / (n_milestones * contracts)
    likely, wide = (_interval(decided, assumed, level) for level in (LIKELY, WIDE))
    return Multiplier(
        value=value,
        likely_low=min(likely[0], value),
        likely_high=max(likely[1], value),
        low_95=min(wide[0], value),
        high_95=max(wide[1], value),
        label=_label(sales),
        decided=tuple(decided),
        sales=sales,
        per_contract=per_contract,
        chance_of_sale=(*(1 / stage for stage in per_contract[:-1]), 1.0),
    )


def _without_gates(sales: int) -> Multiplier:
    """A track of one milestone: nothing is lost on the way, so a contract takes one."""
    ones = (1.0,)
    return Multiplier(1.0, 1.0, 1.0, 1.0, 1.0, _label(sales), (sales,), sales, ones, ones)


def set_multiplier(value: float, n_milestones: int) -> Multiplier:
    """The multiplier that is typed in the workbook, which overrides what history says.

    Formula: as typed; each gate has the one gate rate that it stands for, and the stage quotas follow from that.
    Shape: a number for all tracks, called set; a stage quota a milestone.
    Units: milestones to a milestone of a sale.
    Undefined: no interval: it is not measured.
    Source: method.md §2, §6.
    """
    q = gate_rate(n_milestones, value)
    return Multiplier(
        value=value,
        likely_low=value,
        likely_high=value,
        low_95=value,
        high_95=value,
        label="set",
        decided=(0,) * n_milestones,
        sales=0,
        per_contract=stage_quotas(1, n_milestones, value),
        chance_of_sale=tuple(q ** (n_milestones - k) for k in range(1, n_milestones + 1)),
    )


def _label(sales: int) -> Label:
    if sales < MIXED_FROM:
        return "assumed"
    return "mixed" if sales < MEASURED_FROM else "measured"


def _interval(decided: Sequence[int], assumed: Sequence[float], level: float) -> tuple[float, float]:
    """The interval of a track with gates: the milestones of lost opportunities, for each sale, are lognormal."""
    reached = [n + ASSUMED_SALES_FOR_RANGE * a for n, a in zip(decided, assumed, strict=True)]
    lost_after = [here - further for here, further in pairwise(reached)]
    milestones = sum(k * lost for k, lost in enumerate(lost_after, start=1))
    squares = sum(k * k * lost for k, lost in enumerate(lost_after, start=1))
    sales = reached[-1]
    variance = log((1 + squares / milestones**2) * (sales - 1) / (sales - 2))
    centre = log(milestones / (len(decided) * (sales - 1))) - variance / 2
    reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(variance)
    return 1 + exp(centre - reach), 1 + exp(centre + reach)
