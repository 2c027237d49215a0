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

    value: float
    label: Literal["assumed", "mixed", "measured", "set"]
    likely_low: float | None
    """Where it lies eight times in ten; None under 3 sales, or where the workbook sets it."""
    likely_high: float | None
    low_95: float | None
    high_95: float | None
    decided: tuple[int, ...]
    """Decided opportunities that had reached each milestone by `counted_to`; the last are the sales. Empty on a card
    that may not show the team's counts (method.md §7), where the sales are None."""
    sales: int | None
    counted_to: date
    """The last day that it was measured up to: kept for the fiscal year."""
    per_contract: tuple[float, ...]
    """Milestones that a contract takes, one number a milestone; together the milestones times the multiplier."""
    would_be: float
    """What it would be if it were set on the as-of date."""
    would_be_sales: int | None


@dataclass(frozen=True, slots=True)
class AverageContract:
    """The average contract value that quotas assume, beside that of the last twelve months' sales."""

    assumed: float | None
    """Of the targets in money, weighed by them."""
    observed: float | None
    n_sales: int
    """Sales of the last twelve months that have a value."""
    contracts_assumed: float | None
    """Contracts a year that the targets ask for."""
    contracts_observed: float | None
    """What they would ask for at the observed average."""


@dataclass(frozen=True, slots=True)
class GateTime:
    """How long a gate takes, and after how many days an opportunity has been there for too long (method.md §8)."""

    milestone: str
    next_milestone: str
    n_moved_on: int
    median_days: int | None
    ninth_days: int | None
    """Nine in ten that moved on did so within so many days."""
    stalled_after: float | None
    presumed_lost_after: float | None
    n_stalled: int
    """Not counting the presumed lost."""
    n_presumed_lost: int
    is_early: bool
    """History is too short beside the time it takes: the days are on the low side."""


@dataclass(frozen=True, slots=True)
class Coaching:
    """One rep at one gate beside the rest of the team, over the last twelve months (method.md §7)."""

    rep: str
    rep_slug: str
    track: str
    milestone: str
    next_milestone: str
    passed: int
    decided: int
    rate: Rate
    rest: Rate
    """Of the rest of the team."""
    shrunken: float
    """The rep's results plus as many at the team's rate as the team's spread is worth."""
    chance_below: float
    """That the rep's true rate is more than 5 points below the rest of the team's."""
    waiting: int
    """Open at the gate now, the presumed lost left out."""
    entered_a_year: float
    gap_counted: float
    """What of the gap to the rest of the team is counted: of few results less than they seem to say."""
    later_rate: float
    """The share of those that pass the gate that become a sale, at the rep's rates at all later gates."""
    contracts: float
    """Contracts a year that the gap is worth, the three above multiplied; 0 where there is none, or no team."""
    money: float | None
    """The same in money; None on a track that counts sales, or where no contract has a value."""
    ending: Ending
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

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class StageDriver:
    """What the open opportunities of one stage bring to a forecast; the presumed lost bring nothing."""

    milestone: str
    n_open: int
    value: float
    contracts: float
    revenue: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Contracts and revenue from the day after the as-of date to the end of a period (method.md §8)."""

    until: Literal["month", "quarter", "year"]
    ends_on: date
    basis: Basis
    contracts: Range
    contracts_open: float
    """Of them, from what is open now."""
    contracts_new: float
    """Of them, from what is still to start."""
    contracts_done: int
    """Signed in the period so far, not in the forecast."""
    revenue: Range | None
    """None where no opportunity has a value, or the track counts sales."""
    revenue_open: float
    revenue_new: float
    revenue_done: float
    drivers: tuple[StageDriver, ...]
    n_without_value: int
    """Open opportunities without a value: in the contracts, not in the revenue."""


@dataclass(frozen=True, slots=True)
class BacktestMonth:
    """What would have been forecast at a month's end, beside what came."""

    on: date
    forecast: float
    low: float
    high: float
    actual: float
    inside: bool


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Open opportunities that were given a chance in this range: how many, what was said, what came."""

    low: float
    high: float
    n: int
    predicted: float | None
    observed: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """How far off the forecast has been at the last twelve month-ends (method.md §8)."""

    n_days: int
    """How far ahead."""
    in_money: bool
    """Otherwise in contracts."""
    months: tuple[BacktestMonth, ...]
    forecast: float
    """The sums over the months, what was open then and what started since."""
    actual: float
    n_inside: int
    n_without_history: int
    """Month-ends left out: too little history then."""
    brier: float | None
    """Mean squared error of the chances given to open opportunities: 0 is perfect, .25 says nothing."""
    reliability: tuple[ReliabilityBin, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """First milestones that are needed a month to reach the year's target (method.md §8)."""

    says: Literal["covered", "needed", "too late", "no history", "no target"]
    """no history: the steady rate of the multiplier alone, with no lead time."""
    first_milestone: str
    ends_on: date
    still_needed: float | None
    """Contracts, or money on a track with a value target: target less done less what is open brings."""
    in_money: bool
    a_month: float | None
    """Even: reaches the target half the time."""
    a_month_for_80: float | None
    """Reaches it eight times in ten; None where history is too little to promise that."""
    steady_a_month: float | None
    """Year in, year out, with no ramp."""
    recent_a_month: float
    """Started in the last half year."""
    half_within_days: int | None
    most_within_days: int | None
    """Of the first milestones that become a sale, eight in ten do so within so many days."""
    last_useful_on: date | None
    safe_on: date | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What one source's first milestones became."""

    source: str
    """Empty where the workbook names none."""
    first_milestones: int
    won: int
    lost: int
    presumed_lost: int
    open: int
    to_sale: Rate
    revenue: float
    revenue_per_first: float | None
    """None where nothing started, or no sale has a value."""
    days_to_sale: float | None
    """Median, of the sales."""
    conversion: tuple[Conversion, ...]
    """What became of each milestone; empty for a source that is not among the fifty with the most decided."""


