"""From an annual target to contracts, milestones a year, a month and a week (method.md §2)."""

from __future__ import annotations

from math import floor

from milestone_reports.domain.team import TargetIs

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
    Source: method.md §2, §6.
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
    Source: method.md §2, §6.
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
