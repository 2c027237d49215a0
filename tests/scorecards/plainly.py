"""What history says, once more by plain loops over the opportunities: no arrays, none of the program's own arithmetic.

Written from the method and its estimators' description alone; the figures of the pages are held against it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, prod, sqrt

from milestone_reports.domain.opportunity import Opportunity

LOST = {"lost", "no decision", "disqualified"}
Z_95, Z_80 = 1.959963984540054, 1.2815515655446004


@dataclass(frozen=True)
class Row:
    """One opportunity as it stood on a day; days are ordinals."""

    id: str
    rep: str
    source: str
    value: float | None
    reached: Sequence[int]
    """The days of the milestones that are reached, in order."""
    n_milestones: int
    lost_on: int | None

    @property
    def won(self) -> bool:
        return len(self.reached) == self.n_milestones

    @property
    def open(self) -> bool:
        return not self.won and self.lost_on is None


def months_back(day: int, months: int) -> int:
    """The same day so many months earlier, the last of its month where that is shorter."""
    on = date.fromordinal(day)
    year, month = on.year, on.month
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(year, month, min(on.day, monthrange(year, month)[1])).toordinal()


def month_ends_up_to(day: int, how_many: int) -> list[int]:
    """The last days of months up to a day, that day included, oldest first."""
    found: list[int] = []
    while len(found) < how_many:
        if date.fromordinal(day + 1).day == 1:
            found.append(day)
        day -= 1
    return found[::-1]


def rows_on(opportunities: Iterable[Opportunity], day: int) -> list[Row]:
    """Every opportunity that had reached its first milestone by a day; none may be known by its stage alone."""
    found = []
    for one in opportunities:
        assert not any(entry.reached_undated for entry in one.entries)
        if one.outcome.value in {"won", "cancelled"} and one.entries[-1].completed_on is None:
            continue
        days = [e.completed_on.toordinal() if e.completed_on else day + 1 for e in one.entries]
        reached = []
        for k in range(len(days)):
            known = [on for on in days[k:] if on <= day]
            if known:
                reached.append(min(known))
        if not reached:
            continue
        lost_on = None
        if one.outcome.value in LOST and len(reached) < len(days):
            closed = one.closed_on.toordinal() if one.closed_on else 0
            lost_on = max(closed, reached[-1]) if closed <= day else None
        found.append(Row(one.id, one.rep, one.source, one.value, reached, len(days), lost_on))
    return found


class Curve:
    """One gate by Aalen and Johansen, a day at a time."""

    def __init__(self, rows: Iterable[Row], gate: int, day: int) -> None:
        ended: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        stays = []
        for row in rows:
            if len(row.reached) <= gate:
                continue
            if len(row.reached) > gate + 1:
                stay = row.reached[gate + 1] - row.reached[gate]
                ended[stay][0] += 1
            elif row.lost_on is not None:
                stay = row.lost_on - row.reached[gate]
                ended[stay][1] += 1
            else:
                stay = day - row.reached[gate]
            stays.append(stay)
        self.stays = sorted(stays)
        self.n_advanced = sum(advanced for advanced, _ in ended.values())
        self.n_decided = self.n_advanced + sum(lost for _, lost in ended.values())
        self.steps: dict[int, float] = {}
        """The share that moves on exactly on each day."""
        self.days: list[int] = []
        self.moved: list[float] = []
        self.left: list[float] = []
        self._walk(ended)

    def _walk(self, ended: dict[int, list[int]]) -> None:
        staying, moved, parts = 1.0, 0.0, []
        for x in sorted(ended):
            n = len(self.stays) - bisect_left(self.stays, x)
            advanced, lost = ended[x]
            self.steps[x] = staying * advanced / n
            moved += self.steps[x]
            parts.append((n, advanced, lost, staying, moved))
            staying *= 1 - (advanced + lost) / n
            self.days.append(x)
            self.moved.append(moved)
            self.left.append(staying)
        self.share, self.variance = moved, 0.0
        for n, d1, d2, before, f1 in parts:
            g = moved - f1
            if n > d1 + d2:
                self.variance += g * g * (d1 + d2) / (n * (n - d1 - d2))
            self.variance += before * before * (n - d1) * d1 / n**3 - 2 * g * before * d1 / n**2

    @property
    def usable(self) -> bool:
        return self.n_advanced >= 5 and self.n_decided >= 10

    def within(self, share: float) -> int | None:
        """Days within which a share of those that move on has done so."""
        if not self.share:
            return None
        return next(x for x, f1 in zip(self.days, self.moved, strict=True) if f1 >= share * self.share - 1e-12)

    def staying(self, age: int) -> float:
        """What is left after an age."""
        place = bisect_right(self.days, age)
        return self.left[place - 1] if place else 1.0

    @property
    def stalled_after(self) -> float | None:
        median, ninth = self.within(0.5), self.within(0.9)
        if self.n_advanced < 5 or median is None or ninth is None:
            return None
        return (self.n_advanced * ninth + 10 * 3 * median) / (self.n_advanced + 10)


class History:
    """One track on one day."""

    def __init__(self, opportunities: Sequence[Opportunity], n_milestones: int, day: int, months: int) -> None:
        self.opportunities, self.k, self.day, self.months = opportunities, n_milestones, day, months
        self.rows = rows_on(opportunities, day)
        since = months_back(day, months)
        self.recent = [row for row in self.rows if row.reached[0] > since]
        self.curves = [Curve(self.recent, gate, day) for gate in range(n_milestones - 1)]
        self.limits = [curve.stalled_after for curve in self.curves]
        self.stalled = {row.id for row in self.rows if self._over(row, 1)}
        self.gone = {row.id for row in self.rows if self._over(row, 2)}
        self.waiting = [row for row in self.rows if row.open and row.id not in self.gone]
        self.forecastable = all(curve.usable for curve in self.curves)

    def _over(self, row: Row, times: int) -> bool:
        if not row.open:
            return False
        limit = self.limits[len(row.reached) - 1]
        return limit is not None and self.day - row.reached[-1] > times * limit

    def on(self, day: int) -> History:
        """The same track on another day."""
        return History(self.opportunities, self.k, day, self.months)


@dataclass(frozen=True)
class Became:
    """What became of one milestone's opportunities."""

    reached: int
    moved_on: int
    lost_here: int
    gone_here: int
    open_here: int
    won: int
    lost: int
    gone: int


