"""One track's opportunities as columns of days, and what had become of them by any day (method.md §1).

Built once from the opportunities, then cut to as many days as are asked for without reading them again. Days are
ordinals (`date.toordinal`). Must not know of quotas or of what a page shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from milestone_reports.domain.opportunity import Opportunity

Days = NDArray[np.int32]
Mask = NDArray[np.bool_]

NEVER = np.iinfo(np.int32).max
"""The day of what has not happened."""

UNKNOWN = 0
"""The day of what has happened, nobody says when."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """All opportunities of one track, whatever the day: one row an opportunity, one column a milestone."""

    completed: Days
    """Shape (opportunities, milestones): completion dates as the workbook has them, NEVER where there is none."""
    closed_on: Days
    """Shape (opportunities,): the day a lost one was closed, UNKNOWN where lost with no date, NEVER where not lost."""
    created_on: Days
    """Shape (opportunities,): UNKNOWN where the workbook does not say."""
    n_undated: NDArray[np.int8]
    """Shape (opportunities,): up to which milestone each has come by its stage alone, 0 where dates say all."""
    reached_by: Days
    """Shape (opportunities, milestones): of undated ones, the day of the copy that first shows it; NEVER of others."""
    value: NDArray[np.float64]
    """Shape (opportunities,): in the report's currency, NaN where there is none."""
    rep: NDArray[np.int32]
    """Shape (opportunities,): the owner's place in `reps`: at the sale or the loss, else now."""
    earned_by: NDArray[np.int32]
    """Shape (opportunities, milestones): the place in `reps` of whoever owned it when the milestone was reached."""
    source: NDArray[np.int32]
    """Shape (opportunities,): the place in `sources`."""
    reps: tuple[str, ...]
    sources: tuple[str, ...]
    opportunities: tuple[Opportunity, ...] = ()
    """What the rows are, for lists by name; empty where the columns were made without them."""

    def as_of(self, day: int) -> Cohort:
        """What had become of the opportunities by a day: nothing dated later exists (method.md §1).

        One without its first milestone is left out of all that is estimated (method.md §1).
        """
        known = np.where(self.completed <= day, self.completed, NEVER)
        reached = _in_order(known)
        dated = reached != NEVER
        if self.n_undated.any():
            reached, dated = self._with_undated(known, reached, day)
        rows = np.flatnonzero(reached[:, 0] != NEVER).astype(np.int32)
        reached, dated, closed = reached[rows], dated[rows], self.closed_on[rows]
        n_reached = (reached != NEVER).sum(axis=1)
        last = np.take_along_axis(reached, n_reached[:, None] - 1, axis=1)[:, 0]
        lost = (closed <= day) & (reached[:, -1] == NEVER)
        return Cohort(
            day=day,
            reached=reached,
            dated=dated,
            lost_on=np.where(lost, np.maximum(closed, last), NEVER).astype(np.int32),
            value=self.value[rows],
            rep=self.rep[rows],
            earned_by=self.earned_by[rows],
            source=self.source[rows],
            row=rows,
        )

    def _with_undated(self, known: Days, by_dates: Days, day: int) -> tuple[Days, Mask]:
        """The days with those of milestones reached on a day that nobody says (method.md §1), and which are said.

        Such a one is put on the last day known before it, or on that of the copy that first shows it.
        """
        none = by_dates == NEVER
        exists = (self.created_on <= day) | ~none.all(axis=1)
        so_far = np.arange(known.shape[1]) < np.where(exists, self.n_undated, 0)[:, np.newaxis]
        undated = so_far & (none | (self.reached_by != NEVER))
        last = np.maximum.accumulate(np.where(known == NEVER, UNKNOWN, by_dates), axis=1)
        created = np.where(self.created_on <= day, self.created_on, UNKNOWN)
        before = np.maximum(last, created[:, np.newaxis])
        stand_in = np.minimum(np.where(before == UNKNOWN, day, before), np.minimum(self.reached_by, by_dates))
        filled = _in_order(np.where(undated, np.maximum(stand_in, last), by_dates).astype(np.int32))
        return filled, ~undated & ~none & (filled == by_dates)


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Opportunities of one track as they stood on a day; every array has one row an opportunity."""

    day: int
    """The as-of date."""
    reached: Days
    """Shape (opportunities, milestones): the day a milestone was reached, NEVER where it was not."""
    dated: Mask
    """Shape (opportunities, milestones): whether the workbook says that day."""
    lost_on: Days
    """NEVER where it is not lost."""
    value: NDArray[np.float64]
    rep: NDArray[np.int32]
    earned_by: NDArray[np.int32]
    """Shape (opportunities, milestones): who owned it when the milestone was reached."""
    source: NDArray[np.int32]
    row: NDArray[np.int32]
    """The place in the history."""

    @property
    def n_milestones(self) -> int:
        """`K` in every formula."""
        n_milestones: int = self.reached.shape[1]
        return n_milestones

    @property
    def n_reached(self) -> NDArray[np.int64]:
        """How many milestones each has reached: the number of its present stage, `K` for a sale."""
        counts: NDArray[np.int64] = (self.reached != NEVER).sum(axis=1)
        return counts

    @property
    def won(self) -> Mask:
        """Those that are sold."""
        won: Mask = self.reached[:, -1] != NEVER
        return won

    @property
    def lost(self) -> Mask:
        """Those that are lost, by what the workbook says."""
        lost: Mask = self.lost_on != NEVER
        return lost

    @property
    def open(self) -> Mask:
        """Those that are neither."""
        return ~(self.won | self.lost)

    @property
    def gate_rep(self) -> NDArray[np.int32]:
        """Shape (opportunities, gates): to whom a gate belongs: who owned it when it was passed, else when it was lost.

        While it is open, to its present owner (method.md §5).
        """
        passed = self.reached[:, 1:] != NEVER
        return np.where(passed, self.earned_by[:, 1:], self.rep[:, np.newaxis])

    @property
    def since(self) -> Days:
        """The day on which each came to its present stage."""
        last: Days = np.take_along_axis(self.reached, self.n_reached[:, None] - 1, axis=1)[:, 0]
        return last

    @property
    def age(self) -> Days:
        """Days in the present stage, 0 where nobody says since when."""
        is_dated = np.take_along_axis(self.dated, self.n_reached[:, None] - 1, axis=1)[:, 0]
        return np.where(is_dated, self.day - self.since, 0).astype(np.int32)

    def where(self, kept: Mask | slice | NDArray[np.int64]) -> Cohort:
        """The rows that are kept."""
        arrays = {field.name: getattr(self, field.name)[kept] for field in fields(self) if field.name != "day"}
        return Cohort(day=self.day, **arrays)

    def started_since(self, day: int) -> Cohort:
        """Those whose first milestone was reached after a day."""
        return self.where(self.reached[:, 0] > day)

    def of_each(self, codes: NDArray[np.int32], n_codes: int) -> Iterator[Cohort]:
        """The rows of each code in turn, of each rep for instance."""
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(n_codes + 1))
        arranged = self.where(order)
        return (arranged.where(slice(bounds[i], bounds[i + 1])) for i in range(n_codes))


def history(opportunities: Sequence[Opportunity], n_milestones: int) -> History:
    """The columns of one track's opportunities.

    One that is said to be won with no date is left out: it is neither won, open nor lost (method.md §1). The rows are
    in the order of their ids, so that sums are the same to the last digit however the workbook is sorted.
    """
    known = sorted((o for o in opportunities if not o.undated_sale), key=attrgetter("id"))
    earners = [_earners(o) for o in known]
    reps = tuple(dict.fromkeys((*(o.rep for o in known), *(name for names in earners for name in names))))
    sources = tuple(dict.fromkeys(o.source for o in known))
    rep_codes, source_codes = _codes(reps), _codes(sources)
    shape = (len(known), n_milestones)
    completed = [_ordinal(entry.completed_on) for o in known for entry in o.entries]
    reached_by = [_ordinal(entry.reached_by) for o in known for entry in o.entries]
    return History(
        completed=np.array(completed, dtype=np.int32).reshape(shape),
        closed_on=np.array([_closed_on(o) for o in known], dtype=np.int32),
        created_on=np.array([_ordinal(o.created_on, UNKNOWN) for o in known], dtype=np.int32),
        n_undated=np.array([_n_undated(o) for o in known], dtype=np.int8),
        reached_by=np.array(reached_by, dtype=np.int32).reshape(shape),
        value=np.array([np.nan if o.value is None else o.value for o in known], dtype=np.float64),
        rep=np.array([rep_codes[o.rep] for o in known], dtype=np.int32),
        earned_by=np.array([rep_codes[name] for names in earners for name in names], dtype=np.int32).reshape(shape),
        source=np.array([source_codes[o.source] for o in known], dtype=np.int32),
        reps=reps,
        sources=sources,
        opportunities=tuple(known),
    )


def _in_order(days: Days) -> Days:
    """The days of each row, none later than one after it."""
    ordered: Days = np.minimum.accumulate(days[:, ::-1], axis=1)[:, ::-1]
    return ordered


def _earners(opportunity: Opportunity) -> Sequence[str]:
    """Who owned it when each milestone was reached; one that a later one implies, as its owner did then."""
    rep, entries = opportunity.rep, opportunity.entries
    if not any(entry.earned_by for entry in entries):
        return (rep,) * len(entries)
    names: list[str] = []
    earliest = date.max
    name = rep
    for entry in reversed(entries):
        if entry.completed_on and entry.completed_on < earliest:
            earliest, name = entry.completed_on, entry.earned_by or rep
        names.append(rep if entry.reached_undated else name)
    return names[::-1]


def _codes(names: Sequence[str]) -> Mapping[str, int]:
    return {name: code for code, name in enumerate(names)}


def _ordinal(day: date | None, otherwise: int = NEVER) -> int:
    return day.toordinal() if day else otherwise


def _closed_on(opportunity: Opportunity) -> int:
    return _ordinal(opportunity.closed_on, UNKNOWN) if opportunity.outcome.is_lost else NEVER


def _n_undated(opportunity: Opportunity) -> int:
    return max((k for k, entry in enumerate(opportunity.entries, start=1) if entry.reached_undated), default=0)
