"""A team as one workbook tells it: settings, tracks, reps with their targets, time off, opportunities, problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from milestone_reports.domain.calendar import FiscalYear, TimeOff, Week, WeekStart
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.problem import Problem
from milestone_reports.domain.track import Track


class TargetIs(Enum):
    """Whether a target counts money or sales (signed partners, say)."""

    VALUE = "value"
    COUNT = "count"


class Gates(Enum):
    """How milestones are credited: only in order, or each on its own date (method.md §1)."""

    IN_ORDER = "in order"
    OPEN = "open"


class Paper(Enum):
    """The PDFs' paper."""

    A4 = "A4"
    LETTER = "Letter"


DEFAULT_MULTIPLIER = 2.0
"""Twice the ideal, until history is enough to adjust it (the article)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The Settings sheet, each with its default."""

    as_of: date | None = None
    fiscal_year_starts: int = 1
    week_starts: WeekStart = WeekStart.MONDAY
    selling_weeks: float = 48
    currency: str = "USD"
    locale: str = "en_US"
    paper: Paper = Paper.A4
    team_annual_target: float | None = None
    annual_target_per_rep: float | None = None
    average_contract_value: float | None = None
    multiplier: float | None = None
    """None: `auto`, the assumed factor of two."""
    gates: Gates = Gates.IN_ORDER
    conversion_months: int = 24
    """Conversions count opportunities whose first milestone lies in this many months."""
    late_entry_grace: int = 7
    """Days after a milestone's own week in which its completion is still entered in time."""
    manager: str = ""
    manager_email: str = ""


@dataclass(frozen=True, slots=True)
class Rep:
    """A person who owns opportunities."""

    name: str
    slug: str
    """A stable ASCII page name, unique within the team."""
    email: str = ""
    manager: str = ""
    manager_email: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A rep on a track for a period, with the annual target of that period."""

    rep: str
    track: str
    start_on: date | None = None
    end_on: date | None = None
    """The first day after the period; None: no end in sight."""
    annual_target: float | None = None
    target_is: TargetIs = TargetIs.VALUE
    average_contract_value: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The workbook file a team was read from."""

    name: str
    saved_at: datetime | None
    """When the workbook was last saved, by its own account."""
    n_rows: int
    """Rows of opportunities found."""
    n_left_out: int
    """Of those, rows that could not be used."""


@dataclass(frozen=True, slots=True)
class Team:
    """All that one workbook says."""

    name: str
    slug: str
    settings: Settings
    tracks: tuple[Track, ...]
    reps: tuple[Rep, ...]
    assignments: tuple[Assignment, ...]
    time_off: tuple[TimeOff, ...]
    opportunities: tuple[Opportunity, ...]
    source: Source
    problems: tuple[Problem, ...] = ()
    tracks_by_name: Mapping[str, Track] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tracks_by_name", {track.name: track for track in self.tracks})

    def track(self, name: str) -> Track:
        """The track of that name; every opportunity and assignment names one that exists."""
        return self.tracks_by_name[name]

    def tracks_of(self, rep: str) -> Sequence[Track]:
        """The tracks a rep is assigned to, or owns or earned something of opportunities on, in the team's order."""
        names = {a.track for a in self.assignments if a.rep == rep}
        names |= {o.track for o in self.opportunities if o.rep == rep or any(e.earned_by == rep for e in o.entries)}
        return [track for track in self.tracks if track.name in names]

    def week_of(self, day: date) -> Week:
        """The team's week that holds `day`."""
        return Week.holding(day, self.settings.week_starts)

    def fiscal_year_of(self, day: date) -> FiscalYear:
        """The team's fiscal year that holds `day`."""
        return FiscalYear.holding(day, self.settings.fiscal_year_starts)
