"""Whether a figure of the team, on the card of one of its reps, would tell a colleague's (method.md §7).

Whoever knows their own part of a sum knows the others'. So a team's figure needs three others who stand behind it, gate
by gate: three names on the track do not help where all results but the rep's own are one colleague's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from milestone_reports.metrics.estimators.coaching import gate_counts
from milestone_reports.metrics.estimators.cohort import NEVER, Cohort, Mask
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.metrics.estimators.velocity import presumed_lost

FEWEST_OTHERS = 3
"""With fewer other reps than this behind it a figure of the team is a colleague's, or nearly so."""


class Behind:
    """Who stands behind the figures of the team at each gate or milestone: one row a rep, one column each."""

    def __init__(self, counted: Sequence[NDArray[np.integer]]) -> None:
        self._counted: Mask = np.column_stack(counted) > 0 if counted else np.zeros((1, 0), dtype=np.bool_)

    def tells(self, rep: int | None) -> tuple[bool, ...]:
        """Whether a figure would tell the rep of that place a colleague's; none: of a rep with nothing at all."""
        if not self._counted.shape[1]:
            return ()
        of_rep = self._counted[rep] if rep is not None else False
        others = self._counted.sum(axis=0) - of_rep
        return tuple(((others > 0) & (others < FEWEST_OTHERS)).tolist())


def behind_next(state: TrackState) -> Behind:
    """Behind the rates to the next milestone: who has opportunities decided at each gate."""
    recent = state.recent
    ended = _not_sold(recent, state)
    return _of_owners(recent, state, _decided_at_gates(recent, ended))


def behind_sale(state: TrackState) -> Behind:
    """Behind the rates to the sale, and the counts of the multiplier: who has decided ones that reached each."""
    recent = state.recent
    decided, stage = recent.won | _not_sold(recent, state), recent.n_reached
    return _of_owners(recent, state, (decided & (stage >= k) for k in range(1, recent.n_milestones + 1)))


def behind_curves(state: TrackState) -> tuple[Behind, ...]:
    """Behind the days that gates take: of the last months, and of all time, which may stand in for those."""
    return tuple(
        _of_owners(cohort, state, _decided_at_gates(cohort, cohort.lost)) for cohort in (state.recent, state.everyone)
    )


def behind_year(state: TrackState) -> Behind:
    """Behind what reps are compared by: who decided something at each gate in the last year."""
    decided = gate_counts(state.everyone, state.thresholds, len(state.history.reps)).decided
    return Behind(tuple(decided.T))


def _not_sold(cohort: Cohort, state: TrackState) -> Mask:
    return cohort.lost | presumed_lost(cohort, state.thresholds)


def _decided_at_gates(cohort: Cohort, ended: Mask) -> Iterator[Mask]:
    stage = cohort.n_reached
    return (
        (cohort.reached[:, gate] != NEVER) & ((stage > gate + 1) | (ended & (stage == gate + 1)))
        for gate in range(cohort.n_milestones - 1)
    )


def _of_owners(cohort: Cohort, state: TrackState, counted: Iterator[Mask]) -> Behind:
    n_reps = len(state.history.reps)
    return Behind([np.bincount(cohort.rep[mask], minlength=n_reps) for mask in counted])
