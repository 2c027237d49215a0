"""One milestone followed through the copies: what each says of it, wherever it stands there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from milestone_reports.domain.names import key
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity
from milestone_reports.domain.track import Track
from milestone_reports.history.aligning import places_then, same_track
from milestone_reports.history.snapshots import Snapshot, identity


class Traced(NamedTuple):
    """A milestone of an opportunity of the workbook at hand."""

    opportunity: Opportunity
    track: Track
    place: int

    @property
    def entry(self) -> MilestoneEntry:
        """What the workbook at hand says of it."""
        return self.opportunity.entries[self.place]


def entry_in(copy: Snapshot, traced: Traced) -> MilestoneEntry | None:
    """What a copy says of a milestone; none where it does not have the opportunity, or its track not the milestone."""
    one = copy.opportunities.get(identity(traced.opportunity))
    return _entry(copy, one, traced) if one else None


def could_say(copy: Snapshot, traced: Traced) -> bool:
    """Whether a copy has the milestone on its track, so that a date could have been entered."""
    one = copy.opportunities.get(identity(traced.opportunity))
    tracks = (track for track in copy.tracks if (track.name == one.track if one else same_track(track, traced.track)))
    return any(places_then(track, traced.track)[traced.place] is not None for track in tracks)


def says_the_day(copy: Snapshot, traced: Traced, gone: Iterable[Opportunity] = ()) -> bool:
    """Whether a copy has this very date, of this opportunity or of one that is gone since and may be the same one.

    So nobody is accused of late dates because an id, a name or an account was written anew.
    """
    day = traced.entry.completed_on
    entry = entry_in(copy, traced)
    if entry is not None:
        return entry.completed_on == day
    found = ((one, _entry(copy, one, traced)) for one in gone)
    return any(
        entry is not None and entry.completed_on == day and _is_alike(one, traced.opportunity) for one, entry in found
    )


def track_of(copy: Snapshot, name: str) -> Track:
    """A track of a copy by its name there."""
    return next(track for track in copy.tracks if track.name == name)


def _entry(copy: Snapshot, one: Opportunity, traced: Traced) -> MilestoneEntry | None:
    place = places_then(track_of(copy, one.track), traced.track)[traced.place]
    return None if place is None else one.entries[place]


def _is_alike(gone: Opportunity, one: Opportunity) -> bool:
    """Whether one may be the other with its id, its name or its account written anew."""
    same_account = bool(one.account) and key(gone.account) == key(one.account)
    return gone.created_on == one.created_on and (same_account or key(gone.name) == key(one.name))
