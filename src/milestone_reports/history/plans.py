"""The plan as it stood: what a copy of the workbook from a week's start planned for it, and whose that is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity
from milestone_reports.domain.team import Team
from milestone_reports.domain.track import Track
from milestone_reports.history.snapshots import Copy, Past, Snapshot, copy_of, identity
from milestone_reports.metrics.standing import Standing, State, by, standing


@dataclass(frozen=True, slots=True)
class PlannedThen:
    """One milestone that the copy planned for the week."""

    opportunity: Opportunity
    """As it is now; of a removed one, as it was in the copy."""
    place: int
    """The milestone's place on the track as it is now, from 0."""
    planned_on: date
    removed: bool
    """No longer in the workbook."""
    handed_on: Standing | None = None
    """How one stands that another rep has now: whoever had it when the week ended answers for the week."""

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others of the week."""
        return identity(self.opportunity), self.place


@dataclass(frozen=True, slots=True)
class StoodPlan:
    """What one copy planned for one week."""

    copy: Copy
    planned: Mapping[tuple[str, str], Sequence[PlannedThen]]
    """By the rep who answers for it, and by track."""


class StoodPlans:
    """The plans that weeks are judged by, each found once however many reps ask."""

    def __init__(self, team: Team, as_of: date, past: Past) -> None:
        self._team, self._as_of, self._past = team, as_of, past
        self._found: dict[Week, StoodPlan | None] = {}

    def of(self, week: Week) -> StoodPlan | None:
        """That of a week; None where no copy says how it began, and for weeks to come: their plan is the workbook's."""
        if week not in self._found:
            snapshot = self._past.plan_of(week) if week.first_on <= self._as_of else None
            self._found[week] = self._stood(snapshot, week) if snapshot else None
        return self._found[week]

    @cached_property
    def _now(self) -> Mapping[str, Opportunity]:
        return {identity(opportunity): opportunity for opportunity in self._team.opportunities}

    @cached_property
    def _tracks(self) -> Mapping[str, Track]:
        return {track.name: track for track in self._team.tracks}

    def _stood(self, snapshot: Snapshot, week: Week) -> StoodPlan:
        """The copy's plan for the week, by who answers for it."""
        then = {track.name: track for track in snapshot.tracks}
        found: dict[tuple[str, str], list[PlannedThen]] = defaultdict(list)
        for key, opportunity in snapshot.opportunities.items():
            if opportunity.track not in then or not any(_planned(entry, week) for entry in opportunity.entries):
                continue
            now = self._now.get(key)
            track = self._tracks.get((now or opportunity).track)
            if track is None:
                continue
            places = places_now(then[opportunity.track], track)
            lines = (
                self._kept(opportunity, now, places, week)
                if now
                else _removed(opportunity, places, week, snapshot.as_of)
            )
            for owner, line in lines:
                found[owner, track.name].append(line)
        return StoodPlan(copy_of(snapshot), found)

    def _kept(
        self, then: Opportunity, now: Opportunity, places: Places, week: Week
    ) -> Iterator[tuple[str, PlannedThen]]:
        """What was planned of one that is still there, with the rep who answers for it."""
        for entry, place in zip(then.entries, places, strict=True):
            if place is None or not (planned_on := _planned(entry, week)):
                continue
            own = now.entries[place].earned_by or now.rep
            owner = self._owner_at_the_end(now, place, week) or own
            handed_on = standing(now, self._as_of) if owner != own else None
            yield owner, PlannedThen(now, place, planned_on, removed=False, handed_on=handed_on)

    def _owner_at_the_end(self, now: Opportunity, place: int, week: Week) -> str:
        """Whose an undone milestone was when the week ended; empty where it was done in time, or nobody knows better.

        A rep who is no longer on the track has no card to say it on: then it is the present one's.
        """
        done_on = by(now.entries[place].completed_on, self._as_of)
        if week.holds(self._as_of) or (done_on and done_on < week.end_on):
            return ""
        copies = (one for one in self._past.snapshots if one.week >= week and one.as_of > week.first_on)
        then = next((one.opportunities.get(identity(now)) for one in copies), None)
        owner = (then.now_with or then.rep) if then else ""
        return owner if (owner, now.track) in self._on_a_track else ""

    @cached_property
    def _on_a_track(self) -> frozenset[tuple[str, str]]:
        """Every rep on each of their tracks."""
        return frozenset((rep.name, track.name) for rep in self._team.reps for track in self._team.tracks_of(rep.name))


Places = Sequence[int | None]


def _removed(then: Opportunity, places: Places, week: Week, as_of: date) -> Iterator[tuple[str, PlannedThen]]:
    """What was still to be done of one that is gone, with the rep of that copy; what was done charges nobody."""
    if standing(then, as_of).state is not State.OPEN:
        return
    for entry, place in zip(then.entries, places, strict=True):
        done = entry.reached_undated or by(entry.completed_on, as_of)
        if place is not None and not done and (planned_on := _planned(entry, week)):
            yield then.rep, PlannedThen(then, place, planned_on, removed=True)


def _planned(entry: MilestoneEntry, week: Week) -> date | None:
    return entry.planned_on if week.holds(entry.planned_on) and not entry.waived else None


def places_now(then: Track, now: Track) -> tuple[int | None, ...]:
    """Where each milestone of a track stands now: by its name, or in its old place where it was only renamed."""
    old = [milestone.name.casefold() for milestone in then.milestones]
    new = [milestone.name.casefold() for milestone in now.milestones]
    places = {name: place for place, name in enumerate(new)}
    if len(old) == len(new):
        for place, (was, name) in enumerate(zip(old, new, strict=True)):
            if was not in new and name not in old:
                places[was] = place
    return tuple(places.get(name) for name in old)