def became(history: History, part: Sequence[Row], k: int) -> Became:
    """Of those that reached milestone `k`, from 1."""
    at_least = [row for row in part if len(row.reached) >= k]
    here = [row for row in at_least if len(row.reached) == k]
    won = sum(row.won for row in at_least)
    return Became(
        reached=len(at_least),
        moved_on=len(at_least) - len(here) if k < history.k else won,
        lost_here=sum(row.lost_on is not None for row in here),
        gone_here=sum(row.id in history.gone for row in here),
        open_here=sum(row.open and row.id not in history.gone for row in here),
        won=won,
        lost=sum(row.lost_on is not None for row in at_least),
        gone=sum(row.id in history.gone for row in at_least),
    )


def wilson(share: float, n: float, z: float) -> tuple[float, float]:
    """Wilson's interval; all of 0 to 1 where nothing is decided."""
    if n <= 0:
        return 0.0, 1.0
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True)
class Expected:
    """A rate once the open ones decide."""

    value: float | None
    n: float
    says: str


def expected(part: Sequence[Row], day: int, curves: Sequence[Curve], first: int, last: int) -> Expected:
    """From milestone `first` to milestone `last`, from 0."""
    way = curves[first:last]
    decided = way[0].n_decided
    if not decided:
        return Expected(None, 0.0, "too early")
    value, n = prod(curve.share for curve in way), float(decided)
    if 1e-9 < value < 1 - 1e-9:
        variance = value**2 * sum(curve.variance / curve.share**2 for curve in way)
        if variance > 1e-15:
            n = min(value * (1 - value) / variance, n)
    span = day - min(row.reached[first] for row in part if len(row.reached) > first)
    needed = sum(curve.within(0.9) or 0 for curve in way)
    if not all(curve.usable for curve in way) or span < needed:
        return Expected(value, n, "too early")
    return Expected(value, n, "early" if span < 2 * needed else "plain")


def uniform_rate(k: int, m: float) -> float:
    """The q with q^0 + q^-1 + ... = K m."""
    low, high = 1e-6, 1.0
    for _ in range(200):
        q = (low + high) / 2
        low, high = (q, high) if sum(q**-j for j in range(k)) > k * m else (low, q)
    return (low + high) / 2


@dataclass(frozen=True)
class Multiplier:
    """Milestones to a milestone of a sale."""

    value: float
    decided: Sequence[int]
    per_contract: Sequence[float]
    low: float
    high: float


def multiplier(history: History) -> Multiplier:
    """Five contracts of the assumed funnel beside the team's own of the last months."""
    k = history.k
    decided = [row for row in history.recent if not row.open or row.id in history.gone]
    n = [sum(len(row.reached) >= i for row in decided) for i in range(1, k + 1)]
    won, q = n[-1], uniform_rate(k, 2)
    assumed = [q ** -(k - i) for i in range(1, k + 1)]
    with_three = [own + 3 * a for own, a in zip(n, assumed, strict=True)]
    lost_after = [with_three[i] - with_three[i + 1] for i in range(k - 1)]
    a = sum(i * lost for i, lost in enumerate(lost_after, start=1))
    squares = sum(i * i * lost for i, lost in enumerate(lost_after, start=1))
    w = with_three[-1]
    variance = log((1 + squares / a**2) * (w - 1) / (w - 2))
    centre = log(a / (k * (w - 1))) - variance / 2
    return Multiplier(
        value=(sum(n) + 2 * k * 5) / (k * (won + 5)),
        decided=n,
        per_contract=[(own + 5 * a) / (won + 5) for own, a in zip(n, assumed, strict=True)],
        low=1 + exp(centre - Z_95 * sqrt(variance)),
        high=1 + exp(centre + Z_95 * sqrt(variance)),
    )
