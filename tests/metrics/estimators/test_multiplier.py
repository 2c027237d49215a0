"""The multiplier: assumed at first, measured as contracts come in, or typed."""

from __future__ import annotations

from itertools import accumulate
from math import exp, log

import numpy as np
import pytest
from histories import HAND, cut, row
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.metrics.estimators.multiplier import (
    Multiplier,
    decided_by_milestone,
    measured_multiplier,
    set_multiplier,
)
from milestone_reports.metrics.quota import stage_quotas

# How many are lost after each milestone, and how many are sold: the counts that reached each milestone follow.
FUNNELS = st.lists(st.integers(0, 400), min_size=2, max_size=8).map(
    lambda ended: tuple(accumulate(reversed(ended)))[::-1]
)


def test_with_no_history_it_is_two_and_the_stages_are_those_of_the_assumed_funnel() -> None:
    found = measured_multiplier((0, 0, 0, 0))
    assert (found.value, found.raw, found.sales, found.label) == (2, None, 0, "assumed")
    # Golden G32: 12 contracts need 39.55985 / 26.58052 / 17.85963 / 12.
    assert [12 * stage for stage in found.per_contract] == pytest.approx([39.55985, 26.58052, 17.85963, 12], abs=1e-5)
    # The gate rate is .671907: its third, second and first power.
    assert found.chance_of_sale == pytest.approx([0.671907**3, 0.671907**2, 0.671907, 1], abs=1e-5)
    # method.md §6: before the third contract the interval is 1.2 to 7.
    assert (found.low_95, found.high_95) == pytest.approx((1.159939, 6.988112), abs=1e-6)
    assert not found.shows_range


def test_decided_losses_without_a_sale_raise_it() -> None:
    found = measured_multiplier((12, 6, 2, 0))
    # (12 + 6 + 2 + 0 + 2 × 4 × 5) / (4 × (0 + 5)) = 60 / 20.
    assert (found.value, found.raw, found.label) == (3, None, "assumed")


def test_two_milestones_and_ten_sales_by_hand() -> None:
    found = measured_multiplier((30, 10))
    # (40 + 2 × 2 × 5) / (2 × 15) = 2; the assumed funnel of 3 to a contract: (30 + 5 × 3) / 15 = 3, (10 + 5) / 15 = 1.
    assert (found.value, found.raw, found.label, found.decided) == (2, 2, "mixed", (30, 10))
    assert found.per_contract == pytest.approx((3, 1), rel=1e-14)
    assert found.chance_of_sale == pytest.approx((1 / 3, 1), rel=1e-14)
    # With 3 assumed contracts: 39 and 13, so 26 lost after one milestone: A = Q = 26;
    # s² = ln((1 + 26/26²) × 12/11), c = ln(26 / (2 × 12)) - s²/2.
    squared = log((1 + 1 / 26) * 12 / 11)
    centre, reach = log(26 / 24) - squared / 2, 1.959963984540054 * squared**0.5
    assert (found.low_95, found.high_95) == pytest.approx((1 + exp(centre - reach), 1 + exp(centre + reach)), rel=1e-12)
    assert (found.low_95, found.high_95) == pytest.approx((1.50936, 3.03385), abs=1e-5)
    assert found.shows_range


def test_three_sales_move_it_three_parts_in_eight_of_the_way() -> None:
    found = measured_multiplier((20, 11, 6, 3))
    # Own figure 40 / (4 × 3) = 10/3; (40 + 40) / (4 × 8) = 2.5, which is 2 + (10/3 - 2) × 3/8.
    assert found.value == pytest.approx(2.5, rel=1e-14)
    assert found.raw == pytest.approx(10 / 3, rel=1e-14)
    assert (found.low_95, found.high_95) == pytest.approx((1.627185, 5.855882), abs=1e-6)


@pytest.mark.parametrize(
    ("sales", "label", "shows_range"),
    [
        (0, "assumed", False),
        (2, "assumed", False),
        (3, "assumed", True),
        (4, "assumed", True),
        (5, "mixed", True),
        (19, "mixed", True),
        (20, "measured", True),
        (400, "measured", True),
    ],
)
def test_its_label_and_whether_its_interval_is_shown_follow_from_the_sales(
    sales: int, label: str, shows_range: bool
) -> None:
    found = measured_multiplier((4 * sales, 2 * sales, sales))
    assert (found.label, found.shows_range, found.sales) == (label, shows_range, sales)


def test_a_track_of_one_milestone_has_one_stage_and_no_interval() -> None:
    found = measured_multiplier((7,))
    # There is no gate to lose anything at: a contract takes one, with and without history.
    assert [found.value, measured_multiplier((0,)).value] == [1, 1]
    assert list(found.per_contract) == [1]
    assert found.chance_of_sale[0] == 1
    assert (found.low_95, found.high_95, found.shows_range) == (found.value, found.value, False)


def test_the_value_lies_in_its_likely_range_also_where_hardly_anything_is_lost() -> None:
    # All 200 won: (200 * 4 + 2 * 4 * 5) / (4 * 205) = 840 / 820 = 1.0244.
    found = measured_multiplier((200,) * 4)
    assert found.value == pytest.approx(840 / 820)
    assert found.low_95 <= found.likely_low <= found.value <= found.likely_high <= found.high_95


