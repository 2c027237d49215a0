"""Where a rep differs from the rest of the team, and what it is worth to change that (method.md §7).

A rep's few results are added to as many of the team's as the reps are alike; what is said of a rep is said with the
chance that it is so. Must not know of names, money, or what was said a month ago.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaln

from milestone_reports.metrics.estimators.cohort import NEVER, Cohort, Mask
from milestone_reports.metrics.estimators.velocity import PRESUMED_LOST, presumed_lost
from milestone_reports.metrics.rates import DECIDED_TO_SAY

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

BELOW = 0.05
"""A rep whose true rate is so far below the rest of the team's is worth a word."""

FALSE_FLAGS = 0.20
"""The share of flags that may be false."""

TEAM_LOW, TEAM_HIGH = 0.01, 0.99
"""The rate of the rest of the team is never taken for certain."""

SPREADS = np.exp(np.linspace(log(4), log(2000), 25))
"""Results of the team that a rep's own are added to, from reps that are not alike to reps that are."""

USUAL_SPREAD = 40
"""What the spread is thought to be before any result, within a factor of e."""

YEAR = 365
SHORTEST_SPAN = 90
"""Days of history that are scaled to a year at the most: from fewer, a year cannot be told."""

SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class RepGate:
    """One rep at one gate, against the rest of the team."""

    rest_of_team: float
    """The rate of all others; one half where they have none decided, which says nothing."""
    raw: float | None
    """The rep's own rate; None where none is decided."""
    shrunken: float
    """The rep's rate with the team's results added."""
    chance_below: float
    """The chance that the rep's true rate is more than 5 points below the rest of the team's."""
    spread: float
    """How many of the team's results are added, the more the more alike the reps are."""


@dataclass(frozen=True, slots=True, eq=False)
class GateCounts:
    """What the last year decided at each gate, by rep; every array has one row a rep and one column a gate."""

    passed: Counts
    decided: Counts
    entered: Floats
    """Opportunities a year that come to the stage before the gate."""


@dataclass(frozen=True, slots=True)
class CoachingCell:
    """One rep at one gate: the counts, the comparison, and what closing the gap is worth."""

    rep: int
    gate: int
    """From 0: the gate after the first milestone."""
    passed: int
    decided: int
    rest_passed: int
    rest_decided: int
    """0 where there is no team to compare with: no value and no flag."""
    against: RepGate
    entered: float
    """Opportunities a year."""
    gap: float
    """By which the rep's shrunken rate is below the rest of the team's: what is counted of it; 0 where it is not."""
    later: float
    """The rep's shrunken rates at all later gates, multiplied."""
    contracts: float
    """A year, were the gap to the rest of the team closed; 0 where there is none."""
    flagged: bool

    @property
    def shows_rate(self) -> bool:
        """Whether enough are decided to say a rate."""
        return self.decided >= DECIDED_TO_SAY["next"]


def gate_counts(cohort: Cohort, thresholds: Sequence[float | None], n_reps: int) -> GateCounts:
    """What the last 365 days decided at each gate, by rep, and how many opportunities a year come to it.

    Formula: passed: reached the next milestone; decided: passed, lost in the stage, or presumed lost on the day that
    their days in the stage went over twice the stall threshold; entered: reached the milestone before the gate in the
    last 365 days, times 365 over the days of history, 90 at least, where history is shorter than a year. A gate
    belongs to the rep who owned the opportunity when it was decided, else now.
    Shape: three numbers a rep, track and gate.
    Units: opportunities.
    Undefined: nothing decided: 0.
    Source: method.md §7.
    """
    stage, ended_on, of_rep = cohort.n_reached, _ended_on(cohort, thresholds), cohort.gate_rep
    n_gates = cohort.n_milestones - 1
    in_last_year = _in_last_year(cohort.reached, cohort.day)
    ended = _in_last_year(ended_on, cohort.day)

    def by_rep(mask: Mask, gate: int) -> Counts:
        return np.bincount(of_rep[mask, gate], minlength=n_reps)

    passed = [by_rep(in_last_year[:, gate + 1], gate) for gate in range(n_gates)]
    failed = [by_rep(ended & (stage == gate + 1), gate) for gate in range(n_gates)]
    entered = [by_rep(in_last_year[:, gate], gate) for gate in range(n_gates)]
    span = cohort.day - int(cohort.reached[:, 0].min(initial=cohort.day))
    to_a_year = YEAR / min(YEAR, max(SHORTEST_SPAN, span))
    return GateCounts(
        passed=_columns(passed, n_reps),
        decided=_columns(passed, n_reps) + _columns(failed, n_reps),
        entered=(_columns(entered, n_reps) * to_a_year).astype(np.float64),
    )