@dataclass(frozen=True, slots=True)
class QuarterCohort:
    """The opportunities whose first milestone lies in one quarter, and how far they have come."""

    quarter: str
    first_on: date
    reached: tuple[int, ...]
    """One count a milestone."""
    lost: int
    presumed_lost: int
    open: int
    to_sale: Rate
    conversion: tuple[Conversion, ...]
    """What became of each milestone."""


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """One month of the business plan: required by the quotas, done, and expected for what is still to come."""

    first_on: date
    milestones_required: float | None
    milestones_done: int
    milestones_expected: float | None
    """From the as-of date to the month's end; None for months gone by, or without history."""
    contracts_required: float | None
    contracts_done: int
    contracts_expected: float | None
    revenue_required: float | None
    revenue_done: float
    revenue_expected: float | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """The team's own target beside what its reps' targets add up to, both in money or both in sales."""

    team_target: float
    reps_target: float
    gap: float
    """Reps' less team's: negative is not covered."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What one change does to the milestones a week and to the year (method.md §8)."""

    kind: Literal["as it is", "gate", "contract value", "rep", "selling weeks"]
    milestone: str
    """For a gate: the milestone before it."""
    next_milestone: str
    milestones_a_week: float
    """That the same target asks of the team; for one more rep, what is left for each of the present ones, summed."""
    contracts_a_year: float
    """That the present pace would bring."""
    revenue_a_year: float | None


@dataclass(frozen=True, slots=True)
class BackOnPace:
    """By when a rep who is behind is back on pace, at how many milestones a week."""

    milestones_a_week: int
    extra_a_week: int
    """Over the weekly quota in whole milestones."""
    week: str
    on: date
    """The last day of that week."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a figure was counted from: the numbers that went in and the opportunities behind it."""

    figure: str
    """As the Definitions page names it."""
    milestone: str
    """Where the figure is of one milestone; else empty."""
    value: float | None
    inputs: Mapping[str, float | str | None]
    opportunities: tuple[str, ...]
    """Ids."""
