"""Past weeks whose milestones done are other ones now than by the copy of that week, and because of which rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity
from milestone_reports.domain.slug import opportunity_anchor
from milestone_reports.domain.team import Team
from milestone_reports.domain.track import Track
from milestone_reports.history.aligning import places_then
from milestone_reports.history.rewriting import gone_since, is_beyond_blame, is_late, was_reached
from milestone_reports.history.rewritten import RestatedRow, RestatedWeek, Why
from milestone_reports.history.snapshots import Past, Snapshot, copy_of, identity
from milestone_reports.history.tracing import Traced, could_say, entry_in, says_the_day, track_of
from milestone_reports.metrics.standing import by, milestone_credits


class Counted(NamedTuple):
    """One credited milestone, the same in all copies.

    A named tuple: there is one for each credit.
    """

    name: str
    """The opportunity's identity."""
    place: int
    """On the opportunity's track as it is now; below 0 where that does not have it: -1 for the first of then."""


def restated_weeks(team: Team, as_of: date, past: Past) -> tuple[RestatedWeek, ...]:
    """The weeks of the fiscal year whose milestones done differ from what the copy of the week said, oldest first.

    Both are counted over all tracks, up to the copy's own day and by today's setting of the gates; a week in which one
    came and another went is listed too. published + the rows' counts = now.
    """
    year = team.fiscal_year_of(as_of)
    ledger = _Ledger(team, as_of, past)
    weeks = (ledger.restated(copy) for copy in past.snapshots if year.touches(copy.week))
    return tuple(week for week in weeks if week.rows)


@dataclass(frozen=True)
class _Ledger:
    """What the workbook at hand credits on which day, to hold each copy against."""

    team: Team
    as_of: date
    past: Past

    def restated(self, copy: Snapshot) -> RestatedWeek:
        """A week by its own copy and by the workbook at hand."""
        then, now = self._published(copy), self._counted_now(copy)
        rows = [self._came(self._traced(counted), copy) for counted in now - then.keys()]
        rows += [self._went(counted, then[counted], copy) for counted in then.keys() - now]
        rows.sort(key=lambda row: (-row.counts, row.opportunity_id.casefold(), row.milestone))
        return RestatedWeek(
            week=copy.week.name,
            first_on=copy.week.first_on,
            said_in=copy_of(copy),
            published=len(then),
            now=len(now),
            rows=tuple(rows),
        )

    @cached_property
    def _opportunities(self) -> Mapping[str, Opportunity]:
        return {identity(one): one for one in self.team.opportunities}

    @cached_property
    def _by_day(self) -> Mapping[date, list[Counted]]:
        """What the workbook at hand credits on each day."""
        found: dict[date, list[Counted]] = {}
        for name, one in self._opportunities.items():
            track = self.team.track(one.track)
            for place, credit in enumerate(milestone_credits(one, track, self.team.settings.gates, self.as_of)):
                if credit.credited_on:
                    found.setdefault(credit.credited_on, []).append(Counted(name, place))
        return found

    def _counted_now(self, copy: Snapshot) -> set[Counted]:
        """What is credited in a copy's week up to the copy's day, by the workbook at hand."""
        days = [copy.week.first_on + timedelta(days=number) for number in range(7)]
        return {counted for day in days if day <= copy.as_of for counted in self._by_day.get(day, ())}

    def _published(self, copy: Snapshot) -> Mapping[Counted, int]:
        """What a copy credits in its own week, each with its place on the track then."""
        first, last = copy.week.first_on, min(copy.week.last_on, copy.as_of)
        found: dict[Counted, int] = {}
        for name, one in copy.opportunities.items():
            # Credited in the week is only what has a completion in it: most opportunities need no closer look.
            if not any(day and first <= day <= last for _, day, *_ in one.entries):
                continue
            track = track_of(copy, one.track)
            places = self._places_now(name, track)
            for place, credit in enumerate(milestone_credits(one, track, self.team.settings.gates, copy.as_of)):
                if copy.week.holds(credit.credited_on):
                    found[Counted(name, places.get(place, -1 - place))] = place
        return found

    def _places_now(self, name: str, then: Track) -> Mapping[int, int]:
        """A place on a track then to that on the opportunity's track now."""
        one = self._opportunities.get(name)
        places = places_then(then, self.team.track(one.track)) if one else ()
        return {before: place for place, before in enumerate(places) if before is not None}

    def _traced(self, counted: Counted) -> Traced:
        one = self._opportunities[counted.name]
        return Traced(one, self.team.track(one.track), counted.place)

    def _came(self, traced: Traced, copy: Snapshot) -> RestatedRow:
        one = traced.opportunity
        return RestatedRow(
            why=self._why_it_came(traced, copy),
            opportunity_id=one.id,
            anchor=opportunity_anchor(one.id),
            label=one.label,
            rep=traced.entry.earned_by or one.rep,
            track=one.track,
            milestone=traced.track.milestones[traced.place].name,
            counts=1,
        )

    def _went(self, counted: Counted, place: int, copy: Snapshot) -> RestatedRow:
        one = copy.opportunities[counted.name]
        is_there = counted.name in self._opportunities
        return RestatedRow(
            why=self._why_it_went(counted, one.entries[place]) if is_there else "removed",
            opportunity_id=one.id,
            anchor=opportunity_anchor(one.id) if is_there else "",
            label=one.label,
            rep=one.entries[place].earned_by or one.rep,
            track=one.track,
            milestone=track_of(copy, one.track).milestones[place].name,
            counts=-1,
        )

    def _why_it_came(self, traced: Traced, copy: Snapshot) -> Why:
        later = [one for one in self.past.taken if one.as_of > copy.as_of]
        said = [entry_in(copy, traced), *(entry_in(one, traced) for one in later), traced.entry]
        if any(map(is_beyond_blame, said)) or not could_say(copy, traced):
            return "credited now"
        dates = {entry.completed_on for entry in said if entry and entry.completed_on}
        if len(dates) > 1:
            return "date changed"
        if was_reached(said[0]) or says_the_day(copy, traced, gone_since(copy, self.team)):
            return "credited now"
        return "entered late" if self._came_late(traced, copy, later) else "entered since"

    def _came_late(self, traced: Traced, copy: Snapshot, later: Sequence[Snapshot]) -> bool:
        """Whether the first copy that has the date came after it was due, and the one before shows that it did."""
        done = traced.entry.completed_on
        days = [copy.as_of, *(one.as_of for one in later), self.as_of]
        has_it = [False, *(says_the_day(one, traced) for one in later), True]
        first = has_it.index(True)
        return done is not None and is_late(done, days[first - 1], days[first], self.team)

    def _why_it_went(self, counted: Counted, then: MilestoneEntry) -> Why:
        if counted.place < 0:
            return "no longer credited"
        now = self._traced(counted).entry
        if is_beyond_blame(then) or is_beyond_blame(now):
            return "no longer credited"
        done = by(now.completed_on, self.as_of)
        if done is None:
            return "withdrawn"
        return "no longer credited" if done == then.completed_on else "date changed"
