"""The quota of a rep on a track in a fiscal year: its periods, in proportion to the days worked (method.md §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from milestone_reports.domain.calendar import FiscalYear, Week
from milestone_reports.domain.team import Assignment, TargetIs
from milestone_reports.metrics.estimators.multiplier import Multiplier
from milestone_reports.metrics.quota import (
    contracts_a_year,
    milestones_a_week,
    required_milestones_a_year,
    whole_number_plan,
)
from milestone_reports.metrics.working_days import RepCalendar


@dataclass(frozen=True, slots=True)
class QuotaPeriod:
    """One assignment inside one fiscal year: its target and the share of the year it stands for."""

    first_on: date
    end_on: date
    annual_target: float
    target_is: TargetIs
    average_contract_value: float | None
    contracts_a_year: float
    n_milestones: int
    multiplier: Multiplier
    selling_weeks: float
    year_share: float
    """Working days of the period over those of the year; 1 for a whole year."""

    @property
    def milestones_a_year(self) -> float:
        """`Y` of a full year."""
        return required_milestones_a_year(self.contracts_a_year, self.n_milestones, self.multiplier.value)

    @property
    def milestones_this_year(self) -> float:
        """`Y` in proportion to the period."""
        return self.milestones_a_year * self.year_share

    @property
    def stage_quotas(self) -> tuple[float, ...]:
        """`Y` of a full year split over the milestones."""
        return tuple(self.contracts_a_year * share for share in self.multiplier.per_contract)

    @property
    def milestones_a_week(self) -> float:
        """The weekly quota."""
        return milestones_a_week(self.milestones_a_year, self.selling_weeks)

    def plan_of(self, week: Week, year: FiscalYear) -> int:
        """The whole-number plan of a week of the fiscal year."""
        return whole_number_plan(self.milestones_a_year, year.week_number(week), self.selling_weeks)

    def touches(self, week: Week) -> bool:
        """Whether any day of the week lies in the period."""
        return self.first_on < week.end_on and week.first_on < self.end_on


def year_share(first_on: date, end_on: date, year: FiscalYear, calendar: RepCalendar) -> float:
    """The part of a full year's quota that a period inside the fiscal year stands for.

    Formula: weekdays from Start to End inside the fiscal year, less time off that reduces the quota, over the weekdays
    of the year.
    Shape: a number a rep, track and period.
    Units: a share, 0 to 1; 1 July 2026 to the year's end is 132 / 261.
    Undefined: never.
    Source: method.md §2, §3.
    """
    whole = calendar.weekdays.count(year.first_on, year.end_on)
    return calendar.quota_days.count(first_on, end_on) / whole


def quota_periods(
    assignments: Sequence[Assignment],
    multiplier: Multiplier,
    selling_weeks: float,
    year: FiscalYear,
    calendar: RepCalendar,
) -> tuple[QuotaPeriod, ...]:
    """The quota periods of one rep on one track in a fiscal year, in order; none where no target is known."""
    periods = []
    for assignment in assignments:
        first_on = max(assignment.start_on or year.first_on, year.first_on)
        end_on = min(assignment.end_on or year.end_on, year.end_on)
        if assignment.annual_target is None or first_on >= end_on:
            continue
        contracts = contracts_a_year(assignment.annual_target, assignment.average_contract_value, assignment.target_is)
        if contracts is None:
            continue
        periods.append(
            QuotaPeriod(
                first_on=first_on,
                end_on=end_on,
                annual_target=assignment.annual_target,
                target_is=assignment.target_is,
                average_contract_value=assignment.average_contract_value,
                contracts_a_year=contracts,
                n_milestones=len(multiplier.per_contract),
                multiplier=multiplier,
                selling_weeks=selling_weeks,
                year_share=year_share(first_on, end_on, year, calendar),
            )
        )
    return tuple(sorted(periods, key=lambda period: period.first_on))
