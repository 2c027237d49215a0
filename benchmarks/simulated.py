"""Teams whose whole story is known: opportunities drawn from a seed, as the columns that the estimators take.

Every opportunity's end is in the columns, however late; cutting them to a day hides what had not happened by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from milestone_reports.metrics.estimators.cohort import NEVER, UNKNOWN, Days, History

GATES = (0.6, 0.6, 0.7)
"""The share of each of three gates that moves on; the fourth milestone is the sale."""

TRUE_RATE = float(np.prod(GATES))
"""Of first milestones, those that become a sale: .252."""

MEAN_DAYS = (30.0, 30.0, 40.0)
"""From each milestone to the next: 100 days to a sale."""

SHAPE = 2.0
"""Of the gamma law of those days: 1 would be a constant chance a day."""

MEAN_VALUE = 50_000.0
LOG_SPREAD = 0.703
"""Of contract values: their variance is .64 of their squared mean."""

FIRST_DAY = date(2022, 1, 3).toordinal()
SOURCES = ("Referral", "Web", "Event", "Outbound")


@dataclass(frozen=True, slots=True)
class Scenario:
    """How a team's pipeline differs from a steady one in which losing takes as long as moving on."""

    name: str
    loss_slowness: float = 1.0
    """Days to a loss against days to move on."""
    never_closed: float = 0.0
    """The share of lost opportunities that nobody ever closes."""
    doubles_in: float | None = None
    """Days in which the number of starts doubles."""
    gates: tuple[float, ...] = GATES


STEADY = Scenario("losses as long as advances")
SCENARIOS = (
    STEADY,
    Scenario("losses 3 times slower", loss_slowness=3.0),
    Scenario("40 % of losses never closed", never_closed=0.4),
    Scenario("growing, twice as many a year later", doubles_in=365.0),
)


def simulated(
    scenario: Scenario, random: np.random.Generator, n_opportunities: int, n_days: int, n_reps: int = 1
) -> History:
    """Opportunities that start within `n_days` from FIRST_DAY, each followed to its end."""
    completed, lost_on = _stages(scenario, random, _starts(scenario, random, n_opportunities, n_days))
    left_open = random.random(n_opportunities) < scenario.never_closed
    value = random.lognormal(np.log(MEAN_VALUE) - LOG_SPREAD**2 / 2, LOG_SPREAD, n_opportunities)
    rep = random.integers(n_reps, size=n_opportunities, dtype=np.int32)
    return History(
        completed=completed,
        closed_on=np.where(left_open, NEVER, lost_on).astype(np.int32),
        created_on=np.full(n_opportunities, UNKNOWN, dtype=np.int32),
        n_undated=np.zeros(n_opportunities, dtype=np.int8),
        reached_by=np.full_like(completed, NEVER),
        value=value,
        rep=rep,
        earned_by=np.repeat(rep[:, np.newaxis], completed.shape[1], axis=1),
        source=random.integers(len(SOURCES), size=n_opportunities, dtype=np.int32),
        reps=tuple(f"Rep {number}" for number in range(1, n_reps + 1)),
        sources=SOURCES,
    )


def _starts(scenario: Scenario, random: np.random.Generator, n: int, n_days: int) -> Days:
    """Days of first milestones: even, or ever denser where the starts double."""
    place = random.random(n)
    if scenario.doubles_in:
        rate = np.log(2) / scenario.doubles_in
        place = np.log1p(place * np.expm1(rate * n_days)) / (rate * n_days)
    return (FIRST_DAY + np.floor(place * n_days)).astype(np.int32)


def _stages(scenario: Scenario, random: np.random.Generator, starts: Days) -> tuple[Days, Days]:
    """The days on which milestones are completed, and on which the lost are lost; NEVER otherwise."""
    completed = np.full((len(starts), len(scenario.gates) + 1), NEVER, dtype=np.int32)
    lost_on = np.full(len(starts), NEVER, dtype=np.int32)
    completed[:, 0] = starts
    alive = np.arange(len(starts))
    for gate, (share, mean) in enumerate(zip(scenario.gates, MEAN_DAYS, strict=True)):
        moves = random.random(len(alive)) < share
        on, off = alive[moves], alive[~moves]
        completed[on, gate + 1] = completed[on, gate] + _days(random, mean, len(on))
        lost_on[off] = completed[off, gate] + _days(random, mean * scenario.loss_slowness, len(off))
        alive = on
    return completed, lost_on


def _days(random: np.random.Generator, mean: float, n: int) -> NDArray[np.int32]:
    return np.rint(random.gamma(SHAPE, mean / SHAPE, n)).astype(np.int32)
