"""The figures that history teaches: rates expected, the multiplier, time, coaching, forecast, demand, the plan.

Money is in the team's currency; None stands where a figure cannot be said, with the reason in a word beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from milestone_reports.metrics.rates import Rate
from milestone_reports.scorecards.figures import Conversion

Ending = Literal["coach here", "new, watch", "may be chance", "too few to say"]
"""How an entry of the coaching list ends (method.md §7)."""

Basis = Literal["history", "assumed"]
"""history: the track's own curves; assumed: too little history, the multiplier's chances, with no date."""


@dataclass(frozen=True, slots=True)
class YearMultiplier:
    """The factor between ideal and required milestones of a track, for a fiscal year (method.md §6)."""

    value: float  #: the factor
    label: Literal["assumed", "mixed", "measured", "set"]  #: what it rests on
    likely_low: float | None
    """Where it lies eight times in ten; None under 3 sales, or where the workbook sets it."""
    likely_high: float | None  #: the other end
    low_95: float | None  #: the 95 % interval, from
    high_95: float | None  #: and to
    decided: tuple[int, ...]
    """Decided opportunities that had reached each milestone by `counted_to`; the last are the sales. Empty on a card
    that may not show the team's counts (method.md §7), where the sales are None."""
    sales: int | None  #: how many it was measured by
    counted_to: date
    """The last day that it was measured up to: kept for the fiscal year."""
    per_contract: tuple[float, ...]
    """Milestones that a contract takes, one number a milestone; together the milestones times the multiplier."""
    would_be: float | None
    """What it would be if it were set on the as-of date; None on a card that may not show the team's counts."""
    would_be_sales: int | None  #: how many that would rest on


@dataclass(frozen=True, slots=True)
class AverageContract:
    """The average contract value that quotas assume, beside that of the last twelve months' sales."""

    assumed: float | None
    """Of the targets in money, weighed by them."""
    observed: float | None  #: of the last twelve months; none without a sale that has a value
    n_sales: int
    """Sales of the last twelve months that have a value."""
    contracts_assumed: float | None
    """Contracts a year that the targets ask for."""
    contracts_observed: float | None
    """What they would ask for at the observed average."""


@dataclass(frozen=True, slots=True)
class GateTime:
    """How long a gate takes, and after how many days an opportunity has been there for too long (method.md §8)."""

    milestone: str  #: where the gate begins
    next_milestone: str  #: where it ends
    n_moved_on: int  #: opportunities that passed it
    median_days: int | None  #: half of them within so many days
    ninth_days: int | None
    """Nine in ten that moved on did so within so many days."""
    stalled_after: float | None  #: days; none with too little history
    presumed_lost_after: float | None  #: days; none with too little history
    n_stalled: int
    """Not counting the presumed lost."""
    n_presumed_lost: int  #: open for longer than that
    is_early: bool
    """History is too short beside the time it takes: the days are on the low side."""


@dataclass(frozen=True, slots=True)
class Coaching:
    """One rep at one gate beside the rest of the team, over the last twelve months (method.md §7)."""

    rep: str  #: who
    rep_slug: str  #: the rep's name in addresses
    track: str  #: on which track
    milestone: str  #: where the gate begins
    next_milestone: str  #: where it ends
    passed: int  #: opportunities that passed the gate
    decided: int  #: that passed it or were lost at it
    rate: Rate  #: passed of decided
    rest: Rate
    """Of the rest of the team."""
    shrunken: float
    """The rep's results plus as many at the team's rate as the team's spread is worth."""
    chance_below: float
    """That the rep's true rate is more than 5 points below the rest of the team's."""
    waiting: int
    """Open at the gate now, the presumed lost left out."""
    entered_a_year: float  #: opportunities that come to the gate in a year
    gap_counted: float
    """What of the gap to the rest of the team is counted: of few results less than they seem to say."""
    later_rate: float
    """The share of those that pass the gate that become a sale, at the rep's rates at all later gates."""
    contracts: float
    """Contracts a year that the gap is worth, the three above multiplied; 0 where there is none, or no team."""
    money: float | None
    """The same in money; None on a track that counts sales, or where no contract has a value."""
    ending: Ending  #: what follows from it
    spread: float = 0.0
    """How many of the team's results are added to the rep's own."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What to work on with one rep on one track, and what the others could learn from them."""

    lever: Coaching | None
    """The gate with the largest value at stake."""
    strength: Coaching | None
    """The gate at which the rep is furthest above the rest of the team."""


