"""What is to come, once more by plain loops: forecasts, their backtest, and how many must start."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import sqrt

from plainly import Curve, History, Row, month_ends_up_to, multiplier

Z_90, Z80 = 1.2815515655446004, 0.8416212335729143
BINS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
Worth = Callable[[Row], float | None]


def one_contract(_: Row) -> float:
    """A sale counted."""
    return 1.0


def in_money(row: Row) -> float | None:
    """A sale valued, where it has a value."""
    return row.value


def reach_curve(curves: Sequence[Curve], n_days: int) -> list[list[float]]:
    """The chance to be through all these gates within 0, 1, ... days, from each of them on."""
    found = [[1.0] * (n_days + 1)]
    for curve in reversed(curves):
        onward, within = found[-1], [0.0] * (n_days + 1)
        for step, share in curve.steps.items():
            for y in range(step, n_days + 1):
                within[y] += share * onward[y - step]
        found.append(within)
    return found[::-1]


def chance(row: Row, history: History, wins: Sequence[Sequence[float]], n_days: int) -> float:
    """The chance of an open row to come to where the curves lead within so many days."""
    if not row.open or row.id in history.gone or len(row.reached) >= len(wins):
        return 0.0
    curve, onward = history.curves[len(row.reached) - 1], wins[len(row.reached)]
    u = history.day - row.reached[-1]
    while u > 0 and len(curve.stays) - bisect_right(curve.stays, u) < 10:
        u -= 1
    staying = curve.staying(u)
    if staying <= 1e-12 or not curve.share:
        return 0.0
    ahead = sum(share * onward[u + n_days - s] for s, share in curve.steps.items() if u < s <= u + n_days)
    return min(1.0, ahead / staying)


def window_days(history: History) -> int:
    """Over how many days new starts are counted."""
    first = min((row.reached[0] for row in history.rows), default=history.day)
    return max(1, min(182, history.day - first))


def started(history: History, part: Sequence[Row]) -> int:
    """New starts of that window."""
    return sum(row.reached[0] > history.day - window_days(history) for row in part)


def worths_of_starts(history: History, worth: Worth) -> list[float]:
    """What those started in the last year are worth, else all."""
    recent = [row for row in history.rows if row.reached[0] > history.day - 365]
    found = [v for row in recent if (v := worth(row)) is not None]
    return found or [v for row in history.rows if (v := worth(row)) is not None]


@dataclass(frozen=True)
class Sum:
    """A forecast sum with its parts."""

    pipeline: float
    new: float
    low: float
    high: float
    by_stage: Sequence[float]
    doubt: float
    """The pipeline's variance by its own chances."""


def mean(values: Sequence[float]) -> float:
    """Their mean; nothing of nothing."""
    return sum(values) / len(values) if values else 0.0


def forecast(history: History, part: Sequence[Row], n_days: int, worth: Worth) -> Sum:
    """What a part of the open rows, and as many new ones as the part has had of late, bring within so many days."""
    wins = reach_curve(history.curves, n_days)
    by_stage = [0.0] * (history.k - 1)
    doubt = third = 0.0
    for row in part:
        v, p = worth(row), chance(row, history, wins, n_days)
        if v is not None and p:
            by_stage[len(row.reached) - 1] += v * p
            doubt += v * v * p * (1 - p)
            third += v**3 * p * (1 - p) * (1 - 2 * p)
    w, n, ripe = window_days(history), started(history, part), sum(wins[0][:n_days])
    contracts = n / w * ripe
    values = [1.0] if worth is one_contract else worths_of_starts(history, worth)
    average = mean(values)
    new, pipeline = contracts * average, sum(by_stage)
    relative = [curve.variance / curve.share**2 if curve.share else 0.0 for curve in history.curves]
    variance = doubt + sum(r * (new + ahead) ** 2 for r, ahead in zip(relative, accumulate(by_stage), strict=True))
    variance += contracts * mean([v * v for v in values]) + (average * ripe) ** 2 * (n + 0.5) / w**2
    if values:
        variance += contracts**2 * mean([(v - average) ** 2 for v in values]) / len(values)
    third += contracts * mean([v**3 for v in values])
    return Sum(pipeline, new, *likely(pipeline + new, variance, third), by_stage, doubt)


