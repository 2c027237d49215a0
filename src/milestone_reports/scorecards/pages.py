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
    Reliability,
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
    WhatIf,
    YearMultiplier,
)
from milestone_reports.scorecards.provenance.opportunities import OpportunityBehind
from milestone_reports.scorecards.since import (
    NO_CHANGES_OF_REP,
    NO_CHANGES_OF_TEAM,
    ChangesOfRep,
    ChangesOfTeam,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The rule that chose a page's first sentence, and the figures it is worded with; render/ has the words."""

    rule: str  #: its name
    figures: Mapping[str, float | str]  #: numbers and names, by name


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every page of a team carries: whose it is, which week, from which file."""

    team: str  #: its name
    team_slug: str  #: its name in addresses
    as_of: date  #: the day that the figures stand for
    week: str  #: such as 2026-W47
    week_first_on: date  #: its first day
    week_last_on: date  #: its last day
    fiscal_year: str  #: its name
    fiscal_year_first_on: date  #: its first day
    fiscal_year_last_on: date  #: its last day
    currency: str  #: such as USD
    locale: str  #: such as en_US
    paper: Literal["A4", "Letter"]  #: of the PDFs
    workbook: str  #: the file's name
    saved_at: datetime | None  #: when it was last saved; none where it does not say
    n_opportunities: int  #: that were read
    n_rows: int  #: rows that were read
    n_errors: int  #: problems of that level
    n_warnings: int  #: problems of that level
    n_notes: int  #: problems of that level
    conversions_since: date
    """Conversions, sources and gate times are of the opportunities whose first milestone lies on or after this day."""
    nothing_recorded: bool
    """No milestone of the team is completed by the as-of date: there is nothing to hold against a quota yet."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether a rep stands on the Reps sheet, and the name there that is spelt most like theirs if not."""

    is_listed: bool  #: on the Reps sheet, or there is none
    nearest: str
    """Empty where none is near."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Open opportunities that ask for something; one may be in several counts."""

    n_overdue: int  #: the planned date has passed
    n_stalled: int
    """Not counting the presumed lost."""
    n_presumed_lost: int  #: twice as long in the stage as stalled
    presumed_lost_value: float  #: their value
    n_without_plan: int
    """Without a planned date for the next milestone."""
    n_evidence_missing: int  #: a milestone is completed without its evidence


@dataclass(frozen=True, slots=True)
class TrackCard:
    """One track of a rep's scorecard, or of the team: never mixed with another's."""

    track: str  #: its name
    milestones: tuple[str, ...]  #: their names in order, the sale last
    quota: Quota | None  #: none for a rep without a target
    pace: Pace  #: the year against it
    sales: Sales  #: contracts and revenue
    by_milestone: tuple[MilestoneLine, ...]  #: the year, one a milestone
    conversion: tuple[Conversion, ...]  #: one a milestone
    gates: Literal["in order", "open"]  #: whether milestones are to be passed in order
    n_undated: int
    """Opportunities that reached a milestone on a day that the workbook does not say: in the conversions alone."""
    multiplier: YearMultiplier
    """The track's, the same for every rep on it."""
    average_contract: AverageContract  #: assumed and observed
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
    provenance: tuple[Provenance, ...]  #: what its figures were counted from
    reliability: Reliability | None = None
    """None where no full week has a copy of the workbook from its start."""


@dataclass(frozen=True, slots=True)
class RepScorecard:
    """The weekly scorecard of one rep."""

    stamp: Stamp  #: what every page carries
    rep: str  #: the name
    slug: str  #: the name in addresses
    email: str  #: as in the workbook; may be empty
    manager: str  #: as in the workbook; may be empty
    is_listed: bool  #: on the Reps sheet, or there is none
    new_this_week: bool
    """Started in this week: a card that helps rather than one full of zeros."""
    started_on: date | None  #: none where the workbook does not say
    headline: Headline  #: the first sentence
    this_week: WeekFigures  #: the week at hand
    last_week: WeekFigures  #: the one before
    next_week: WeekFigures  #: the one after
    thirteen_weeks: tuple[WeekBar, ...]  #: the oldest first
    streak: Streak | None
    """None where no quota says what a week asks for."""
    tracks: tuple[TrackCard, ...]  #: one for each that the rep works on
    open: tuple[OpenOpportunity, ...]
    """Those that need attention first."""
    open_value: float  #: the sum of their values
    attention: Attention  #: what asks for something, as counts
    n_problems: int
    """Data problems that concern this card."""
    reliability: Reliability | None = None
    """All tracks together; none where no full week has a copy of the workbook from its start."""
    changes: ChangesOfRep = NO_CHANGES_OF_REP
    """Since the last copy of the workbook, and week by week."""


@dataclass(frozen=True, slots=True)
class RepRow:
    """A rep's line in the roll-up, all tracks together where counts add up; one row per rep and track for the rest."""

    rep: str  #: the name
    slug: str  #: the name in addresses
    track: str  #: which
    started_on: date | None  #: none where the workbook does not say
    listing: Listing  #: whether they stand on the Reps sheet
    new_this_week: bool  #: started in this week
    done: int  #: credited in the week
    claimed: int  #: completed in the week, not credited
    planned: int  #: for the week
    completed_of_planned: int  #: of those
    target: float | None  #: the weekly quota; none without one
    thirteen_weeks: tuple[int, ...]  #: done in each, the oldest first
    credited_to_date: int  #: this year
    expected_to_date: float  #: by the quota
    milestones_this_year: float | None  #: the year's quota; none without one
    gap: float | None  #: credited less expected; none without a quota
    standing: Standing  #: the verdict, in a word
    contracts_to_date: int  #: this year
    contracts_this_year: float | None  #: that the quota asks for; none without one
    revenue_to_date: float  #: this year
    target_this_year: float | None  #: in money; none for a count target or none
    to_sale: Rate | None
    """From the first milestone to the sale."""
    n_open: int  #: open opportunities
    n_overdue: int  #: their planned date has passed
    n_claimed: int
    """Milestones of this fiscal year completed but not credited."""
    n_stalled: int
    """Not counting the presumed lost."""
    n_presumed_lost: int  #: open for too long
    starts: int
    """First milestones credited this fiscal year."""
    starts_due: float | None
    """What the quota asks for by now; None without one."""
    to_next: tuple[Rate, ...] = ()
    """So far, one a gate."""
    to_sale_says: Saying = "too early"  #: how far that rate may be trusted
    expected_to_sale: ExpectedRate | None = None  #: once the open ones have decided
    reliability: Reliability | None = None
    """None where no full week has a copy of the workbook from its start."""


@dataclass(frozen=True, slots=True)
class NextWeekRow:
    """What a rep plans for next week on one track, by milestone."""

    rep: str  #: the name; of the team's row empty
    slug: str  #: the name in addresses
    track: str  #: which
    planned: tuple[int, ...]
    """One count per milestone of the track."""
    n_planned: int  #: their sum
    carried_over: int  #: of them, planned before and not done
    target: float | None  #: the weekly quota; none without one
    value: float
    """Of the opportunities planned, each once."""


@dataclass(frozen=True, slots=True)
class WeekCompletions:
    """One week of the fiscal year on one track: credited milestones by milestone, and what was asked for."""

    week: str  #: such as 2026-W47
    first_on: date  #: its first day
    done: tuple[int, ...]  #: one count a milestone
    target: float | None  #: the sum of the weekly quotas of the reps who had one in that week; none without one
    met: bool | None
    """Whether the target was met; None without one, and while the week still runs and has not met it."""


@dataclass(frozen=True, slots=True)
class TeamTrack:
    """One track of the team, summed over its reps."""

    card: TrackCard  #: the track's figures, summed over the reps
    n_reps: int  #: who work on it
    weekly: tuple[WeekCompletions, ...]  #: the year's weeks, the oldest first
    weekly_target: float | None  #: the newest week's target; none without one
    reps: tuple[RepRow, ...]
    """Furthest behind pace last."""
    next_week: tuple[NextWeekRow, ...]  #: one row a rep
    next_week_team: NextWeekRow
    """Their sum."""
    revenue_expected_path: tuple[PathPoint, ...]  #: the path to the target
    false_flags: float
    """How many of the flagged entries of the coaching list are expected to be chance."""
    backtest: Backtest | None
    """None where no month-end had enough history."""
    demand: Demand  #: first milestones that the year still takes
    sources: tuple[SourceRow, ...]  #: one a source
    quarters: tuple[QuarterCohort, ...]
    """By quarter of the first milestone, the last eight, oldest first."""
    plan: tuple[PlanMonth, ...]  #: one a month
    levers: tuple[Lever, ...]  #: the year as it is first, then one a change
    what_if: WhatIf | None = None
    """What the levers are worked out from; None where nobody has a quota now."""


@dataclass(frozen=True, slots=True)
class TeamRollup:
    """The team's page: every ratio is the sum over the reps."""

    stamp: Stamp  #: what every page carries
    headline: Headline  #: the first sentence
    this_week: WeekFigures  #: the week at hand
    last_week: WeekFigures  #: the one before
    next_week: WeekFigures  #: the one after
    team_annual_target: float | None
    """The team's own target from the Settings, beside the sum of the reps'."""
    tracks: tuple[TeamTrack, ...]  #: one for each
    capacity: Capacity | None
    """Where the Settings name a team target."""
    overdue: tuple[OpenOpportunity, ...]
    """All of the team's overdue opportunities, largest value first."""
    stalled: tuple[OpenOpportunity, ...]
    """All that are stalled or presumed lost, the latter first, largest value first."""
    attention: Attention  #: what asks for something, as counts
    n_open: int  #: open opportunities
    open_value: float  #: the sum of their values
    n_claimed: int  #: milestones of this year completed but not credited
    without_plan: tuple[OpenOpportunity, ...] = ()
    """All without a planned date for the next milestone, largest value first."""
    evidence_missing: tuple[OpenOpportunity, ...] = ()
    """All with a milestone completed without the evidence it requires, largest value first."""
    reliability: Reliability | None = None
    """All tracks together; none where no full week has a copy of the workbook from its start."""
    changes: ChangesOfTeam = NO_CHANGES_OF_TEAM
    """Since the last copy of the workbook, in past weeks, and week by week."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A group of like problems: the first in full, the others by their cells."""

    level: Literal["error", "warning", "note"]  #: how bad it is
    rule: str  #: the check's name
    cell: str  #: where it is
    label: str  #: whose row it is
    found: str  #: what stands there
    expected: str  #: what should
    done: str  #: what was done about it
    fix: str  #: what to do
    rep: str  #: whose it is; may be empty
    rep_slug: str  #: the rep's name in addresses
    also: tuple[str, ...]
    """The cells of the others of the group."""
    sentence: str  #: all of it in one line


@dataclass(frozen=True, slots=True)
class DataChecks:
    """What could not be taken from the workbook as it stands."""

    stamp: Stamp  #: what every page carries
    lines: tuple[ProblemLine, ...]  #: errors first


@dataclass(frozen=True, slots=True)
class TrackDefinition:
    """A track's milestones with what both sides agree to and the evidence."""

    track: str  #: its name
    milestones: tuple[str, ...]  #: their names in order
    agreed: tuple[str, ...]  #: what both sides agree to, one a milestone
    evidence_required: tuple[bool, ...]  #: one a milestone


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A figure's definition, from the docstring of the function that computes it."""

    name: str  #: as pages call it
    says: str  #: what it is
    formula: str  #: how it is computed
    shape: str  #: of what it is one
    units: str  #: in what it is counted
    undefined: str  #: when there is none, and what stands there
    source: str  #: where it comes from


@dataclass(frozen=True, slots=True)
class Definitions:
    """The tracks, then every figure."""

    stamp: Stamp  #: what every page carries
    tracks: tuple[TrackDefinition, ...]  #: their milestones
    figures: tuple[FigureDefinition, ...]  #: each with its definition


@dataclass(frozen=True, slots=True)
class TeamSite:
    """All that one workbook's pages say; what `data/scorecards.json` holds."""

    stamp: Stamp
    rollup: TeamRollup
    reps: tuple[RepScorecard, ...]
    checks: DataChecks
    definitions: Definitions
    opportunities: tuple[OpportunityBehind, ...]
    """All that was read, in the workbook's order: what figures are counted from."""
