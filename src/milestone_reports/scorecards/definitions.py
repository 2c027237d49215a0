"""The Definitions page: the tracks, then every figure in the words of the function that computes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from inspect import getdoc

from milestone_reports.domain.team import Team
from milestone_reports.history import flows
from milestone_reports.metrics import pace, periods, plan, quota, rates, sales, standing, week, working_days
from milestone_reports.metrics.estimators import (
    ahead,
    backtest,
    coaching,
    contracts,
    conversion,
    demand,
    forecast,
    gates,
    multiplier,
    repairs,
    velocity,
)
from milestone_reports.scorecards import trends
from milestone_reports.scorecards.pages import Definitions, FigureDefinition, Stamp, TrackDefinition

FIGURES: dict[str, Callable[..., object]] = {
    "Contracts a year": quota.contracts_a_year,
    "Ideal milestones a year": quota.ideal_milestones_a_year,
    "Required milestones a year": quota.required_milestones_a_year,
    "Milestones a month": quota.milestones_a_month,
    "Milestones a week (target)": quota.milestones_a_week,
    "Whole-number plan": quota.whole_number_plan,
    "Part of the year": periods.year_share,
    "Multiplier, measured": multiplier.measured_multiplier,
    "Multiplier, set": multiplier.set_multiplier,
    "Decided, by milestone": multiplier.decided_by_milestone,
    "Gate rate": quota.gate_rate,
    "Stage quotas": quota.stage_quotas,
    "Average contract, observed": contracts.observed_average,
    "Working days": working_days.WorkingDays.count,
    "Credited (done)": standing.milestone_credits,
    "What filling the gaps adds": standing.filling_adds,
    "Elapsed": pace.elapsed_share,
    "Expected to date": pace.expected_to_date,
    "Attainment": pace.attainment,
    "On pace": pace.pace_standing,
    "Weeks left": pace.weeks_left,
    "Required run rate": pace.required_run_rate,
    "Back on pace": pace.back_on_pace,
    "To finish the year": pace.to_finish,
    "Recent run rate": pace.recent_run_rate,
    "Contracts to date": sales.contracts_to_date,
    "Expected contracts": sales.expected_contracts,
    "Revenue to date": sales.revenue_to_date,
    "Expected revenue": sales.expected_revenue,
    "Done in a week": week.done,
    "Claimed in a week": week.claimed,
    "Planned in a week": week.planned,
    "Planned for a week to come": week.planned_next,
    "Completed of planned": week.completed_of_planned,
    "Completed early": week.completed_early,
    "Beyond the plan": week.beyond_plan,
    "Carried over": week.carried_over,
    "Overdue": week.overdue,
    "Reliability": week.reliability,
    "Streak": week.streak,
    "Best run of weeks": week.best_streak,
    "Reached": standing.reached_dates,
    "Lost": standing.lost_date,
    "Repairs": repairs.repairs,
    "Outcomes": conversion.outcomes,
    "Rate to the next milestone, so far": conversion.rate_to_next,
    "Rate to the sale, so far": conversion.rate_to_sale,
    "Expected rate": conversion.expected_rate,
    "Curve of a gate": gates.gate_curve,
    "Likely range": rates.wilson_interval,
    "Time to advance": velocity.days_to_advance,
    "Stalled": velocity.stalled_after,
    "Presumed lost": velocity.presumed_lost,
    "A rep's year at the gates": coaching.gate_counts,
    "Rep against team": coaching.against_team,
    "Flags": coaching.flagged,
    "Value at stake": coaching.coaching_cells,
    "Flags expected to be false": coaching.expected_false_flags,
    "Win curves": forecast.win_curves,
    "Reach curves": forecast.reach_curves,
    "Chance of an open opportunity": forecast.open_chances,
    "New starts": forecast.new_starts,
    "Worth of a new start": forecast.worth_of_starts,
    "Still to start": forecast.still_to_start,
    "Forecast": forecast.forecast,
    "Likely range of a forecast": forecast.likely_range,
    "Forecast, assumed": forecast.assumed_forecast,
    "Expected milestones": ahead.expected_milestones,
    "Backtest": backtest.backtest,
    "How far off forecasts were": backtest.backtest_summary,
    "Lead time": demand.lead_time,
    "Last useful start": demand.last_starts,
    "First milestones needed": demand.starts_needed,
    "First milestones needed, even": demand.even_starts,
    "First milestones needed, 80 %": demand.safe_starts,
    "First milestones, steady": demand.steady_starts,
    "First milestones, assumed": demand.assumed_starts,
    "By source": demand.by_source,
    "Rates of the stage quotas": plan.gate_rates,
    "What-if": plan.what_if,
    "From open then to open now": flows.flow,
    "Change since last week": trends.change_since,
}
"""Every figure that a page shows, in the order of the method."""

LABELS = ("Formula", "Shape", "Units", "Undefined", "Source")


def definitions(team: Team, page_stamp: Stamp) -> Definitions:
    """The team's tracks and the definition of every figure."""
    return Definitions(
        stamp=page_stamp,
        tracks=tuple(
            TrackDefinition(
                track=track.name,
                milestones=tuple(milestone.name for milestone in track.milestones),
                agreed=tuple(milestone.agreed for milestone in track.milestones),
                evidence_required=tuple(milestone.evidence_required for milestone in track.milestones),
            )
            for track in team.tracks
        ),
        figures=tuple(figure_definition(name, function) for name, function in FIGURES.items()),
    )


@cache
def figure_definition(name: str, function: Callable[..., object]) -> FigureDefinition:
    """The definition in a metric's docstring: its first sentence and its labelled lines."""
    text = " ".join((getdoc(function) or "").split())
    says, *labelled = re.split(rf"\b({'|'.join(LABELS)}): ", text)
    lines = dict(zip(labelled[::2], (part.strip() for part in labelled[1::2]), strict=True))
    return FigureDefinition(
        name=name,
        says=says.strip(),
        formula=lines["Formula"],
        shape=lines["Shape"],
        units=lines["Units"],
        undefined=lines["Undefined"],
        source=lines["Source"],
    )
