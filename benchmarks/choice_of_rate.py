"""The share of first milestones that become a sale: the expected rate against won / (won + lost)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparison import SEED, Comparison, Verdict, root_mean_square
from benchmarks.simulated import FIRST_DAY, GATES, SCENARIOS, TRUE_RATE, Scenario, simulated
from milestone_reports.metrics.estimators.cohort import Cohort
from milestone_reports.metrics.estimators.conversion import expected_rate
from milestone_reports.metrics.estimators.gates import gate_curves
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled_after

HISTORIES = (182, 365, 730)
"""Days of history."""

N_OPPORTUNITIES = 300
"""Of one team, for the rates."""

RATES = ("decided only", "so far", "expected")


def rates_compared(n_runs: int) -> Comparison:
    """Expected rate against won / (won + lost), and against the same with the presumed lost counted."""
    random = np.random.default_rng((SEED, 1))
    rows, errors = [], []
    for scenario in SCENARIOS:
        for n_days in HISTORIES:
            off = np.array([_rate_errors(scenario, random, n_days) for _ in range(n_runs)])
            errors.append(root_mean_square(off))
            bias = [f"{round(100 * mean):+d} %" for mean in off.mean(axis=0)]
            rows.append([scenario.name, str(n_days), *bias, *(f"{error:.3f}" for error in errors[-1])])
    means = np.mean(errors, axis=0)
    return Comparison(
        f"1. The share of first milestones that become a sale, from {N_OPPORTUNITIES} of which many are still open; "
        f"{n_runs} teams a row.",
        ["scenario", "days", *(f"bias, {name}" for name in RATES), *(f"RMSE, {name}" for name in RATES)],
        [*rows, ["mean", "", "", "", "", *(f"{mean:.3f}" for mean in means)]],
        [Verdict("RMSE as a share of the true rate", dict(zip(RATES, means, strict=True)), "expected")],
    )


def _rate_errors(scenario: Scenario, random: np.random.Generator, n_days: int) -> list[float]:
    """How far each rate is from the true one, as a share of it."""
    cohort = simulated(scenario, random, N_OPPORTUNITIES, n_days).as_of(FIRST_DAY + n_days)
    curves = gate_curves(cohort)
    presumed = presumed_lost(cohort, [stalled_after(curve) for curve in curves])
    expected = expected_rate(cohort, curves, 0, len(GATES)).value
    found = (won_of_decided(cohort), won_of_decided(cohort, presumed), expected or 0.0)
    return [rate / TRUE_RATE - 1 for rate in found]


def won_of_decided(cohort: Cohort, presumed: NDArray[np.bool_] | None = None) -> float:
    """Won / (won + lost), the presumed lost among the lost where they are given; 0 where nothing is decided."""
    n_lost = int(cohort.lost.sum()) + (0 if presumed is None else int(presumed.sum()))
    n_won = int(cohort.won.sum())
    return n_won / max(n_won + n_lost, 1)
