"""What became of each milestone: of a rep's opportunities or the team's, so far and expected, beside the rest's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from milestone_reports.domain.track import Track
from milestone_reports.metrics.estimators.cohort import Cohort
from milestone_reports.metrics.estimators.conversion import (
    Outcomes,
    expected_rate,
    open_will_move,
    rate_to_next,
    rate_to_sale,
    says_so_far,
)
from milestone_reports.metrics.estimators.gates import GateCurve, gate_curves
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.scorecards.figures import Conversion


def team_conversion(state: TrackState, track: Track) -> tuple[Conversion, ...]:
    """What became of all of a track's opportunities."""
    return tuple(_lines(state.recent, state.curves, state.outcomes, track))


def part_conversion(state: TrackState, part: Cohort, track: Track) -> tuple[Conversion, ...]:
    """What became of a part of them: of one source's, say."""
    return tuple(_lines(part, gate_curves(part), state.outcomes_of(part), track))


def rep_conversion(
    state: TrackState, part: Cohort, track: Track, may_tell: Sequence[tuple[bool, bool]]
) -> tuple[Conversion, ...]:
    """What became of one rep's, beside the rest of the team's.

    `may_tell` says of each milestone whether the rest's rate to the next and to the sale may stand on the rep's card.

    An opportunity counts as a whole for whoever owned it when it was decided, else for its present owner. The gates of
    the last year, by which reps are compared, each count for the owner of their own day (`gate_counts`).
    """
    rest = [_less(team, rep) for team, rep in zip(state.outcomes, state.outcomes_of(part), strict=True)]
    lines = part_conversion(state, part, track)
    return tuple(
        replace(
            line,
            rest_to_next=rate_to_next(others) if to_next and line.to_next else None,
            rest_to_sale=rate_to_sale(others) if to_sale and line.to_sale else None,
        )
        for line, others, (to_next, to_sale) in zip(lines, rest, may_tell, strict=True)
    )


def _lines(cohort: Cohort, curves: Sequence[GateCurve], stages: Sequence[Outcomes], track: Track) -> list[Conversion]:
    names, last = [milestone.name for milestone in track.milestones], track.n_milestones - 1
    lines = [_line(cohort, curves, stages[k], (k, names[k], names[k + 1])) for k in range(last)]
    return [*lines, _sale(stages[last], names[last])]


def _line(cohort: Cohort, curves: Sequence[GateCurve], stage: Outcomes, gate: tuple[int, str, str]) -> Conversion:
    index, milestone, next_milestone = gate
    to_sale = rate_to_sale(stage)
    expected = expected_rate(cohort, curves, index, len(curves))
    return Conversion(
        milestone=milestone,
        next_milestone=next_milestone,
        reached=stage.reached,
        moved_on=stage.moved_on,
        lost_here=stage.lost_here,
        presumed_lost_here=stage.presumed_lost_here,
        open_here=stage.open_here,
        to_next=rate_to_next(stage),
        to_sale=to_sale,
        to_sale_says=says_so_far(to_sale.decided),
        expected_to_next=expected_rate(cohort, curves, index, index + 1),
        expected_to_sale=expected,
        will_move=open_will_move(to_sale, expected),
    )


def _sale(stage: Outcomes, milestone: str) -> Conversion:
    return Conversion(
        milestone=milestone,
        next_milestone=None,
        reached=stage.reached,
        moved_on=stage.moved_on,
        lost_here=stage.lost_here,
        presumed_lost_here=stage.presumed_lost_here,
        open_here=stage.open_here,
        to_next=None,
        to_sale=None,
        to_sale_says="plain",
        expected_to_next=None,
        expected_to_sale=None,
        will_move=False,
    )


def _less(team: Outcomes, rep: Outcomes) -> Outcomes:
    """The team's counts without the rep's."""
    return Outcomes(**{field.name: getattr(team, field.name) - getattr(rep, field.name) for field in fields(Outcomes)})
