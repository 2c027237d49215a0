"""How long a stage takes, and who has been in it for too long."""

from __future__ import annotations

import numpy as np
import pytest
from histories import cut, row

from milestone_reports.metrics.estimators.gates import MOVED_ON, GateCurve, gate_curve
from milestone_reports.metrics.estimators.velocity import days_to_advance, presumed_lost, stalled, stalled_after


def moved_on(*days: int) -> GateCurve:
    return gate_curve(np.array(days), np.full(len(days), MOVED_ON))


def test_five_that_moved_on_are_enough_to_say_how_long_it_takes() -> None:
    # Of five, .4 by day 10, .8 by day 20, all by day 30: half by day 20, nine in ten by day 30.
    enough = moved_on(10, 10, 20, 20, 30)
    assert (days_to_advance(enough, 0.5), days_to_advance(enough, 0.9)) == (20, 30)
    few = moved_on(10, 10, 20, 20)
    assert (days_to_advance(few, 0.5), stalled_after(few)) == (None, None)


def test_three_medians_stand_in_while_few_have_moved_on() -> None:
    # (5 × 30 + 10 × 3 × 20) / 15 = 750 / 15.
    assert stalled_after(moved_on(10, 10, 20, 20, 30)) == 50
    # 90 of 20 days and 10 of 100: half and nine in ten by day 20. (100 × 20 + 10 × 3 × 20) / 110.
    assert stalled_after(moved_on(*[20] * 90, *[100] * 10)) == pytest.approx(2600 / 110)


@pytest.mark.parametrize(
    ("age", "is_stalled", "is_presumed"),
    [(50, False, False), (51, True, False), (100, True, False), (101, True, True)],
)
def test_stalled_is_longer_than_the_threshold_and_presumed_lost_twice_as_long(
    age: int, *, is_stalled: bool, is_presumed: bool
) -> None:
    day = np.datetime64("2024-12-31") - age
    cohort = cut([row(f"{day} - -")])
    assert stalled(cohort, [50.0, None]).tolist() == [is_stalled]
    assert presumed_lost(cohort, [50.0, None]).tolist() == [is_presumed]


def test_only_open_ones_in_a_stage_with_a_threshold_are_stalled() -> None:
    cohort = cut(
        [
            row("2023-01-01 - -", "2023-02-01"),
            row("2023-01-01 2023-01-02 2023-01-03"),
            row("2023-01-01 2023-01-02 -"),
            row("- - -", n_undated=1, created="2023-01-01"),
            row("2023-01-01 - -"),
        ]
    )
    assert stalled(cohort, [10.0, None]).tolist() == [False, False, False, False, True]
    assert presumed_lost(cohort, [None, None]).tolist() == [False] * 5


def test_the_days_are_those_of_the_present_stage() -> None:
    # 30 days in the second stage, 61 since the first milestone.
    cohort = cut([row("2024-10-31 2024-12-01 -")])
    assert stalled(cohort, [40.0, 40.0]).tolist() == [False]
    assert stalled(cohort, [40.0, 29.0]).tolist() == [True]
