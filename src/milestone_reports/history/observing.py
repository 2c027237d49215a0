"""When milestones were reached that the workbook does not date: told by the first copy that shows them reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity


class Shown(NamedTuple):
    """A milestone as reached, in one copy and in all after it."""

    on: date
    """The day of the first of them."""
    is_observed: bool
    """Whether the copy before that one shows that it was not reached: so it was reached between the two."""


Sightings = tuple[Shown | None, ...]
"""One a milestone: nothing where the last copy does not show it as reached."""


def sightings(opportunity: Opportunity, before: Sightings, as_of: date, *, is_watched: bool) -> Sightings:
    """What a copy and those before it show of each milestone.

    `before` is what they showed up to the last copy that has the opportunity; `is_watched` says whether what is
    reached now and was not before was reached since the last copy. One that a copy shows as not reached any more
    is forgotten.
    """
    n_reached = _n_reached(opportunity, as_of)
    known = before or (None,) * len(opportunity.entries)
    return tuple(
        earlier or Shown(as_of, is_watched and not entry.waived) if place < n_reached or entry.waived else None
        for place, (entry, earlier) in enumerate(zip(opportunity.entries, known, strict=True))
    )


def _n_reached(opportunity: Opportunity, as_of: date) -> int:
    """Up to which milestone an opportunity has come in a copy, with a date or without."""
    if opportunity.undated_sale:
        return len(opportunity.entries)
    places = [
        place
        for place, entry in enumerate(opportunity.entries, start=1)
        if entry.reached_undated or (entry.completed_on and entry.completed_on <= as_of)
    ]
    return places[-1] if places else 0


def dated(opportunity: Opportunity, shown: Sightings, as_of: date) -> Opportunity:
    """The opportunity with what the copies tell of days: only where the workbook has none.

    A sale that nobody dates and no copy has seen come stays as it is: neither won, open nor lost.
    """
    entries = tuple(_dated(entry, seen, as_of) for entry, seen in zip(opportunity.entries, shown, strict=True))
    sale = shown[-1]
    if opportunity.undated_sale and sale and sale.is_observed:
        entries = (*entries[:-1], entries[-1]._replace(completed_on=sale.on, observed=True))
    return opportunity if entries == opportunity.entries else replace(opportunity, entries=entries)


def _dated(entry: MilestoneEntry, shown: Shown | None, as_of: date) -> MilestoneEntry:
    if not entry.reached_undated or shown is None:
        return entry
    if shown.is_observed:
        return entry._replace(completed_on=shown.on, reached_undated=False, observed=True)
    return entry._replace(reached_by=shown.on) if shown.on < as_of else entry


def on_other_milestones(before: Sightings, names: Sequence[str], now: Sequence[str]) -> Sightings:
    """What was shown of a track's milestones, for the milestones that it has now.

    A new one before a reached one was passed with it.
    """
    known = dict(zip(names, before, strict=True))
    passed: Shown | None = None
    found: list[Shown | None] = []
    for name in reversed(now):
        passed = known.get(name, passed)
        found.append(passed)
    return tuple(reversed(found))
