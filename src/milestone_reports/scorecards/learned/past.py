"""The multiplier, the average contract, the time that gates take, and what sources and quarters brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from milestone_reports.domain.team import TargetIs
from milestone_reports.domain.track import Track
from milestone_reports.metrics.estimators.cohort import Cohort
from milestone_reports.metrics.estimators.contracts import observed_average
from milestone_reports.metrics.estimators.conversion import months_before, rate_to_sale
from milestone_reports.metrics.estimators.demand import by_source
from milestone_reports.metrics.estimators.multiplier import measured_multiplier
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.metrics.estimators.velocity import (
    EARLY_BELOW,
    PRESUMED_LOST,
    days_to_advance,
    presumed_lost,
    stalled,
)
from milestone_reports.scorecards.book import Frame, TrackBook
from milestone_reports.scorecards.insights import AverageContract, GateTime, QuarterCohort, SourceRow, YearMultiplier
from milestone_reports.scorecards.learned.conversion import part_conversion

N_QUARTERS = 8
MOST_SOURCES = 50
"""Sources beyond these, by what is decided of them, have counts alone."""

QUARTER_MONTHS = 3


def year_multiplier(frame: Frame, track: Track) -> YearMultiplier:
    """The multiplier of the fiscal year, and what it would be if it were set today."""
    kept = frame.evidence.multiplier(track, frame.year)
    today = measured_multiplier(frame.evidence.state(track).decided)
    return YearMultiplier(
        value=kept.value,
        label=kept.label,
        likely_low=kept.likely_low if kept.shows_range else None,
        likely_high=kept.likely_high if kept.shows_range else None,
        low_95=kept.low_95 if kept.shows_range else None,
        high_95=kept.high_95 if kept.shows_range else None,
        decided=kept.decided,
        sales=kept.sales,
        counted_to=frame.evidence.counted_to(frame.year),
        per_contract=kept.per_contract,
        would_be=today.value,
        would_be_sales=today.sales,
    )


def without_counts(multiplier: YearMultiplier) -> YearMultiplier:
    """The multiplier on a card that may not show the team's counts: the team's less one's own are a colleague's.

    Nor its ranges, from whose width the counts can be worked out, nor what it would be today. The value stays: every
    quota on the track rests on it.
    """
    return replace(
        multiplier,
        likely_low=None,
        likely_high=None,
        low_95=None,
        high_95=None,
        decided=(),
        sales=None,
        would_be=None,
        would_be_sales=None,
    )


def average_contract(books: Sequence[TrackBook], part: Cohort) -> AverageContract:
    """The average contract that the books' quotas assume, beside that of their sales of the last twelve months."""
    in_money = [p for book in books if (p := book.current) and p.target_is is TargetIs.VALUE]
    target = sum(p.annual_target for p in in_money)
    contracts = sum(p.contracts_a_year for p in in_money)
    observed, n_sales = observed_average(part)
    return AverageContract(
        assumed=target / contracts if contracts else None,
        observed=observed,
        n_sales=n_sales,
        contracts_assumed=contracts or None,
        contracts_observed=target / observed if in_money and observed else None,
    )


def gate_times(state: TrackState, track: Track, part: Cohort) -> tuple[GateTime, ...]:
    """How long each gate takes the team, and how many of a part of its opportunities have been there too long."""
    gone = presumed_lost(part, state.thresholds)
    slow = stalled(part, state.thresholds) & ~gone
    span = state.day - int(state.recent.reached[:, 0].min(initial=state.day))
    found = []
    for gate, (curve, after) in enumerate(zip(state.curves, state.thresholds, strict=True)):
        here = part.n_reached == gate + 1
        ninth = days_to_advance(curve, 0.9)
        found.append(
            GateTime(
                milestone=track.milestones[gate].name,
                next_milestone=track.milestones[gate + 1].name,
                n_moved_on=curve.n_moved_on,
                median_days=days_to_advance(curve, 0.5),
                ninth_days=ninth,
                stalled_after=after,
                presumed_lost_after=None if after is None else PRESUMED_LOST * after,
                n_stalled=int((slow & here).sum()),
                n_presumed_lost=int((gone & here).sum()),
                is_early=ninth is not None and span < EARLY_BELOW * ninth,
            )
        )
    return tuple(found)


def source_rows(state: TrackState, track: Track) -> tuple[SourceRow, ...]:
    """What the first milestones of each source became, the most valuable source first."""
    rows = []
    names, recent = state.history.sources, state.recent
    found = by_source(recent, presumed_lost(recent, state.thresholds), len(names))
    most = sorted(range(len(names)), key=lambda place: -found[place].to_sale.decided)[:MOST_SOURCES]
    for place, (name, one) in enumerate(zip(names, found, strict=True)):
        if not one.first_milestones:
            continue
        part = recent.where(recent.source == place) if place in most else None
        rows.append(
            SourceRow(
                source=name,
                first_milestones=one.first_milestones,
                won=one.sales,
                lost=one.lost,
                presumed_lost=one.presumed_lost,
                open=one.first_milestones - one.sales - one.lost - one.presumed_lost,
                to_sale=one.to_sale,
                revenue=one.revenue,
                revenue_per_first=one.revenue_per_first,
                days_to_sale=one.days_to_sale,
                conversion=part_conversion(state, part, track) if part else (),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.revenue, -row.won, -row.first_milestones, row.source)))


def quarter_cohorts(state: TrackState, track: Track) -> tuple[QuarterCohort, ...]:
    """The opportunities of the last eight quarters by the quarter of their first milestone, and how far they came."""
    day = date.fromordinal(state.day)
    first_on = day.replace(month=(day.month - 1) // QUARTER_MONTHS * QUARTER_MONTHS + 1, day=1)
    starts = [months_before(first_on, QUARTER_MONTHS * back) for back in range(N_QUARTERS - 1, -1, -1)]
    everyone = state.everyone
    began = everyone.reached[:, 0]
    found = []
    for start in starts:
        until = months_before(start, -QUARTER_MONTHS)
        inside = (began >= start.toordinal()) & (began < until.toordinal())
        if inside.any():
            found.append(_quarter(start, everyone.where(inside), state, track))
    return tuple(found)


def _quarter(first_on: date, part: Cohort, state: TrackState, track: Track) -> QuarterCohort:
    stages = state.outcomes_of(part)
    return QuarterCohort(
        quarter=f"{first_on.year}-Q{(first_on.month - 1) // QUARTER_MONTHS + 1}",
        first_on=first_on,
        reached=tuple(stage.reached for stage in stages),
        lost=stages[0].lost,
        presumed_lost=stages[0].presumed_lost,
        open=stages[0].reached - stages[0].won - stages[0].lost - stages[0].presumed_lost,
        to_sale=rate_to_sale(stages[0]),
        conversion=part_conversion(state, part, track),
    )
