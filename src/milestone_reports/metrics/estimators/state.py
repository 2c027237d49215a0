"""One track as it stood on a day: its opportunities, the curves of its gates, who is stalled or presumed lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from milestone_reports.metrics.estimators.cohort import Cohort, History, Mask
from milestone_reports.metrics.estimators.conversion import Outcomes, outcomes, window
from milestone_reports.metrics.estimators.gates import GateCurve, gate_curves
from milestone_reports.metrics.estimators.multiplier import decided_by_milestone
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled, stalled_after


@dataclass(frozen=True)
class TrackState:
    """What a track's history says on a day; everything is worked out once, when it is first asked for."""

    history: History
    day: int
    months: int
    """Conversions and curves count opportunities whose first milestone lies in this many months before the day."""

    @cached_property
    def everyone(self) -> Cohort:
        """All opportunities that had reached a milestone by the day."""
        return self.history.as_of(self.day)

    @cached_property
    def recent(self) -> Cohort:
        """Those of the last months, which rates and curves are made of."""
        return window(self.everyone, self.months)

    @cached_property
    def curves(self) -> tuple[GateCurve, ...]:
        """One a gate."""
        return gate_curves(self.recent)

    @cached_property
    def thresholds(self) -> tuple[float | None, ...]:
        """Days in a stage after which one is stalled, one a gate.

        Where too few of the last months moved on to tell, all that ever did tell it.
        """
        found = tuple(stalled_after(curve) for curve in self.curves)
        if None not in found:
            return found
        return tuple(
            stalled_after(curve) if days is None else days
            for days, curve in zip(found, gate_curves(self.everyone), strict=True)
        )

    @cached_property
    def stalled(self) -> Mask:
        """Whether each of everyone is stalled."""
        return stalled(self.everyone, self.thresholds)

    @cached_property
    def presumed(self) -> Mask:
        """Whether each of everyone is presumed lost."""
        return presumed_lost(self.everyone, self.thresholds)

    @cached_property
    def by_rep(self) -> tuple[Cohort, ...]:
        """The recent ones of each rep, in the history's order of reps."""
        return tuple(self.recent.of_each(self.recent.rep, len(self.history.reps)))

    @cached_property
    def outcomes(self) -> tuple[Outcomes, ...]:
        """What became of the recent ones, a milestone."""
        return self.outcomes_of(self.recent)

    def outcomes_of(self, part: Cohort) -> tuple[Outcomes, ...]:
        """What became of a part of them, with the team's thresholds, so that parts add up."""
        return outcomes(part, presumed_lost(part, self.thresholds))

    @property
    def is_forecastable(self) -> bool:
        """Whether every gate has enough behind it for a forecast (method.md §8)."""
        return all(curve.is_usable for curve in self.curves)

    @cached_property
    def decided(self) -> tuple[int, ...]:
        """Decided opportunities of the last months that reached each milestone: what the multiplier is measured by."""
        return decided_by_milestone(self.recent, presumed_lost(self.recent, self.thresholds))
