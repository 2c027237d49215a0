"""Completion dates that came late, were changed or were taken back since the last copy.

Nobody is accused without a copy that shows it: what is in doubt is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity
from milestone_reports.domain.slug import opportunity_anchor
from milestone_reports.domain.team import Team
from milestone_reports.history.rewritten import Rewriting, Rewritten
from milestone_reports.history.snapshots import Copy, Past, Snapshot, copy_of, identity
from milestone_reports.history.tracing import Traced, could_say, entry_in, says_the_day
from milestone_reports.metrics.standing import by

A_WEEK = timedelta(days=7)


def rewritten(team: Team, as_of: date, past: Past) -> tuple[Rewritten, ...]:
    """Completed milestones that were entered late, whose date was changed or which were withdrawn since the last copy.

    By opportunity and in the order of the track. Dates that were observed and milestones that are or were waived are
    no one's doing; a milestone that the track did not have then could not be entered.
    """
    if past.last is None:
        return ()
    copies = _Copies(team, as_of, past, past.last, gone_since(past.last, team))
    ordered = sorted(team.opportunities, key=identity)
    return tuple(line for one in ordered for line in copies.lines(one))


def gone_since(copy: Snapshot, team: Team) -> tuple[Opportunity, ...]:
    """The opportunities of a copy that the workbook at hand does not have."""
    there = {identity(one) for one in team.opportunities}
    return tuple(one for name, one in copy.opportunities.items() if name not in there)


def is_late(completed_on: date, without: date, with_it: date, team: Team) -> bool:
    """Whether a completion came late, by the days of two copies one after the other of which the first lacks it.

    It is in time up to the end of its own week and the grace. The later copy is after that day, and the earlier one at
    most six days before it: else no copy shows that it was not entered in time.
    """
    due = team.week_of(completed_on).last_on + timedelta(days=team.settings.late_entry_grace)
    return with_it > due and without > due - A_WEEK


def is_beyond_blame(entry: MilestoneEntry | None) -> bool:
    """Whether no one typed when it was completed: it was observed between copies, or waived."""
    return entry is not None and (entry.observed or entry.waived)


def was_reached(entry: MilestoneEntry | None) -> bool:
    """Whether a copy has it reached on a day that it does not say, or dated, if to a day that was still to come."""
    return entry is not None and (entry.reached_undated or entry.completed_on is not None)


@dataclass(frozen=True, slots=True)
class _Copies:
    """The workbook at hand beside the copies before it."""

    team: Team
    as_of: date
    past: Past
    last: Snapshot
    gone: tuple[Opportunity, ...]

    def lines(self, one: Opportunity) -> Iterator[Rewritten]:
        """What was rewritten of one opportunity."""
        track = self.team.track(one.track)
        for place in range(track.n_milestones):
            traced = Traced(one, track, place)
            then = entry_in(self.last, traced)
            if kind := self._kind(traced, then):
                yield self._line(kind, traced, then)

    def _kind(self, traced: Traced, then: MilestoneEntry | None) -> Rewriting | None:
        if is_beyond_blame(then) or is_beyond_blame(traced.entry):
            return None
        known = by(then.completed_on, self.last.as_of) if then else None
        done = by(traced.entry.completed_on, self.as_of)
        if known and done:
            return "date changed" if known != done else None
        if known:
            return "withdrawn"
        if not done or was_reached(then) or not self._is_late(traced, done):
            return None
        return "entered late" if then else "in a new row"

    def _is_late(self, traced: Traced, done: date) -> bool:
        if not is_late(done, self.last.as_of, self.as_of, self.team) or not could_say(self.last, traced):
            return False
        was_there = says_the_day(self.last, traced, self.gone)
        return not was_there and not any(says_the_day(copy, traced) for copy in self.past.taken)

    def _line(self, kind: Rewriting, traced: Traced, then: MilestoneEntry | None) -> Rewritten:
        one, entry = traced.opportunity, traced.entry
        return Rewritten(
            kind=kind,
            opportunity_id=one.id,
            anchor=opportunity_anchor(one.id),
            label=one.label,
            rep=entry.earned_by or one.rep,
            track=one.track,
            milestone=traced.track.milestones[traced.place].name,
            was=then.completed_on if then else None,
            now=entry.completed_on,
            was_in=copy_of(self.last),
            now_in=Copy(self.as_of, self.team.source.name),
        )
