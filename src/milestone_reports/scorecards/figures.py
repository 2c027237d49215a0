"""The figures that pages share: quota, pace, money, the week, conversion. Field names are those of method.md.

Money is in the team's currency, dates are plain days, ratios keep their numerator and denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from milestone_reports.history.snapshots import Copy
from milestone_reports.metrics.estimators.conversion import ExpectedRate, Saying
from milestone_reports.metrics.pace import PathPoint, Standing
from milestone_reports.metrics.rates import Rate, Ratio
from milestone_reports.metrics.week import ItemState, PlanSince

__all__ = [
    "Conversion",
    "Copy",
    "ExpectedRate",
    "ItemState",
    "LedgerItem",
    "MilestoneLine",
    "OpenOpportunity",
    "Pace",
    "PathPoint",
    "Quota",
    "Rate",
    "Ratio",
    "Reliability",
    "Sales",
    "Saying",
    "StageQuota",
    "Standing",
    "Streak",
    "WeekBar",
    "WeekFigures",
]


@dataclass(frozen=True, slots=True)
class StageQuota:
    """How many of one milestone the year's quota asks for, this side of the sale and at it (method.md §2)."""

    milestone: str  #: its name
    required_a_year: float
    """Of a full year."""
    required_this_year: float
    """Of the part of the fiscal year that the rep works."""


@dataclass(frozen=True, slots=True)
class Quota:
    """From the annual target to milestones a week (method.md §2)."""

    target_is: Literal["value", "count"]  #: whether the target is in money or a count of sales
    annual_target: float  #: of a full year
    average_contract_value: float | None  #: none for a count target
    contracts_a_year: float  #: of a full year
    n_milestones: int  #: milestones of the track
    ideal_milestones_a_year: float  #: if every opportunity were won: contracts times milestones
    ideal_milestones_a_month: float  #: a twelfth of that
    ideal_milestones_a_week: float  #: over the selling weeks
    multiplier: float  #: from ideal to required milestones
    multiplier_is: Literal["assumed", "mixed", "measured", "set"]
    """assumed: about twice the ideal, under 5 sales; mixed: under 20; measured by the track's own sales; set: typed in
    the workbook's Settings."""
    required_milestones_a_year: float  #: ideal times multiplier
    milestones_a_month: float  #: required, a twelfth of the year's
    milestones_a_week: float  #: required, over the selling weeks
    selling_weeks: float  #: weeks of the year that count
    counted_from: date | None
    """Where the rep starts inside the fiscal year; None when the year is whole at that end."""
    counted_to: date | None
    """The last day, where the rep leaves inside the fiscal year."""
    target_this_year: float  #: of the part of the year that the rep works
    contracts_this_year: float  #: of the part of the year that the rep works
    milestones_this_year: float
    """The fiscal year's quota: the full year's in proportion to the rep's working days in it."""
    stage_quotas: tuple[StageQuota, ...]  #: one for each milestone


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One milestone of the year against its quota to date."""

    milestone: str  #: its name
    credited: int  #: this year, up to the as-of date
    claimed: int
    """Completed this year but not credited."""
    quota_to_date: float | None  #: none without a quota
    quota_this_year: float | None  #: none without a quota
    gap: float | None  #: credited less quota to date; none without a quota


@dataclass(frozen=True, slots=True)
class Pace:
    """The year against pace (method.md §3)."""

    credited_to_date: int  #: milestones credited this year
    claimed_to_date: int  #: milestones completed this year but not credited
    filling_adds: int
    """Milestones that would be credited if the gaps before the claimed ones were filled."""
    credited_without_quota: int
    """Of the credited, those of reps who have no quota: in no attainment and no gap."""
    expected_to_date: float  #: what the quota asks for by the as-of date
    attainment: Ratio  #: credited of expected, of those who have a quota
    gap: float | None
    """credited - expected: negative is behind; None without a quota."""
    milestones_a_week: float | None
    """The weekly quota that `standing` is judged by."""
    milestones_this_year: float | None  #: the year's quota; none without one
    standing: Standing  #: the verdict, in a word
    working_days_elapsed: int  #: of the year, up to the as-of date
    working_days: int  #: of the year
    weeks_left: float | None  #: selling weeks to the year's end
    required_run_rate: float | None
    """Milestones a week from here to the year's end; None when no working day is left."""
    to_finish: float | None
    """Milestones still to come this year, never below zero."""
    last_13_weeks_a_week: float  #: the mean of the last thirteen weeks
    done_path: tuple[PathPoint, ...]
    """One point a day on which something was credited, cumulative over the fiscal year."""
    expected_path: tuple[PathPoint, ...]
    """Month by month to the year's end: the path that the quota asks for."""


