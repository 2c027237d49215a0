"""History that was written anew: late entries, changed and withdrawn dates, and weeks whose figures moved since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from milestone_reports.history.snapshots import Copy

Rewriting = Literal["entered late", "in a new row", "date changed", "withdrawn"]
"""in a new row: as late, with an opportunity that the earlier copy did not have at all."""

Why = Literal[
    "entered late", "entered since", "date changed", "withdrawn", "removed", "credited now", "no longer credited",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One completed milestone whose date came late, was changed or was taken back, by the copies that say so."""

    kind: Rewriting  #: what happened
    opportunity_id: str  #: as in the workbook
    anchor: str  #: what its row on the opportunities page is addressed by; empty where it is no longer there
    label: str  #: account and name, or whichever there is
    rep: str  #: to whom it is credited
    track: str  #: its track
    milestone: str  #: which one
    was: date | None  #: the completion date in the earlier copy; none where it had none
    now: date | None  #: in the later one; none where it has none
    was_in: Copy  #: the earlier copy
    now_in: Copy  #: the later one


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """One milestone that a past week counts now and did not then, or the other way round."""

    why: Why
    """entered since: in time, or no copy shows that it was not. credited now, no longer credited: its own date is as it
    was typed then, and a gate before it or its evidence was filled in or taken away, the track's milestones are others,
    or its day was observed."""
    opportunity_id: str  #: as in the workbook
    anchor: str  #: what its row on the opportunities page is addressed by; empty where it is no longer there
    label: str  #: account and name, or whichever there is
    rep: str  #: to whom it is credited
    track: str  #: its track
    milestone: str  #: which one
    counts: Literal[1, -1]  #: 1: it is counted now and was not


@dataclass(frozen=True, slots=True)
class RestatedWeek:
    """A past week whose milestones done are not those that its copy said."""

    week: str  #: such as 2026-W32
    first_on: date  #: its first day
    said_in: Copy
    """The week’s own copy: what is dated after its day is no restatement."""
    published: int  #: milestones done in that week by that copy
    now: int  #: up to the same day, by the workbook at hand
    rows: tuple[RestatedRow, ...]  #: published plus what they count is now
