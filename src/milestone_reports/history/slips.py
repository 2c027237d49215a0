"""Plans that moved between copies: later is a slip; one that was erased or set anew is neither."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from milestone_reports.domain.opportunity import MilestoneEntry
from milestone_reports.history.aligning import places_then
from milestone_reports.history.comparing import Side
from milestone_reports.history.snapshots import Past
from milestone_reports.history.tracing import Traced, entry_in
from milestone_reports.metrics.standing import State, by


class MovedPlan(NamedTuple):
    """The planned day of a milestone that is still to come, in two copies."""

    place: int
    """The milestone's place on its track as it is now."""
    was: date
    now: date


def moved_plans(then: Side, now: Side, as_of: date) -> Iterator[MovedPlan]:
    """Each plan of an open opportunity that both copies have, on other days, for a milestone completed in neither."""
    if now.state is not State.OPEN:
        return
    for place, before in enumerate(places_then(then.track, now.track)):
        entry = now.opportunity.entries[place]
        earlier = then.opportunity.entries[before] if before is not None else None
        was = earlier.planned_on if earlier and earlier.completed_on is None else None
        if was and entry.planned_on and was != entry.planned_on and _is_to_come(entry, as_of):
            yield MovedPlan(place, was, entry.planned_on)


def times_slipped(side: Side, place: int, as_of: date, past: Past) -> int:
    """How often the plan of a milestone moved to a later day from one week's copy to the next, up to the one at hand.

    A copy without the plan counts for nothing, and the next one begins anew.
    """
    traced = Traced(side.opportunity, side.track, place)
    entries = [(entry_in(copy, traced), copy.as_of) for copy in past.snapshots]
    entries.append((traced.entry, as_of))
    return sum(
        before is not None
        and after is not None
        and before.planned_on is not None
        and after.planned_on is not None
        and before.planned_on < after.planned_on
        and _is_to_come(before, then)
        and _is_to_come(after, day)
        for (before, then), (after, day) in pairwise(entries)
    )


def _is_to_come(entry: MilestoneEntry, as_of: date) -> bool:
    return by(entry.completed_on, as_of) is None and not entry.waived and not entry.reached_undated
