"""The lines of a week with the planned dates of the plan as it stood when the week began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.track import Track
from milestone_reports.history.plans import PlannedThen
from milestone_reports.history.snapshots import identity
from milestone_reports.metrics.standing import Standing, State
from milestone_reports.metrics.week import PlannedMilestone


@dataclass(frozen=True)
class LinesAsPlanned:
    """The lines of one rep on one track, to be judged by what earlier copies planned."""

    track: Track
    lines: Sequence[PlannedMilestone]
    pairs: Sequence[tuple[Opportunity, Standing]]

    def judged(
        self, found: Sequence[PlannedMilestone], planned: Sequence[PlannedThen], week: Week
    ) -> Sequence[PlannedMilestone]:
        """The week's lines in the workbook at hand, then those that the plan as it stood had in the week besides.

        A line moved within the week keeps its present day; one that the plan did not have in the week is an added one.
        """
        stood = {then.key: then for then in planned}
        judged = [_judged(line, stood.pop(_key(line), None), week) for line in found]
        return judged + [line for then in stood.values() if (line := self._line(then))]

    def _line(self, then: PlannedThen) -> PlannedMilestone | None:
        """One that the workbook no longer has in the week; None where it is waived, or not there by the as-of date."""
        if then.removed:
            return self._undone(then, Standing(State.OPEN, None, 0, None))._replace(since="removed")
        if then.handed_on:
            is_waived = then.opportunity.entries[then.place].waived
            return None if is_waived else self._undone(then, then.handed_on)._replace(since="handed on")
        if line := self._by_key.get(then.key):
            return line._replace(planned_on=then.planned_on, since="moved")
        standing = self._standings.get(identity(then.opportunity))
        if standing is None or then.opportunity.entries[then.place].waived:
            return None
        return self._undone(then, standing)._replace(since="moved")

    def _undone(self, then: PlannedThen, standing: Standing) -> PlannedMilestone:
        return PlannedMilestone(
            opportunity=then.opportunity,
            milestone=self.track.milestones[then.place].name,
            place=then.place,
            planned_on=then.planned_on,
            completed_on=None,
            credited_on=None,
            claimed_because="",
            state=standing.state,
            closed_on=standing.closed_on,
        )

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, int], PlannedMilestone]:
        return {_key(line): line for line in self.lines}

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        return {identity(opportunity): standing for opportunity, standing in self.pairs}


def _key(line: PlannedMilestone) -> tuple[str, int]:
    return identity(line.opportunity), line.place


def _judged(line: PlannedMilestone, then: PlannedThen | None, week: Week) -> PlannedMilestone:
    """A line of the week with the plan as it stood: what it had there, or nothing."""
    if week.holds(line.planned_on):
        return line if then else line._replace(since="added")
    return line._replace(planned_on=then.planned_on, since="moved") if then else line
