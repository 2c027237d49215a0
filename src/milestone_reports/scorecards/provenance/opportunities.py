"""Every opportunity as a figure counts it: its dates, the cells they stand in, its outcome as of the day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.slug import opportunity_anchor
from milestone_reports.domain.team import Team
from milestone_reports.metrics.estimators.repairs import Kind, Repair, repairs
from milestone_reports.metrics.standing import Standing, State, by, standing
from milestone_reports.scorecards.figures import OpenOpportunity

COLLEAGUE = "colleague"
"""Stands for a colleague's name on a rep's own page."""

HANDED_OVER = "handed over"
"""The outcome of an opportunity that is a colleague's now, on the page of whoever had it before."""


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
    observed: bool
    """Dated by the first copy of the workbook that shows it reached, which is right to the week."""
    earned_by: str
    """Who owned the opportunity when it was completed; empty where that is its rep."""

    def as_earned_by(self, rep: str) -> MilestoneCell:
        """The cell as whoever earned it may read it; empty where somebody else did."""
        if self.earned_by == rep:
            return replace(self, earned_by="")
        return MilestoneCell(self.milestone, None, waived=False, cell="", observed=False, earned_by="")


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
    """Who owned it when it was won or lost, else today's owner."""
    rep_slug: str
    """The address of the rep's card; empty where there is none."""
    track: str
    """The track it is on."""
    value: float | None
    """In the report's currency; None where none is written."""
    milestones: tuple[MilestoneCell, ...]
    """One a milestone of the track, in order."""
    outcome: str
    """As of the day: open, stalled or presumed lost where it is, won, cancelled, the kind of lost, or handed over."""
    closed_on: date | None
    """The day it was won or lost; None while it is open."""
    cell: str
    """Its row."""
    repairs: tuple[PutRight, ...]
    """What was put right before it was counted; empty for most."""
    now_with: str
    """Whom the workbook names as its rep, where another owned it when it was decided; else empty."""

    def as_told_to(self, rep: str) -> OpportunityBehind:
        """What the rep may read of it, who has a part in it: whatever is a colleague's stays with the colleague.

        Of one's own, all but the names: its earlier milestones are its history. Of one that has gone to a colleague,
        that it was there, and the milestones that one earned; not what became of it, nor what it is worth now.
        """
        if self.rep == rep:
            cells = (replace(cell, earned_by=COLLEAGUE if cell.earned_by else "") for cell in self.milestones)
            return replace(self, milestones=tuple(cells), now_with=COLLEAGUE if self.now_with else "")
        return replace(
            self,
            rep="",
            rep_slug="",
            value=None,
            milestones=tuple(cell.as_earned_by(rep) for cell in self.milestones),
            outcome=HANDED_OVER,
            closed_on=None,
            repairs=(),
            now_with=COLLEAGUE,
        )

    def is_of(self, rep: str) -> bool:
        """Whether a rep has it, had it when it was decided, or completed a milestone of it."""
        return self.rep == rep or any(cell.earned_by == rep for cell in self.milestones)


def opportunities_behind(team: Team, as_of: date, slow: Collection[OpenOpportunity]) -> Iterator[OpportunityBehind]:
    """Every opportunity of a team, in the workbook's order; `slow` are those that are stalled or presumed lost."""
    says = {one.id: "presumed lost" if one.presumed_lost else "stalled" for one in slow}
    rep_slugs = {rep.name: rep.slug for rep in team.reps}
    names = {track.name: [milestone.name for milestone in track.milestones] for track in team.tracks}
    for one in team.opportunities:
        yield _behind(one, names[one.track], as_of, says.get(one.id, ""), rep_slugs.get(one.rep, ""))


def _behind(opportunity: Opportunity, names: Sequence[str], as_of: date, slow: str, rep_slug: str) -> OpportunityBehind:
    stands = standing(opportunity, as_of)
    found = repairs(
        [entry.completed_on for entry in opportunity.entries],
        opportunity.closed_on,
        says_lost=opportunity.outcome.is_lost,
        as_of=as_of,
    )
    put_right = [one for one in found if not _is_told_by_copies(opportunity, one)]
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
        now_with=opportunity.now_with,
    )


def _is_told_by_copies(opportunity: Opportunity, repair: Repair) -> bool:
    """Whether earlier copies say when the milestone was reached: then no date of another one stands in for its own."""
    entry = opportunity.entries[repair.milestone - 1] if repair.milestone else None
    return entry is not None and (entry.observed or entry.reached_by is not None)


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
        address = cell.address if cell and cell.column else ""
        yield MilestoneCell(name, completed_on, entry.waived, address, entry.observed, entry.earned_by)
