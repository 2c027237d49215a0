"""Opportunities and the state of each of their milestones, as the workbook has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from milestone_reports.domain.problem import CellRef


class Outcome(Enum):
    """What the workbook says became of an opportunity; what the figures make of it depends on the as-of date."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    NO_DECISION = "no decision"
    DISQUALIFIED = "disqualified"
    CANCELLED = "cancelled"

    @property
    def is_lost(self) -> bool:
        """No-decision and disqualified are kinds of lost (method.md §1)."""
        return self in {Outcome.LOST, Outcome.NO_DECISION, Outcome.DISQUALIFIED}


class MilestoneEntry(NamedTuple):
    """One milestone of one opportunity: planned, completed, its evidence, and the cell that says so.

    A named tuple for the same reason as a cell's reference.
    """

    planned_on: date | None = None
    completed_on: date | None = None
    evidence: str = ""
    waived: bool = False
    cell: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One deal, partner or account plan on one track, owned by one rep."""

    id: str
    name: str
    account: str
    rep: str
    track: str
    entries: tuple[MilestoneEntry, ...]
    """One per milestone of the track, in order."""
    source: str = ""
    value: float | None = None
    """In the report's currency."""
    created_on: date | None = None
    outcome: Outcome = Outcome.OPEN
    closed_on: date | None = None
    lost_reason: str = ""
    row: CellRef | None = None

    @property
    def label(self) -> str:
        """The row as a person knows it: account and name, or whichever there is."""
        parts = [part for part in (self.account, self.name) if part]
        return ", ".join(dict.fromkeys(parts)) or self.id

    @property
    def undated_sale(self) -> bool:
        """Said to be won, but no date says when: neither won, open nor lost (method.md §1)."""
        return self.outcome in {Outcome.WON, Outcome.CANCELLED} and self.entries[-1].completed_on is None
