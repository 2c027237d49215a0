"""The manager's list: each rep at each gate beside the rest of the team, ranked by what closing the gap is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milestone_reports.domain.team import Rep
from milestone_reports.domain.track import Track
from milestone_reports.metrics.estimators.coaching import (
    CoachingCell,
    coaching_cells,
    expected_false_flags,
    gate_counts,
)
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.metrics.rates import DECIDED_TO_SAY, rate
from milestone_reports.scorecards.insights import Coaching, Ending, Focus
from milestone_reports.scorecards.learned.evidence import Evidence

N_MONTH_ENDS = 2
"""Flagged at so many in a row: coach here (method.md §7)."""

LEAST_CONTRACTS = 0.05
"""A value at stake that rounds to nothing is no lever."""


@dataclass(frozen=True, slots=True)
class TrackCoaching:
    """All entries of one track."""

    of_rep: Mapping[str, tuple[Coaching, ...]]
    """Every rep's gates in order; empty for one without an opportunity."""
    ranked: tuple[Coaching, ...]
    false_flags: float


def month_ends_before(day: date, n_months: int) -> tuple[date, ...]:
    """The last `n_months` month-ends up to a day, that day included, oldest first."""
    ends: list[date] = []
    first_of_next = (day + timedelta(days=1)).replace(day=1)
    for _ in range(n_months):
        ends.append(first_of_next - timedelta(days=1))
        first_of_next = ends[-1].replace(day=1)
    return tuple(reversed(ends))


def track_coaching(
    evidence: Evidence, track: Track, reps: Mapping[str, Rep], average: Mapping[str, float | None]
) -> TrackCoaching:
    """The comparison of everyone on a track, as of the day, confirmed at the last two month-ends."""
    state = evidence.state(track)
    # A rep who has nothing yet is beside nobody, whatever rows of a later day the workbook holds.
    there = {*state.everyone.rep.tolist(), *state.everyone.gate_rep.ravel().tolist()}
    cells = [cell for cell in _cells(state) if cell.rep in there]
    before = [_flagged(evidence.state(track, day)) for day in month_ends_before(evidence.as_of, N_MONTH_ENDS)]
    names = state.history.reps
    of_rep: dict[str, list[Coaching]] = {name: [] for name in names}
    waiting = _waiting(state)
    for cell in cells:
        rep, place = reps[names[cell.rep]], (cell.rep, cell.gate)
        confirmed = all(place in flags for flags in before)
        of_rep[rep.name].append(
            _entry(cell, track, rep, average[rep.name], (waiting.get(place, 0), _ending(cell, confirmed=confirmed)))
        )
    return TrackCoaching(
        of_rep={name: tuple(entries) for name, entries in of_rep.items()},
        ranked=ranked([entry for entries in of_rep.values() for entry in entries]),
        false_flags=expected_false_flags(cells),
    )


def ranked(entries: Sequence[Coaching]) -> tuple[Coaching, ...]:
    """Those with something at stake and enough decided to say so, the most valuable first.

    The rest of the team's rate leans a little toward one half where few are decided: who is above it by the counts as
    they are said has nothing at stake.
    """
    worth = [
        entry
        for entry in entries
        if entry.rate.enough and entry.contracts >= LEAST_CONTRACTS and _difference(entry) < 0
    ]
    return tuple(sorted(worth, key=lambda entry: (-entry.contracts, entry.rep, entry.milestone)))


def focus_of(entries: Sequence[Coaching]) -> Focus:
    """One lever and one strength of a rep on a track."""
    above = [entry for entry in entries if entry.rate.enough and _difference(entry) > 0 and _lead(entry) > 0]
    return Focus(lever=next(iter(ranked(entries)), None), strength=max(above, key=_lead, default=None))


def _difference(entry: Coaching) -> float:
    """By the rates as they are said; 0 where there is none to compare with."""
    if entry.rate.value is None or entry.rest.value is None:
        return 0.0
    return entry.rate.value - entry.rest.value


def _lead(entry: Coaching) -> float:
    return entry.shrunken - (entry.rest.value or 0.0)


def _cells(state: TrackState) -> tuple[CoachingCell, ...]:
    return coaching_cells(gate_counts(state.everyone, state.thresholds, len(state.history.reps)))


def _flagged(state: TrackState) -> set[tuple[int, int]]:
    return {(cell.rep, cell.gate) for cell in _cells(state) if cell.flagged}


def _ending(cell: CoachingCell, *, confirmed: bool) -> Ending:
    if not cell.shows_rate or not cell.rest_decided:
        return "too few to say"
    if not cell.flagged:
        return "may be chance"
    return "coach here" if confirmed else "new, watch"


def _waiting(state: TrackState) -> dict[tuple[int, int], int]:
    """Open opportunities of each rep at each gate, the presumed lost left out."""
    everyone = state.everyone
    here = everyone.open & ~state.presumed
    found: dict[tuple[int, int], int] = {}
    for place in zip(everyone.rep[here].tolist(), (everyone.n_reached[here] - 1).tolist(), strict=True):
        found[place] = found.get(place, 0) + 1
    return found


def _entry(cell: CoachingCell, track: Track, rep: Rep, average: float | None, now: tuple[int, Ending]) -> Coaching:
    waiting, ending = now
    return Coaching(
        rep=rep.name,
        rep_slug=rep.slug,
        track=track.name,
        milestone=track.milestones[cell.gate].name,
        next_milestone=track.milestones[cell.gate + 1].name,
        passed=cell.passed,
        decided=cell.decided,
        rate=rate(cell.passed, cell.decided, DECIDED_TO_SAY["next"]),
        rest=rate(cell.rest_passed, cell.rest_decided, DECIDED_TO_SAY["next"]),
        shrunken=cell.against.shrunken,
        chance_below=cell.against.chance_below,
        waiting=waiting,
        entered_a_year=cell.entered,
        gap_counted=cell.gap,
        later_rate=cell.later,
        contracts=cell.contracts,
        money=None if average is None else cell.contracts * average,
        ending=ending,
        spread=cell.against.spread,
    )
