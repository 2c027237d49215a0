"""What becomes of a milestone: moved on, lost, still open there; the share that becomes a sale (method.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.metrics.rates import DECIDED_TO_SAY, Rate, rate
from milestone_reports.metrics.standing import lost_date, n_reached_undated, reached_dates

NEVER = np.iinfo(np.int32).max
"""The day of what has not happened."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Opportunities of one track as columns: days as ordinals, one row an opportunity, one column a milestone."""

    reached: NDArray[np.int32]
    """Shape (opportunities, milestones): the day a milestone was reached, NEVER where it was not."""
    lost: NDArray[np.bool_]
    """Shape (opportunities,): lost by the as-of date."""

    @property
    def n_reached(self) -> NDArray[np.int64]:
        """Shape (opportunities,): how many milestones each has reached."""
        counts: NDArray[np.int64] = (self.reached != NEVER).sum(axis=1)
        return counts

    def where(self, mask: NDArray[np.bool_]) -> Cohort:
        """The rows that the mask keeps."""
        return Cohort(self.reached[mask], self.lost[mask])


def months_before(day: date, months: int) -> date:
    """The same day `months` months earlier, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = date.fromordinal(following.toordinal() - 1).day
    return date(year, month + 1, min(day.day, last))


def cohort(opportunities: Sequence[Opportunity], n_milestones: int, as_of: date, months: int) -> Cohort:
    """The track's opportunities whose first milestone was reached in the last `months` months, as of a day.

    One that is said to be won with no date is left out, as is one without its first milestone (method.md §1, §8).
    """
    known = [o for o in opportunities if not o.undated_sale]
    days = [
        [e.completed_on.toordinal() if e.completed_on and e.completed_on <= as_of else NEVER for e in o.entries]
        for o in known
    ]
    completed = np.array(days, dtype=np.int32).reshape(len(known), n_milestones)
    reached = np.minimum.accumulate(completed[:, ::-1], axis=1)[:, ::-1]
    for row, opportunity in enumerate(known):
        if n_reached_undated(opportunity, as_of):
            reached[row] = [day.toordinal() if day else NEVER for day in reached_dates(opportunity, as_of)]
    lost = np.array([lost_date(o, as_of) is not None for o in known], dtype=np.bool_)
    since = months_before(as_of, months).toordinal()
    inside = (reached[:, 0] > since) & (reached[:, 0] != NEVER)
    return Cohort(reached[inside], lost[inside])


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the opportunities that reached one milestone; the first four after `reached` add up to it."""

    reached: int
    moved_on: int
    lost_here: int
    presumed_lost_here: int
    open_here: int
    won: int
    """Of those that reached it: those that became a sale."""
    lost: int
    """Of those that reached it: those lost here or later."""
    presumed_lost: int


def outcomes(cohort: Cohort) -> tuple[Outcomes, ...]:
    """What became of the opportunities that reached each milestone.

    Formula: reached = moved on + lost here + presumed lost here + open here; moved on is reached of the next milestone.
    Shape: five counts a milestone; at the sale, all have moved on to being sold: none is lost or open there.
    Units: opportunities.
    Undefined: nothing reached: all are 0.
    Source: method.md §5; statistics.md §0.
    """
    n_milestones = cohort.reached.shape[1]
    counts = cohort.n_reached
    won = counts == n_milestones
    found = []
    for k in range(1, n_milestones + 1):
        reached = counts >= k
        here = (counts == k) & ~won
        found.append(
            Outcomes(
                reached=int(reached.sum()),
                moved_on=int((counts > k).sum()) if k < n_milestones else int(won.sum()),
                lost_here=int((here & cohort.lost).sum()),
                presumed_lost_here=0,
                open_here=int((here & ~cohort.lost).sum()),
                won=int(won.sum()),
                lost=int((reached & cohort.lost & ~won).sum()),
                presumed_lost=0,
            )
        )
    return tuple(found)


def rate_to_next(stage: Outcomes) -> Rate:
    """Of the opportunities decided at a milestone, the share that reached the next one, so far.

    Formula: moved on / (moved on + lost here + presumed lost here); open ones are left out.
    Shape: a rate a rep (or team), track and gate, with counts, likely range (Wilson 80 %) and 95 % interval.
    Units: a share, 0 to 1.
    Undefined: under 8 decided it is too early to say, and only the counts are shown.
    Source: method.md §5; statistics.md §1, §3.
    """
    decided = stage.moved_on + stage.lost_here + stage.presumed_lost_here
    return rate(stage.moved_on, decided, DECIDED_TO_SAY["next"])


def rate_to_sale(stage: Outcomes) -> Rate:
    """Of the opportunities that reached a milestone and are decided, the share that became a sale, so far.

    Formula: won / (won + lost + presumed lost), over all that reached the milestone; open ones are left out.
    Shape: a rate a rep (or team), track and milestone, with counts, likely range (Wilson 80 %) and 95 % interval.
    Units: a share, 0 to 1.
    Undefined: under 10 decided it is too early to say, and only the counts are shown.
    Source: method.md §5; statistics.md §1.
    """
    decided = stage.won + stage.lost + stage.presumed_lost
    return rate(stage.won, decided, DECIDED_TO_SAY["sale"])