def _ended_on(cohort: Cohort, thresholds: Sequence[float | None]) -> Floats:
    """The day on which each was lost, or came to be presumed lost; NEVER for the others."""
    limits = np.array([np.inf if days is None else PRESUMED_LOST * days for days in (*thresholds, None)])
    presumed_on = cohort.since + np.floor(limits[cohort.n_reached - 1]) + 1
    return np.where(presumed_lost(cohort, thresholds), presumed_on, cohort.lost_on)


def _in_last_year(on: NDArray[np.int32] | Floats, day: int) -> Mask:
    mask: Mask = (on > day - YEAR) & (on != NEVER)
    return mask


def _columns(gates: Sequence[Counts], n_reps: int) -> Counts:
    return np.array(gates, dtype=np.int64).reshape(len(gates), n_reps).T


def against_team(passed: Sequence[int], decided: Sequence[int]) -> tuple[RepGate, ...]:
    """Each rep's rate through a gate against the rest of the team's, with the chance that it is truly below.

    Formula: rest of the team: (passed + ½) / (decided + 1) of all other reps. Shrunken rate: (the rep's passed + M ×
    the rest of the team's rate) / (the rep's decided + M): the rep's results, and M results at the team's rate. M is
    the best of 25 from 4 to 2,000 by the beta-binomial likelihood of all reps' results, with a lognormal prior around
    40. Chance below: that of a beta variable with these results to be more than 5 points below the rest of the team.
    Shape: a comparison a rep, track and gate, over the last 365 days.
    Units: shares, 0 to 1.
    Undefined: none decided: the shrunken rate is the rest of the team's; a rate is only shown from 8 decided on. One
    rep alone has no team: rates only.
    Source: method.md §7.
    """
    x, n = (np.array(counts, dtype=np.int64)[:, np.newaxis] for counts in (passed, decided))
    return tuple(_compare(x, n).rep_gates())


def flagged(chances: Sequence[float]) -> tuple[int, ...]:
    """Which of the comparisons are flagged: as many as leave one flag in five false, at the most.

    Formula: the chances of being below the team, highest first: the longest run of which the mean chance of being false
    is at most 20 %. Only comparisons with 8 decided or more are looked at.
    Shape: a yes or no a rep, track and gate.
    Units: none.
    Undefined: no team to compare with: no flag.
    Source: method.md §7.
    """
    false = 1 - np.asarray(chances, dtype=np.float64)
    order = np.argsort(false, kind="stable")
    mean_false = np.cumsum(false[order]) / np.arange(1, len(order) + 1)
    n_flags = int((mean_false <= FALSE_FLAGS + SLACK).sum())
    return tuple(sorted(order[:n_flags].tolist()))


def coaching_cells(counts: GateCounts) -> tuple[CoachingCell, ...]:
    """What it is worth a year to bring a rep at a gate up to the rest of the team, for every rep and gate.

    Formula: opportunities a year that come to the gate × (the rest of the team's rate - the rep's shrunken rate, 0 if
    negative) × the rep's shrunken rates at all later gates; in money, times the average contract.
    Shape: a number a rep, track and gate, by which the list is ranked. They do not add up.
    Units: contracts a year; money a year.
    Undefined: nothing decided, or nobody else with anything decided at the gate: 0.
    Source: method.md §7.
    """
    compared = _compare(counts.passed, counts.decided)
    gap = np.where(compared.is_comparable, np.maximum(compared.rest_of_team - compared.shrunken, 0), 0)
    later = _later_gates(compared.shrunken)
    results = (counts.passed, counts.decided, _rest(counts.passed), _rest(counts.decided))
    worth = (counts.entered, gap, later, counts.entered * gap * later)
    columns = zip(
        np.ndindex(counts.decided.shape),
        zip(*map(_listed, results), strict=True),
        compared.rep_gates(),
        zip(*map(_listed, worth), strict=True),
        _listed(_flags(compared)),
        strict=True,
    )
    cells = []
    for (rep, gate), (passed, decided, rest_passed, rest_decided), against, (
        entered,
        short,
        rest,
        value,
    ), flag in columns:
        counted = (passed, decided, rest_passed, rest_decided)
        cells.append(CoachingCell(rep, gate, *counted, against, entered, short, rest, value, flag))
    return tuple(cells)


