"""Each rep against the rest of the team: shrunken rates, flags with few false ones, the value at stake."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log

import numpy as np
import pytest
from histories import cut, row
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from milestone_reports.metrics.estimators.coaching import (
    CoachingCell,
    GateCounts,
    against_team,
    coaching_cells,
    expected_false_flags,
    flagged,
    gate_counts,
)

GRID = [4 * 500 ** (i / 24) for i in range(25)]
STEP = log(500) / 24

RESULTS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=12
)


def counts(passed: Sequence[Sequence[int]], decided: Sequence[Sequence[int]]) -> GateCounts:
    """As many come to each gate in a year as were decided there."""
    n = np.array(decided, dtype=np.int64)
    return GateCounts(np.array(passed, dtype=np.int64), n, n.astype(np.float64))


def cell(cells: Sequence[CoachingCell], rep: int, gate: int) -> CoachingCell:
    (found,) = (one for one in cells if (one.rep, one.gate) == (rep, gate))
    return found


# A rep against the rest of the team


def test_two_reps_are_each_the_team_of_the_other() -> None:
    first, second = against_team([3, 14], [12, 20])
    # (14 + ½) / 21 and (3 + ½) / 13.
    assert (first.rest_of_team, second.rest_of_team) == pytest.approx((14.5 / 21, 3.5 / 13), rel=1e-14)
    assert (first.raw, second.raw) == (0.25, 0.7)
    # M is the ninth of the grid, 4 × 500^(8/24) = 31.748.
    assert first.spread == second.spread == pytest.approx(31.748021, abs=1e-6)
    # (3 + 31.748 × .690476) / (12 + 31.748) = 24.9214 / 43.7480; (14 + 31.748 × .269231) / (20 + 31.748).
    assert (first.shrunken, second.shrunken) == pytest.approx((24.9213 / 43.748, 22.5475 / 51.748), abs=1e-5)
    # Golden G44.
    assert (first.chance_below, second.chance_below) == pytest.approx((0.8275431, 0.0002939), abs=1e-7)


def test_a_rep_with_nothing_decided_is_taken_for_the_rest_of_the_team() -> None:
    newcomer, *others = against_team([0, 8, 11], [0, 14, 16])
    assert newcomer.raw is None
    # (19 + ½) / 31.
    assert newcomer.rest_of_team == pytest.approx(19.5 / 31, rel=1e-14)
    assert newcomer.shrunken == pytest.approx(19.5 / 31, rel=1e-14)
    assert newcomer.spread == others[0].spread == others[1].spread


def test_a_gate_where_nothing_was_decided_says_nothing_of_anyone() -> None:
    one, other = against_team([0, 0], [0, 0])
    # The prior alone: the grid's nearest to 40 is 4 × 500^(9/24) = 41.13.
    assert one == other
    assert (one.raw, one.rest_of_team, one.shrunken) == (None, 0.5, 0.5)
    assert one.spread == pytest.approx(GRID[9], rel=1e-14)


def test_one_rep_alone_has_rates_and_no_reps_none() -> None:
    (alone,) = against_team([6], [9])
    assert (alone.raw, alone.rest_of_team) == (6 / 9, 0.5)
    assert against_team([], []) == ()


def test_the_rest_of_the_team_is_never_taken_for_certain() -> None:
    _, other = against_team([0, 5], [200, 10])
    # ½ / 201 would be under 1 %; no rate is 5 points below 1 %.
    assert (other.rest_of_team, other.chance_below) == (0.01, 0)
    _, other = against_team([200, 5], [200, 10])
    assert other.rest_of_team == 0.99


@pytest.mark.parametrize("rep", range(6))
def test_the_chance_of_being_below_is_the_area_under_the_beta_density(rep: int) -> None:
    passed, decided = (12, 20, 9, 15, 18, 4), (20, 30, 18, 22, 28, 14)
    found = against_team(passed, decided)[rep]
    a = found.spread * found.rest_of_team + passed[rep]
    b = found.spread * (1 - found.rest_of_team) + decided[rep] - passed[rep]
    limit = found.rest_of_team - 0.05
    # The midpoint rule, from 0 to the limit and over all.
    below, whole = ((np.arange(20_000) + 0.5) / 20_000 * end for end in (limit, 1))
    areas = [np.mean(x ** (a - 1) * (1 - x) ** (b - 1)) for x in (below, whole)]
    assert found.chance_below == pytest.approx(limit * areas[0] / areas[1], abs=1e-6)


@given(RESULTS)
def test_rates_lie_between_the_own_and_the_rest_of_the_teams(results: list[tuple[int, int]]) -> None:
    passed, decided = zip(*results, strict=True)
    for found in against_team(passed, decided):
        own = found.rest_of_team if found.raw is None else found.raw
        low, high = sorted((own, found.rest_of_team))
        assert low - 1e-12 <= found.shrunken <= high + 1e-12
        assert 0 <= found.chance_below <= 1


@given(RESULTS.flatmap(lambda results: st.tuples(st.just(results), st.permutations(range(len(results))))))
def test_other_places_for_the_reps_give_the_same_comparisons_in_those_places(
    drawn: tuple[list[tuple[int, int]], list[int]],
) -> None:
    results, order = drawn
    before = against_team(*zip(*results, strict=True))
    after = against_team(*zip(*(results[place] for place in order), strict=True))
    assert after == tuple(before[place] for place in order)


# How alike the reps are


def log_posterior(log_m: float, passed: Sequence[int], decided: Sequence[int]) -> float:
    """The beta-binomial log likelihood of all reps' results, with the prior, written out one rep after the other."""
    mean = (sum(passed) + 0.5) / (sum(decided) + 1)
    a, b = exp(log_m) * mean, exp(log_m) * (1 - mean)

    def log_beta(x: float, y: float) -> float:
        return lgamma(x) + lgamma(y) - lgamma(x + y)

    likelihood = sum(log_beta(x + a, n - x + b) - log_beta(a, b) for x, n in zip(passed, decided, strict=True))
    return likelihood - (log_m - log(40)) ** 2 / 2


