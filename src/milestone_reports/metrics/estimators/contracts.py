"""What contracts have been worth of late."""

from __future__ import annotations

from datetime import date

import numpy as np

from milestone_reports.metrics.estimators.cohort import Cohort
from milestone_reports.metrics.estimators.conversion import months_before

RECENT_MONTHS = 12


def observed_average(cohort: Cohort) -> tuple[float | None, int]:
    """The average value of the sales of the last twelve months, and how many have one.

    Formula: the sum of the values of the sales of the last 12 months that have one, over their number.
    Shape: a number a rep (or team) and track.
    Units: money, in the report's currency.
    Undefined: no such sale: only the assumed average stands.
    Source: method.md §8.
    """
    since = months_before(date.fromordinal(cohort.day), RECENT_MONTHS).toordinal()
    values = cohort.value[cohort.won & (cohort.reached[:, -1] > since) & ~np.isnan(cohort.value)]
    return (float(values.mean()), len(values)) if len(values) else (None, 0)
