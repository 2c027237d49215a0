"""The rate expected once the open opportunities decide, and how far either rate may be trusted."""

from __future__ import annotations

import numpy as np
import pytest
from histories import HAND, cut, row

from milestone_reports.metrics.estimators.conversion import (
    ExpectedRate,
    Outcomes,
    Saying,
    expected_rate,
    open_will_move,
    outcomes,
    rate_to_next,
    rate_to_sale,
    says_so_far,
)
from milestone_reports.metrics.estimators.gates import LOST, MOVED_ON, GateCurve, gate_curve, gate_curves
from milestone_reports.metrics.rates import rate, wilson_interval


def gate(n_moved_on: int, n_lost: int, days: int = 1) -> GateCurve:
    ended = [MOVED_ON] * n_moved_on + [LOST] * n_lost
    return gate_curve(np.full(len(ended), days), np.array(ended))


def test_the_hand_example_is_expected_to_be_what_its_gates_multiply_to() -> None:
    cohort = cut(HAND)
    curves = gate_curves(cohort)
    to_sale = expected_rate(cohort, curves, 0, 2)
    # .575 × .5. Variance: .2875² × (.035046875 / .575² + .0625 / .5²) = .029425..., and .2875 × .7125 / .029425... is
    # 6.96, but only six were decided at the first gate.
    assert to_sale.value == pytest.approx(0.2875)
    assert to_sale.effective == 6
    assert (to_sale.low_95, to_sale.high_95) == pytest.approx((0.0757639, 0.6651282), abs=5e-8)
    assert to_sale.says == "too early"
    assert expected_rate(cohort, curves, 0, 1).value == pytest.approx(0.575)
    assert expected_rate(cohort, curves, 1, 2).value == pytest.approx(0.5)


def test_the_range_is_worth_no_more_cases_than_the_curves_are() -> None:
    # 5 of 10: variance 5 × 5 / 10³ = .025. 2 of 4: 2 × 2 / 4³ = .0625. .25² × (.025 / .25 + .0625 / .25) = .021875;
    # .25 × .75 / .021875 = 8.571428, fewer than the 10 that were decided at the first gate.
    found = expected_rate(cut([]), [gate(5, 5), gate(2, 2)], 0, 2)
    assert found.effective == pytest.approx(60 / 7)
    assert (found.likely_low, found.likely_high) == wilson_interval(15 / 7, 60 / 7, 0.8)
    assert (found.low_95, found.high_95) == wilson_interval(15 / 7, 60 / 7)


def test_none_lost_and_none_moved_on_are_worth_those_decided_at_the_first_gate() -> None:
    all_on = expected_rate(cut([]), [gate(12, 0), gate(7, 0)], 0, 2)
    assert (all_on.value, all_on.effective, all_on.high_95) == (1.0, 12, 1.0)
    none_on = expected_rate(cut([]), [gate(6, 6), gate(0, 6)], 0, 2)
    assert (none_on.value, none_on.effective, none_on.says, none_on.low_95) == (0.0, 12, "too early", 0.0)


def test_nothing_decided_is_no_rate() -> None:
    cohort = cut([row("2024-12-01 - -")])
    found = expected_rate(cohort, gate_curves(cohort), 0, 2)
    assert found == ExpectedRate(None, 0.0, "too early", None, None, None, None)


def test_a_sale_is_sold() -> None:
    assert expected_rate(cut([]), [gate(5, 5)], 1, 1).value == 1


@pytest.mark.parametrize(
    ("as_of", "says"),
    [("2024-02-09", "too early"), ("2024-02-10", "early"), ("2024-03-20", "early"), ("2024-03-21", "plain")],
)
def test_history_must_be_as_long_as_nine_in_ten_take_and_twice_as_long_to_be_plain(as_of: str, says: str) -> None:
    # Ten go through gate 1 in no days and ten in 20: nine in ten take 20. Five go through gate 2 in 20 days. So 40 days
    # from the first milestone on: 1 January + 40 is 10 February, + 80 is 21 March.
    rows = [row("2024-01-01 2024-01-01 2024-01-21")] * 5
    rows += [row("2024-01-01 2024-01-01 -", "2024-01-21")] * 5
    rows += [row("2024-01-01 2024-01-21 -")] * 10
    cohort = cut(rows, as_of)
    assert expected_rate(cohort, gate_curves(cohort), 0, 2).says == says


@pytest.mark.parametrize(("n_moved_on", "n_lost"), [(4, 20), (9, 0), (5, 4)])
def test_a_gate_with_few_that_moved_on_or_were_decided_makes_it_too_early(n_moved_on: int, n_lost: int) -> None:
    cohort = cut([row("2023-01-01 - -")])
    assert expected_rate(cohort, [gate(9, 9), gate(n_moved_on, n_lost)], 0, 2).says == "too early"
    assert expected_rate(cohort, [gate(9, 9), gate(n_moved_on, n_lost)], 0, 1).says == "plain"


def test_ten_decided_are_early_and_thirty_plain() -> None:
    assert [says_so_far(n) for n in (0, 9, 10, 29, 30)] == ["too early", "too early", "early", "early", "plain"]


def test_the_open_will_move_a_rate_that_is_five_points_from_the_expected_where_both_are_shown() -> None:
    def expected(value: float, says: Saying = "plain") -> ExpectedRate:
        return ExpectedRate(value, 20, says, 0, 1, 0, 1)

    half = rate(10, 20, 10)
    assert open_will_move(half, expected(0.44))
    assert open_will_move(half, expected(0.56))
    assert not open_will_move(half, expected(0.46))
    assert not open_will_move(half, expected(0.3, "too early"))
    assert not open_will_move(rate(4, 8, 10), expected(0.3))
    assert not open_will_move(rate(0, 0, 0), expected(0.3))


def test_presumed_lost_ones_are_lost_to_a_rate_and_counted_apart() -> None:
    rows = [row("2024-01-01 2024-01-02 2024-01-03"), row("2024-01-01 - -"), row("2024-01-01 2024-01-02 -")]
    first, second, sale = outcomes(cut(rows), np.array([False, True, True]))
    # Milestone 1: 3 = 2 moved on + 0 lost + 1 presumed + 0 open; both presumed ones had reached it.
    assert first == Outcomes(3, 2, 0, 1, 0, 1, 0, 2)
    assert second == Outcomes(2, 1, 0, 1, 0, 1, 0, 1)
    assert sale == Outcomes(1, 1, 0, 0, 0, 1, 0, 0)
    assert [rate_to_sale(stage).value for stage in (first, second)] == [1 / 3, 1 / 2]
    assert [rate_to_next(stage).value for stage in (first, second)] == [2 / 3, 1 / 2]