def direct_maximum(passed: Sequence[int], decided: Sequence[int]) -> float:
    """Where the posterior is highest between 4 and 2,000: the best of 601, then by golden section around it."""
    scan = np.linspace(log(4), log(2000), 601)
    best = int(np.argmax([log_posterior(x, passed, decided) for x in scan]))
    low, high = scan[max(best - 1, 0)], scan[min(best + 1, 600)]
    golden = (5**0.5 - 1) / 2
    while high - low > 1e-6:
        left, right = high - golden * (high - low), low + golden * (high - low)
        if log_posterior(left, passed, decided) >= log_posterior(right, passed, decided):
            high = right
        else:
            low = left
    return float(low + high) / 2


def teams(seed: int, n_teams: int) -> list[tuple[list[int], list[int]]]:
    """Teams of 1 to 15 reps, from all alike to nothing alike, with 0 to 80 decided each."""
    rng, made = np.random.default_rng(seed), []
    for _ in range(n_teams):
        n_reps = int(rng.integers(1, 16))
        decided = rng.integers(0, rng.choice([5, 20, 81]), n_reps)
        logits = rng.normal(rng.uniform(-2, 2), rng.choice([0, 0.3, 1, 2]), n_reps)
        made.append((rng.binomial(decided, 1 / (1 + np.exp(-logits))).tolist(), decided.tolist()))
    return made


def test_the_spread_is_the_best_of_its_grid_and_next_to_the_direct_maximum() -> None:
    for passed, decided in teams(seed=1, n_teams=150):
        spread = against_team(passed, decided)[0].spread
        heights = [log_posterior(log(m), passed, decided) for m in GRID]
        assert log_posterior(log(spread), passed, decided) == pytest.approx(max(heights), abs=1e-9)
        assert abs(log(spread) - direct_maximum(passed, decided)) <= STEP / 2 + STEP / 100