def likely(middle: float, variance: float, third: float) -> tuple[float, float]:
    """P10 to P90 by Cornish and Fisher."""
    if variance <= 0:
        return middle, middle
    sd = sqrt(variance)
    lean = (Z_90**2 - 1) / 6 * min(third / sd**3, 2)
    return max(middle + 1.05 * sd * (lean - Z_90), 0.0), middle + 1.05 * sd * (lean + Z_90)


def assumed(history: History, part: Sequence[Row], worth: Worth) -> list[float]:
    """By stage, what the open rows of a part are worth by the multiplier's chances."""
    per_contract = multiplier(history).per_contract
    found = [0.0] * (history.k - 1)
    for row in part:
        v = worth(row)
        if row.open and row.id not in history.gone and v is not None:
            found[len(row.reached) - 1] += v / per_contract[len(row.reached) - 1]
    return found


def expected_milestones(history: History, n_days: int) -> float:
    """All milestones that will be reached within so many days."""
    a_day = started(history, history.rows) / window_days(history)
    found = a_day * n_days
    for target in range(2, history.k + 1):
        reach = reach_curve(history.curves[: target - 1], n_days)
        found += sum(chance(row, history, reach, n_days) for row in history.waiting)
        found += a_day * sum(reach[0][:n_days])
    return found


@dataclass(frozen=True)
class Replay:
    """One month-end of the backtest."""

    day: int
    usable: bool
    told: Sum
    came: float
    chances: Sequence[tuple[float, bool]]


def backtest(history: History, n_days: int, worth: Worth) -> list[Replay]:
    """The forecast made again at the last twelve month-ends."""
    first = min(row.reached[0] for row in history.rows)
    ends = [e for e in month_ends_up_to(history.day, 24) if e + n_days <= history.day and e - first >= 182][-12:]
    found = []
    for end in ends:
        then = history.on(end)
        sold = {row.id: row for row in history.rows if row.won and end < row.reached[-1] <= end + n_days}
        wins = reach_curve(then.curves, n_days)
        found.append(
            Replay(
                day=end,
                usable=then.forecastable,
                told=forecast(then, then.rows, n_days, worth),
                came=sum(worth(row) or 0.0 for row in sold.values()),
                chances=[(chance(row, then, wins, n_days), row.id in sold) for row in then.rows if row.open],
            )
        )
    return found


@dataclass(frozen=True)
class Needed:
    """First milestones needed a month."""

    missing: float
    even: float | None
    safe: float | None
    lead: tuple[int | None, int | None]


def lead_days(curves: Sequence[Curve], share: float, rate: float) -> int | None:
    """Days within which a share of those that are sold is sold."""
    longest = sum(max(curve.days) for curve in curves)
    within = reach_curve(curves, longest)[0]
    return next((y for y, g in enumerate(within) if g >= share * rate - 1e-12), None)


def needed(history: History, deadline: int, missing: float, average: float, spread: float, told: Sum) -> Needed:
    """By the chances of each month's starts to be sold by the deadline; 80 % by halving."""
    within = reach_curve(history.curves, max(deadline - history.day, 1))[0]
    useful = 0.0
    first = history.day + 1
    while first <= deadline:
        on = date.fromordinal(first)
        n_month = monthrange(on.year, on.month)[1]
        n_days = min(n_month - on.day + 1, deadline - first + 1)
        middle = first + n_days // 2
        useful += (within[deadline - middle] if middle < deadline else 0.0) * n_days / n_month
        first += n_days
    relative = [curve.variance / curve.share**2 for curve in history.curves]

    def falls_short(n: float) -> bool:
        brought = n * average * useful
        variance = told.doubt + n * useful * average**2 * (1 + spread)
        variance += sum(r * (brought + a) ** 2 for r, a in zip(relative, accumulate(told.by_stage), strict=True))
        return brought - Z80 * sqrt(variance) < missing

    even = max(missing, 0.0) / (average * useful) if useful else None
    safe = _smallest(falls_short) if useful else None
    rate = within_all(history)
    return Needed(missing, even, safe, (lead_days(history.curves, 0.5, rate), lead_days(history.curves, 0.8, rate)))


def within_all(history: History) -> float:
    """The share that is sold in the end."""
    rate = 1.0
    for curve in history.curves:
        rate *= curve.share
    return rate


def _smallest(falls_short: Callable[[float], bool]) -> float | None:
    if not falls_short(0.0):
        return 0.0
    low, high = 0.0, 1.0
    while falls_short(high):
        low, high = high, high * 2
        if high > 1e9:
            return None
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if falls_short(middle) else (low, middle)
    return high