@dataclass(frozen=True, slots=True)
class Range:
    """A forecast sum with the range it lies in eight times in ten; no range where it is only assumed."""

    value: float  #: what is expected
    low: float | None  #: where it lies eight times in ten: from
    high: float | None  #: and to


@dataclass(frozen=True, slots=True)
class StageDriver:
    """What the open opportunities of one stage bring to a forecast; the presumed lost bring nothing."""

    milestone: str  #: the last one reached
    n_open: int  #: open opportunities there
    value: float  #: their value
    contracts: float  #: that are expected of them
    revenue: float  #: that is expected of them


@dataclass(frozen=True, slots=True)
class Forecast:
    """Contracts and revenue from the day after the as-of date to the end of a period (method.md §8)."""

    until: Literal["month", "quarter", "year"]  #: the end of which period
    ends_on: date  #: its last day
    basis: Basis  #: what it rests on
    contracts: Range  #: to come by then
    contracts_open: float
    """Of them, from what is open now."""
    contracts_new: float
    """Of them, from what is still to start."""
    contracts_done: int
    """Signed in the period so far, not in the forecast."""
    revenue: Range | None
    """None where no opportunity has a value, or the track counts sales."""
    revenue_open: float  #: of it, from what is open now
    revenue_new: float  #: of it, from what is still to start
    revenue_done: float  #: signed in the period so far
    drivers: tuple[StageDriver, ...]  #: what each stage brings
    n_without_value: int
    """Open opportunities without a value: in the contracts, not in the revenue."""


@dataclass(frozen=True, slots=True)
class BacktestMonth:
    """What would have been forecast at a month's end, beside what came."""

    on: date  #: the month's end
    forecast: float  #: what would have been said
    low: float  #: its likely range, from
    high: float  #: and to
    actual: float  #: what came
    inside: bool  #: whether that lies in the range


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Open opportunities that were given a chance in this range: how many, what was said, what came."""

    low: float  #: the range of chances, from
    high: float  #: and to
    n: int  #: how many opportunities
    predicted: float | None  #: the mean chance; none of nothing
    observed: float | None  #: the share that came; none of nothing


@dataclass(frozen=True, slots=True)
class Backtest:
    """How far off the forecast has been at the last twelve month-ends (method.md §8)."""

    n_days: int
    """How far ahead."""
    in_money: bool
    """Otherwise in contracts."""
    months: tuple[BacktestMonth, ...]  #: the oldest first
    forecast: float
    """The sums over the months, what was open then and what started since."""
    actual: float  #: the sum of what came
    n_inside: int  #: months whose range held what came
    n_without_history: int
    """Month-ends left out: too little history then."""
    brier: float | None
    """Mean squared error of the chances given to open opportunities: 0 is perfect, .25 says nothing."""
    reliability: tuple[ReliabilityBin, ...]  #: what chances said beside what came


@dataclass(frozen=True, slots=True)
class Demand:
    """First milestones that are needed a month to reach the year's target (method.md §8)."""

    says: Literal["covered", "needed", "too late", "no history", "no target"]
    """no history: the steady rate of the multiplier alone, with no lead time."""
    first_milestone: str  #: its name
    ends_on: date  #: the day by which the target is to be met
    still_needed: float | None
    """Contracts, or money on a track with a value target: target less done less what is open brings."""
    in_money: bool  #: otherwise in contracts
    a_month: float | None
    """Even: reaches the target half the time."""
    a_month_for_80: float | None
    """Reaches it eight times in ten; None where history is too little to promise that."""
    steady_a_month: float | None
    """Year in, year out, with no ramp."""
    recent_a_month: float
    """Started in the last half year."""
    half_within_days: int | None  #: half of them within so many days
    most_within_days: int | None
    """Of the first milestones that become a sale, eight in ten do so within so many days."""
    last_useful_on: date | None  #: a first milestone later than this hardly becomes a sale in time
    safe_on: date | None  #: one up to this day most likely does


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What one source's first milestones became."""

    source: str
    """Empty where the workbook names none."""
    first_milestones: int  #: opportunities that began with it
    won: int  #: of them
    lost: int  #: of them
    presumed_lost: int  #: of them
    open: int  #: of them
    to_sale: Rate  #: won of decided
    revenue: float  #: of the sales
    revenue_per_first: float | None
    """None where nothing started, or no sale has a value."""
    days_to_sale: float | None
    """Median, of the sales."""
    conversion: tuple[Conversion, ...]
    """What became of each milestone; empty for a source that is not among the fifty with the most decided."""


