"""What must hold of every figure, whatever the history: it adds up, keeps within its bounds, and sees no future."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from histories import REPS, START, made_up, remembered
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_tracks import SEEDS, Stood, tracks

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.metrics.estimators.coaching import against_team, coaching_cells, gate_counts
from milestone_reports.metrics.estimators.cohort import NEVER
from milestone_reports.metrics.estimators.conversion import (
    Outcomes,
    expected_rate,
    outcomes,
    rate_to_next,
    rate_to_sale,
)
from milestone_reports.metrics.estimators.demand import by_source
from milestone_reports.metrics.estimators.forecast import longest_way, new_starts, starts_of_each, win_curves
from milestone_reports.metrics.estimators.gates import gate_curve
from milestone_reports.metrics.estimators.multiplier import decided_by_milestone, measured_multiplier, set_multiplier
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled
from milestone_reports.metrics.quota import stage_quotas
from milestone_reports.metrics.standing import State, lost_date, reached_dates, standing

often = settings(max_examples=60, deadline=None)


def assert_same_figures(one: Stood, other: Stood) -> None:
    """All figures of the team; sums of money up to the last digits, which follow the order of adding."""
    assert one.outcomes_of(one.cohort) == other.outcomes_of(other.cohort)
    assert one.thresholds == other.thresholds
    assert one.expected() == other.expected()
    assert one.multiplier() == other.multiplier()
    ahead, also = (of.forecast_of(np.ones_like(of.presumed)) for of in (one, other))
    numbers = [(told.pipeline, told.new, told.low, told.high, *told.by_stage) for told in (ahead, also)]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-9, abs=1e-6)


# --- an opportunity at a time ---


@often
@given(tracks())
def test_columns_say_of_each_opportunity_what_is_said_of_it_alone(track: Stood) -> None:
    assert_said_of_each_alone(track)


@often
@given(tracks(), SEEDS)
def test_columns_say_the_same_of_what_earlier_copies_tell(track: Stood, seed: int) -> None:
    told = track.having(remembered(track.rows, seed))
    assert_said_of_each_alone(told)
    cohort = told.cohort
    shown = cohort.reached != NEVER
    assert (np.diff(cohort.reached, axis=1)[shown[:, 1:]] >= 0).all()
    by_copies = told.history.reached_by[cohort.row]
    assert not cohort.dated[by_copies != NEVER].any()
    # Before a dated one of its own it cannot be, whatever a copy says.
    own = np.where(told.history.completed[cohort.row] <= told.day, cohort.reached, 0)
    last = np.maximum.accumulate(own, axis=1)
    assert (cohort.reached <= np.maximum(by_copies, last))[shown].all()


def assert_said_of_each_alone(track: Stood) -> None:
    cohort, as_of = track.cohort, date.fromordinal(track.day)
    ages, in_cohort = cohort.age, {int(row): place for place, row in enumerate(cohort.row)}
    for row, one in enumerate(track.history.opportunities):
        stands = standing(one, as_of)
        if row not in in_cohort:
            assert stands.n_reached == 0
            continue
        place = in_cohort[row]
        on = [None if day == NEVER else date.fromordinal(int(day)) for day in cohort.reached[place]]
        assert on == list(reached_dates(one, as_of))
        state = State.WON if cohort.won[place] else State.LOST if cohort.lost[place] else State.OPEN
        assert (state, int(cohort.n_reached[place])) == (stands.state, stands.n_reached)
        lost = int(cohort.lost_on[place])
        assert (None if lost == NEVER else date.fromordinal(lost)) == lost_date(one, as_of)
        assert ages[place] == ((as_of - stands.reached_on).days if stands.reached_on else 0)


# --- counts ---


@often
@given(tracks(), SEEDS)
def test_outcomes_add_up_whoever_is_presumed_lost(track: Stood, seed: int) -> None:
    some = np.random.default_rng(seed).random(len(track.cohort.row)) < 0.5
    for presumed in (track.presumed, track.cohort.open & some):
        became = outcomes(track.cohort, presumed)
        for stage in became:
            assert stage.reached == stage.moved_on + stage.lost_here + stage.presumed_lost_here + stage.open_here
        assert became[-1].reached == became[-1].moved_on == became[-1].won
        for here, onward in pairwise(became):
            assert here.moved_on == onward.reached
            assert here.lost == here.lost_here + onward.lost
            assert here.presumed_lost == here.presumed_lost_here + onward.presumed_lost


def added_up(parts: Sequence[tuple[Outcomes, ...]]) -> list[list[int]]:
    """The sum of every count, a milestone."""
    names = Outcomes.__slots__
    return [[sum(getattr(stage, name) for stage in stages) for name in names] for stages in zip(*parts, strict=True)]


@often
@given(tracks())
def test_the_team_is_the_sum_of_its_reps(track: Stood) -> None:
    cohort, parts = track.cohort, list(track.by_rep().values())
    team = track.outcomes_of(cohort)
    if parts:
        assert added_up([track.outcomes_of(part) for part in parts]) == added_up([team])
    decided = [decided_by_milestone(part, presumed_lost(part, track.thresholds)) for part in parts]
    assert np.sum(decided, axis=0).tolist() == (list(track.multiplier().decided) if parts else 0)
    whole = track.forecast_of(np.ones_like(track.presumed))
    shares = [track.forecast_of(cohort.rep == rep) for rep in range(len(parts))]
    assert sum(share.pipeline for share in shares) == pytest.approx(whole.pipeline, rel=1e-9)
    for stage, amount in enumerate(whole.by_stage):
        assert sum(share.by_stage[stage] for share in shares) == pytest.approx(amount, rel=1e-9)
    starts = starts_of_each(cohort, cohort.rep, len(parts))
    assert sum(start.n for start in starts) == new_starts(cohort).n


@often
@given(tracks())
def test_the_year_at_each_gate_and_the_sources_add_up_to_the_team(track: Stood) -> None:
    cohort = track.cohort
    counts = gate_counts(cohort, track.thresholds, len(track.history.reps))
    of_one = replace(cohort, rep=np.zeros_like(cohort.rep), earned_by=np.zeros_like(cohort.earned_by))
    alone = gate_counts(of_one, track.thresholds, 1)
    assert counts.passed.sum(axis=0).tolist() == alone.passed[0].tolist()
    assert counts.decided.sum(axis=0).tolist() == alone.decided[0].tolist()
    assert counts.entered.sum(axis=0) == pytest.approx(alone.entered[0])
    sources = by_source(cohort, track.presumed, len(track.history.sources))
    first = track.outcomes_of(cohort)[0]
    assert sum(source.first_milestones for source in sources) == first.reached
    assert sum(source.sales for source in sources) == first.won
    assert sum(source.lost for source in sources) == first.lost
    assert sum(source.presumed_lost for source in sources) == first.presumed_lost


# --- bounds ---


def assert_in_order(*numbers: float | None) -> None:
    """None of them missing, each at least the one before it, all shares."""
    shares = [0.0, *(number for number in numbers if number is not None), 1.0]
    assert len(shares) == len(numbers) + 2
    assert all(low <= high + 1e-12 for low, high in pairwise(shares))


@often
@given(tracks())
def test_rates_are_shares_inside_their_ranges(track: Stood) -> None:
    for part in (track.cohort, *track.by_rep().values()):
        for stage in track.outcomes_of(part):
            for found in (rate_to_next(stage), rate_to_sale(stage)):
                if found.decided:
                    assert_in_order(found.low_95, found.likely_low, found.value, found.likely_high, found.high_95)
    for expected in track.expected():
        if expected.value is None:
            assert (expected.says, expected.low_95, expected.likely_high) == ("too early", None, None)
        else:
            assert 0 < expected.effective <= len(track.rows)
            assert_in_order(
                expected.low_95, expected.likely_low, expected.value, expected.likely_high, expected.high_95
            )


@often
@given(tracks())
def test_forecasts_are_within_their_ranges_and_only_open_ones_have_a_chance(track: Stood) -> None:
    chances, cohort = track.chances, track.cohort
    assert ((chances >= 0) & (chances <= 1)).all()
    assert not chances[~cohort.open | track.presumed].any()
    told = track.forecast_of(np.ones_like(track.presumed))
    assert 0 <= told.low <= told.total + 1e-6
    assert told.total <= told.high + 1e-6
    assert told.pipeline_low <= told.pipeline + 1e-6
    assert told.pipeline <= told.pipeline_high + 1e-6


@often
@given(tracks())
def test_the_chance_of_a_sale_grows_with_time_to_the_expected_rate(track: Stood) -> None:
    curves = win_curves(track.curves, longest_way(track.curves))
    for curve, onward in zip(curves, (*curves[1:], curves[-1]), strict=True):
        assert (np.diff(curve) >= -1e-12).all()
        assert (curve <= onward + 1e-12).all()
    value = expected_rate(track.cohort, track.curves, 0, len(track.curves)).value
    assert curves[0][-1] == pytest.approx(value or 0.0, abs=1e-12)


@often
@given(tracks())
def test_all_that_are_presumed_lost_are_stalled_and_all_stalled_are_open(track: Stood) -> None:
    found = stalled(track.cohort, track.thresholds)
    assert not (track.presumed & ~found).any()
    assert not (found & ~track.cohort.open).any()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2)), max_size=60))
def test_what_moved_on_is_lost_or_stays_is_all_there_is(stays: list[tuple[int, int]]) -> None:
    days, ended = np.array(stays, dtype=np.int32).reshape(len(stays), 2).T
    curve = gate_curve(days, ended)
    assert curve.moved_on + curve.lost + curve.staying == pytest.approx(np.ones(len(curve.days)))
    for share in (curve.moved_on, curve.lost, 1 - curve.staying):
        assert (np.diff(share, prepend=0.0) >= -1e-12).all()
        assert (share <= 1 + 1e-12).all()
    assert curve.variance >= 0
    assert curve.steps(40).sum() == pytest.approx(curve.share)
    half, ninth = curve.days_to_move_on(0.5), curve.days_to_move_on(0.9)
    assert (half is None) == (ninth is None) == (curve.n_moved_on == 0)
    assert half is None or ninth is None or half <= ninth


# --- no future, no order, no names ---


def later(rng: np.random.Generator, as_of: date) -> date:
    return as_of + timedelta(days=int(rng.integers(1, 400)))


def with_another_future(rng: np.random.Generator, one: Opportunity, as_of: date) -> Opportunity:
    """The same opportunity by the as-of date, of which something else is said later."""
    may_go = one.outcome not in {Outcome.WON, Outcome.CANCELLED}  # without the date of its sale it would be no row
    entries = []
    for entry in one.entries:
        if entry.completed_on and entry.completed_on > as_of:
            goes = may_go and rng.random() < 0.3
            entries.append(entry._replace(completed_on=None if goes else later(rng, as_of)))
        else:
            entries.append(entry)
    changed = replace(one, entries=tuple(entries))
    if one.created_on and one.created_on > as_of:
        changed = replace(changed, created_on=later(rng, as_of))
    if one.outcome is Outcome.OPEN or (one.outcome.is_lost and one.closed_on and one.closed_on > as_of):
        is_lost = rng.random() < 0.5
        outcome = Outcome.LOST if is_lost else Outcome.OPEN
        changed = replace(changed, outcome=outcome, closed_on=later(rng, as_of) if is_lost else None)
    return changed


def by_name(track: Stood) -> list[tuple[object, ...]]:
    """What the columns say of each opportunity, with its rep and source by name, in the order of their names."""
    cohort, known = track.cohort, track.history
    columns = zip(cohort.row, cohort.reached, cohort.dated, cohort.lost_on, cohort.rep, cohort.source, strict=True)
    return sorted(
        (known.opportunities[row].id, reached.tolist(), dated.tolist(), int(lost), known.reps[rep], known.sources[at])
        for row, reached, dated, lost, rep, at in columns
    )


@often
@given(tracks(), SEEDS)
def test_what_is_dated_after_the_day_changes_nothing(track: Stood, seed: int) -> None:
    rng, as_of = np.random.default_rng(seed), date.fromordinal(track.day)
    changed = track.having([with_another_future(rng, one, as_of) for one in track.rows])
    assert by_name(changed) == by_name(track)
    assert_same_figures(changed, track)


@often
@given(tracks(), SEEDS)
def test_nor_do_opportunities_that_start_after_the_day_wherever_they_stand(track: Stood, seed: int) -> None:
    ahead = timedelta(days=track.day - START.toordinal() + 1)
    new = [
        replace(
            one,
            id=f"new {one.id}",
            entries=tuple(
                entry._replace(completed_on=entry.completed_on and entry.completed_on + ahead, reached_undated=False)
                for entry in one.entries
            ),
            closed_on=one.closed_on and one.closed_on + ahead,
        )
        for one in made_up(seed, 20, track.n_milestones, tidy=True)
    ]
    for rows in ([*track.rows, *new], [*new, *track.rows]):
        more = track.having(rows)
        assert by_name(more) == by_name(track)
        assert_same_figures(more, track)
    known = {track.history.opportunities[row].id for row in track.cohort.row}
    assert_same_figures(track.having([one for one in track.rows if one.id in known]), track)


@often
@given(tracks(), SEEDS)
def test_the_order_of_rows_does_not_matter(track: Stood, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(track.rows))
    shuffled = track.having([track.rows[i] for i in order])
    assert by_name(shuffled) == by_name(track)
    assert_same_figures(shuffled, track)


def of_each_rep(track: Stood) -> dict[str, tuple[object, ...]]:
    """Each rep's counts and comparisons with the rest of the team; without which are flagged, as ties go by order."""
    counts = gate_counts(track.cohort, track.thresholds, len(track.history.reps))
    n_gates = track.n_milestones - 1
    worth = np.round([cell.contracts for cell in coaching_cells(counts)], 9).reshape(-1, n_gates).tolist()
    found = zip(track.by_rep().items(), counts.passed.tolist(), counts.decided.tolist(), worth, strict=True)
    return {rep: (track.outcomes_of(part), *rest) for (rep, part), *rest in found}


