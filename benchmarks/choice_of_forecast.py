"""The value that the open pipeline will bring in time: by stage and age, against stage weight times value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.choice_of_rate import won_of_decided
from benchmarks.comparison import SEED, Comparison, Verdict
from benchmarks.simulated import FIRST_DAY, GATES, SCENARIOS, Scenario, simulated
from milestone_reports.metrics.estimators.cohort import Cohort, History
from milestone_reports.metrics.estimators.forecast import open_chances, win_curves
from milestone_reports.metrics.estimators.gates import gate_curves
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled_after

HORIZONS = (30, 90, 180, 365)
"""Days ahead."""

BRIER_AT = 90
HISTORIES = (365, 730)
N_A_YEAR = 180
"""Opportunities that start."""

RULES = ("CRM weights k/K", "historical stage rates", "by stage and age")

Chances = NDArray[np.float64]


def forecasts_compared(n_runs: int) -> Comparison:
    """Every rule at every horizon, over teams with one and with two years of history."""
    random = np.random.default_rng((SEED, 4))
    rows, misses, briers = [], [], []
    for scenario in SCENARIOS:
        seen = [_Seen.of(scenario, random, n_days) for n_days in HISTORIES for _ in range(n_runs)]
        misses.append(np.sum([one.miss for one in seen], axis=0) / np.sum([one.actual for one in seen], axis=0))
        briers.append(np.mean([one.brier for one in seen], axis=0))
        rows += _rows(scenario.name, misses[-1], briers[-1])
    miss, brier = np.mean(misses, axis=0), np.mean(briers, axis=0)
    at = HORIZONS.index(BRIER_AT)
    return Comparison(
        f"3. What the open pipeline will bring within so many days: mean absolute error as a share of the actual, and "
        f"the Brier score of each chance at {BRIER_AT} days; {N_A_YEAR} starts a year, history of "
        f"{' and '.join(map(str, HISTORIES))} days, {n_runs} teams each.",
        ["scenario", "rule", *(f"{days} days" for days in HORIZONS), f"Brier, {BRIER_AT} days"],
        [*rows, *_rows("mean", miss, brier)],
        [
            Verdict(f"error at {BRIER_AT} days", dict(zip(RULES, miss[:, at], strict=True)), RULES[-1]),
            Verdict("error over all horizons", dict(zip(RULES, miss.mean(axis=1), strict=True)), RULES[-1]),
            Verdict(f"Brier score at {BRIER_AT} days", dict(zip(RULES, brier, strict=True)), RULES[-1]),
        ],
    )


def _rows(name: str, misses: NDArray[np.float64], briers: NDArray[np.float64]) -> list[list[str]]:
    return [
        [name, rule, *(f"{share:.2f}" for share in of_rule), f"{brier:.3f}"]
        for rule, of_rule, brier in zip(RULES, misses, briers, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Seen:
    """How one team's forecasts came out."""

    miss: NDArray[np.float64]
    """Shape (rules, horizons): absolute error, in money."""
    actual: NDArray[np.float64]
    """Shape (horizons,): what the open pipeline brought."""
    brier: NDArray[np.float64]
    """Shape (rules,): mean squared error of the chances."""

    @classmethod
    def of(cls, scenario: Scenario, random: np.random.Generator, n_days: int) -> _Seen:
        history = simulated(scenario, random, round(N_A_YEAR * n_days / 365), n_days)
        cohort = history.as_of(FIRST_DAY + n_days)
        chances = np.array(list(_chances(cohort).values()))[:, :, cohort.open]
        sold = np.array([_sold_within(history, cohort, days) for days in HORIZONS])[:, cohort.open]
        value = cohort.value[cohort.open]
        brier = np.square(chances - sold).mean(axis=2)[:, HORIZONS.index(BRIER_AT)]
        return cls(np.abs((chances - sold) @ value), sold @ value, brier)


def _sold_within(history: History, cohort: Cohort, n_days: int) -> NDArray[np.bool_]:
    """Whether each of the cohort was in truth sold within so many days of its day."""
    sold: NDArray[np.bool_] = history.completed[cohort.row, -1] <= cohort.day + n_days
    return sold


def _chances(cohort: Cohort) -> Mapping[str, Chances]:
    """By rule, shape (horizons, opportunities): the chance of a sale within each horizon."""
    curves = gate_curves(cohort)
    presumed = presumed_lost(cohort, [stalled_after(curve) for curve in curves])
    wins = win_curves(curves, HORIZONS[-1])
    weights, rates = cohort.n_reached / cohort.n_milestones, _stage_rates(cohort)
    by_age = np.array([open_chances(cohort, presumed, curves, wins, days) for days in HORIZONS])
    # The usual rules know of no date: the same chance at every horizon.
    dateless = [np.tile(chances, (len(HORIZONS), 1)) for chances in (weights, rates)]
    return dict(zip(RULES, (*dateless, by_age), strict=True))


def _stage_rates(cohort: Cohort) -> Chances:
    """What the decided ones of each opportunity's stage have become: won / (won + lost)."""
    stage = cohort.n_reached
    rates = [won_of_decided(cohort.where(stage >= k)) for k in range(1, len(GATES) + 2)]
    return np.array(rates)[stage - 1]