def test_the_more_alike_the_reps_the_more_of_the_teams_results_are_added() -> None:
    alike = against_team([12, 12, 12, 12], [20, 20, 20, 20])[0].spread
    not_alike = against_team([2, 18, 4, 19], [20, 20, 20, 20])[0].spread
    assert not_alike < 10
    assert alike > 40


def test_many_equal_reps_are_pulled_hard_to_the_team_and_nobody_is_flagged() -> None:
    cells = coaching_cells(counts([[12]] * 60, [[20]] * 60))
    assert cells[0].against.spread > 200
    assert not any(one.flagged for one in cells)
    # (59 × 12 + ½) / (59 × 20 + 1) = 708.5 / 1181 is a hair under .6: no gap.
    assert all(one.contracts == 0 for one in cells)


# Flags


def test_the_longest_run_of_the_likeliest_is_flagged_with_one_false_in_five_at_the_most() -> None:
    # .05 .12 .19 .30 together .66, a mean of .165; with .40, 1.06 / 5 = .212 is too much.
    assert flagged([0.95, 0.2, 0.81, 0.6, 0.88, 0.7, 0.1]) == (0, 2, 4, 5)


def test_just_one_in_five_false_is_still_flagged() -> None:
    assert flagged([0.8]) == (0,)
    assert flagged([0.79]) == ()
    # (.1 + .3) / 2 = .2.
    assert flagged([0.7, 0.9]) == (0, 1)
    # (.05 + .05 + .5) / 3 = .2, which floating point makes a hair more.
    assert flagged([0.5, 0.95, 0.95]) == (0, 1, 2)


def test_of_equal_chances_the_first_is_flagged() -> None:
    # .05, then .30 twice: (.05 + .30) / 2 = .175, (.05 + .30 + .30) / 3 = .217.
    assert flagged([0.7, 0.95, 0.7]) == (0, 1)


def test_nothing_to_look_at_flags_nothing() -> None:
    assert flagged([]) == ()


def test_a_rep_far_below_is_flagged_and_the_false_ones_to_expect_are_few() -> None:
    cells = coaching_cells(counts([[10], [70], [65], [72]], [[100], [100], [100], [100]]))
    assert [one.flagged for one in cells] == [True, False, False, False]
    assert expected_false_flags(cells) == 1 - cells[0].against.chance_below
    assert expected_false_flags(cells) < 0.01
    assert expected_false_flags(cells[1:]) == 0


def test_seven_decided_are_too_few_for_a_flag() -> None:
    cells = coaching_cells(counts([[0], [90], [88]], [[7], [100], [100]]))
    assert cells[0].against.chance_below > 0.9
    assert (cells[0].shows_rate, cells[0].flagged) == (False, False)
    (eighth, *_) = coaching_cells(counts([[0], [90], [88]], [[8], [100], [100]]))
    assert (eighth.shows_rate, eighth.flagged) == (True, True)


def test_few_teams_of_eight_equal_reps_have_anyone_named() -> None:
    # Gates of .6, .6 and .7; 10 to 60 opportunities each. method.md §7: one team in ten; the bound is issue 4's.
    rng, n_named = np.random.default_rng(4), 0
    for _ in range(200):
        entered = rng.integers(10, 61, 8)
        decided, passed = [], []
        for gate_rate in (0.6, 0.6, 0.7):
            decided.append(entered)
            passed.append(entered := rng.binomial(entered, gate_rate))
        cells = coaching_cells(counts(np.transpose(passed).tolist(), np.transpose(decided).tolist()))
        n_named += any(one.flagged for one in cells)
    assert n_named <= 33
    # The procedure does look: none at all would be a broken one.
    assert n_named > 0


# What it is worth

# Golden case G50: four reps at three gates.
FOUR = counts([[18, 9, 6], [25, 16, 12], [12, 10, 7], [8, 5, 3]], [[40, 18, 9], [38, 25, 16], [20, 12, 10], [25, 8, 5]])