def test_eight_milestones_add_up_to_sixteen_a_contract_before_there_is_history() -> None:
    found = measured_multiplier((0,) * 8)
    assert found.value == 2
    assert sum(found.per_contract) == pytest.approx(16, rel=1e-13)
    assert found.per_contract == pytest.approx(stage_quotas(1, 8, 2), rel=1e-14)


def test_nothing_lost_leads_to_one_milestone_for_each_of_a_sale() -> None:
    found = measured_multiplier((2000, 2000, 2000))
    # (6000 + 2 × 3 × 5) / (3 × 2005) = 1.00249.
    assert found.value == pytest.approx(6030 / 6015, rel=1e-14)
    assert 1 < found.low_95 < found.value < found.high_95


@given(FUNNELS)
def test_the_stage_quotas_add_up_and_the_value_lies_inside_its_interval(decided: tuple[int, ...]) -> None:
    found = measured_multiplier(decided)
    assert sum(found.per_contract) == pytest.approx(len(decided) * found.value, rel=1e-13)
    assert found.per_contract[-1] == 1
    assert list(found.per_contract) == sorted(found.per_contract, reverse=True)
    assert all(0 < chance <= 1 for chance in found.chance_of_sale)
    assert 1 <= found.low_95 < found.value < found.high_95


@given(FUNNELS, st.integers(0, 6))
def test_one_more_loss_never_lowers_it_and_one_more_sale_brings_it_nearer_to_one(
    decided: tuple[int, ...], last: int
) -> None:
    upto = min(last, len(decided) - 2)
    one_more_lost = tuple(n + (k <= upto) for k, n in enumerate(decided))
    one_more_sold = tuple(n + 1 for n in decided)
    assert measured_multiplier(one_more_lost).value > measured_multiplier(decided).value
    assert measured_multiplier(one_more_sold).value <= measured_multiplier(decided).value + 1e-12


def test_the_interval_of_a_large_team_holds_the_truth_nineteen_times_in_twenty() -> None:
    # Gates of .6, .6 and .7: to a contract 1/.252 + 1/.42 + 1/.7 + 1 = 8.7778 milestones, and m = 2.1944.
    rng, truth = np.random.default_rng(20), (1 / 0.252 + 1 / 0.42 + 1 / 0.7 + 1) / 4
    inside = 0
    for _ in range(1000):
        second = int(rng.binomial(120, 0.6))
        third = int(rng.binomial(second, 0.6))
        found = measured_multiplier((120, second, third, int(rng.binomial(third, 0.7))))
        inside += found.low_95 <= truth <= found.high_95
    # 950 of 1,000, with a standard deviation of 7.
    assert 929 <= inside <= 985


def test_a_typed_one_is_set_and_splits_by_the_one_gate_rate_it_stands_for() -> None:
    found = set_multiplier(2.5, 5)
    assert (found.value, found.low_95, found.high_95, found.label) == (2.5, 2.5, 2.5, "set")
    assert (found.decided, found.sales, found.raw, found.shows_range) == ((0,) * 5, 0, None, False)
    # Golden G34: 12 contracts need 56.18611 / 38.19592 / 25.96600 / 17.65197 / 12, at a gate rate of .679811.
    expected = [56.18611, 38.19592, 25.96600, 17.65197, 12]
    assert [12 * stage for stage in found.per_contract] == pytest.approx(expected, abs=1e-5)
    assert found.chance_of_sale == pytest.approx([0.67981083 ** (5 - k) for k in range(1, 6)], abs=1e-7)


def test_a_typed_one_of_one_expects_no_loss() -> None:
    found = set_multiplier(1, 3)
    assert (found.per_contract, found.chance_of_sale) == ((1, 1, 1), (1, 1, 1))


def test_a_typed_one_on_a_track_of_one_milestone_is_its_only_stage() -> None:
    found = set_multiplier(3, 1)
    assert (found.per_contract, found.chance_of_sale) == ((3,), (1,))


def test_the_open_ones_do_not_count_unless_they_are_presumed_lost() -> None:
    cohort = cut(HAND)
    # 2 sold; lost: one that reached milestone 2 and two that did not; the other three are open.
    nobody = np.zeros(8, dtype=np.bool_)
    assert decided_by_milestone(cohort, nobody) == (5, 3, 2)
    # The sixth is open at milestone 2.
    assert decided_by_milestone(cohort, np.arange(8) == 5) == (6, 4, 2)


def test_nothing_decided_is_no_history() -> None:
    cohort = cut([row("2024-12-01 - -")])
    decided = decided_by_milestone(cohort, cohort.lost)
    assert decided == (0, 0, 0)
    assert measured_multiplier(decided).value == 2


def test_a_team_without_opportunities_has_no_history() -> None:
    cohort = cut([])
    assert decided_by_milestone(cohort, cohort.lost) == (0, 0, 0)


def test_two_of_the_same_counts_are_the_same_multiplier() -> None:
    assert measured_multiplier([20, 11, 6, 3]) == measured_multiplier((20, 11, 6, 3))
    assert isinstance(measured_multiplier([1, 1]), Multiplier)