@dataclass(frozen=True, slots=True)
class QuarterCohort:
    """The opportunities whose first milestone lies in one quarter, and how far they have come."""

    quarter: str  #: such as 2026-Q4
    first_on: date  #: its first day
    reached: tuple[int, ...]
    """One count a milestone."""
    lost: int  #: of them
    presumed_lost: int  #: of them
    open: int  #: of them
    to_sale: Rate  #: won of decided
    conversion: tuple[Conversion, ...]
    """What became of each milestone."""


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """One month of the business plan: required by the quotas, done, and expected for what is still to come."""

    first_on: date  #: the month's first day
    milestones_required: float | None  #: by the quotas; none without one
    milestones_done: int  #: credited in the month
    milestones_expected: float | None
    """From the as-of date to the month's end; None for months gone by, or without history."""
    contracts_required: float | None  #: as for milestones
    contracts_done: int  #: signed in the month
    contracts_expected: float | None  #: as for milestones
    revenue_required: float | None  #: none without a target in money
    revenue_done: float  #: of those contracts
    revenue_expected: float | None  #: as for milestones


@dataclass(frozen=True, slots=True)
class Capacity:
    """The team's own target beside what its reps' targets add up to, both in money or both in sales."""

    team_target: float  #: of the Settings
    reps_target: float  #: the sum of the reps'
    gap: float
    """Reps' less team's: negative is not covered."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What one change does to the milestones a week and to the year (method.md §8)."""

    kind: Literal["as it is", "gate", "contract value", "rep", "selling weeks"]  #: what is changed
    milestone: str
    """For a gate: the milestone before it."""
    next_milestone: str  #: for a gate: the one after it
    milestones_a_week: float
    """That the same target asks of the team; for one more rep, what is left for each of the present ones, summed."""
    contracts_a_year: float
    """That the present pace would bring."""
    revenue_a_year: float | None  #: the same in money; none where the track counts sales


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The year as the quotas of now ask for it, which a what-if starts from (method.md §8)."""

    annual_target: float
    """Of those with a quota now together, a whole year's: money, or sales where those are counted."""
    average_contract_value: float | None
    """None where sales are counted."""
    contracts_a_year: float
    """That the target asks for."""
    per_contract: tuple[float, ...]
    """Milestones that a contract takes, one number a milestone."""
    n_reps: int
    """With a quota now."""
    selling_weeks: float  #: of a year


@dataclass(frozen=True, slots=True)
class BackOnPace:
    """By when a rep who is behind is back on pace, at how many milestones a week."""

    milestones_a_week: int  #: that it takes
    extra_a_week: int
    """Over the weekly quota in whole milestones."""
    week: str  #: in which it is reached, such as 2026-W51
    on: date
    """The last day of that week."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a figure was counted from: the numbers that went in and the opportunities behind it."""

    figure: str
    """As the Definitions page names it."""
    milestone: str
    """Where the figure is of one milestone; else empty."""
    value: float | None  #: none where there is no figure
    inputs: Mapping[str, float | str | None]  #: the numbers, by name
    opportunities: tuple[str, ...]
    """Ids."""
