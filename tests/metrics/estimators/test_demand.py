"""How many first milestones a target takes, by when, and what each source's became."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from histories import cut, made_up, row
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.metrics.estimators.demand import (
    Goal,
    LastStarts,
    MonthLeft,
    assumed_starts,
    by_source,
    last_starts,
    lead_time,
    months_left,
    safe_starts,
    spread_of_values,
    starts_needed,
    steady_starts,
    useful_shares,
)
from milestone_reports.metrics.estimators.forecast import Forecast, Starts, forecast, still_to_start

# Of the first milestones a tenth is sold after 30 days, another after 60, another after 90: the expected rate is .3.
CURVE = np.repeat([0.0, 0.1, 0.2, 0.3], [30, 30, 30, 1])
MONTHS = [MonthLeft(first, first + 15, 1.0) for first in (0, 30, 60, 90)]
NOTHING = forecast(
    np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64), (), still_to_start(Starts(0, 1), np.ones(1), 0)
)
CONTRACTS = Goal(target=6, won=0, contract=1, spread=0)


def pipeline(expected: float, own: float = 0, gates: tuple[float, ...] = ()) -> Forecast:
    """Open ones, all in the first stage, that bring so much."""
    return replace(
        NOTHING, pipeline=expected, chance_variance=own, gate_variances=gates, by_stage=(expected,) * bool(gates)
    )


def test_a_lead_time_is_when_a_share_of_the_sales_has_come() -> None:
    # Half of .3 is .15: reached with .2, on day 60; eight tenths are .24: on day 90.
    assert [lead_time(CURVE, share, 0.3) for share in (1 / 3, 0.5, 0.8, 1)] == [30, 60, 90, 90]
    assert last_starts(CURVE, 0.3, 365) == LastStarts(useful=305, safe=275)


def test_nothing_expected_has_no_lead_time() -> None:
    assert lead_time(np.zeros(5), 0.5, 0.0) is None
    assert last_starts(np.zeros(5), 0.0, 365) is None
    assert lead_time(CURVE[:50], 0.5, 0.3) is None, "nor has a curve that ends too early"


def test_a_start_counts_with_its_chance_to_be_sold_in_time() -> None:
    assert useful_shares(CURVE, [0, 30, 59, 60, 90, 91, 120], 90) == (0.3, 0.2, 0.1, 0.1, 0, 0, 0)
    assert useful_shares(CURVE, [0], 1000) == (0.3,)


def test_an_even_number_of_starts_a_month_reaches_the_target_on_average() -> None:
    # Middles 15, 45, 75, 105; deadline 120: 105, 75, 45 and 15 days left: .3 + .2 + .1 + 0 = .6; 6 / .6 = 10.
    found = starts_needed(CONTRACTS, NOTHING, CURVE, MONTHS, 120)
    assert found.says == "needed"
    assert (found.missing, found.even) == pytest.approx((6, 10))
    # Half of it is won, or comes from what is open; in money it is the same number.
    assert starts_needed(replace(CONTRACTS, won=3), NOTHING, CURVE, MONTHS, 120).even == pytest.approx(5)
    assert starts_needed(CONTRACTS, pipeline(3), CURVE, MONTHS, 120).even == pytest.approx(5)
    assert starts_needed(Goal(60_000, 0, 10_000, 0.64), NOTHING, CURVE, MONTHS, 120).even == pytest.approx(10)


def test_what_is_left_of_a_month_takes_its_part_of_the_starts() -> None:
    months = [replace(MONTHS[0], share=0.5), *MONTHS[1:]]
    # .5 × .3 + .2 + .1 = .45
    assert starts_needed(CONTRACTS, NOTHING, CURVE, months, 120).even == pytest.approx(6 / 0.45)


def test_eight_times_in_ten_takes_more_starts() -> None:
    # 10 a month bring 6 ± √6 (Poisson). b - 6 = .8416 √b: √b = .4208 + √(.1771 + 6) = 2.9062, b = 8.446.
    safe = starts_needed(CONTRACTS, NOTHING, CURVE, MONTHS, 120).safe
    assert safe == pytest.approx(8.446 / 0.6, rel=1e-4)


def test_differing_values_and_uncertain_gates_take_more_still() -> None:
    plain = safe_starts(CONTRACTS, NOTHING, 0.6)
    differing = safe_starts(replace(CONTRACTS, spread=0.64), NOTHING, 0.6)
    uncertain = safe_starts(CONTRACTS, pipeline(0, gates=(0.1,)), 0.6)
    assert plain is not None
    assert differing is not None
    assert uncertain is not None
    assert plain < differing
    assert plain < uncertain


@given(
    st.floats(0, 50),
    st.floats(0, 40),
    st.floats(0, 30),
    st.floats(0, 1.3),
    st.floats(0, 1),
    st.sampled_from([1, 25_000]),
)
def test_the_safe_number_is_the_smallest_that_is_safe(
    target: float, open_: float, own: float, gate: float, spread: float, contract: float
) -> None:
    goal = Goal(target * contract, 0, contract, spread)
    ahead = pipeline(open_ * contract, own * contract**2, (gate,))

    def surplus(n: float) -> float:
        """Over the target, in contracts, eight times in ten."""
        brought = n * contract * 0.6
        own_variance = ahead.chance_variance + brought * contract * (1 + spread)
        deviation = (own_variance + gate * (brought + ahead.pipeline) ** 2) ** 0.5
        return float(ahead.pipeline + brought - 0.8416212335729143 * deviation - goal.target) / contract

    safe = safe_starts(goal, ahead, 0.6)
    smaller = np.linspace(0, 1000 if safe is None else safe, 300, endpoint=False)
    assert safe == 0 or all(surplus(n) < 1e-6 for n in smaller)
    if safe is not None:
        assert surplus(safe) >= -1e-9 if safe == 0 else surplus(safe) == pytest.approx(0, abs=1e-6)


def test_so_little_is_known_of_the_gates_that_nothing_can_be_promised() -> None:
    # .8416² × 1.5 > 1: twice the starts bring twice the doubt.
    found = starts_needed(CONTRACTS, pipeline(0, gates=(1.5,)), CURVE, MONTHS, 120)
    assert found.even == pytest.approx(10)
    assert found.safe is None


def test_a_target_is_covered_by_what_is_open() -> None:
    found = starts_needed(CONTRACTS, pipeline(9), CURVE, MONTHS, 120)
    assert (found.says, found.missing, found.even, found.safe) == ("covered", 0, 0, 0)
    doubtful = starts_needed(CONTRACTS, pipeline(6.5, own=4), CURVE, MONTHS, 120)
    assert (doubtful.says, doubtful.even) == ("covered", 0)
    assert doubtful.safe is not None
    assert doubtful.safe > 0, "on average; to be safe some are still needed"


def test_no_start_can_be_sold_in_time() -> None:
    late = starts_needed(CONTRACTS, NOTHING, CURVE, MONTHS[-1:], 120)
    assert (late.says, late.even, late.safe) == ("too late", None, None)
    assert starts_needed(CONTRACTS, NOTHING, CURVE, [], 120).says == "too late"
    assert starts_needed(CONTRACTS, pipeline(9), CURVE, [], 120).safe == 0
    assert starts_needed(CONTRACTS, pipeline(6.5, own=4), CURVE, [], 120).safe is None


def test_the_steady_number_knows_no_ramp() -> None:
    # 12 contracts a year at .25: four a month.
    assert steady_starts(12, 0.25) == 4
    assert steady_starts(12, 0.0) is None
    assert assumed_starts(12, 3.3) == pytest.approx(3.3)


def test_months_left_begin_with_the_rest_of_this_one() -> None:
    day = date(2026, 10, 21).toordinal()
    found = months_left(day, date(2026, 12, 31).toordinal())
    assert [str(date.fromordinal(month.first)) for month in found] == ["2026-10-22", "2026-11-01", "2026-12-01"]
    assert [str(date.fromordinal(month.middle)) for month in found] == ["2026-10-27", "2026-11-16", "2026-12-16"]
    assert [month.share for month in found] == [pytest.approx(10 / 31), 1, 1]
    assert months_left(day, day) == ()


def test_the_spread_of_values_is_assumed_under_ten_sales() -> None:
    sales = [row("2024-01-01 2024-02-01", value=value) for value in (10, 30)]
    assert spread_of_values(cut(sales * 4, n_milestones=2)) == 0.64
    # Mean 20, variance 100.
    assert spread_of_values(cut(sales * 5, n_milestones=2)) == pytest.approx(0.25)


def sourced(opportunity: Opportunity, source: str) -> Opportunity:
    return replace(opportunity, source=source)


def test_each_source_is_judged_by_what_became_of_its_first_milestones() -> None:
    cohort = cut(
        [
            sourced(row("2024-01-01 2024-01-11", value=300), "Fair"),
            sourced(row("2024-01-01 2024-01-31", value=None), "Fair"),
            sourced(row("2024-02-01 -", "2024-03-01"), "Fair"),
            sourced(row("2024-12-01 -"), "Fair"),
            sourced(row("2024-02-01 -"), "Referral"),
        ],
        n_milestones=2,
    )
    presumed = np.array([False, False, False, False, True])
    fair, referral, other = by_source(cohort, presumed, 3)
    assert (fair.first_milestones, fair.sales, fair.lost, fair.presumed_lost) == (4, 2, 1, 0)
    assert (fair.to_sale.passed, fair.to_sale.decided, fair.to_sale.enough) == (2, 3, False)
    assert (fair.revenue, fair.revenue_per_first, fair.days_to_sale) == (300, 75, 20)
    assert (referral.sales, referral.presumed_lost, referral.revenue_per_first, referral.days_to_sale) == (
        0,
        1,
        None,
        None,
    )
    assert (other.first_milestones, other.revenue, other.days_to_sale) == (0, 0, None)


@given(st.integers(0, 10_000))
def test_the_sources_add_up_to_the_team(seed: int) -> None:
    cohort = cut(made_up(seed, 50, 3))
    n_sources = int(cohort.source.max(initial=-1)) + 1
    found = by_source(cohort, np.zeros(len(cohort.value), dtype=np.bool_), n_sources)
    assert sum(one.first_milestones for one in found) == len(cohort.value)
    assert sum(one.sales for one in found) == cohort.won.sum()
    assert sum(one.revenue for one in found) == pytest.approx(np.nansum(cohort.value[cohort.won]))
