"""From an annual target to contracts, milestones a year, a month and a week (method.md §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from milestone_reports.domain.calendar import FiscalYear, Week
from milestone_reports.domain.team import DEFAULT_MULTIPLIER, Assignment, Settings, TargetIs
from milestone_reports.metrics.working_days import RepCalendar

ROUNDING_SLACK = 1e-9
"""What floating point may lose before a half is still a half."""


def contracts_a_year(annual_target: float, average_contract_value: float | None, target_is: TargetIs) -> float | None:
    """Contracts that the annual target asks for.

    Formula: C = A / V, the annual target over the average contract value; a target that counts sales is C itself.
    Shape: a number a rep and track.
    Units: contracts a year.
    Undefined: no target, or one in money without an average contract value: no quota is shown, never a default one.
    Source: method.md §2.
    """
    if target_is is TargetIs.COUNT:
        return annual_target
    return annual_target / average_contract_value if average_contract_value else None


def ideal_milestones_a_year(contracts: float, n_milestones: int) -> float:
    """Milestones a year if every opportunity became a sale.

    Formula: C K, contracts times milestones of the track.
    Shape: a number a rep and track.
    Units: milestones a year.
    Undefined: as contracts a year.
    Source: method.md §2.
    """
    return contracts * n_milestones


def required_milestones_a_year(contracts: float, n_milestones: int, multiplier: float) -> float:
    """Milestones a year that the quota asks for, the lost opportunities' included.

    Formula: Y = C K m, with the multiplier m: two until history is enough, or as set in the workbook.
    Shape: a number a rep and track, of a full year.
    Units: milestones a year.
    Undefined: as contracts a year.
    Source: method.md §2, §6.
    """
    return contracts * n_milestones * multiplier


def milestones_a_month(milestones_a_year: float) -> float:
    """A twelfth of the year's milestones.

    Formula: Y / 12.
    Shape: a number a rep and track, of a full year.
    Units: milestones a month.
    Undefined: as contracts a year.
    Source: method.md §2.
    """
    return milestones_a_year / 12


def milestones_a_week(milestones_a_year: float, selling_weeks: float) -> float:
    """The weekly quota, called target on the pages.

    Formula: Y / selling weeks (48 unless set); the weeks of the year beyond those are the reserve.
    Shape: a number a rep and track, of a full year.
    Units: milestones a week.
    Undefined: as contracts a year.
    Source: method.md §2, §3.
    """
    return milestones_a_year / selling_weeks


def gate_rate(n_milestones: int, multiplier: float) -> float:
    """The uniform conversion from gate to gate that a multiplier stands for, before there is history.

    Formula: the q in (0, 1] with q⁰ + q⁻¹ + ... + q^-(K-1) = K m.
    Shape: a number a track.
    Units: a share, 0 to 1.
    Undefined: a track of one milestone has no gate: 1.
    Source: method.md §2; statistics.md §2.
    """
    wanted = n_milestones * multiplier
    if n_milestones == 1 or multiplier <= 1:
        return 1.0
    low, high = 1.0, wanted
    while high - low > 1e-15 * high:
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if sum(middle**j for j in range(n_milestones)) < wanted else (low, middle)
    return 2 / (low + high)


def stage_quotas(contracts: float, n_milestones: int, multiplier: float) -> tuple[float, ...]:
    """The year's quota split over the stages: the sales, and before each gate as many more as the funnel loses.

    Formula: C q^-(K-k) for stage k of K, with q the gate rate; together they are Y.
    Shape: a number a milestone, in order; the last is C.
    Units: milestones a year.
    Undefined: as contracts a year.
    Source: method.md §2; statistics.md §2.
    """
    if n_milestones == 1:
        return (contracts * multiplier,)
    q = gate_rate(n_milestones, multiplier)
    return tuple(contracts * q ** -(n_milestones - k) for k in range(1, n_milestones + 1))


def whole_number_plan(milestones_a_year: float, period: int, n_periods: float) -> int:
    """The plan of one week or month in whole milestones, which add up to the year's.

    Formula: round(Y i / P) - round(Y (i-1) / P), halves up, for period i of P.
    Shape: a whole number a period.
    Units: milestones.
    Undefined: no quota: no plan.
    Source: method.md §2.
    """

    def upto(i: int) -> int:
        return floor(milestones_a_year * i / n_periods + 0.5 + ROUNDING_SLACK)

    return upto(period) - upto(period - 1)


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
    multiplier: float
    multiplier_is_set: bool
    selling_weeks: float
    year_share: float
    """Working days of the period over those of the year; 1 for a whole year."""

    @property
    def milestones_a_year(self) -> float:
        """`Y` of a full year."""
        return required_milestones_a_year(self.contracts_a_year, self.n_milestones, self.multiplier)

    @property
    def milestones_this_year(self) -> float:
        """`Y` in proportion to the period."""
        return self.milestones_a_year * self.year_share

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
    n_milestones: int,
    settings: Settings,
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
                n_milestones=n_milestones,
                multiplier=settings.multiplier or DEFAULT_MULTIPLIER,
                multiplier_is_set=settings.multiplier is not None,
                selling_weeks=settings.selling_weeks,
                year_share=year_share(first_on, end_on, year, calendar),
            )
        )
    return tuple(sorted(periods, key=lambda period: period.first_on))
