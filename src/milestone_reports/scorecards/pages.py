"""One dataclass a page: the rep's scorecard, the team roll-up, the data checks, the definitions; and their site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from milestone_reports.scorecards.figures import (
    Conversion,
    ExpectedRate,
    MilestoneLine,
    OpenOpportunity,
    Pace,
    PathPoint,
    Quota,
    Rate,
    Sales,
    Saying,
    Standing,
    Streak,
    WeekBar,
    WeekFigures,
)
from milestone_reports.scorecards.insights import (
    AverageContract,
    BackOnPace,
    Backtest,
    Capacity,
    Coaching,
    Demand,
    Focus,
    Forecast,
    GateTime,
    Lever,
    PlanMonth,
    Provenance,
    QuarterCohort,
    SourceRow,
    YearMultiplier,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The rule that chose a page's first sentence, and the figures it is worded with; render/ has the words."""

    rule: str
    figures: Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every page of a team carries: whose it is, which week, from which file."""

    team: str
    team_slug: str
    as_of: date
    week: str
    week_first_on: date
    week_last_on: date
    fiscal_year: str
    fiscal_year_first_on: date
    fiscal_year_last_on: date
    currency: str
    locale: str
    paper: Literal["A4", "Letter"]
    workbook: str
    saved_at: datetime | None
    n_opportunities: int
    n_rows: int
    n_errors: int
    n_warnings: int
    n_notes: int
    conversions_since: date
    """Conversions, sources and gate times are of the opportunities whose first milestone lies on or after this day."""
    nothing_recorded: bool
    """No milestone of the team is completed by the as-of date: there is nothing to hold against a quota yet."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether a rep stands on the Reps sheet, and the name there that is spelt most like theirs if not."""

    is_listed: bool
    nearest: str
    """Empty where none is near."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Open opportunities that ask for something; one may be in several counts."""

    n_overdue: int
    n_stalled: int
    """Not counting the presumed lost."""
    n_presumed_lost: int
    presumed_lost_value: float
    n_without_plan: int
    """Without a planned date for the next milestone."""
    n_evidence_missing: int


@dataclass(frozen=True, slots=True)
class TrackCard:
    """One track of a rep's scorecard, or of the team: never mixed with another's."""

    track: str
    milestones: tuple[str, ...]
    quota: Quota | None
    pace: Pace
    sales: Sales
    by_milestone: tuple[MilestoneLine, ...]
    conversion: tuple[Conversion, ...]
    gates: Literal["in order", "open"]
    n_undated: int
    """Opportunities that reached a milestone on a day that the workbook does not say: in the conversions alone."""
    multiplier: YearMultiplier
    """The track's, the same for every rep on it."""
    average_contract: AverageContract
    gate_times: tuple[GateTime, ...]
    """The whole team's days; on a rep's card the counts are the rep's."""
    forecast: tuple[Forecast, ...]
    """To the month's, the quarter's and the year's end."""
    coaching: tuple[Coaching, ...]
    """Of a rep, the gates in order; of the team, every rep and gate with a value at stake, the largest first."""
    focus: Focus | None
    """Of a rep whose figures may be held against the rest of the team (method.md §7)."""
    back_on_pace: BackOnPace | None
    """Of a rep who is behind, where the year is long enough."""
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class RepScorecard:
    """The weekly scorecard of one rep."""

    stamp: Stamp
    rep: str
    slug: str
    email: str
    manager: str
    listing: Listing
    new_this_week: bool
    """Started in this week: a card that helps rather than one full of zeros."""
    started_on: date | None
    headline: Headline
    this_week: WeekFigures
    last_week: WeekFigures
    next_week: WeekFigures
    thirteen_weeks: tuple[WeekBar, ...]
    streak: Streak | None
    """None where no quota says what a week asks for."""
    tracks: tuple[TrackCard, ...]
    open: tuple[OpenOpportunity, ...]
    """Those that need attention first."""
    open_value: float
    attention: Attention
    n_problems: int
    """Data problems that concern this card."""