def test_the_value_at_stake_is_what_closing_the_gap_brings_through_the_later_gates() -> None:
    found = cell(coaching_cells(FOUR), 3, 0)
    assert (found.passed, found.decided, found.rest_passed, found.rest_decided) == (8, 25, 55, 98)
    # (55 + ½) / 99 = .560606; shrunken .454609; later gates .632763 and .699040:
    # 25 × .105998 × .632763 × .699040 = 1.17214 contracts a year.
    assert found.contracts == pytest.approx(25 * 0.105998 * 0.632763 * 0.699040, abs=1e-4)
    assert found.contracts == pytest.approx(1.1721395, abs=1e-7)
    # A chance of .8019, so one flag with .198 false ones to expect.
    assert [(one.rep, one.gate) for one in coaching_cells(FOUR) if one.flagged] == [(3, 0)]
    assert expected_false_flags(coaching_cells(FOUR)) == pytest.approx(0.1980960, abs=1e-7)


def test_a_rep_above_the_team_has_nothing_at_stake() -> None:
    found = cell(coaching_cells(FOUR), 1, 0)
    assert found.against.shrunken > found.against.rest_of_team
    assert found.contracts == 0


def test_a_rep_with_nothing_decided_has_nothing_at_stake_not_even_a_hair() -> None:
    # Here (M × rate) / M is less than the rate, in floating point.
    few = counts([[0], [6], [8]], [[0], [33], [33]])
    newcomer, *_ = coaching_cells(GateCounts(few.passed, few.decided, few.entered + 30))
    assert newcomer.contracts == 0


def test_cells_come_one_rep_after_the_other_and_hold_what_the_comparison_of_the_gate_says() -> None:
    cells = coaching_cells(FOUR)
    assert [(one.rep, one.gate) for one in cells] == [(rep, gate) for rep in range(4) for gate in range(3)]
    for gate in range(3):
        here = against_team(FOUR.passed[:, gate].tolist(), FOUR.decided[:, gate].tolist())
        assert [one.against for one in cells if one.gate == gate] == list(here)


def test_other_places_for_the_reps_give_the_same_cells_in_those_places() -> None:
    order = np.array([2, 0, 3, 1])
    moved = coaching_cells(GateCounts(FOUR.passed[order], FOUR.decided[order], FOUR.entered[order]))
    before = coaching_cells(FOUR)
    for new, old in enumerate(order.tolist()):
        for gate in range(3):
            there, here = cell(moved, new, gate), cell(before, old, gate)
            assert (there.against, there.flagged) == (here.against, here.flagged)
            assert there.contracts == pytest.approx(here.contracts, rel=1e-12)


def test_one_rep_alone_has_rates_but_no_value_and_no_flag() -> None:
    cells = coaching_cells(counts([[2, 1]], [[40, 30]]))
    assert [one.against.raw for one in cells] == [2 / 40, 1 / 30]
    assert [(one.contracts, one.flagged, one.rest_decided) for one in cells] == [(0, False, 0)] * 2


def test_a_rep_whose_colleagues_have_nothing_decided_is_alone() -> None:
    first, second = coaching_cells(counts([[2], [0]], [[40], [0]]))
    assert (first.contracts, first.flagged) == (0, False)
    assert (second.contracts, second.flagged) == (0, False)


def test_a_gate_never_decided_has_no_value_and_no_flag_and_leaves_the_others_theirs() -> None:
    cells = coaching_cells(counts([[4, 0], [30, 0]], [[40, 0], [40, 0]]))
    assert [(one.against.raw, one.contracts, one.flagged) for one in cells if one.gate == 1] == [(None, 0, False)] * 2
    assert cell(cells, 0, 0).contracts > 0
    assert cell(cells, 0, 0).flagged


def test_a_track_of_one_milestone_has_no_gates_and_a_team_of_none_no_cells() -> None:
    assert coaching_cells(counts([[], []], [[], []])) == ()
    empty = np.zeros((0, 3), dtype=np.int64)
    assert coaching_cells(GateCounts(empty, empty, empty.astype(np.float64))) == ()


