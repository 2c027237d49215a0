"""What has become of an opportunity by a day, and which of its milestones are credited by then (method.md §1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import NamedTuple

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Gates
from milestone_reports.domain.track import Milestone, Track


class State(Enum):
    """Where an opportunity stands: open, won, lost, or said to be won with no date to say when."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Standing:
    """An opportunity's state as of a day, the day it was decided, and how far it has come."""

    state: State
    closed_on: date | None
    n_reached: int
    reached_on: date | None
    """The day it reached its present stage."""
    cancelled: bool = False
    """Cancelled after signature, by the as-of date."""


def by(day: date | None, as_of: date) -> date | None:
    """The day, unless it is later than the as-of date: nothing dated later exists (method.md §1)."""
    return day if day is not None and day <= as_of else None


def exists(opportunity: Opportunity, as_of: date) -> bool:
    """Whether an opportunity is there by the as-of date: created by then, or with a milestone completed by then."""
    if opportunity.created_on is None or opportunity.created_on <= as_of:
        return True
    return any(by(entry.completed_on, as_of) for entry in opportunity.entries)


def reached_dates(opportunity: Opportunity, as_of: date) -> tuple[date | None, ...]:
    """The day each milestone was reached, for conversions: a later completed milestone implies the earlier ones.

    Formula: the earliest completion date of this milestone and all later ones, as of the day. One reached without a
    date, and with no dated one after it, is put on the last day known before: that of the last dated milestone, else
    the day the opportunity was created, else the as-of date. So a figure of an earlier day counts it from then on,
    which may be too early: the page says how many have no dates. One that an earlier copy of the workbook shows as
    reached is put there too, or on that copy's day where that is earlier, whatever is dated after it.
    Shape: a date or nothing a milestone.
    Units: days of the calendar.
    Undefined: neither it nor a later one is completed: not reached.
    Source: method.md §1.
    """
    return _with_undated(_dated(opportunity, as_of), opportunity, as_of)


def _with_undated(dated: tuple[date | None, ...], opportunity: Opportunity, as_of: date) -> tuple[date | None, ...]:
    """The days by the dates alone, and a day for each milestone reached without one."""
    n_undated, entries = n_reached_undated(opportunity, as_of), opportunity.entries
    if None not in dated[:n_undated] and not any(entry.reached_by for entry in entries[:n_undated]):
        return dated
    created_on = by(opportunity.created_on, as_of)
    days: list[date | None] = []
    last: date | None = None
    for place, (entry, day) in enumerate(zip(entries, dated, strict=True)):
        if place < n_undated and (day is None or entry.reached_by):
            known = max(filter(None, (last, created_on)), default=as_of)
            stand_in = min(filter(None, (known, entry.reached_by, day)))
            days.append(max(stand_in, last) if last else stand_in)
        else:
            days.append(day)
            last = day if by(entry.completed_on, as_of) else last
    return _in_order(days)


def _in_order(days: Sequence[date | None]) -> tuple[date | None, ...]:
    """The days, none later than one after it."""
    earliest: date | None = None
    found: list[date | None] = []
    for day in reversed(days):
        if day and (earliest is None or day < earliest):
            earliest = day
        found.append(earliest)
    return tuple(reversed(found))


def n_reached_undated(opportunity: Opportunity, as_of: date) -> int:
    """Up to which milestone, from the first, an opportunity has come by its stage alone; 0 where dates say all."""
    undated = [place for place, entry in enumerate(opportunity.entries, start=1) if entry.reached_undated]
    return undated[-1] if undated and exists(opportunity, as_of) else 0


def _dated(opportunity: Opportunity, as_of: date) -> tuple[date | None, ...]:
    """The day each milestone was reached, by the dates alone."""
    return _in_order([by(entry.completed_on, as_of) for entry in opportunity.entries])


def lost_date(opportunity: Opportunity, as_of: date) -> date | None:
    """The day an opportunity was lost: its Closed date, never before its last milestone.

    Formula: Closed where the outcome is lost, no decision or disqualified; the day the last milestone was reached where
    Closed is blank or earlier. A sale beats a loss.
    Shape: a date or nothing an opportunity.
    Units: a day of the calendar.
    Undefined: not lost by the as-of date, or lost with no date at all.
    Source: method.md §1.
    """
    if not opportunity.outcome.is_lost or by(opportunity.entries[-1].completed_on, as_of):
        return None
    if opportunity.closed_on and opportunity.closed_on > as_of:
        return None
    last = max(filter(None, reached_dates(opportunity, as_of)), default=None)
    return max(filter(None, (opportunity.closed_on, last)), default=None)


