"""What a row of an example said on an earlier day: what was typed by then, and the plans of then.

Draws from a generator of the row's own, so that each copy tells the same past, whichever copies are made.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from milestone_reports.workbook.example.kinds import AS_OF
from milestone_reports.workbook.starter.sheets import CellValue, Row

A_WEEK = timedelta(days=7)
TYPED_A_WEEK_LATER = 0.04
"""The share of completions that are typed in the week after: late, and inside the grace."""

FILED_LATER = 0.1
"""The share of evidence that comes a while after its milestone."""

ESTIMATED_ANEW = 0.12
"""The share of values that were another estimate until the second milestone."""

PUT_OFF = (0.06, 0.2, 0.5)
"""Below these chances a plan was put off three times, twice, once."""

PULLED_IN = 0.92
"""Above this chance it was pulled in."""

ESTIMATES = (0.8, 0.9, 1.15, 1.25)
"""An earlier estimate, as a share of the value."""

VALUE_STEP = 500


@dataclass(frozen=True, slots=True)
class Luck:
    """What chance has for one milestone of a row, whatever becomes of it."""

    typed: float
    filed: float
    moved: float
    weeks: int
    """By how many weeks a plan moves at a time."""
    days: int


def as_it_stood(row: Row, gates: Sequence[str], day: date, seed: int) -> Row | None:
    """The row as a copy of that day had it; none before it was first written down."""
    created_on = row["Created"]
    if not isinstance(created_on, date) or created_on > day:
        return None
    rng = Random(f"{seed} {row['ID']} before")  # noqa: S311  made-up data, no secrets
    luck = [_luck(rng) for _ in gates]
    estimate = (rng.random(), rng.choice(ESTIMATES))
    found = dict(row)
    known_since: date | None = created_on
    typed_on = [created_on]
    for gate, of_gate in zip(gates, luck, strict=True):
        done_on = row[gate]
        since = known_since or _thought_of(typed_on[-1], of_gate)
        found[f"{gate} planned"] = _plan(row, gate, since, day, of_gate)
        if not isinstance(done_on, date):
            known_since = None
            continue
        typed_on.append(max(typed_on[-1], done_on + (A_WEEK if of_gate.typed < TYPED_A_WEEK_LATER else timedelta())))
        known_since = typed_on[-1]
        _take_back(found, gate, day, typed_on[-1], of_gate)
    found["Value"] = _value(row["Value"], typed_on, day, estimate)
    return {**found, **_ending(row, gates, day, typed_on[-1])}


def _luck(rng: Random) -> Luck:
    return Luck(rng.random(), rng.random(), rng.random(), rng.randint(1, 2), rng.randint(7, 14))


def _thought_of(last_typed_on: date, luck: Luck) -> date:
    """When a milestone after the next was first planned: in the last weeks."""
    return max(last_typed_on, AS_OF - timedelta(days=3 * luck.days))


def _take_back(found: dict[str, CellValue], gate: str, day: date, typed_on: date, luck: Luck) -> None:
    """Blank what was not yet typed."""
    if typed_on > day:
        found[gate] = None
    if typed_on + timedelta(days=luck.days if luck.filed < FILED_LATER else 0) > day:
        found[f"{gate} evidence"] = None


def _plan(row: Row, gate: str, since: date, day: date, luck: Luck) -> CellValue:
    """The plan of then: put off each time its day had passed, or later than it is now and pulled in since."""
    planned_on = row[f"{gate} planned"]
    if since > day or planned_on is None:
        return None
    if not isinstance(planned_on, date):
        return planned_on
    step = A_WEEK * luck.weeks
    if luck.moved > PULLED_IN and day + timedelta(days=luck.days) < planned_on:
        return planned_on + step
    n_moves = 3 - bisect(PUT_OFF, luck.moved)
    earlier = (planned_on - step * n for n in range(n_moves, 0, -1))
    # A plan whose day is still to come in the example has not been put off yet.
    return next((plan for plan in earlier if max(day, since) < plan <= AS_OF), planned_on)


def _value(value: CellValue, typed_on: Sequence[date], day: date, estimate: tuple[float, float]) -> CellValue:
    """An estimate until the second milestone, where it was another."""
    chance, share = estimate
    is_settled = len(typed_on) > 2 and typed_on[2] <= day  # noqa: PLR2004  the creation and two milestones
    # What has not come so far yet has not been estimated anew either.
    if not isinstance(value, (int, float)) or chance >= ESTIMATED_ANEW or is_settled or len(typed_on) <= 2:  # noqa: PLR2004
        return value
    return estimated(value, share)


def estimated(value: float, share: float) -> float:
    """A share of a value, rounded as people estimate."""
    return round(value * share / VALUE_STEP) * VALUE_STEP


def _ending(row: Row, gates: Sequence[str], day: date, typed_on: date) -> Row:
    """Outcome, Closed, Lost reason and Notes as they were then."""
    closed_on, sold_on = row.get("Closed"), row[gates[-1]]
    if not isinstance(closed_on, date) or max(closed_on, typed_on) <= day:
        return {}
    if row["Outcome"] == "cancelled" and isinstance(sold_on, date) and typed_on <= day:
        return {"Outcome": "won", "Closed": sold_on, "Notes": None}
    return {"Outcome": "open", "Closed": None, "Lost reason": None, "Notes": None}
