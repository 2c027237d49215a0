"""Where a rep differs from the rest of the team, once more by plain loops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, prod

from plainly import History

TINY = 1e-300


def incomplete_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b) by its continued fraction (Lentz)."""
    if x <= 0:
        return 0.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    d = 1 / max(1 - (a + b) * x / (a + 1), TINY)
    c, value = 1.0, d
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * value


@dataclass
class Cell:
    """One rep at one gate."""

    passed: int = 0
    decided: int = 0
    entered: float = 0.0
    rest_passed: int = 0
    rest_decided: int = 0
    rest: float = 0.0
    spread: float = 0.0
    shrunken: float = 0.0
    below: float = 0.0
    contracts: float = 0.0
    flagged: bool = False
    waiting: int = 0


def coaching(history: History, reps: Sequence[str]) -> dict[tuple[str, int], Cell]:
    """Everyone who owns an opportunity, at every gate, over the last 365 days."""
    cells = {(rep, gate): Cell() for rep in reps for gate in range(history.k - 1)}
    _count(history, cells)
    for gate in range(history.k - 1):
        _compare([cells[rep, gate] for rep in reps])
    for (rep, gate), cell in cells.items():
        later = prod(cells[rep, after].shrunken for after in range(gate + 1, history.k - 1))
        if cell.decided and cell.rest_decided:
            cell.contracts = cell.entered * max(0.0, cell.rest - cell.shrunken) * later
    _flag([cell for cell in cells.values() if cell.decided >= 8 and cell.rest_decided])
    return cells


def _count(history: History, cells: dict[tuple[str, int], Cell]) -> None:
    day = history.day
    span = day - min((row.reached[0] for row in history.rows), default=day)
    scale = 365 / min(365, max(90, span))
    for row in history.rows:
        stage = len(row.reached)
        for gate in range(history.k - 1):
            cell = cells[row.rep, gate]
            if stage > gate and day - 365 < row.reached[gate] <= day:
                cell.entered += scale
            if stage > gate + 1 and day - 365 < row.reached[gate + 1]:
                cell.passed += 1
                cell.decided += 1
            if stage == gate + 1:
                cell.waiting += row.open and row.id not in history.gone
                over = next((on for on in [row.lost_on] if on is not None), None)
                if row.id in history.gone:
                    limit = 2 * (history.limits[gate] or 0.0)
                    over = next(on for on in range(row.reached[-1], day + 1) if on - row.reached[-1] > limit)
                cell.decided += over is not None and over > day - 365


def _compare(cells: Sequence[Cell]) -> None:
    passed, decided = sum(cell.passed for cell in cells), sum(cell.decided for cell in cells)
    mean = (passed + 0.5) / (decided + 1)
    best, spread = -float("inf"), 0.0
    for i in range(25):
        m = exp(log(4) + i * (log(2000) - log(4)) / 24)
        a, b = m * mean, m * (1 - mean)
        likelihood = -((log(m) - log(40)) ** 2) / 2
        for cell in cells:
            if cell.decided:
                x, n = cell.passed, cell.decided
                likelihood += lgamma(x + a) + lgamma(n - x + b) - lgamma(n + m)
                likelihood -= lgamma(a) + lgamma(b) - lgamma(m)
        if likelihood > best:
            best, spread = likelihood, m
    for cell in cells:
        cell.rest_passed, cell.rest_decided = passed - cell.passed, decided - cell.decided
        cell.rest = min(max((cell.rest_passed + 0.5) / (cell.rest_decided + 1), 0.01), 0.99)
        cell.spread = spread
        cell.shrunken = (cell.passed + spread * cell.rest) / (cell.decided + spread)
        a = spread * cell.rest + cell.passed
        b = spread * (1 - cell.rest) + cell.decided - cell.passed
        cell.below = incomplete_beta(cell.rest - 0.05, a, b)


def _flag(cells: Sequence[Cell]) -> None:
    by_chance = sorted(cells, key=lambda cell: -cell.below)
    false = 0.0
    for place, cell in enumerate(by_chance, start=1):
        false += 1 - cell.below
        if false / place > 0.20 + 1e-12:
            break
        cell.flagged = True
