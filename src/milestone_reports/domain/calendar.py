"""Weeks, fiscal years and time off. Every range is half-open: its first day is inside, its end is not.

Must not know of workbooks, reps' figures or today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class WeekStart(Enum):
    """The day a week begins on."""

    MONDAY = "Monday"
    SUNDAY = "Sunday"


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """Seven days from `first_on`; named by the ISO week that holds its middle."""

    first_on: date

    @classmethod
    def holding(cls, day: date, start: WeekStart = WeekStart.MONDAY) -> Week:
        """The week that `day` falls in."""
        since = day.weekday() if start is WeekStart.MONDAY else (day.weekday() + 1) % 7
        return cls(day - timedelta(days=since))

    @property
    def end_on(self) -> date:
        """The first day after the week."""
        return self.first_on + timedelta(days=7)

    @property
    def last_on(self) -> date:
        """The week's seventh day."""
        return self.first_on + timedelta(days=6)

    @property
    def iso(self) -> tuple[int, int]:
        """ISO year and week number of the week's fourth day."""
        year, number, _ = (self.first_on + timedelta(days=3)).isocalendar()
        return year, number

    @property
    def name(self) -> str:
        """`2026-W47`: sorts as text, serves as an address."""
        year, number = self.iso
        return f"{year}-W{number:02d}"

    def plus(self, n_weeks: int) -> Week:
        """The week `n_weeks` later, or earlier when negative."""
        return Week(self.first_on + timedelta(weeks=n_weeks))

    def holds(self, day: date | None) -> bool:
        """Whether `day` is known and falls in this week."""
        return day is not None and self.first_on <= day < self.end_on


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """Twelve months from the first day of `first_on`'s month: the period of a quota (method.md §3)."""

    first_on: date

    @classmethod
    def holding(cls, day: date, start_month: int = 1) -> FiscalYear:
        """The fiscal year that `day` falls in."""
        year = day.year if day.month >= start_month else day.year - 1
        return cls(date(year, start_month, 1))

    @property
    def end_on(self) -> date:
        """The first day after the year."""
        return date(self.first_on.year + 1, self.first_on.month, 1)

    @property
    def last_on(self) -> date:
        """The year's last day."""
        return self.end_on - timedelta(days=1)

    @property
    def name(self) -> str:
        """`2026`, or `2026/27` when it runs over New Year."""
        if self.first_on.month == 1:
            return str(self.first_on.year)
        return f"{self.first_on.year}/{(self.first_on.year + 1) % 100:02d}"

    def holds(self, day: date | None) -> bool:
        """Whether `day` is known and falls in this year."""
        return day is not None and self.first_on <= day < self.end_on

    def touches(self, week: Week) -> bool:
        """Whether any day of the week falls in this year."""
        return self.first_on < week.end_on and week.first_on < self.end_on

    def week_number(self, week: Week) -> int:
        """1 for the week that holds the year's first day, then counting on."""
        days = max((week.first_on - self.first_on).days, 0)
        return -(-days // 7) + 1


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Days on which one rep, or everyone when `rep` is None, does not work."""

    rep: str | None
    first_on: date
    end_on: date
    reason: str = ""
    reduces_quota: bool = False
