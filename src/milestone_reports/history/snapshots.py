"""Snapshots of a team: what its workbook said on a day, as far as later weeks ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.track import Track

PLAN_AT_MOST = timedelta(days=7)
"""A plan older than this is not the one that a week began with."""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure as it was said in a week."""

    rep: str  #: whose; empty: the team's
    track: str  #: of which track; empty: of all together
    name: str  #: what it is, such as `done`
    value: float | None  #: none where there was none to say


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a workbook said on its day."""

    number: int
    """In the order in which they were taken, from 1."""
    as_of: date
    week: Week
    file: str
    """The workbook's name."""
    tracks: tuple[Track, ...]
    opportunities: Mapping[str, Opportunity]
    """By `identity`; without the rows in which they stood."""
    figures: tuple[PublishedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy of the workbook says something."""

    as_of: date  #: the day that it stands for
    file: str  #: its name


@dataclass(frozen=True)
class Past:
    """The snapshots of a team from weeks before the one at hand, and what was set for the year."""

    taken: Sequence[Snapshot] = ()
    """All of them, by day and then by number: a week may have several."""
    decided: Mapping[tuple[str, date], tuple[int, ...]] = field(default_factory=dict)
    """By track and by the first day of a fiscal year: the counts that its multiplier was set from (method.md §6)."""
    first_day: Snapshot | None = None
    """The copy of the first day of the week at hand, which says no more than what was planned for that week."""

    @cached_property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """The last of each week, oldest first: a later copy for a week replaces the earlier one."""
        return tuple({one.week: one for one in self.taken}.values())

    @property
    def last(self) -> Snapshot | None:
        """That of the last week that has one."""
        return self.snapshots[-1] if self.snapshots else None

    def plan_of(self, week: Week) -> Snapshot | None:
        """The one that says what was planned when a week began: of its first day, or of the seven days before it."""
        known = (*self.taken, *([self.first_day] if self.first_day else []))
        ready = [one for one in known if week.first_on - PLAN_AT_MOST <= one.as_of <= week.first_on]
        return ready[-1] if ready else None


NO_PAST = Past()


def identity(opportunity: Opportunity) -> str:
    """What two copies of one opportunity have in common (its id, in whatever case)."""
    return opportunity.id.casefold()


def copy_of(snapshot: Snapshot) -> Copy:
    """Which copy a snapshot is of."""
    return Copy(snapshot.as_of, snapshot.file)
