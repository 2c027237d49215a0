"""What becomes of a milestone: moved on, lost, still open there; the share that becomes a sale (method.md §5).

Two rates side by side: so far, which anyone can check by hand, and expected once the open ones decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Literal

from milestone_reports.metrics.estimators.cohort import NEVER, Cohort, Mask
from milestone_reports.metrics.estimators.gates import GateCurve
from milestone_reports.metrics.rates import DECIDED_TO_SAY, LIKELY, Rate, rate, wilson_interval

Saying = Literal["too early", "early", "plain"]
"""How far a rate may be trusted: only counts are shown, a rate that is called early, a rate."""

PLAIN_FROM = 30
"""Decided cases from which a rate to the sale is no longer called early (method.md §5)."""

WILL_MOVE = 0.05
"""Rates so far and expected that are so far apart: the open ones will move the former (method.md §5)."""

NO_VARIANCE = 1e-15
CERTAIN = 1e-9


def months_before(day: date, months: int) -> date:
    """The same day `months` months earlier, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = date.fromordinal(following.toordinal() - 1).day
    return date(year, month + 1, min(day.day, last))


def window(cohort: Cohort, months: int) -> Cohort:
    """The opportunities whose first milestone was reached in the last `months` months (method.md §5)."""
    return cohort.started_since(months_before(date.fromordinal(cohort.day), months).toordinal())


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the opportunities that reached one milestone; the first four after `reached` add up to it."""

    reached: int
    moved_on: int
    lost_here: int
    presumed_lost_here: int
    open_here: int
    won: int
    """Of those that reached it: those that became a sale."""
    lost: int
    """Of those that reached it: those lost here or later."""
    presumed_lost: int


def outcomes(cohort: Cohort, presumed: Mask) -> tuple[Outcomes, ...]:
    """What became of the opportunities that reached each milestone.

    Formula: reached = moved on + lost here + presumed lost here + open here; moved on is reached of the next milestone.
    Shape: five counts a milestone; at the sale, all have moved on to being sold: none is lost or open there.
    Units: opportunities.
    Undefined: nothing reached: all are 0.
    Source: method.md §1, §5.
    """
    stage, won, lost = cohort.n_reached, cohort.won, cohort.lost
    still_open = cohort.open & ~presumed
    found = []
    for k in range(1, cohort.n_milestones + 1):
        here, reached = stage == k, stage >= k
        found.append(
            Outcomes(
                reached=int(reached.sum()),
                moved_on=int((stage > k).sum()) if k < cohort.n_milestones else int(won.sum()),
                lost_here=int((here & lost).sum()),
                presumed_lost_here=int((here & presumed).sum()),
                open_here=int((here & still_open).sum()),
                won=int(won.sum()),
                lost=int((reached & lost).sum()),
                presumed_lost=int((reached & presumed).sum()),
            )
        )
    return tuple(found)


def rate_to_next(stage: Outcomes) -> Rate:
    """Of the opportunities decided at a milestone, the share that reached the next one, so far.

    Formula: moved on / (moved on + lost here + presumed lost here); open ones are left out.
    Shape: a rate a rep (or team), track and gate, with counts, likely range (Wilson 80 %) and 95 % interval.
    Units: a share, 0 to 1.
    Undefined: under 8 decided it is too early to say, and only the counts are shown.
    Source: method.md §5, §7.
    """
    decided = stage.moved_on + stage.lost_here + stage.presumed_lost_here
    return rate(stage.moved_on, decided, DECIDED_TO_SAY["next"])


def rate_to_sale(stage: Outcomes) -> Rate:
    """Of the opportunities that reached a milestone and are decided, the share that became a sale, so far.

    Formula: won / (won + lost + presumed lost), over all that reached the milestone; open ones are left out.
    Shape: a rate a rep (or team), track and milestone, with counts, likely range (Wilson 80 %) and 95 % interval.
    Units: a share, 0 to 1.
    Undefined: under 10 decided it is too early to say, and only the counts are shown.
    Source: method.md §5.
    """
    decided = stage.won + stage.lost + stage.presumed_lost
    return rate(stage.won, decided, DECIDED_TO_SAY["sale"])


def says_so_far(decided: int) -> Saying:
    """How far a rate to the sale so far may be trusted: too early under 10 decided, early under 30 (method.md §5)."""
    if decided < DECIDED_TO_SAY["sale"]:
        return "too early"
    return "early" if decided < PLAIN_FROM else "plain"


@dataclass(frozen=True, slots=True)
class ExpectedRate:
    """The share that will have gone through once the open ones have decided, with its likely and 95 % ranges."""

    value: float | None
    """None where nothing has been decided."""
    effective: float
    """The number of decided cases that the ranges are worth."""
    says: Saying  #: how far it may be trusted
    likely_low: float | None  #: where it lies eight times in ten: from; none where that cannot be said
    likely_high: float | None  #: and to
    low_95: float | None  #: where it lies 95 times in a hundred: from
    high_95: float | None  #: and to


def expected_rate(cohort: Cohort, curves: Sequence[GateCurve], first: int, last: int) -> ExpectedRate:
    """The share that will reach a later milestone once the open opportunities have decided.

    Formula: the product of the gates' curves: each open opportunity is shared out over what became of those that stayed
    in its stage at least as long. The range is Wilson's, for as many decided cases as the curves' variance is worth,
    never more than were decided at the first gate.
    Shape: a rate a rep (or team), track and milestone: to the next milestone, and to the sale.
    Units: a share, 0 to 1.
    Undefined: too early to say where a gate on the way has under 5 that moved on or under 10 decided, or where history
    is shorter than nine in ten take to come through; early where it is shorter than twice that.
    Source: method.md §5; Aalen and Johansen 1978.
    """
    way = curves[first:last]
    if not way:
        return ExpectedRate(1.0, 0.0, "plain", 1.0, 1.0, 1.0, 1.0)
    decided = way[0].n_decided
    if not decided:
        return ExpectedRate(None, 0.0, "too early", None, None, None, None)
    value = prod(curve.share for curve in way)
    n = _effective(value, way)
    return ExpectedRate(
        value,
        n,
        _says_expected(cohort, way, first),
        *wilson_interval(value * n, n, LIKELY),
        *wilson_interval(value * n, n),
    )


def _effective(value: float, way: Sequence[GateCurve]) -> float:
    decided = float(way[0].n_decided)
    if not CERTAIN < value < 1 - CERTAIN:
        return decided
    variance = value**2 * sum(curve.variance / curve.share**2 for curve in way)
    return decided if variance <= NO_VARIANCE else min(value * (1 - value) / variance, decided)


def _says_expected(cohort: Cohort, way: Sequence[GateCurve], first: int) -> Saying:
    if not all(curve.is_usable for curve in way):
        return "too early"
    entered = cohort.reached[:, first]
    span = cohort.day - int(entered[cohort.dated[:, first]].min(initial=NEVER))
    needed = sum(curve.days_to_move_on(0.9) or 0 for curve in way)
    if span < needed:
        return "too early"
    return "early" if span < 2 * needed else "plain"


def open_will_move(so_far: Rate, expected: ExpectedRate) -> bool:
    """Whether both rates are shown and the open opportunities will move the one so far by 5 points or more."""
    shown = so_far.enough and expected.says != "too early"
    if not shown or so_far.value is None or expected.value is None:
        return False
    return abs(so_far.value - expected.value) >= WILL_MOVE - CERTAIN
