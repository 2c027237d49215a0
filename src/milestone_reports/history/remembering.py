"""A team with what its earlier workbooks tell: days that a stage was first seen, and who owned what when it was done.

Everything else works on the result. It must not know of figures or pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from milestone_reports.domain.message import message
from milestone_reports.domain.names import key
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.domain.slug import slugs
from milestone_reports.domain.team import Rep, Team
from milestone_reports.domain.track import Track
from milestone_reports.history.earning import Owned, Owners, Spellings, credited_to_owners, is_lost
from milestone_reports.history.observing import Sightings, dated, on_other_milestones, sightings
from milestone_reports.history.snapshots import Past, Snapshot, identity


def as_remembered(team: Team, as_of: date, past: Past) -> tuple[Team, Past]:
    """The team, and its past, with what earlier copies of the workbook tell and this one does not say.

    Each snapshot is told what was known by its own day. Without a past both come back as they are.
    """
    if not past.taken:
        return team, past
    memory = Memory(Spellings([rep.name for rep in team.reps]))
    taken: list[Snapshot] = []
    for _, of_week in groupby(past.taken, key=lambda one: one.week):
        *replaced, last = of_week
        taken += [memory.copied().told(snapshot) for snapshot in replaced]
        taken.append(memory.told(last))
    now = memory.seen(as_of, team.tracks, {identity(one): one for one in team.opportunities})
    opportunities = tuple(now[identity(one)] for one in team.opportunities)
    reps = (*team.reps, *_gone(team.reps, opportunities))
    problems = _with_observed_sales(team.problems, opportunities)
    return replace(team, opportunities=opportunities, reps=reps, problems=problems), replace(past, taken=tuple(taken))


def _with_observed_sales(problems: Sequence[Problem], opportunities: Iterable[Opportunity]) -> tuple[Problem, ...]:
    """The problems, with what is done now about sales that nobody dated and that copies have seen come."""
    sold_on = {
        one.row[:2]: one.entries[-1].completed_on for one in opportunities if one.row and one.entries[-1].observed
    }
    return tuple(
        _counted_as_won(problem, day)
        if problem.rule == "won_without_date" and problem.place and (day := sold_on.get(problem.place[:2]))
        else problem
        for problem in problems
    )


def _counted_as_won(problem: Problem, day: date) -> Problem:
    done = message("Counted as won on {day}, the day of the first copy of the workbook that says so", day=day)
    return replace(problem, level=Level.WARNING, done=done)


def _gone(reps: Sequence[Rep], opportunities: Iterable[Opportunity]) -> Iterable[Rep]:
    """Those who earned something in these opportunities and are not in the team any more, by name."""
    there = [rep.name for rep in reps]
    named = {name for one in opportunities for name in (one.rep, *(entry.earned_by for entry in one.entries)) if name}
    gone = sorted(named.difference(there))
    pages = slugs([*there, *gone])
    return (Rep(name, pages[name]) for name in gone)


@dataclass(slots=True)
class _Trail:
    """What the copies so far tell of one opportunity."""

    raw: Opportunity
    """As the last copy that has it says it."""
    seen_on: date
    """That copy's day."""
    owners: Owners
    shown: Sightings
    lost_with: str | None
    """Who owned it in the first of the copies that show it as lost; nothing while it is not."""
    told: Opportunity
    """As it is remembered."""
    is_settled: bool
    """Whether the same row in the next copy tells nothing new."""


class Memory:
    """What was seen in the copies of a workbook so far, one after the other."""

    def __init__(self, spellings: Spellings) -> None:
        self._spellings = spellings
        self._trails: dict[str, _Trail] = {}
        self._milestones: dict[str, tuple[str, ...]] = {}
        """Of each track in the last copy."""
        self._last_on: date | None = None

    def copied(self) -> Memory:
        """Another one that can be told what this one is not to remember."""
        other = Memory(self._spellings)
        other._trails = {same: copy(trail) for same, trail in self._trails.items()}
        other._milestones, other._last_on = dict(self._milestones), self._last_on
        return other

    def told(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with what it and the copies before it tell."""
        told = self.seen(snapshot.as_of, snapshot.tracks, snapshot.opportunities)
        return snapshot if told is snapshot.opportunities else replace(snapshot, opportunities=told)

    def seen(
        self, as_of: date, tracks: Sequence[Track], opportunities: Mapping[str, Opportunity]
    ) -> Mapping[str, Opportunity]:
        """The opportunities of the next copy with what it and those before it tell; the same where that is nothing."""
        self._take_milestones(tracks)
        trails, says_created = self._trails, any(one.created_on for one in opportunities.values())
        told: dict[str, Opportunity] = {}
        is_same = True
        for same, one in opportunities.items():
            trail = trails.get(same)
            if trail is not None and trail.raw is one and trail.is_settled:
                trail.seen_on = as_of
            else:
                is_watched = trail is not None or self._began_since_the_last(one, says_created=says_created)
                trail = trails[same] = self._followed(trail, one, as_of, is_watched=is_watched)
            told[same] = trail.told
            is_same = is_same and trail.told is one
        self._last_on = as_of
        return opportunities if is_same else told

    def _take_milestones(self, tracks: Sequence[Track]) -> None:
        """The milestones of the next copy: what was shown goes with their names."""
        for track in tracks:
            now = tuple(key(milestone.name) for milestone in track.milestones)
            before = self._milestones.get(track.name, now)
            self._milestones[track.name] = now
            if before == now:
                continue
            for trail in self._trails.values():
                if trail.raw.track == track.name:
                    trail.shown = on_other_milestones(trail.shown, before, now)
                    trail.is_settled = False

    def _began_since_the_last(self, opportunity: Opportunity, *, says_created: bool) -> bool:
        """Whether an opportunity that no copy had before began after the last one, rather than was left out of it."""
        if self._last_on is None:
            return False
        return opportunity.created_on > self._last_on if opportunity.created_on else not says_created

    def _followed(self, trail: _Trail | None, said: Opportunity, as_of: date, *, is_watched: bool) -> _Trail:
        rep = self._spellings.of(said.rep)
        one = said if said.rep == rep else replace(said, rep=rep)
        is_known = trail is not None and trail.raw.track == said.track and len(trail.shown) == len(said.entries)
        before = trail.shown if trail and is_known else ()
        shown = sightings(one, before, as_of, is_watched=is_watched and (trail is None or is_known))
        lost_with = ((trail and trail.lost_with) or rep) if is_lost(one, as_of) else None
        owners = _owners(trail, rep)
        told = credited_to_owners(dated(one, shown, as_of), owners, lost_with, as_of)
        return _Trail(said, as_of, owners, shown, lost_with, told, _is_settled(said, shown, as_of))


def _owners(trail: _Trail | None, rep: str) -> Owners:
    if trail is None:
        return Owners((), rep)
    before = trail.owners
    return before if before.rep == rep else Owners((*before.before, Owned(before.rep, trail.seen_on)), rep)


def _is_settled(opportunity: Opportunity, shown: Sightings, as_of: date) -> bool:
    """Not while a day of it is still to come, or the next copy can say that it was reached by this one."""
    if opportunity.closed_on and opportunity.closed_on > as_of:
        return False
    return not any(
        (entry.completed_on and entry.completed_on > as_of)
        or (entry.reached_undated and seen and seen.on == as_of and not seen.is_observed)
        for entry, seen in zip(opportunity.entries, shown, strict=True)
    )
