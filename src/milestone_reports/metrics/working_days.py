"""Working days: Monday to Friday less time off (method.md §3). Ranges are half-open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from milestone_reports.domain.calendar import TimeOff


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Counts the working days of one rep; days off are ordinals that fall on no weekend or on one, either way."""

    days_off: tuple[date, ...] = ()

    def count(self, first_on: date, end_on: date) -> int:
        """The days of a span on which a rep works, its first day included and its end not.

        Formula: days from Monday to Friday, less those of the Time off sheet, for all or for this rep.
        Shape: a whole number a rep and period.
        Units: days.
        Undefined: never; an empty period has none.
        Source: method.md §3.
        """
        return _count(first_on, end_on, self.days_off) if first_on < end_on else 0


@lru_cache(maxsize=65536)
def _count(first_on: date, end_on: date, days_off: tuple[date, ...]) -> int:
    return int(np.busday_count(first_on, end_on, holidays=list(days_off)))


@dataclass(frozen=True, slots=True)
class RepCalendar:
    """A rep's three ways of counting days: all weekdays, those a quota is for, those actually worked."""

    weekdays: WorkingDays
    quota_days: WorkingDays
    """Weekdays less time off that reduces the quota (a long leave)."""
    worked_days: WorkingDays
    """Weekdays less all time off: what pace runs on."""


def rep_calendar(rep: str, time_off: Sequence[TimeOff]) -> RepCalendar:
    """The calendar of one rep: time off without a name is everyone's."""
    theirs = [off for off in time_off if off.rep in {None, rep}]
    reducing = [off for off in theirs if off.reduces_quota]
    return RepCalendar(WorkingDays(), WorkingDays(_days(reducing)), WorkingDays(_days(theirs)))


def _days(time_off: Sequence[TimeOff]) -> tuple[date, ...]:
    days = {
        date.fromordinal(day) for off in time_off for day in range(off.first_on.toordinal(), off.end_on.toordinal())
    }
    return tuple(sorted(days))
