"""Every opportunity as a figure counts it: its dates, the cells they stand in, its outcome as of the day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.slug import opportunity_anchor
from milestone_reports.domain.team import Team
from milestone_reports.metrics.estimators.repairs import Kind, repairs
from milestone_reports.metrics.standing import Standing, State, by, standing
from milestone_reports.scorecards.figures import OpenOpportunity


@dataclass(frozen=True, slots=True)
class MilestoneCell:
    """When a milestone of an opportunity was completed, and the cell that says so."""

    milestone: str  #: its name
    completed_on: date | None
    """None where it is not, or is dated after the day."""
    waived: bool
    """Agreed not to be needed: its gate is open."""
    cell: str
    """Empty where the workbook has none for it."""


@dataclass(frozen=True, slots=True)
class PutRight:
    """What was put right in an opportunity's dates before anything was counted."""

    kind: Kind
    """Which of the repairs of statistics.md it is."""
    milestone: str
    """Empty where it is about the loss."""


@dataclass(frozen=True, slots=True)
class OpportunityBehind:
    """An opportunity that figures count, with its dates and their cells."""

    id: str
    """The workbook's, or the row's where it has none."""
    anchor: str
    """What its row on a page is addressed by: `opp-1043`."""
    label: str
    """Account and name, or whichever there is."""
    rep: str
    """Today's owner."""
    rep_slug: str
    """The address of the rep's card; empty where there is none."""
    track: str
    """The track it is on."""
    value: float | None
    """In the report's currency; None where none is written."""
    milestones: tuple[MilestoneCell, ...]
    """One a milestone of the track, in order."""
    outcome: str
    """As of the day: open, stalled or presumed lost where it is, won, cancelled, or the kind of lost."""
    closed_on: date | None
    """The day it was won or lost; None while it is open."""
    cell: str
    """Its row."""
    repairs: tuple[PutRight, ...]
    """What was put right before it was counted; empty for most."""


def opportunities_behind(team: Team, as_of: date, slow: Collection[OpenOpportunity]) -> Iterator[OpportunityBehind]:
    """Every opportunity of a team, in the workbook's order; `slow` are those that are stalled or presumed lost."""
    says = {one.id: "presumed lost" if one.presumed_lost else "stalled" for one in slow}
    rep_slugs = {rep.name: rep.slug for rep in team.reps}
    names = {track.name: [milestone.name for milestone in track.milestones] for track in team.tracks}
    for one in team.opportunities:
        yield _behind(one, names[one.track], as_of, says.get(one.id, ""), rep_slugs.get(one.rep, ""))


def _behind(opportunity: Opportunity, names: Sequence[str], as_of: date, slow: str, rep_slug: str) -> OpportunityBehind:
    stands = standing(opportunity, as_of)
    put_right = repairs(
        [entry.completed_on for entry in opportunity.entries],
        opportunity.closed_on,
        says_lost=opportunity.outcome.is_lost,
        as_of=as_of,
    )
    return OpportunityBehind(
        id=opportunity.id,
        anchor=opportunity_anchor(opportunity.id),
        label=opportunity.label,
        rep=opportunity.rep,
        rep_slug=rep_slug,
        track=opportunity.track,
        value=opportunity.value,
        milestones=tuple(_cells(opportunity, names, as_of)),
        outcome=_outcome(opportunity, stands, slow),
        closed_on=stands.closed_on,
        cell=opportunity.row.address if opportunity.row else "",
        repairs=tuple(PutRight(one.kind, names[one.milestone - 1] if one.milestone else "") for one in put_right),
    )


def _outcome(opportunity: Opportunity, stands: Standing, slow: str) -> str:
    if stands.state is State.LOST:
        return opportunity.outcome.value
    if stands.cancelled:
        return "cancelled"
    return f"{stands.state.value}, {slow}" if slow else stands.state.value


def _cells(opportunity: Opportunity, names: Sequence[str], as_of: date) -> Iterator[MilestoneCell]:
    for place, (name, entry) in enumerate(zip(names, opportunity.entries, strict=True)):
        cell = opportunity.cell(place)
        completed_on = by(entry.completed_on, as_of)
        yield MilestoneCell(name, completed_on, entry.waived, cell.address if cell and cell.column else "")
