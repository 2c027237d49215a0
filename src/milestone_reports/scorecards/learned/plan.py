"""The business plan: required, done and expected month by month, capacity, and what one change would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from milestone_reports.domain.calendar import FiscalYear
from milestone_reports.domain.team import TargetIs
from milestone_reports.metrics import pace as pacing
from milestone_reports.metrics import sales as selling
from milestone_reports.metrics.plan import Basis, what_if
from milestone_reports.scorecards.book import Frame, TrackBook
from milestone_reports.scorecards.insights import Capacity, Lever, PlanMonth, WhatIf


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected from the day after the as-of date to the end of a month, all together."""

    milestones: float
    contracts: float
    revenue: float | None
    """None where no opportunity has a value."""


def month_ends(year: FiscalYear) -> tuple[date, ...]:
    """The last day of each month of a fiscal year."""
    firsts = [year.first_on]
    while firsts[-1] < year.end_on:
        firsts.append((firsts[-1] + timedelta(days=32)).replace(day=1))
    return tuple(first - timedelta(days=1) for first in firsts[1:])


def plan_months(frame: Frame, books: Sequence[TrackBook], expected: Mapping[date, Expected]) -> tuple[PlanMonth, ...]:
    """The fiscal year month by month; `expected` has the months that are not over, none without history."""
    with_quota = [book for book in books if book.periods]
    in_money = [book for book in with_quota if book.counts_money]
    ends = month_ends(frame.year)
    milestones = _monthly(with_quota, ends, lambda b, day: pacing.expected_to_date(b.periods, day, b.calendar))
    contracts = _monthly(with_quota, ends, lambda b, day: selling.expected_contracts(b.periods, day, b.calendar))
    revenue = _monthly(in_money, ends, lambda b, day: selling.expected_revenue(b.periods, day, b.calendar) or 0.0)
    credited = [line.credited_on for book in books for line in book.credited_this_year if line.credited_on]
    won = selling.won_in([pair for book in books for pair in book.pairs], frame.year).kept
    to_come = _increments(expected, ends)
    months = []
    for index, end in enumerate(ends):
        first_on = end.replace(day=1)
        signed = [opportunity for opportunity, day in won if first_on <= day <= end]
        months.append(
            PlanMonth(
                first_on=first_on,
                milestones_required=milestones[index] if with_quota else None,
                milestones_done=sum(first_on <= day <= end for day in credited),
                milestones_expected=to_come[end].milestones if end in to_come else None,
                contracts_required=contracts[index] if with_quota else None,
                contracts_done=len(signed),
                contracts_expected=to_come[end].contracts if end in to_come else None,
                revenue_required=revenue[index] if in_money else None,
                revenue_done=sum(opportunity.value or 0.0 for opportunity in signed),
                revenue_expected=to_come[end].revenue if end in to_come and in_money else None,
            )
        )
    return tuple(months)


def _monthly(
    books: Sequence[TrackBook], ends: Sequence[date], upto: Callable[[TrackBook, date], float]
) -> tuple[float, ...]:
    """What is required in each month: what is required by its end less what was by the end before."""
    sums = [0.0, *(sum(upto(book, end) for book in books) for end in ends)]
    return tuple(after - before for before, after in pairwise(sums))


def _increments(expected: Mapping[date, Expected], ends: Sequence[date]) -> dict[date, Expected]:
    found, before = {}, Expected(0.0, 0.0, 0.0)
    for end in ends:
        if end in expected:
            now = expected[end]
            revenue = None if now.revenue is None else now.revenue - (before.revenue or 0.0)
            found[end] = Expected(now.milestones - before.milestones, now.contracts - before.contracts, revenue)
            before = now
    return found


def capacity_of(frame: Frame, books: Sequence[TrackBook]) -> Capacity | None:
    """The team's own target beside the sum of the reps' of this fiscal year, over tracks with a value target."""
    target = frame.team.settings.team_annual_target
    if target is None:
        return None
    reps = sum(p.annual_target * p.year_share for b in books for p in b.periods if p.target_is is TargetIs.VALUE)
    return Capacity(target, reps, reps - target)


def what_if_of(books: Sequence[TrackBook]) -> WhatIf | None:
    """A track's year by the quotas of now, as if each were there all year; None where nobody has one."""
    now = [period for book in books if (period := book.current)]
    contracts = sum(period.contracts_a_year for period in now)
    if not contracts:
        return None
    target = sum(period.annual_target for period in now)
    in_money = all(period.target_is is TargetIs.VALUE for period in now)
    return WhatIf(
        annual_target=target if in_money else contracts,
        average_contract_value=target / contracts if in_money else None,
        contracts_a_year=contracts,
        per_contract=now[0].multiplier.per_contract,
        n_reps=len(now),
        selling_weeks=now[0].selling_weeks,
    )


def levers_of(start: WhatIf | None, milestones: Sequence[str]) -> tuple[Lever, ...]:
    """What one change does to a track's milestones a week and its year; empty where nobody has a quota now."""
    return tuple(_levers(start, milestones)) if start else ()


def _levers(start: WhatIf, milestones: Sequence[str]) -> Iterator[Lever]:
    basis = Basis(
        contracts_a_year=start.contracts_a_year,
        average_contract_value=start.average_contract_value,
        per_contract=start.per_contract,
        selling_weeks=start.selling_weeks,
        n_reps=start.n_reps,
    )
    for row in what_if(basis):
        yield Lever(
            kind=row.kind,
            milestone="" if row.gate is None else milestones[row.gate],
            next_milestone="" if row.gate is None else milestones[row.gate + 1],
            milestones_a_week=row.milestones_a_week,
            contracts_a_year=row.contracts_a_year,
            revenue_a_year=row.revenue_a_year,
        )
