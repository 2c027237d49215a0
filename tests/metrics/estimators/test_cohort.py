"""One track's opportunities as columns, cut to a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from histories import cut, row

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.metrics.estimators.cohort import NEVER, Days, history


def days(text: str) -> list[int]:
    return [NEVER if word == "-" else date.fromisoformat(word).toordinal() for word in text.split()]


def reached(opportunity: Opportunity, on: str = "2024-12-31") -> list[int]:
    return list(cut([opportunity], on).reached[0])


def lost_on(opportunity: Opportunity, on: str = "2024-12-31") -> list[int]:
    found: Days = cut([opportunity], on).lost_on
    return list(found)


def test_a_skipped_milestone_is_reached_on_the_day_of_the_next_that_has_one() -> None:
    assert reached(row("2024-01-01 - 2024-03-01")) == days("2024-01-01 2024-03-01 2024-03-01")
    assert reached(row("- 2024-02-01 -")) == days("2024-02-01 2024-02-01 -")


def test_a_milestone_dated_after_a_later_one_is_reached_with_it() -> None:
    assert reached(row("2024-05-01 2024-04-01 2024-04-15")) == days("2024-04-01 2024-04-01 2024-04-15")


def test_what_is_dated_later_does_not_exist_yet() -> None:
    one = row("2024-12-01 2025-01-10 -", "2025-02-01")
    assert reached(one) == days("2024-12-01 - -")
    assert cut([one]).open.tolist() == [True]
    # Nor does it repair anything: the second milestone is known, the first not yet.
    assert reached(row("2024-05-01 2024-04-01 -"), "2024-04-10") == days("2024-04-01 2024-04-01 -")
    assert reached(row("- 2024-04-01 2024-03-01"), "2024-03-15") == days("2024-03-01 2024-03-01 2024-03-01")


def test_one_without_its_first_milestone_is_left_out() -> None:
    assert len(cut([row("- - -"), row("- - -", "2024-03-01"), row("2025-01-01 - -")]).row) == 0


def test_a_sale_beats_a_loss() -> None:
    found = cut([row("2024-01-01 2024-02-01 2024-03-01", "2024-04-01")])
    assert (found.won.tolist(), found.lost.tolist(), found.open.tolist()) == ([True], [False], [False])


def test_a_sale_yet_to_come_does_not() -> None:
    one = row("2024-01-01 2024-02-01 2024-03-01", "2024-02-15")
    assert lost_on(one, "2024-02-20") == days("2024-02-15")
    assert lost_on(one, "2024-03-01") == [NEVER]


@pytest.mark.parametrize(
    ("completed", "lost", "expected"),
    [
        ("2024-01-01 2024-02-01 -", "2024-02-20", "2024-02-20"),
        ("2024-01-01 2024-02-01 -", "2024-01-15", "2024-02-01"),
        ("2024-01-01 2024-02-01 -", "?", "2024-02-01"),
        # Out of order: the second was reached on 1 March, with the first.
        ("2024-05-01 2024-03-01 -", "?", "2024-03-01"),
    ],
)
def test_a_loss_is_on_its_day_and_never_before_the_last_milestone(completed: str, lost: str, expected: str) -> None:
    assert lost_on(row(completed, lost)) == days(expected)


def test_no_decision_and_disqualified_are_lost_and_cancelled_is_not() -> None:
    kinds = (Outcome.NO_DECISION, Outcome.DISQUALIFIED, Outcome.CANCELLED)
    sold = row("2024-01-01 2024-02-01 2024-03-01")
    rows = [replace(row("2024-01-01 - -", "2024-02-01"), outcome=kind) for kind in kinds[:2]]
    found = cut([*rows, replace(sold, outcome=kinds[2], closed_on=date(2024, 4, 1))])
    assert found.lost.tolist() == [True, True, False]
    assert found.won.tolist() == [False, False, True]


def test_a_sale_that_nobody_dates_is_no_row() -> None:
    assert history([replace(row("2024-01-01 - -"), outcome=Outcome.WON)], 3).opportunities == ()


def test_the_present_stage_and_the_days_in_it() -> None:
    found = cut([row("2024-11-01 2024-11-21 -"), row("2024-12-31 - -")])
    assert found.n_reached.tolist() == [2, 1]
    # 21 November to 31 December: 9 + 31 days.
    assert found.age.tolist() == [40, 0]
    assert found.since.tolist() == days("2024-11-21 2024-12-31")


def test_an_undated_stage_has_no_days_in_it() -> None:
    found = cut([row("2024-01-01 - -", n_undated=2, created="2023-12-01")])
    assert found.reached.tolist() == [days("2024-01-01 2024-01-01 -")]
    assert found.dated.tolist() == [[True, False, False]]
    assert found.age.tolist() == [0]


def test_an_undated_stage_is_put_on_the_last_day_known_else_on_the_day_itself() -> None:
    assert reached(row("- - -", n_undated=2, created="2024-03-01")) == days("2024-03-01 2024-03-01 -")
    assert reached(row("- - -", n_undated=1)) == days("2024-12-31 - -")


def test_before_it_was_created_an_undated_one_is_not_there() -> None:
    one = row("- - -", n_undated=2, created="2024-06-01")
    assert len(cut([one], "2024-05-31").row) == 0
    assert len(cut([one], "2024-06-01").row) == 1


def test_the_columns_keep_values_reps_and_the_row() -> None:
    rows = [row("- - -"), row("2024-01-01 - -", rep="Bo", value=None), row("2024-01-02 - -", value=7)]
    track = history(rows, 3)
    found = cut(rows)
    assert track.reps == ("Ann", "Bo")
    assert found.rep.tolist() == [1, 0]
    assert found.row.tolist() == [1, 2]
    np.testing.assert_array_equal(found.value, [np.nan, 7])
    assert [track.opportunities[i].rep for i in found.row] == ["Bo", "Ann"]


def test_those_started_after_a_day_leave_that_day_out() -> None:
    found = cut([row("2024-01-01 - -"), row("2024-01-02 - -")])
    assert found.started_since(date(2024, 1, 1).toordinal()).row.tolist() == [1]


def test_the_rows_of_each_rep_in_turn_also_of_one_without_any() -> None:
    rows = [row("2024-01-01 - -", rep=rep) for rep in ("Ann", "Bo", "Ann")]
    found = cut(rows)
    assert [part.row.tolist() for part in found.of_each(found.rep, 3)] == [[0, 2], [1], []]


def test_no_opportunity_at_all_is_no_row() -> None:
    found = cut([])
    assert found.n_milestones == 3
    assert (found.won.tolist(), found.age.tolist(), found.n_reached.tolist()) == ([], [], [])
