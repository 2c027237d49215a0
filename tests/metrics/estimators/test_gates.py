"""The curve of a gate, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from histories import HAND, cut, row

from milestone_reports.metrics.estimators.gates import LOST, MOVED_ON, OPEN, GateCurve, gate_curve, gate_curves


def curve(moved_on: str = "", lost: str = "", still_open: str = "") -> GateCurve:
    """The curve of stays of so many days, by how they ended."""
    groups = [(MOVED_ON, moved_on), (LOST, lost), (OPEN, still_open)]
    stays = [(int(word), ended) for ended, text in groups for word in text.split()]
    days, ended = np.array(stays, dtype=np.int32).reshape(len(stays), 2).T
    return gate_curve(days, ended)


def test_the_hand_example() -> None:
    found = curve("10 20 20 20", "10 40", "30 11")
    assert found.days.tolist() == [10, 20, 40]
    # Day 10: 8 at risk, one moves on, one is lost: 1/8 and 1/8, 6/8 stay.
    # Day 20: 5 at risk (11 and the two of day 10 are gone), three move on: 1/8 + 6/8 × 3/5 = .575; 6/8 × 2/5 = .3 stay.
    # Day 40: the last one is lost: 1/8 + .3 = .425; nobody stays.
    assert found.moved_on == pytest.approx([0.125, 0.575, 0.575])
    assert found.lost == pytest.approx([0.125, 0.125, 0.425])
    assert found.staying == pytest.approx([0.75, 0.3, 0])
    # Variance. Day 10, .45 to come: .45² × 2/(8×6) + 7×1/8³ - 2 × .45 × 1/8² = .0084375 + .013671875 - .0140625.
    # Day 20, nothing to come: .75² × 2 × 3/5³ = .027. Day 40: nobody moves on and nobody is left: 0.
    assert found.variance == pytest.approx(0.008046875 + 0.027)
    # Half of .575 and nine tenths of it are both reached on day 20.
    assert (found.days_to_move_on(0.5), found.days_to_move_on(0.9)) == (20, 20)
    assert (found.n_entered, found.n_moved_on, found.n_lost, found.n_decided) == (8, 4, 2, 6)


def test_the_hand_example_as_opportunities() -> None:
    first, second = gate_curves(cut(HAND))
    assert first.stayed.tolist() == [10, 10, 11, 20, 20, 20, 30, 40]
    assert (first.share, second.share) == pytest.approx((0.575, 0.5))
    # Gate 2: 30 on and lost of 4 on day 30, a quarter each, half stay; on day 40 one of the two left moves on.
    assert second.stayed.tolist() == [30, 30, 40, 40]
    assert second.moved_on == pytest.approx([0.25, 0.5])
    # Day 30, .25 to come: .0625 × 2/(4×2) + 3/4³ - .5/4² = .015625 + .046875 - .03125; day 40: .25 × 1/2³ = .03125.
    assert second.variance == pytest.approx(0.03125 + 0.03125)


def test_one_open_on_the_day_on_which_another_moves_on_is_at_risk_still() -> None:
    assert curve("5", still_open="5").moved_on.tolist() == [0.5]
    assert curve("5", still_open="4").moved_on.tolist() == [1.0]


def test_moving_on_on_the_same_day_is_a_stay_of_no_days() -> None:
    found = curve("0", "0", "3")
    assert found.days.tolist() == [0]
    assert found.share == pytest.approx(1 / 3)
    assert found.days_to_move_on(0.5) == 0


def test_where_nobody_has_left_the_curve_is_empty() -> None:
    for found in (curve(still_open="4 9 30"), curve()):
        assert (found.days.tolist(), found.share, found.variance) == ([], 0.0, 0.0)
        assert found.days_to_move_on(0.5) is None
        assert found.steps(3).tolist() == [0, 0, 0, 0]


def test_where_all_are_lost_nobody_moves_on() -> None:
    found = curve("", "4 30", "9")
    # A third on day 4; on day 30 the one that is left: 1/3 + 2/3.
    assert found.lost == pytest.approx([1 / 3, 1])
    assert (found.share, found.variance, found.days_to_move_on(0.9)) == (0.0, 0.0, None)


def test_a_quantile_is_of_those_that_move_on() -> None:
    found = curve("1 2 3 4 5 6 7 8 9 10", "100 100 100 100 100")
    assert (found.days_to_move_on(0.5), found.days_to_move_on(0.9)) == (5, 9)


def test_steps_are_what_moves_on_each_day_up_to_a_day() -> None:
    found = curve("0 2 2 5")
    assert found.steps(3).tolist() == [0.25, 0, 0.5, 0]
    assert found.steps(6) == pytest.approx([0.25, 0, 0.5, 0, 0, 0.25, 0])
    assert found.steps(0).tolist() == [0.25]


@pytest.mark.parametrize(
    ("n_moved_on", "n_lost", "usable"), [(5, 5, True), (4, 6, False), (5, 4, False), (10, 0, True), (0, 20, False)]
)
def test_five_that_moved_on_and_ten_decided_make_a_curve_usable(n_moved_on: int, n_lost: int, *, usable: bool) -> None:
    assert curve("1 " * n_moved_on, "1 " * n_lost, "1 1").is_usable is usable


def test_the_order_of_stays_does_not_matter() -> None:
    one, other = curve("10 20 20 20", "10 40", "30 11"), curve("20 10 20 20", "40 10", "11 30")
    assert one.moved_on.tolist() == other.moved_on.tolist()


def test_a_skipped_milestone_is_a_stay_of_no_days() -> None:
    first, second = gate_curves(cut([row("2024-01-01 - 2024-01-11")]))
    assert (first.stayed.tolist(), second.stayed.tolist()) == ([10], [0])


def test_a_stay_of_which_an_end_is_not_known_is_in_no_curve() -> None:
    rows = [
        row("- - -", n_undated=1, created="2024-01-01"),
        row("2024-01-01 - -", n_undated=2),
        row("- - -", "2024-03-01", n_undated=2, created="2024-01-01"),
        row("2024-12-01 - -"),
    ]
    first, second = gate_curves(cut(rows))
    assert first.stayed.tolist() == [30]
    assert second.stayed.tolist() == []


def test_an_undated_stage_before_a_dated_one_is_known_by_it() -> None:
    first, second = gate_curves(cut([row("- 2024-12-01 -", n_undated=1, created="2024-01-01")]))
    assert (first.stayed.tolist(), second.stayed.tolist()) == ([0], [30])
