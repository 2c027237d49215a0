"""The multiplier: weighted with five contracts' worth of 2, against 2 until so many wins and the own figure then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparison import SEED, Comparison, Verdict, root_mean_square
from benchmarks.simulated import FIRST_DAY, MEAN_DAYS, SCENARIOS, Scenario, simulated
from milestone_reports.domain.team import DEFAULT_MULTIPLIER, Settings
from milestone_reports.metrics.estimators.cohort import Cohort
from milestone_reports.metrics.estimators.conversion import window
from milestone_reports.metrics.estimators.gates import gate_curves
from milestone_reports.metrics.estimators.multiplier import decided_by_milestone, measured_multiplier
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled_after
from milestone_reports.metrics.quota import gate_rate

N_GATES = len(MEAN_DAYS)
N_MILESTONES = N_GATES + 1
WINS = (2, 5, 12, 30)
SPREAD = 0.4
"""Of ln m, around ln 2."""

BOUNDS = (1.15, 6.0)
THRESHOLDS = (10, 20)
MULTIPLIERS = ("2 until 10 wins", "2 until 20 wins", "weighted, n0 = 5")


def multipliers_compared(n_runs: int) -> Comparison:
    """The rules after so many wins, of teams whose true multipliers differ."""
    random = np.random.default_rng((SEED, 2))
    errors = [root_mean_square([_multiplier_errors(random, n_wins) for _ in range(n_runs)]) for n_wins in WINS]
    means = np.mean(errors, axis=0)
    rows = [[str(n_wins), *(f"{error:.3f}" for error in of_wins)] for n_wins, of_wins in zip(WINS, errors, strict=True)]
    return Comparison(
        f"2a. The multiplier of teams whose true one is around 2 (lognormal, spread {SPREAD}), after so "
        f"many wins: RMSE of ln m; {n_runs} teams a row.",
        ["wins", *MULTIPLIERS],
        [*rows, ["mean", *(f"{mean:.3f}" for mean in means)]],
        [Verdict("RMSE of ln m", dict(zip(MULTIPLIERS, means, strict=True)), MULTIPLIERS[-1])],
    )


def _multiplier_errors(random: np.random.Generator, n_wins: int) -> NDArray[np.float64]:
    """How far the ln of each rule's multiplier is from the true one's."""
    true = _true_multiplier(random)
    q = gate_rate(N_MILESTONES, true)
    n_lost = random.negative_binomial(n_wins, q**N_GATES)
    lost_at = random.multinomial(n_lost, _normalised([q**gate for gate in range(N_GATES)]))
    later = np.cumsum([n_wins, *lost_at[::-1]])[::-1]
    errors: NDArray[np.float64] = np.log(multipliers([int(n) for n in later])) - log(true)
    return errors


def _true_multiplier(random: np.random.Generator) -> float:
    return float(np.clip(DEFAULT_MULTIPLIER * np.exp(random.normal(0, SPREAD)), *BOUNDS))


def _normalised(weights: Sequence[float]) -> NDArray[np.float64]:
    return np.array(weights) / sum(weights)


def multipliers(decided: Sequence[int]) -> list[float]:
    """Each rule's multiplier, from the decided opportunities that reached each milestone; the last are the wins."""
    n_wins = decided[-1]
    own = sum(decided) / (len(decided) * n_wins) if n_wins else DEFAULT_MULTIPLIER
    held = [own if n_wins >= threshold else DEFAULT_MULTIPLIER for threshold in THRESHOLDS]
    return [*held, measured_multiplier(decided).value]


WINS_A_YEAR = (6, 12, 48)
HALF_YEARS = 8
JUMP = 0.25
"""A change that a team would notice."""


def settings_compared(n_runs: int) -> Comparison:
    """The same rules where a team sets its multiplier anew each half-year: how far off, how often it jumps."""
    random = np.random.default_rng((SEED, 3))
    rows, errors, jumps = [], [], []
    for scenario in SCENARIOS:
        for wins in WINS_A_YEAR:
            logs = np.array([_set_each_half_year(scenario, random, wins) for _ in range(n_runs)])
            errors.append(root_mean_square(logs.reshape(-1, len(MULTIPLIERS))))
            jumps.append((np.abs(np.expm1(np.diff(logs, axis=1))) > JUMP).mean(axis=(0, 1)))
            rows.append([scenario.name, str(wins), *_cells(errors[-1], jumps[-1])])
    error, jump = np.mean(errors, axis=0), np.mean(jumps, axis=0)
    return Comparison(
        f"2b. The multiplier of such teams, set anew each half-year for {HALF_YEARS // 2} years from the last "
        f"{Settings().conversion_months} months; jumps: half-years in which it changes by over a quarter; {n_runs} "
        f"teams a row.",
        ["scenario", "wins a year", *(f"RMSE, {n}" for n in MULTIPLIERS), *(f"jumps, {n}" for n in MULTIPLIERS)],
        [*rows, ["mean", "", *_cells(error, jump)]],
        [
            Verdict("RMSE of ln m", dict(zip(MULTIPLIERS, error, strict=True)), MULTIPLIERS[-1]),
            Verdict("jumps", dict(zip(MULTIPLIERS, jump, strict=True)), MULTIPLIERS[-1]),
        ],
    )


def _cells(errors: NDArray[np.float64], jumps: NDArray[np.float64]) -> list[str]:
    return [*(f"{error:.3f}" for error in errors), *(f"{100 * jump:.1f} %" for jump in jumps)]


def _set_each_half_year(scenario: Scenario, random: np.random.Generator, wins: int) -> NDArray[np.float64]:
    """Shape (half-years, rules): the ln of each multiplier set, less that of the true one."""
    true = _true_multiplier(random)
    q = gate_rate(N_MILESTONES, true)
    n_days = round(HALF_YEARS / 2 * 365)
    n_opportunities = round(wins * HALF_YEARS / 2 / q**N_GATES)
    history = simulated(replace(scenario, gates=(q,) * N_GATES), random, n_opportunities, n_days)
    days = [FIRST_DAY + round(n_days * half / HALF_YEARS) for half in range(1, HALF_YEARS + 1)]
    found: NDArray[np.float64] = np.log([multipliers(_decided(history.as_of(day))) for day in days]) - log(true)
    return found


def _decided(cohort: Cohort) -> Sequence[int]:
    """As the program counts: of the last months alone, the presumed lost with the lost."""
    recent = window(cohort, Settings().conversion_months)
    return decided_by_milestone(recent, presumed_lost(recent, [stalled_after(curve) for curve in gate_curves(recent)]))