def standing(opportunity: Opportunity, as_of: date) -> Standing:
    """Where an opportunity stands as of a day: won when the sale is completed, lost when it says so, else open."""
    dated = _dated(opportunity, as_of)
    reached = _with_undated(dated, opportunity, as_of)
    n_reached = len(reached) - reached.count(None)
    since = dated[n_reached - 1] if n_reached else None
    sold_on = by(opportunity.entries[-1].completed_on, as_of)
    if sold_on:
        cancelled = opportunity.outcome is Outcome.CANCELLED and by(opportunity.closed_on, as_of) is not None
        return Standing(State.WON, sold_on, n_reached, since, cancelled)
    if opportunity.undated_sale:
        return Standing(State.UNDATED, None, n_reached, since)
    lost_on = lost_date(opportunity, as_of)
    if lost_on or (opportunity.outcome.is_lost and opportunity.closed_on is None):
        return Standing(State.LOST, lost_on, n_reached, since)
    return Standing(State.OPEN, None, n_reached, since)


class Credit(NamedTuple):
    """Whether a completed milestone counts toward the quota: the day it is credited, or what stands in the way.

    A named tuple: there is one for each milestone of each opportunity.
    """

    completed_on: date | None
    credited_on: date | None
    claimed_because: str
    """For one that is completed but not credited: `Proof undated`, `no evidence for Proof`."""


def milestone_credits(opportunity: Opportunity, track: Track, gates: Gates, as_of: date) -> tuple[Credit, ...]:
    """What of an opportunity counts toward the milestone quota, as of a day.

    Formula: milestone k is credited on the latest of the dates of milestones 1..k, once all of them are completed (or
    waived) and have the evidence that is required of them. With open gates each counts on its own date. A waived
    milestone passes its gate without credit; one reached without a date is claimed, never credited. Where an earlier
    copy of the workbook shows it as reached, it passes its gate for what was completed after that copy's day.
    Shape: a date or a reason a milestone.
    Units: days of the calendar.
    Undefined: not completed: neither credited nor claimed.
    Source: method.md §1.
    """
    credited: list[Credit] = []
    latest: date | None = None
    obstacles: list[_Obstacle] = []
    for entry, milestone in zip(opportunity.entries, track.milestones, strict=True):
        completed_on = by(entry.completed_on, as_of)
        own = _obstacle(entry, milestone, completed_on)
        if gates is Gates.OPEN:
            latest, obstacles = completed_on, []
        else:
            latest = max(latest, completed_on) if latest and completed_on else latest or completed_on
        if own:
            obstacles.append(_Obstacle(own, entry.reached_by if entry.reached_undated else None))
        if completed_on is None:
            credited.append(Credit(None, None, own if entry.reached_undated else ""))
        else:
            because = _stands_in_the_way(obstacles, completed_on)
            credited.append(Credit(completed_on, None if because else latest, because))
    return tuple(credited)


def filling_adds(credited: Sequence[Credit], entries: Sequence[MilestoneEntry], earned_by: str = "") -> int:
    """Milestones of an opportunity that would count if its gaps were filled.

    Formula: those claimed, and the undated ones before the last of them; waived ones never count. Of an opportunity
    that had several owners, each has those that they claim, with the gaps right before them.
    Shape: a whole number an opportunity; a rep's is the sum over those with something claimed this fiscal year.
    Units: milestones.
    Undefined: nothing claimed: none.
    Source: method.md §1.
    """
    n_added, is_theirs = 0, False
    for credit, entry in zip(reversed(credited), reversed(entries), strict=True):
        if credit.claimed_because:
            is_theirs = entry.earned_by == earned_by
        n_added += is_theirs and credit.credited_on is None and not entry.waived
    return n_added


class _Obstacle(NamedTuple):
    """What stands in the way of later milestones."""

    because: str
    reached_by: date | None
    """The day by which its gate was passed for all that was completed later; nothing: for none."""


def _stands_in_the_way(obstacles: Sequence[_Obstacle], completed_on: date) -> str:
    """The first obstacle to a milestone completed on that day; empty where there is none."""
    standing = (o.because for o in obstacles if o.reached_by is None or completed_on <= o.reached_by)
    return next(standing, "")


def _obstacle(entry: MilestoneEntry, milestone: Milestone, completed_on: date | None) -> str:
    if entry.waived:
        return ""
    if completed_on is None:
        return undated(milestone.name)
    if milestone.evidence_required and not entry.evidence:
        return unproven(milestone.name)
    return ""


@cache
def undated(milestone: str) -> Message:
    """The reason that a gate before was not passed, made once a milestone: it is given for most opportunities."""
    return message("{milestone} undated", milestone=milestone)


@cache
def unproven(milestone: str) -> Message:
    """The reason that evidence is missing."""
    return message("no evidence for {milestone}", milestone=milestone)
