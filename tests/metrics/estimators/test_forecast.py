"""What the open opportunities, and those still to start, will become."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from histories import HAND, cut, made_up, row
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.metrics.estimators.ahead import expected_milestones, milestones_ahead
from milestone_reports.metrics.estimators.cohort import Cohort, Mask
from milestone_reports.metrics.estimators.forecast import (
    ONE_CONTRACT,
    Floats,
    Forecast,
    Starts,
    Worth,
    assumed_forecast,
    first_start,
    forecast,
    likely_range,
    longest_way,
    new_starts,
    open_chances,
    reach_curves,
    starts_of_each,
    still_to_start,
    win_curves,
    worth_of_starts,
)
from milestone_reports.metrics.estimators.gates import GateCurve, gate_curve, gate_curves
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled_after

seeds = st.integers(0, 10_000)


def presumed_of(cohort: Cohort, curves: tuple[GateCurve, ...]) -> Mask:
    return presumed_lost(cohort, [stalled_after(curve) for curve in curves])


def told(cohort: Cohort, n_days: int = 90, *, in_money: bool = True) -> Forecast:
    """The forecast of everyone, with curves of everyone."""
    curves = gate_curves(cohort)
    wins = win_curves(curves, n_days)
    chances = open_chances(cohort, presumed_of(cohort, curves), curves, wins, n_days)
    worth = worth_of_starts(cohort) if in_money else ONE_CONTRACT
    new = still_to_start(new_starts(cohort), wins[0], n_days, worth)
    values = cohort.value if in_money else np.ones(len(chances))
    return forecast(chances, values, cohort.n_reached, curves, new)


def test_the_hand_example_is_forecast_as_by_hand() -> None:
    # Open are f at gate 2 (F = .5) and g, h at gate 1 (E = .2875). Fewer than 10 stayed in any stage, so each counts
    # as if it came today, and 90 days are enough for all: 20 + 40 at the latest. Nothing is left of gate 1 after 40.
    cohort = cut(HAND)
    curves = gate_curves(cohort)
    chances = open_chances(cohort, presumed_of(cohort, curves), curves, win_curves(curves, 90), 90)
    assert chances.tolist() == pytest.approx([0, 0, 0, 0, 0, 0.5, 0.2875, 0.2875])
    found = told(cohort)
    assert found.pipeline == pytest.approx(50_000 * (0.5 + 2 * 0.2875))
    assert found.by_stage == pytest.approx((28_750, 25_000))
    assert found.new == pytest.approx(8808.37912087912)
    assert found.total == pytest.approx(found.pipeline + found.new)
    assert (found.pipeline_low, found.pipeline_high) == pytest.approx((0, 121473.79698557833))
    assert (found.low, found.high) == pytest.approx((0, 140759.80088115623))
    # 50,000² (.25 + 2 × .2875 × .7125)
    assert found.chance_variance == pytest.approx(1_649_218_750)
    assert told(cohort, in_money=False).pipeline == pytest.approx(1.075)


def test_a_chain_is_won_when_the_days_of_its_gates_add_up() -> None:
    # Gate 1: half move on after 1 day; gate 2: half after 2 days, half after 4.
    first, second = gate_curve(np.array([1, 1]), np.array([1, 2])), gate_curve(np.array([2, 4]), np.array([1, 1]))
    assert [curve.tolist() for curve in win_curves((first, second), 5)] == [
        [0, 0, 0, 0.25, 0.25, 0.5],
        [0, 0, 0.5, 0.5, 1, 1],
        [1, 1, 1, 1, 1, 1],
    ]
    assert [curve.tolist() for curve in reach_curves((first, second), 3, 2)] == [[0, 0.5, 0.5, 0.5], [1, 1, 1, 1]]
    assert longest_way((first, second)) == 5


def by_the_letter(curve: GateCurve, onward: Floats, age: int, n_days: int) -> float:
    """method.md §8, word by word."""
    while age > 0 and np.count_nonzero(curve.stayed > age) < 10:
        age -= 1
    staying = next((float(s) for day, s in zip(curve.days[::-1], curve.staying[::-1], strict=True) if day <= age), 1.0)
    if staying <= 1e-12 or curve.share == 0:
        return 0.0
    steps = zip(curve.days, np.diff(curve.moved_on, prepend=0.0), strict=True)
    reached = sum(step * onward[age + n_days - day] for day, step in steps if age < day <= age + n_days)
    return float(min(1.0, reached / staying))


@given(seeds, st.integers(0, 150), st.integers(2, 5))
def test_a_chance_is_what_the_rule_says_word_by_word(seed: int, n_days: int, n_milestones: int) -> None:
    cohort = cut(made_up(seed, 60, n_milestones), n_milestones=n_milestones)
    curves = gate_curves(cohort)
    presumed, wins = presumed_of(cohort, curves), win_curves(curves, n_days)
    chances = open_chances(cohort, presumed, curves, wins, n_days)
    stages, ages, waiting = cohort.n_reached, cohort.age, cohort.open & ~presumed
    assert chances.tolist() == pytest.approx(
        [
            by_the_letter(curves[stage - 1], wins[stage], int(age), n_days) if waits else 0.0
            for stage, age, waits in zip(stages, ages, waiting, strict=True)
        ]
    )


def test_an_old_opportunity_has_the_chance_of_those_that_stayed_as_long() -> None:
    # Ten move on after 10 days, ten are lost after 20, one after 60; the open one has been there for 15: 11 stayed
    # longer, none of whom moved on.
    opportunities = [row("2024-01-01 2024-01-11") for _ in range(10)]
    opportunities += [row("2024-01-01 -", "2024-01-21") for _ in range(10)]
    opportunities += [row("2024-01-01 -", "2024-03-01"), row("2024-12-16 -"), row("2024-12-26 -")]
    cohort = cut(opportunities, n_milestones=2)
    curves = gate_curves(cohort)
    none = np.zeros(len(cohort.value), dtype=np.bool_)
    chances = open_chances(cohort, none, curves, win_curves(curves, 30), 30)
    # The one of 5 days: 22 were there at 10 days, 10 moved on.
    assert chances[-2:].tolist() == pytest.approx([0, 10 / 22])


def test_one_in_its_stage_since_nobody_says_when_counts_as_if_it_came_today() -> None:
    known = [row("2024-01-01 2024-01-11") for _ in range(15)]
    cohort = cut([*known, row("- -", created="2023-01-01", n_undated=1)], n_milestones=2)
    curves = gate_curves(cohort)
    none = np.zeros(len(cohort.value), dtype=np.bool_)
    assert open_chances(cohort, none, curves, win_curves(curves, 10), 10)[-1] == 1
    assert new_starts(cohort).n == 0, "nor has it started on any day that could be counted"


def test_all_sales_on_day_0_leave_no_chance_for_another_day() -> None:
    cohort = cut([row("2024-12-31 2024-12-31") for _ in range(12)] + [row("2024-12-31 -")], n_milestones=2)
    assert told(cohort, in_money=False).pipeline == 0


def test_presumed_lost_ones_bring_nothing() -> None:
    cohort = cut(HAND)
    curves = gate_curves(cohort)
    chances = open_chances(cohort, cohort.open, curves, win_curves(curves, 90), 90)
    assert not chances.any()
    found = forecast(chances, cohort.value, cohort.n_reached, curves, still_to_start(Starts(0, 1), np.ones(91), 90))
    assert (found.total, found.pipeline_low, found.pipeline_high) == (0, 0, 0)


def test_with_nothing_open_only_new_starts_are_forecast() -> None:
    cohort = cut([row("2024-01-01 2024-02-01"), row("2024-11-01 2024-12-01")], n_milestones=2)
    found = told(cohort)
    # One start in 182 days; a start of day s is sold after 30 or 31 days: half of 60 days and half of 59.
    assert found.new == pytest.approx(50_000 * 59.5 / 182)
    assert (found.pipeline, found.low) == (0, 0)
    assert found.high == pytest.approx(67081.75963767075)


def test_no_days_bring_nothing() -> None:
    found = told(cut(HAND), 0)
    assert (found.pipeline, found.new, found.low, found.high) == (0, 0, 0, 0)


def test_before_the_first_start_everything_is_0() -> None:
    cohort = cut(HAND, "2023-06-30")
    assert first_start(cohort) is None
    assert new_starts(cohort) == Starts(0, 1)
    assert worth_of_starts(cohort).n == 0
    assert told(cohort).total == 0


def test_one_opportunity_alone_is_forecast_at_its_rate_of_starts() -> None:
    cohort = cut([row("2024-12-31 -")], n_milestones=2)
    assert new_starts(cohort) == Starts(1, 1)
    assert told(cohort, in_money=False).total == 0


def test_a_track_of_one_milestone_sells_what_starts() -> None:
    cohort = cut([row("2024-01-01"), row("2024-12-01")], n_milestones=1)
    found = told(cohort, 91, in_money=False)
    assert found.by_stage == ()
    assert found.total == pytest.approx(91 / 182)


def test_those_without_a_value_are_left_out_of_revenue_alone() -> None:
    cohort = cut([*HAND, row("2024-12-20 - -", value=None)])
    curves = gate_curves(cohort)
    chances = open_chances(cohort, presumed_of(cohort, curves), curves, win_curves(curves, 90), 90)
    found = told(cohort)
    assert told(cohort, in_money=False).pipeline == pytest.approx(chances.sum())
    assert found.pipeline == pytest.approx(50_000 * chances[:-1].sum())
    assert found.n_without_worth == 1
    nothing_valued = cut([row("2024-01-01 2024-01-11 -", value=None)])
    assert worth_of_starts(nothing_valued) == Worth(0, 0, 0, 0, 0)


def test_a_start_is_worth_what_those_of_the_last_year_are() -> None:
    # The first lies 365 days back, just outside.
    cohort = cut([row("2024-01-01 -", value=900), row("2024-01-02 -", value=10), row("2024-06-01 -", value=30)],
                 n_milestones=2)  # fmt: skip
    assert worth_of_starts(cohort) == Worth(2, 20, 100, 500, 14_000)
    old = cut([row("2022-01-01 -", value=900)], n_milestones=2)
    assert worth_of_starts(old).mean == 900


def test_starts_are_counted_over_the_last_half_year() -> None:
    # 182 days before 31 December is 2 July: that day is outside, the next one inside.
    cohort = cut([row("2024-01-01 -"), row("2024-07-02 -"), row("2024-07-03 -"), row("2024-12-31 -")], n_milestones=2)
    assert new_starts(cohort) == Starts(2, 182)
    assert new_starts(cut([row("2024-12-21 -"), row("2024-12-30 -")], n_milestones=2)) == Starts(1, 10)


def test_the_range_is_that_of_the_reference_case() -> None:
    assert likely_range(400_000, 9e9, 5e14) == pytest.approx((278587.7174025782, 533902.8962253348), rel=1e-12)
    assert likely_range(7, 0, 0) == (7, 7)


def test_a_skewness_over_2_counts_as_2_and_no_range_starts_below_0() -> None:
    assert likely_range(1, 4, 1e6) == likely_range(1, 4, 2 * 8)
    assert likely_range(1, 4, 0)[0] == 0


def test_without_enough_history_the_multiplier_says_what_is_open() -> None:
    cohort = cut([row("2024-12-01 - -"), row("2024-11-01 2024-12-01 -", value=None), *HAND[:3]])
    stages = cohort.n_reached
    counted = assumed_forecast(cohort.open, np.ones(len(stages)), stages, (0.2, 0.5, 1.0))
    assert (counted.pipeline, *counted.by_stage) == pytest.approx((0.7, 0.2, 0.5))
    valued = assumed_forecast(cohort.open, cohort.value, stages, (0.2, 0.5, 1.0))
    assert (valued.pipeline, valued.n_without_worth) == pytest.approx((10_000, 1))


@given(seeds, st.sampled_from([30, 90, 365]), st.booleans())
def test_the_reps_forecasts_add_up_to_the_teams(seed: int, n_days: int, in_money: bool) -> None:
    cohort = cut(made_up(seed, 80, 4), n_milestones=4)
    curves = gate_curves(cohort)
    wins = win_curves(curves, n_days)
    chances = open_chances(cohort, presumed_of(cohort, curves), curves, wins, n_days)
    values = cohort.value if in_money else np.ones(len(chances))
    worth = worth_of_starts(cohort) if in_money else ONE_CONTRACT
    n_reps = int(cohort.rep.max()) + 1
    reps = [
        forecast(
            chances[mine], values[mine], cohort.n_reached[mine], curves, still_to_start(own, wins[0], n_days, worth)
        )
        for own, mine in zip(
            starts_of_each(cohort, cohort.rep, n_reps), (cohort.rep == i for i in range(n_reps)), strict=True
        )
    ]
    team = told(cohort, n_days, in_money=in_money)
    assert sum(rep.pipeline for rep in reps) == pytest.approx(team.pipeline)
    assert sum(rep.new for rep in reps) == pytest.approx(team.new)
    assert team.low <= team.high


@given(seeds)
def test_a_longer_horizon_never_brings_less(seed: int) -> None:
    cohort = cut(made_up(seed, 60, 3))
    totals = [told(cohort, n_days, in_money=False).total for n_days in (0, 10, 30, 90, 200)]
    assert all(shorter <= longer + 1e-12 for shorter, longer in pairwise(totals))


@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed: int, shuffled: Random) -> None:
    opportunities: list[Opportunity] = made_up(seed, 60, 3)
    before = told(cut(opportunities))
    shuffled.shuffle(opportunities)
    after = told(cut(opportunities))
    assert (after.total, after.low, after.high) == pytest.approx((before.total, before.low, before.high))


def test_a_range_holds_its_sum_where_values_are_below_nothing_or_all_is_all_but_certain() -> None:
    low, high = likely_range(-5_000.0, 1e6, 1e8)
    assert low <= -5_000 <= high
    # One of .999: variance .000999, third cumulant -.000997; the skewness is far beyond the approximation.
    low, high = likely_range(0.999, 0.000999, -0.000997)
    assert low <= 0.999 <= high


def test_milestones_ahead_are_counted_up_to_each_of_them() -> None:
    # As in the hand example: gate 1 is .575, gate 2 is .5; one start a day would reach the first every day.
    cohort = cut(HAND)
    curves = gate_curves(cohort)
    ahead = milestones_ahead(cohort, presumed_of(cohort, curves), curves, 90)
    first, second, third = expected_milestones(ahead.chances, ahead.a_daily_start, new_starts(cohort))
    assert (first.from_open, second.from_open, third.from_open) == pytest.approx((0, 2 * 0.575, 1.075))
    # Three starts in 182 days. The second is reached by .125 after 10 days, by .575 after 20: 80 and 70 of 90 days,
    # of which the last is day 89.
    assert first.from_new == pytest.approx(3 / 182 * 90)
    assert second.from_new == pytest.approx(3 / 182 * (0.125 * 10 + 0.575 * 70))
    assert third.total == pytest.approx(told(cohort, in_money=False).total)


@given(seeds)
def test_the_last_milestone_ahead_is_the_forecast_of_contracts(seed: int) -> None:
    cohort = cut(made_up(seed, 60, 4), n_milestones=4)
    curves = gate_curves(cohort)
    ahead = milestones_ahead(cohort, presumed_of(cohort, curves), curves, 60)
    last = expected_milestones(ahead.chances, ahead.a_daily_start, new_starts(cohort))[-1]
    found = told(cohort, 60, in_money=False)
    assert (last.from_open, last.from_new) == pytest.approx((found.pipeline, found.new))


@given(seeds)
def test_what_comes_after_the_day_changes_nothing(seed: int) -> None:
    opportunities = made_up(seed, 60, 3)
    day = date(2023, 12, 31)
    known = [one for one in opportunities if not any(e.completed_on and e.completed_on > day for e in one.entries)]
    later = [row("2024-03-01 2024-04-01 2024-05-01"), row("2024-03-01 - -", "2024-04-01")]
    assert told(cut(known, str(day))) == told(cut([*known, *later], str(day)))