@dataclass(frozen=True, slots=True)
class Sales:
    """Contracts and revenue of the fiscal year: what is won counts, credited or not (method.md §1, §3)."""

    contracts_to_date: int  #: signed this year, less the cancelled
    contracts_without_quota: int
    """Of those, the contracts of reps who have no quota: in no attainment."""
    contracts_expected: float | None  #: by the as-of date; none without a quota
    contracts_this_year: float | None  #: that the quota asks for; none without one
    revenue_to_date: float  #: of those contracts
    revenue_without_quota: float  #: of it, that of reps who have no quota
    revenue_expected: float | None  #: by the as-of date; none without a target in money
    target_this_year: float | None
    """In money; None for a count target or none."""
    without_value: tuple[str, ...]
    """Ids of won opportunities that have no value: in the contracts, not in the revenue."""
    cancelled: int
    """Contracts cancelled after signature this year: already taken off the contracts above."""
    cancelled_value: float  #: their value
    revenue_path: tuple[PathPoint, ...]  #: the sum after each day with a contract


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of the opportunities that reached one milestone (method.md §5)."""

    milestone: str  #: its name
    next_milestone: str | None
    """None for the sale."""
    reached: int  #: opportunities that reached it
    moved_on: int  #: of them, those that reached the next as well
    lost_here: int  #: of them, those closed as lost before the next
    presumed_lost_here: int  #: of them, those open for too long
    open_here: int  #: of them, those that wait here
    to_next: Rate | None
    """So far, of those decided here; None at the sale."""
    to_sale: Rate | None
    """So far, of all that reached it and are decided."""
    to_sale_says: Saying
    """How far the rate to the sale so far may be trusted."""
    expected_to_next: ExpectedRate | None
    """Once the open ones have decided; None at the sale."""
    expected_to_sale: ExpectedRate | None  #: the same to the sale; none at the sale
    will_move: bool
    """Whether the open ones will move the rate to the sale so far by 5 points or more."""
    rest_to_next: Rate | None = None
    """So far of the rest of the team, on a rep's card; None where it would tell a colleague's figure (method.md §7)."""
    rest_to_sale: Rate | None = None  #: the same to the sale


@dataclass(frozen=True, slots=True)
class LedgerItem:
    """One line of a week: a milestone of an opportunity that was planned or completed in it."""

    state: ItemState  #: done, claimed, planned, carried over, ...
    on: date | None
    """The day it was completed, else the day it is planned for."""
    opportunity_id: str  #: as in the workbook
    account: str  #: whose it is
    opportunity: str  #: its name
    track: str  #: its track
    milestone: str  #: which one
    planned_on: date | None  #: the day that it is planned for
    planned_here: bool
    """Whether it was planned for this week."""
    completed_on: date | None = None
    """Its own completion date, which a done one may have before the day it is credited on."""
    reason: str = ""
    """For a claimed one: what stands in the way of credit (`Proof undated`)."""
    since: PlanSince = "stands"
    """Whether it was added to the week, moved out of it or removed since the plan that the week is judged by."""
    moved_to: date | None = None
    """Of a moved one, the day that it is planned for now; none where it was taken off the plan."""
    observed: bool = False
    """Completed on a day that the workbook does not say: that of the first copy that shows it, right to the week."""


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """One week of a rep or a team, all tracks together (method.md §4)."""

    week: str  #: such as 2026-W47
    first_on: date  #: its Monday, or the day on which weeks begin
    last_on: date  #: its last day
    done: int
    """Credited in the week."""
    claimed: int
    """Completed in the week, not credited."""
    planned: int  #: milestones planned for the week
    completed_of_planned: int  #: of them, those completed
    completed_early: int
    """Of those, the ones completed before this week: done, but not this week."""
    beyond_plan: int  #: done without having been planned
    carried_over: int
    """Planned before this week, not completed, still open."""
    plan: int | None
    """The whole-number plan of the week; None without a quota."""
    target: float | None
    """The weekly quota; None without one."""
    items: tuple[LedgerItem, ...]  #: the ledger: each milestone of the week
    plan_from: Copy | None = None
    """The copy of the workbook whose plan the week is judged by; none: the plan in the workbook at hand."""
    has_earlier_copies: bool = False  #: whether there is any copy of the workbook from before the week at hand


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week of the thirteen-week strip."""

    week: str  #: such as 2026-W47
    first_on: date  #: its first day
    done: int  #: milestones credited in it
    planned_not_done: int  #: planned for it and not completed
    plan: int | None  #: the week's whole-number plan; none without a quota
    off: bool
    """Wholly off: no working day."""
    plan_as_of: date | None = None
    """The day of the copy whose plan the week is judged by; none: the plan in the workbook at hand."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of what was planned for the last 13 full weeks, what was completed by the end of its week (method.md §4)."""

    kept: Ratio  #: completed of planned, as the plan stood when each week began
    n_weeks: int  #: of the 13, those of which a copy of the workbook says how they began


@dataclass(frozen=True, slots=True)
class Streak:
    """Consecutive weeks at or above the week's whole-number plan (method.md §4)."""

    weeks: int  #: how many, up to the last full week
    running_week_met: bool  #: whether the week at hand has met its plan
    best_weeks: int
    """The longest such run of the fiscal year."""
    best_week: str
    """The week of the fiscal year with the most done; empty when nothing was done."""
    best_week_done: int  #: milestones done in it


@dataclass(frozen=True, slots=True)
class OpenOpportunity:
    """An open opportunity as it stands."""

    id: str  #: as in the workbook
    account: str  #: whose it is
    opportunity: str  #: its name
    rep: str  #: who works on it
    rep_slug: str  #: the rep's name in addresses
    track: str  #: its track
    value: float | None  #: none where the workbook has none
    n_reached: int
    """Milestones reached, 0 when none."""
    n_milestones: int  #: of its track
    stage: str
    """The last milestone reached; empty when none."""
    days_there: int | None  #: days in its stage; none where the day is unknown
    next_milestone: str  #: the one to reach next
    next_planned_on: date | None  #: none where it has no plan
    overdue_days: int
    """Days since the planned date passed; 0 when it has not."""
    stalled: bool
    """Longer in its stage than nine in ten that moved on; the presumed lost are too (method.md §8)."""
    presumed_lost: bool
    """Twice as long: to be closed or updated."""
    evidence_missing: tuple[str, ...]
    """Milestones completed without the evidence they require."""
    passed: tuple[bool, ...]
    """Whether each milestone is completed, reached on an unknown day, or waived: a skipped gate is not."""
    claimed: tuple[str, ...]
    """Milestones completed but not credited."""
    claimed_because: str
    """What stands in the way of the first of them (`Discovery undated`)."""
    cell: str
    """The row in the workbook."""
