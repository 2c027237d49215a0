"""How long a stage takes, and who has been in it for too long (method.md §1, §8)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from milestone_reports.metrics.estimators.cohort import Cohort, Mask
from milestone_reports.metrics.estimators.gates import FEWEST_ADVANCES, GateCurve

PRIOR_ADVANCES = 10
"""How many that moved on three medians weigh, beside those that were seen."""

MEDIANS = 3
PRESUMED_LOST = 2
"""Presumed lost: so many times the days after which one is stalled."""

EARLY_BELOW = 1.5
"""A history shorter than so many times its own 90th percentile understates it (method.md §8)."""


def days_to_advance(curve: GateCurve, share: float) -> int | None:
    """Days in which half, or nine in ten, of those that move on through a gate have done so.

    Formula: the first day on which the curve of those that moved on reaches the share of its last value.
    Shape: two numbers a gate, the median and the 90th percentile, of the team.
    Units: days in the stage.
    Undefined: under 5 that moved on: too few to say.
    Source: method.md §1, §8.
    """
    return curve.days_to_move_on(share) if curve.n_moved_on >= FEWEST_ADVANCES else None


def stalled_after(curve: GateCurve) -> float | None:
    """Days in a stage after which an open opportunity is stalled: longer there than nine in ten that moved on.

    Formula: (n q + 10 × 3 median) / (n + 10), with n that moved on and q their 90th percentile; three medians stand in
    for the percentile while few have moved on. Presumed lost after twice as many.
    Shape: a number a gate, of the team.
    Units: days in the stage.
    Undefined: under 5 that moved on: nobody is stalled or presumed lost there.
    Source: method.md §1, §8.
    """
    median, ninth = days_to_advance(curve, 0.5), days_to_advance(curve, 0.9)
    if median is None or ninth is None:
        return None
    n = curve.n_moved_on
    return (n * ninth + PRIOR_ADVANCES * MEDIANS * median) / (n + PRIOR_ADVANCES)


def stalled(cohort: Cohort, thresholds: Sequence[float | None]) -> Mask:
    """Whether each opportunity is stalled: open, and longer in its stage than its gate's threshold.

    The presumed lost are among them.
    """
    return _over(cohort, thresholds)


def presumed_lost(cohort: Cohort, thresholds: Sequence[float | None]) -> Mask:
    """Whether each opportunity is presumed lost: open, and twice as long in its stage as makes it stalled.

    Formula: days in the present stage above 2 × stalled after. Listed by name to be closed or updated; the workbook is
    never changed.
    Shape: a list a team and rep.
    Units: opportunities.
    Undefined: a gate with under 5 that moved on, or a stage reached on a day that nobody says: not presumed.
    Source: method.md §1, §8.
    """
    return _over(cohort, [None if days is None else PRESUMED_LOST * days for days in thresholds])


def _over(cohort: Cohort, limits: Sequence[float | None]) -> Mask:
    by_stage = np.array([np.inf if days is None else days for days in (*limits, None)])
    over: Mask = cohort.open & (cohort.age > by_stage[cohort.n_reached - 1])
    return over