@often
@given(tracks(), st.permutations(REPS))
def test_other_names_for_the_reps_are_the_same_figures_under_those_names(track: Stood, names: list[str]) -> None:
    other = dict(zip(REPS, names, strict=True))
    renamed = track.having([replace(one, rep=other[one.rep]) for one in track.rows])
    assert of_each_rep(renamed) == {other[rep]: found for rep, found in of_each_rep(track).items()}
    assert_same_figures(renamed, track)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8), SEEDS)
def test_reps_in_another_order_compare_with_the_team_as_before(counts: list[tuple[int, int]], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(counts))
    passed, failed = np.array(counts).T
    before = against_team(passed.tolist(), (passed + failed).tolist())
    after = against_team(passed[order].tolist(), (passed + failed)[order].tolist())
    for found, place in zip(after, order, strict=True):
        assert (found.raw, found.rest_of_team) == (before[place].raw, before[place].rest_of_team)
        assert (found.shrunken, found.chance_below) == pytest.approx(
            (before[place].shrunken, before[place].chance_below), abs=1e-9
        )


# --- the multiplier ---


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_stage_quotas_are_the_milestones_of_the_year_and_the_value_is_in_its_interval(steps: list[int]) -> None:
    decided = np.cumsum(steps)[::-1].tolist()  # none reaches a milestone that more reached later
    found = measured_multiplier(decided)
    assert sum(found.per_contract) == pytest.approx(len(decided) * found.value)
    assert 1 <= found.low_95 <= found.value <= found.high_95
    assert_in_order(*found.chance_of_sale)