def test_seven_gates_chain_through_all_the_later_ones() -> None:
    cells = coaching_cells(counts([[10] * 7, [15] * 7], [[20] * 7, [20] * 7]))
    own = cells[0].against.shrunken
    gap = cells[0].against.rest_of_team - own
    assert [one.contracts for one in cells[:7]] == pytest.approx([20 * gap * own ** (6 - gate) for gate in range(7)])


# What was decided in the last year: as of 31 December 2024, from 2 January on


def listed(array: NDArray[np.generic]) -> list[list[float]]:
    found: list[list[float]] = array.tolist()
    return found


def test_what_was_decided_in_the_last_365_days_is_counted_by_rep_and_gate() -> None:
    cohort = cut(
        [
            row("2024-01-01 2024-01-11 2024-02-10", rep="Ann"),
            row("2024-01-05 2024-01-25 -", "2024-03-05", rep="Ann"),
            row("2024-02-01 - -", "2024-03-22", rep="Bo"),
            row("2024-06-01 - -", rep="Bo"),
        ]
    )
    found = gate_counts(cohort, (None, None), 3)
    assert listed(found.passed) == [[2, 1], [0, 0], [0, 0]]
    assert listed(found.decided) == [[2, 2], [1, 0], [0, 0]]
    # Of Ann's two, one came on 1 January: 365 days before. History is exactly a year long.
    assert listed(found.entered) == [[1, 2], [2, 0], [0, 0]]


def test_a_decision_counts_on_its_own_day_whenever_the_opportunity_began() -> None:
    cohort = cut(
        [
            row("2022-01-01 2022-02-01 2024-01-01"),
            row("2022-01-01 2022-02-01 2024-01-02"),
            row("2022-01-01 2022-02-01 -", "2024-01-01"),
            row("2022-01-01 2022-02-01 -", "2024-01-02"),
        ]
    )
    found = gate_counts(cohort, (None, None), 1)
    assert (listed(found.passed), listed(found.decided)) == ([[0, 1]], [[0, 2]])
    assert listed(found.entered) == [[0, 0]]


def test_a_presumed_lost_one_is_decided_on_the_day_its_age_passed_twice_the_threshold() -> None:
    # Stalled after 20 days, so presumed lost on the 41st: from 21 November on 1 January, from the 22nd on 2 January.
    cohort = cut([row("2023-11-21 - -"), row("2023-11-22 - -"), row("2024-11-20 - -"), row("2024-11-21 - -")])
    assert listed(gate_counts(cohort, (20, None), 1).decided) == [[2, 0]]
    # After 20.25 days it is still the 41st, above 40.5; after 20.5 the 42nd, above 41.
    assert listed(gate_counts(cohort, (20.25, None), 1).decided) == [[2, 0]]
    assert listed(gate_counts(cohort, (20.5, None), 1).decided) == [[2, 0]]
    assert listed(gate_counts(cut([row("2024-11-20 - -")]), (20.5, None), 1).decided) == [[0, 0]]
    assert listed(gate_counts(cohort, (None, 20), 1).decided) == [[0, 0]]


def test_a_history_shorter_than_a_year_is_scaled_to_one_and_one_under_90_days_as_if_it_had_90() -> None:
    # 22 September is 100 days before, 1 December 30.
    assert listed(gate_counts(cut([row("2024-09-22 - -")]), (None, None), 1).entered) == [[3.65, 0]]
    assert listed(gate_counts(cut([row("2024-12-01 - -")]), (None, None), 1).entered) == [[365 / 90, 0]]


def test_a_skipped_milestone_passes_both_gates() -> None:
    found = gate_counts(cut([row("2024-06-01 - 2024-07-01")]), (None, None), 1)
    assert (listed(found.passed), listed(found.decided)) == ([[1, 1]], [[1, 1]])


def test_no_opportunities_are_no_counts() -> None:
    found = gate_counts(cut([]), (None, None), 2)
    assert listed(found.passed) == listed(found.decided) == listed(found.entered) == [[0, 0], [0, 0]]
    assert gate_counts(cut([row("2024-06-01")], n_milestones=1), (), 2).passed.shape == (2, 0)
