"""What was put right in an opportunity's dates before anything was counted, so that every figure can say so.

The repairs themselves are the rules of reached and lost (method.md §1); this names where they applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["skipped", "order", "won-and-lost", "lost-before-milestone", "lost-without-date"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing put right in one opportunity."""

    kind: Kind
    milestone: int | None = None
    """The milestone's number from 1; None where it is about the loss."""

    @property
    def flag(self) -> str:
        """Its short name: `skipped:2`, `lost-before-milestone`."""
        return self.kind if self.milestone is None else f"{self.kind}:{self.milestone}"


def repairs(
    completed: Sequence[date | None], lost_on: date | None, *, says_lost: bool, as_of: date
) -> tuple[Repair, ...]:
    """What was put right in one opportunity, as of a day.

    Formula: skipped: no date of its own and a later milestone's stands in; order: dated after a later milestone, whose
    date is taken; a sale beats a loss; a loss before the last milestone, or without a date, is put on that milestone.
    Shape: a list an opportunity: milestones in order, then the loss.
    Units: none.
    Undefined: nothing to put right: an empty list.
    Source: method.md §1.
    """
    known = [day if day is not None and day <= as_of else None for day in completed]
    found: list[Repair] = []
    for k, day in enumerate(known, start=1):
        later = min(filter(None, known[k:]), default=None)
        if later and (day is None or day > later):
            found.append(Repair("skipped" if day is None else "order", k))
    if says_lost and (lost_on is None or lost_on <= as_of):
        last = next(filter(None, reversed(known)), None)
        found += _of_the_loss(lost_on, last, is_won=known[-1] is not None)
    return tuple(found)


def _of_the_loss(lost_on: date | None, last: date | None, *, is_won: bool) -> tuple[Repair, ...]:
    if is_won:
        return (Repair("won-and-lost"),)
    if lost_on is None:
        return (Repair("lost-without-date"),)
    return (Repair("lost-before-milestone"),) if last is not None and lost_on < last else ()
