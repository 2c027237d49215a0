"""What pages say of change: since the last copy of the workbook, over the last thirteen weeks, and in past weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from milestone_reports.history.changes import Flow, WhatChanged
from milestone_reports.history.rewritten import RestatedWeek, Rewritten

TrendName = Literal["done", "target", "gap", "n_open", "open_value", "contracts_to_date"]
NoChange = Literal["", "no copy", "nothing then", "nothing now", "another year"]


@dataclass(frozen=True, slots=True)
class TrendWeek:
    """One of the weeks of a trend."""

    week: str  #: such as 2026-W47
    first_on: date  #: its first day
    has_copy: bool
    """Whether a copy of the workbook says anything of it; the week at hand has always one."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure of a rep or the team on a track, as each week's copy said it: nothing is filled in between."""

    rep: str  #: whose; empty: the team's
    slug: str  #: the rep's name in addresses; empty: the team's
    track: str  #: on which
    name: TrendName  #: what it is
    values: tuple[float | None, ...]
    """One for each of the weeks, the oldest first; none where a week has no copy, or its copy no such figure."""
    was: float | None  #: last week's
    now: float | None  #: this week's
    change: float | None  #: now - was; none where one of the two is missing
    no_change: NoChange
    """Why there is no change to say: no copy of last week, no such figure then or now, or last week was of another
    fiscal year and the figure counts from a year's beginning. Empty where there is one."""


@dataclass(frozen=True, slots=True)
class SetAnew:
    """A year's quota or a multiplier that is not what the last copy said."""

    rep: str  #: whose quota; empty for a multiplier, which is the track's
    slug: str  #: the rep's name in addresses
    track: str  #: on which
    name: Literal["milestones_this_year", "multiplier"]  #: which of the two
    was: float | None  #: in the last copy; none where it had none
    now: float | None  #: now; none where there is none


@dataclass(frozen=True, slots=True)
class RepFlow:
    """From what a rep had open in the earlier copy to what is open now."""

    rep: str  #: the name
    slug: str  #: the name in addresses
    flow: Flow  #: of the rep


@dataclass(frozen=True, slots=True)
class ChangesOfTeam:
    """The What changed page of a team."""

    since: WhatChanged | None = None  #: none where there is no earlier copy
    by_rep: tuple[RepFlow, ...] = ()  #: every rep who had or has something open, or won or lost something
    set_anew: tuple[SetAnew, ...] = ()  #: quotas and multipliers that are not those of the last copy
    rewritten: tuple[Rewritten, ...] = ()  #: late entries, changed and withdrawn dates
    restated: tuple[RestatedWeek, ...] = ()  #: past weeks that read otherwise now, the newest first
    grace_days: int = 7
    """A completion entered in this many days after its own week is not late."""
    weeks: tuple[TrendWeek, ...] = ()  #: the last thirteen, the oldest first
    trends: tuple[Trend, ...] = ()  #: of each track: the team's, then each rep's


@dataclass(frozen=True, slots=True)
class ChangesOfRep:
    """What changed of one rep, who is told no colleague's name: that stands empty where something changed hands."""

    since: WhatChanged | None = None  #: none where there is no earlier copy
    set_anew: tuple[SetAnew, ...] = ()  #: the rep's quotas, and the multipliers behind them
    weeks: tuple[TrendWeek, ...] = ()  #: the last thirteen, the oldest first
    trends: tuple[Trend, ...] = ()  #: the rep's, one track after another


NO_CHANGES_OF_TEAM = ChangesOfTeam()
NO_CHANGES_OF_REP = ChangesOfRep()
