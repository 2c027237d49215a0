"""How the cost of the figures grows with the team: the estimators alone, and all that a team's pages say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from time import process_time

from benchmarks.apart import new_process_a_job
from benchmarks.comparison import markdown_table
from benchmarks.measured import peak_megabytes

SIZES = ((1_000, 8), (10_000, 50), (100_000, 500))
"""Opportunities and reps."""

BUDGET_S = {1_000: 0.3, 100_000: 10.0}
"""The goal for all figures, in seconds, after the libraries are loaded."""

BUDGET_MB = 1536

ALL_FIGURES = "all figures of the pages"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size costs; every step in CPU seconds."""

    n_opportunities: int
    n_reps: int
    step_s: Mapping[str, float]
    peak_mb: float | None
    """The most that the process held: the libraries, the team itself, and the figures."""


Job = Callable[[int, int], Cost]


def growth(sizes: Sequence[tuple[int, int]], n_rounds: int) -> Iterator[str]:
    """Both tables; every round in a process of its own, so that nothing is warm but the libraries."""
    with new_process_a_job() as processes:
        alone, whole = (
            [_median([processes.submit(job, *size).result() for _ in range(n_rounds)]) for size in sizes]
            for job in (cost_of_estimators, cost_of_pages)
        )
    yield f"4. Cost: CPU seconds, medians of {n_rounds} rounds; x: against the size before it."
    yield ""
    yield from _table(alone)
    yield ""
    yield from _table(whole)
    yield ""
    for cost in whole:
        yield _beside_the_goal(cost)


def _median(rounds: Sequence[Cost]) -> Cost:
    one = rounds[0]
    seconds = {name: median(cost.step_s[name] for cost in rounds) for name in one.step_s}
    peaks = [cost.peak_mb for cost in rounds if cost.peak_mb]
    return Cost(one.n_opportunities, one.n_reps, seconds, median(peaks) if peaks else None)


def _table(costs: Sequence[Cost]) -> Iterator[str]:
    columns = [f"{cost.n_opportunities:,} x {cost.n_reps}" for cost in costs]
    rows = [[name, *_with_ratios([cost.step_s[name] for cost in costs])] for name in costs[0].step_s]
    peaks = [f"{cost.peak_mb:.0f}" if cost.peak_mb else "?" for cost in costs]
    return markdown_table(
        ["step", columns[0], *(cell for column in columns[1:] for cell in (column, "x"))],
        [*rows, ["peak memory, MB", peaks[0], *(cell for peak in peaks[1:] for cell in (peak, ""))]],
    )


def _with_ratios(seconds: Sequence[float]) -> Iterator[str]:
    yield f"{seconds[0]:.3f}"
    for before, after in pairwise(seconds):
        yield f"{after:.3f}"
        yield f"{after / before:.1f}" if before else "?"


def _beside_the_goal(cost: Cost) -> str:
    goal = BUDGET_S.get(cost.n_opportunities)
    seconds = f"{cost.step_s[ALL_FIGURES]:.2f} s" + (f" (goal: {goal:g} s)" if goal else "")
    peak = f"{cost.peak_mb:,.0f} MB (goal: {BUDGET_MB:,} MB)" if cost.peak_mb else "not known"
    return f"{cost.n_opportunities:,} opportunities, {cost.n_reps} reps: {seconds}, peak memory {peak}."


def cost_of_estimators(n_opportunities: int, n_reps: int) -> Cost:
    """The job of timing every estimator on a history."""
    from benchmarks.every_estimator import seconds_by_step
    from benchmarks.simulated_team import AS_OF, large_history

    seconds = seconds_by_step(large_history(n_opportunities, n_reps), AS_OF.toordinal())
    return Cost(n_opportunities, n_reps, seconds, peak_megabytes())


def cost_of_pages(n_opportunities: int, n_reps: int) -> Cost:
    """The job of timing all that a team's pages say, from its domain objects on."""
    from benchmarks.simulated_team import AS_OF, large_team
    from milestone_reports.scorecards.compose import team_site

    team = large_team(n_opportunities, n_reps)
    start = process_time()
    team_site(team, AS_OF)
    return Cost(n_opportunities, n_reps, {ALL_FIGURES: process_time() - start}, peak_megabytes())
