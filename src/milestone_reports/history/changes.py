"""What changed between two copies of a workbook: each opportunity, and the sum of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from milestone_reports.history.snapshots import Copy

Kind = Literal[
    "new", "advanced", "stepped back", "won", "lost", "undated", "cancelled", "reopened", "removed",
    "slipped", "pulled in", "reassigned", "revalued",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed about one opportunity."""

    kind: Kind  #: what happened
    opportunity_id: str  #: as in the workbook
    anchor: str
    """What its row on the opportunities page is addressed by; empty where it is no longer in the workbook."""
    label: str  #: account and name, or whichever there is
    rep: str  #: who has it now; of a removed one, who had it
    track: str  #: its track
    value: float | None  #: of it now, of a removed one then; none where the workbook has none
    milestone: str = ""
    """Of a slipped or pulled-in one, which plan; of one that advanced or stepped back, how far it is now."""
    was: date | float | str | None = None
    """The planned day, the value, the rep, the milestone or the outcome before: open, won, cancelled, undated, or as it
    was lost. None where there was none: no milestone was reached, or the earlier copy does not have it."""
    now: date | float | str | None = None  #: the same now
    times: int = 0
    """How often this plan has slipped in all copies, this time included."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Opportunities, and the sum of their values."""

    n: int = 0  #: how many
    value: float = 0.0  #: in the report's currency; those without a value add nothing


@dataclass(frozen=True, slots=True)
class Flow:
    """From what was open in the earlier copy to what is open now; it adds up in counts and in value.

    start + new + reopened + moved_in - won - lost - undated - removed - moved_out + revalued = end.
    """

    start: Amount  #: open in the earlier copy
    new: Amount  #: open now and not in the earlier copy
    reopened: Amount  #: decided then and open now
    moved_in: Amount  #: open then with another rep, at the value of then; of the team nothing
    won: Amount  #: open then and won now, at the value of then
    lost: Amount  #: open then and lost now, at the value of then
    undated: Amount  #: open then, and said to be won now with no date to say when
    removed: Amount  #: open then and not in the workbook now
    moved_out: Amount  #: open then, and now another rep's, whatever became of it there
    revalued: float  #: what those that stayed open are worth more, or less
    end: Amount  #: open now
    won_unlisted: Amount = Amount()
    """Won now, and in the earlier copy neither open nor won, or not in it: in none of the above."""
    lost_unlisted: Amount = Amount()  #: the same, lost


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What changed since the last copy before this week, of a team or of one rep."""

    since: Copy  #: the earlier copy
    n_weeks: int
    """Weeks between the two: 1 where no week was missed."""
    flow: Flow  #: from what was open to what is open
    changes: tuple[Change, ...]  #: by kind, the largest value first
