"""The curve of a gate: of those that reach a milestone, how many have moved on, or are lost, after how many days.

Aalen and Johansen's estimator: every open opportunity is shared out over what happened to those that stayed in the
stage at least as long. Ties are taken as they are: those open at a day are still at risk on it (method.md §1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milestone_reports.metrics.estimators.cohort import NEVER, Cohort

OPEN, MOVED_ON, LOST = 0, 1, 2
"""How a stay in a stage ended, as of the day."""

FEWEST_ADVANCES = 5
"""Fewer that moved on through a gate say nothing of how long it takes (method.md §1, §5)."""

FEWEST_DECIDED = 10
"""Fewer decided at a gate say nothing of its curve (method.md §5, §8)."""

SLACK = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class GateCurve:
    """The stays in one stage, and the share that has left it either way by each day on which any did."""

    stayed: NDArray[np.int32]
    """All stays in days, the open ones' too, shortest first."""
    n_moved_on: int
    n_lost: int
    days: NDArray[np.int32]
    """Days in the stage on which any moved on or was lost, shortest first; the curves below have a value for each."""
    moved_on: NDArray[np.float64]
    lost: NDArray[np.float64]
    staying: NDArray[np.float64]
    """What is left: 1 - moved on - lost."""
    variance: float
    """Of the share that moves on."""

    @property
    def n_entered(self) -> int:
        """All that came to the stage and of whom the days are known."""
        return len(self.stayed)

    @property
    def n_decided(self) -> int:
        """Those that left it, either way; the presumed lost are not among them."""
        return self.n_moved_on + self.n_lost

    @property
    def share(self) -> float:
        """The share that moves on, once the open ones decide; 0 where none has moved on."""
        return float(self.moved_on[-1]) if len(self.moved_on) else 0.0

    @property
    def is_usable(self) -> bool:
        """Whether there is enough of both for a forecast or an expected rate (method.md §5, §8)."""
        return self.n_moved_on >= FEWEST_ADVANCES and self.n_decided >= FEWEST_DECIDED

    def days_to_move_on(self, share: float) -> int | None:
        """Days within which the share of those that move on has done so; None where none has."""
        if self.share <= 0:
            return None
        return int(self.days[np.argmax(self.moved_on >= share * self.share - SLACK)])

    def steps(self, n_days: int) -> NDArray[np.float64]:
        """The share that moves on exactly on each day in the stage, from 0 to `n_days`."""
        on_day = np.zeros(n_days + 1)
        inside = self.days <= n_days
        on_day[self.days[inside]] = np.diff(self.moved_on, prepend=0.0)[inside]
        return on_day


def gate_curve(stayed: NDArray[np.integer], ended: NDArray[np.integer]) -> GateCurve:
    """The share of the opportunities at a milestone that has moved on, or is lost, after so many days there.

    Formula: on each day on which any leave, the share that has stayed so far is split by what became of those that
    stayed as long, the open ones among them: the part that moved on, the part that is lost, and the rest, which stays.
    How well the last share is known is Greenwood's variance, by the delta method.
    Shape: a curve a gate, of a team or rep.
    Units: shares, 0 to 1, against whole days in the stage.
    Undefined: nobody has left: an empty curve.
    Source: Aalen and Johansen 1978; method.md §1.
    """
    # With n stays of at least x days, of which d1 move on and d2 are lost on day x:
    # F1 += S d1/n, F2 += S d2/n, S *= 1 - (d1 + d2)/n.
    ordered = np.sort(stayed).astype(np.int32)
    moved = np.sort(stayed[ended == MOVED_ON])
    lost = np.sort(stayed[ended == LOST])
    days = np.unique(np.concatenate((moved, lost))).astype(np.int32)
    n = len(ordered) - np.searchsorted(ordered, days).astype(np.float64)
    d1 = _on(days, moved)
    left = d1 + (d2 := _on(days, lost))
    staying = np.cumprod(1 - left / n, dtype=np.float64)
    before: NDArray[np.float64] = np.concatenate(([1.0], staying))[: len(days)]
    f1 = np.cumsum(before * d1 / n)
    return GateCurve(
        stayed=ordered,
        n_moved_on=len(moved),
        n_lost=len(lost),
        days=days,
        moved_on=f1,
        lost=np.cumsum(before * d2 / n),
        staying=staying,
        variance=_variance(n, d1, left, before, f1),
    )


def _on(days: NDArray[np.int32], ordered: NDArray[np.integer]) -> NDArray[np.float64]:
    """How many ended on each of the days."""
    return (np.searchsorted(ordered, days, "right") - np.searchsorted(ordered, days)).astype(np.float64)


def _variance(
    n: NDArray[np.float64],
    d1: NDArray[np.float64],
    left: NDArray[np.float64],
    before: NDArray[np.float64],
    f1: NDArray[np.float64],
) -> float:
    if not len(n):
        return 0.0
    # The sum of g² (d1+d2)/(n(n-d1-d2)) + S² (n-d1) d1/n³ - 2 g S d1/n², with g what is still to come.
    to_come = f1[-1] - f1
    stays = n - left
    greenwood = np.divide(left, n * stays, out=np.zeros_like(n), where=stays > 0)
    terms = to_come**2 * greenwood + before**2 * (n - d1) * d1 / n**3 - 2 * to_come * before * d1 / n**2
    return max(float(terms.sum()), 0.0)


def gate_curves(cohort: Cohort) -> tuple[GateCurve, ...]:
    """The curve of every gate of a track, in order: from each milestone but the sale to the next.

    A stay that began or ended on a day that nobody says is in no curve: its length is not known.
    """
    return tuple(_gate(cohort, gate) for gate in range(cohort.n_milestones - 1))


def _gate(cohort: Cohort, gate: int) -> GateCurve:
    entered, left = cohort.reached[:, gate], cohort.reached[:, gate + 1]
    moved_on = left != NEVER
    here = (entered != NEVER) & cohort.dated[:, gate] & (~moved_on | cohort.dated[:, gate + 1])
    lost = ~moved_on & cohort.lost
    until = np.where(moved_on, left, np.where(lost, cohort.lost_on, cohort.day))
    ended = np.where(moved_on, MOVED_ON, np.where(lost, LOST, OPEN))
    return gate_curve((until[here] - entered[here]), ended[here])
