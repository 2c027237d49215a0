"""Contracts and revenue of a fiscal year: what is won counts, credited or not (method.md §1, §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from milestone_reports.domain.calendar import FiscalYear
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import TargetIs
from milestone_reports.metrics.pace import PathPoint, elapsed_share
from milestone_reports.metrics.periods import QuotaPeriod
from milestone_reports.metrics.standing import Standing, State
from milestone_reports.metrics.working_days import RepCalendar


@dataclass(frozen=True, slots=True)
class Won:
    """The opportunities won in a fiscal year, those cancelled since apart."""

    kept: tuple[tuple[Opportunity, date], ...]
    """With the day of the sale, in the order of those days."""
    cancelled: tuple[Opportunity, ...]


def won_in(opportunities: Sequence[tuple[Opportunity, Standing]], year: FiscalYear) -> Won:
    """The opportunities won in the fiscal year, by the day of their sale."""
    inside = [
        (opportunity, standing.closed_on, standing.cancelled)
        for opportunity, standing in opportunities
        if standing.state is State.WON and standing.closed_on and year.holds(standing.closed_on)
    ]
    inside.sort(key=lambda won: (won[1], won[0].id))
    kept = tuple((opportunity, day) for opportunity, day, cancelled in inside if not cancelled)
    return Won(kept, tuple(opportunity for opportunity, _, cancelled in inside if cancelled))


def contracts_to_date(won: Won) -> int:
    """Contracts signed this fiscal year.

    Formula: the opportunities whose sale is completed inside the fiscal year and by the as-of date, less those
    cancelled after signature by then.
    Shape: a whole number a rep and track.
    Units: contracts.
    Undefined: never.
    Source: method.md §1, §3.
    """
    return len(won.kept)


def revenue_to_date(won: Won) -> float:
    """Revenue signed this fiscal year.

    Formula: the sum of the values of the contracts to date; one without a value is left out, counted and named.
    Shape: a number a rep and track.
    Units: money, in the report's currency.
    Undefined: never.
    Source: method.md §3.
    """
    return sum(opportunity.value or 0.0 for opportunity, _ in won.kept)


def expected_contracts(periods: Sequence[QuotaPeriod], as_of: date, calendar: RepCalendar) -> float:
    """Contracts that the target asks for up to the as-of date.

    Formula: C times the share of working days elapsed; summed over a rep's periods.
    Shape: a number a rep and track.
    Units: contracts.
    Undefined: no quota.
    Source: method.md §3.
    """
    return sum(p.contracts_a_year * p.year_share * (elapsed_share(p, as_of, calendar).value or 0.0) for p in periods)


def expected_revenue(periods: Sequence[QuotaPeriod], as_of: date, calendar: RepCalendar) -> float | None:
    """Revenue that the target asks for up to the as-of date.

    Formula: A times the share of working days elapsed; summed over a rep's periods.
    Shape: a number a rep and track.
    Units: money, in the report's currency.
    Undefined: a target that counts sales, or none.
    Source: method.md §3.
    """
    in_money = [p for p in periods if p.target_is is TargetIs.VALUE]
    if not in_money:
        return None
    return sum(p.annual_target * p.year_share * (elapsed_share(p, as_of, calendar).value or 0.0) for p in in_money)


def revenue_path(won: Won) -> tuple[PathPoint, ...]:
    """The year's revenue day by day, cumulative: one point for each day that brought any."""
    points: dict[date, float] = {}
    total = 0.0
    for opportunity, day in won.kept:
        total += opportunity.value or 0.0
        points[day] = total
    return tuple(PathPoint(day, done) for day, done in points.items())
