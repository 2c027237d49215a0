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
        return self is Outcome.LOST or self is Outcome.NO_DECISION or self is Outcome.DISQUALIFIED


class MilestoneEntry(NamedTuple):
    """One milestone of one opportunity: planned, completed, its evidence.

    A named tuple for the same reason as a cell's reference.
    """

    planned_on: date | None = None
    completed_on: date | None = None
    evidence: str = ""
    waived: bool = False
    reached_undated: bool = False
    """Reached by what the workbook says, on a day that it does not say: for conversions, never for credit."""
    observed: bool = False
    """Dated by the first copy of the workbook that shows it reached, which is right to the week."""
    reached_by: date | None = None
    """For one reached on an unknown day: that of the first earlier copy that shows it reached."""
    earned_by: str = ""
    """Who owned the opportunity when it was completed, where that is not its rep."""


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
    columns: tuple[int, ...] = ()
    """The columns in which its milestones' completion stands, one a milestone; 0 where there is none."""
    now_with: str = ""
    """Whom the workbook names as its rep, where another owned it when it was decided."""

    def cell(self, milestone: int) -> CellRef | None:
        """The cell that says when a milestone was completed, by the milestone's place on the track."""
        column = self.columns[milestone] if milestone < len(self.columns) else 0
        return CellRef(self.row.sheet, self.row.row, column) if self.row and column else self.row

    @property
    def label(self) -> str:
        """The row as a person knows it: account and name, or whichever there is."""
        parts = [part for part in (self.account, self.name) if part]
        return ", ".join(dict.fromkeys(parts)) or self.id

    @property
    def undated_sale(self) -> bool:
        """Said to be won, but no date says when: neither won, open nor lost (method.md §1)."""
        said_sold = self.outcome is Outcome.WON or self.outcome is Outcome.CANCELLED
        return said_sold and self.entries[-1].completed_on is None