@dataclass(frozen=True, slots=True)
class RepRow:
    """A rep's line in the roll-up, all tracks together where counts add up; one row per rep and track for the rest."""

    rep: str
    slug: str
    track: str
    started_on: date | None
    listing: Listing
    new_this_week: bool
    done: int
    claimed: int
    planned: int
    completed_of_planned: int
    target: float | None
    thirteen_weeks: tuple[int, ...]
    credited_to_date: int
    expected_to_date: float
    milestones_this_year: float | None
    gap: float | None
    standing: Standing
    contracts_to_date: int
    contracts_this_year: float | None
    revenue_to_date: float
    target_this_year: float | None
    to_sale: Rate | None
    """From the first milestone to the sale."""
    n_open: int
    n_overdue: int
    n_claimed: int
    """Milestones of this fiscal year completed but not credited."""
    n_stalled: int
    """Not counting the presumed lost."""
    n_presumed_lost: int
    starts: int
    """First milestones credited this fiscal year."""
    starts_due: float | None
    """What the quota asks for by now; None without one."""
    to_next: tuple[Rate, ...] = ()
    """So far, one a gate."""
    to_sale_says: Saying = "too early"
    expected_to_sale: ExpectedRate | None = None


@dataclass(frozen=True, slots=True)
class NextWeekRow:
    """What a rep plans for next week on one track, by milestone."""

    rep: str
    slug: str
    track: str
    planned: tuple[int, ...]
    """One count per milestone of the track."""
    n_planned: int
    carried_over: int
    target: float | None
    value: float
    """Of the opportunities planned, each once."""


@dataclass(frozen=True, slots=True)
class WeekCompletions:
    """One week of the fiscal year on one track: credited milestones by milestone."""

    week: str
    first_on: date
    done: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TeamTrack:
    """One track of the team, summed over its reps."""

    card: TrackCard
    n_reps: int
    weekly: tuple[WeekCompletions, ...]
    weekly_target: float | None
    reps: tuple[RepRow, ...]
    """Furthest behind pace last."""
    next_week: tuple[NextWeekRow, ...]
    next_week_team: NextWeekRow
    """Their sum."""
    revenue_expected_path: tuple[PathPoint, ...]
    false_flags: float
    """How many of the flagged entries of the coaching list are expected to be chance."""
    backtest: Backtest | None
    """None where no month-end had enough history."""
    demand: Demand
    sources: tuple[SourceRow, ...]
    quarters: tuple[QuarterCohort, ...]
    """By quarter of the first milestone, the last eight, oldest first."""
    plan: tuple[PlanMonth, ...]
    levers: tuple[Lever, ...]


@dataclass(frozen=True, slots=True)
class TeamRollup:
    """The team's page: every ratio is the sum over the reps."""

    stamp: Stamp
    headline: Headline
    this_week: WeekFigures
    last_week: WeekFigures
    next_week: WeekFigures
    team_annual_target: float | None
    """The team's own target from the Settings, beside the sum of the reps'."""
    tracks: tuple[TeamTrack, ...]
    capacity: Capacity | None
    """Where the Settings name a team target."""
    overdue: tuple[OpenOpportunity, ...]
    """All of the team's overdue opportunities, largest value first."""
    stalled: tuple[OpenOpportunity, ...]
    """All that are stalled or presumed lost, the latter first, largest value first."""
    attention: Attention
    n_open: int
    open_value: float
    n_claimed: int
    without_plan: tuple[OpenOpportunity, ...] = ()
    """All without a planned date for the next milestone, largest value first."""
    evidence_missing: tuple[OpenOpportunity, ...] = ()
    """All with a milestone completed without the evidence it requires, largest value first."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A group of like problems: the first in full, the others by their cells."""

    level: Literal["error", "warning", "note"]
    rule: str
    cell: str
    label: str
    found: str
    expected: str
    done: str
    fix: str
    rep: str
    rep_slug: str
    also: tuple[str, ...]
    """The cells of the others of the group."""
    sentence: str


@dataclass(frozen=True, slots=True)
class DataChecks:
    """What could not be taken from the workbook as it stands."""

    stamp: Stamp
    lines: tuple[ProblemLine, ...]


@dataclass(frozen=True, slots=True)
class TrackDefinition:
    """A track's milestones with what both sides agree to and the evidence."""

    track: str
    milestones: tuple[str, ...]
    agreed: tuple[str, ...]
    evidence_required: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A figure's definition, from the docstring of the function that computes it."""

    name: str
    says: str
    formula: str
    shape: str
    units: str
    undefined: str
    source: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """The tracks, then every figure."""

    stamp: Stamp
    tracks: tuple[TrackDefinition, ...]
    figures: tuple[FigureDefinition, ...]


@dataclass(frozen=True, slots=True)
class TeamSite:
    """All that one workbook's pages say; what `data/scorecards.json` holds."""

    stamp: Stamp
    rollup: TeamRollup
    reps: tuple[RepScorecard, ...]
    checks: DataChecks
    definitions: Definitions
