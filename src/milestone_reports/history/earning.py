"""To whom a milestone, a sale and a loss belong: who owned the opportunity then, by the copies of the workbook.

Within one copy's week the copy's owner decides: a hand-over between two copies cannot be told to the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from milestone_reports.domain.names import person_key
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity


class Owned(NamedTuple):
    """Copies in a row that name the same owner."""

    rep: str
    last_on: date
    """The day of the last of them."""


class Owners(NamedTuple):
    """Who has owned an opportunity, by its copies."""

    before: tuple[Owned, ...]
    """Earlier owners, in order."""
    rep: str
    """The owner in the last copy."""

    def on(self, day: date) -> str:
        """The owner in the first copy of that day or later; before the first copy, the first one's."""
        return next((owned.rep for owned in self.before if owned.last_on >= day), self.rep)


class Spellings:
    """Names of people in old copies as the workbook at hand spells them."""

    def __init__(self, names: Sequence[str]) -> None:
        self._by_key = {person_key(name): name for name in names}
        self._known = {name: name for name in names}

    def of(self, name: str) -> str:
        """The name by which the person is known; of one who is not there any more, as it was spelt first."""
        if name not in self._known:
            self._known[name] = self._by_key.setdefault(person_key(name), name)
        return self._known[name]


def is_lost(opportunity: Opportunity, as_of: date) -> bool:
    """Whether a copy shows an opportunity as lost; a sale beats a loss (method.md §1)."""
    sold_on = opportunity.entries[-1].completed_on
    if not opportunity.outcome.is_lost or (sold_on and sold_on <= as_of):
        return False
    return opportunity.closed_on is None or opportunity.closed_on <= as_of


def credited_to_owners(opportunity: Opportunity, owners: Owners, lost_with: str | None, as_of: date) -> Opportunity:
    """The opportunity as that of whoever owned it when it was decided, each milestone as its owner's of the day."""
    if not owners.before:
        return opportunity
    sold_on = opportunity.entries[-1].completed_on
    rep = owners.on(sold_on) if sold_on and sold_on <= as_of else lost_with or owners.rep
    entries = tuple(
        _earned(entry, owners, rep) if entry.completed_on and entry.completed_on <= as_of else entry
        for entry in opportunity.entries
    )
    if rep == owners.rep and entries == opportunity.entries:
        return opportunity
    return replace(opportunity, entries=entries, rep=rep, now_with=owners.rep if rep != owners.rep else "")


def _earned(entry: MilestoneEntry, owners: Owners, rep: str) -> MilestoneEntry:
    earner = owners.on(entry.completed_on) if entry.completed_on else rep
    return entry if earner == rep else entry._replace(earned_by=earner)