@given(st.floats(1, 200), st.integers(1, 8), st.floats(1, 6))
def test_stage_quotas_sum_to_contracts_times_milestones_times_multiplier(
    contracts: float, n_milestones: int, multiplier: float
) -> None:
    wanted = contracts * n_milestones * multiplier
    assert sum(stage_quotas(contracts, n_milestones, multiplier)) == pytest.approx(wanted)
    assert contracts * sum(set_multiplier(multiplier, n_milestones).per_contract) == pytest.approx(wanted)


# --- one more win ---


def assert_none_lower(before: Sequence[Outcomes], after: Sequence[Outcomes]) -> None:
    """No rate so far has gone down, nor either end of its intervals."""
    for was, now in zip(before, after, strict=True):
        for rate_of in (rate_to_next, rate_to_sale):
            old, new = rate_of(was), rate_of(now)
            for name in ("value", "likely_low", "likely_high", "low_95", "high_95"):
                if old.decided:
                    assert getattr(new, name) >= getattr(old, name) - 1e-12


@often
@given(tracks(), SEEDS)
def test_one_more_win_lowers_no_rate_so_far(track: Stood, seed: int) -> None:
    rng, as_of = np.random.default_rng(seed), date.fromordinal(track.day)
    before = outcomes(track.cohort, track.presumed)
    won = made_up(seed, 1, track.n_milestones, tidy=True)[0]
    # Its id comes last, as its row then does in the columns.
    won = replace(won, id="~", outcome=Outcome.OPEN, closed_on=None, entries=tuple(
        entry._replace(completed_on=as_of - timedelta(days=int(days)))
        for entry, days in zip(won.entries, sorted(rng.integers(0, 90, track.n_milestones))[::-1], strict=True)
    ))  # fmt: skip
    more = track.having([*track.rows, won])
    assert_none_lower(before, outcomes(more.cohort, np.append(track.presumed, False)))
    still_open = track.cohort.row[track.cohort.open & ~track.presumed]
    if len(still_open):
        moved = list(track.history.opportunities)
        one = moved[rng.choice(still_open)]
        sold = (*one.entries[:-1], one.entries[-1]._replace(completed_on=as_of))
        moved[moved.index(one)] = replace(one, entries=sold)
        assert_none_lower(before, outcomes(track.having(moved).cohort, track.presumed))