def expected_false_flags(cells: Sequence[CoachingCell]) -> float:
    """How many of the flags are likely to be false.

    Formula: the sum, over the flags, of the chance that the rep is not 5 points below the rest of the team.
    Shape: a number a track.
    Units: flags.
    Undefined: no flag: 0.
    Source: method.md §7.
    """
    return sum(1 - cell.against.chance_below for cell in cells if cell.flagged)


@dataclass(frozen=True, slots=True, eq=False)
class _Comparison:
    """The comparisons of all reps at all gates at once; arrays of reps by gates."""

    passed: Counts
    decided: Counts
    rest_of_team: Floats
    shrunken: Floats
    chance_below: Floats
    spread: Floats

    @property
    def is_comparable(self) -> Mask:
        """Whether both the rep and the others have any decided."""
        mask: Mask = (self.decided > 0) & (_rest(self.decided) > 0)
        return mask

    def rep_gates(self) -> list[RepGate]:
        """One rep's gates after the other's."""
        arrays = (self.passed, self.decided, self.rest_of_team, self.shrunken, self.chance_below, self.spread)
        return [
            RepGate(rest, x / n if n else None, shrunken, below, m)
            for x, n, rest, shrunken, below, m in zip(*map(_listed, arrays), strict=True)
        ]


def _listed(array: NDArray[np.generic]) -> list[Any]:
    """The cells in rep-major order, as Python's own numbers."""
    cells: list[Any] = array.ravel().tolist()
    return cells


def _compare(passed: Counts, decided: Counts) -> _Comparison:
    rest = np.clip((_rest(passed) + 0.5) / (_rest(decided) + 1), TEAM_LOW, TEAM_HIGH)
    m = np.broadcast_to(_spread(passed, decided), decided.shape)
    from_team = m * rest
    return _Comparison(
        passed=passed,
        decided=decided,
        rest_of_team=rest,
        shrunken=(passed + from_team) / (decided + m),
        chance_below=betainc(from_team + passed, m - from_team + decided - passed, np.maximum(rest - BELOW, 0)),
        spread=m,
    )


def _flags(compared: _Comparison) -> Mask:
    """The flags of all comparisons with enough decided."""
    looked_at = np.flatnonzero(compared.is_comparable & (compared.decided >= DECIDED_TO_SAY["next"]))
    chances = compared.chance_below.ravel()[looked_at]
    flags = np.zeros(compared.decided.size, dtype=np.bool_)
    flags[looked_at[list(flagged(chances.tolist()))]] = True
    return flags


def _rest(counts: Counts) -> Counts:
    """The counts of all other reps."""
    others: Counts = counts.sum(axis=0) - counts
    return others


def _spread(passed: Counts, decided: Counts) -> Floats:
    """`M` at each gate: the best of the grid, the lowest where several are."""
    mean = (passed.sum(axis=0) + 0.5) / (decided.sum(axis=0) + 1)
    m = SPREADS[:, np.newaxis]
    a, b = m * mean, m * (1 - mean)
    # The grid comes first, then reps, then gates.
    with_results = (
        gammaln(passed + a[:, np.newaxis])
        + gammaln(decided - passed + b[:, np.newaxis])
        - gammaln(decided + m[:, np.newaxis])
    ).sum(axis=1)
    without = gammaln(a) + gammaln(b) - gammaln(m)
    log_likelihood = with_results - len(passed) * without - np.log(m / USUAL_SPREAD) ** 2 / 2
    best: Floats = SPREADS[np.argmax(log_likelihood, axis=0)]
    return best


def _later_gates(shrunken: Floats) -> Floats:
    """The product of the rates at all gates after each."""
    backwards = np.column_stack((np.ones(len(shrunken)), shrunken[:, ::-1]))
    return np.cumprod(backwards, axis=1, dtype=np.float64)[:, -2::-1]
