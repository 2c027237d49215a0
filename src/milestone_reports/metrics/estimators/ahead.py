"""How many milestones will be reached within so many days, by the same chances as the forecast (method.md §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from milestone_reports.metrics.estimators.cohort import Cohort, Mask
from milestone_reports.metrics.estimators.forecast import Floats, Starts, open_chances, reach_curves
from milestone_reports.metrics.estimators.gates import GateCurve


@dataclass(frozen=True, slots=True, eq=False)
class MilestonesAhead:
    """What will be reached within a horizon, before it is added up for the team or a rep."""

    chances: Floats
    """Shape (opportunities, milestones): the chance of each open one to reach each milestone that it has not."""
    a_daily_start: Floats
    """Shape (milestones,): how often each is reached, were one opportunity to start on each day."""


def milestones_ahead(cohort: Cohort, presumed: Mask, curves: Sequence[GateCurve], n_days: int) -> MilestonesAhead:
    """The chances to reach each milestone within the next `n_days` days, by the chain of gates cut off at it."""
    n_milestones = len(curves) + 1
    chances = np.zeros((len(cohort.value), n_milestones))
    ripe = np.zeros(n_milestones)
    waiting = np.flatnonzero(cohort.open & ~presumed)
    part, none = cohort.where(waiting), np.zeros(len(waiting), dtype=np.bool_)
    for target in range(1, n_milestones + 1):
        reach = reach_curves(curves, n_days, target)
        chances[waiting, target - 1] = open_chances(part, none, curves, reach, n_days)
        ripe[target - 1] = reach[0][:n_days].sum()
    return MilestonesAhead(chances, ripe)


@dataclass(frozen=True, slots=True)
class ExpectedMilestones:
    """How often one milestone will be reached within a horizon."""

    from_open: float
    from_new: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.from_open + self.from_new


def expected_milestones(chances: Floats, a_daily_start: Floats, starts: Starts) -> tuple[ExpectedMilestones, ...]:
    """How often each milestone will be reached within a horizon, by any part of the opportunities, a rep's say.

    Formula: the chance of each open opportunity to reach the milestone, added up; and of those still to start: starts a
    day, times the chance of a start of each day ahead to reach it in the days it then has left, added up.
    Shape: two numbers a milestone, a rep (or team), track and horizon.
    Units: milestones.
    Undefined: as the forecast.
    Source: method.md §8.
    """
    opened, started = chances.sum(axis=0), starts.a_day * a_daily_start
    return tuple(ExpectedMilestones(float(a), float(b)) for a, b in zip(opened, started, strict=True))
