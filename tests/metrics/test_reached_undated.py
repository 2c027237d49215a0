"""Milestones that were reached on a day that nobody wrote down: in the conversions, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from deals import ARTICLE, day, deal

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Gates
from milestone_reports.metrics.estimators.cohort import history
from milestone_reports.metrics.estimators.conversion import outcomes, window
from milestone_reports.metrics.standing import (
    State,
    lost_date,
    milestone_credits,
    n_reached_undated,
    reached_dates,
    standing,
)

AS_OF = date(2024, 12, 31)


def undated(completed: str, n_reached: int, created: str = "", *, lost: bool = False, closed: str = "") -> Opportunity:
    """A deal whose first `n_reached` milestones are reached, those without a day undated."""
    one = deal(completed, outcome=Outcome.LOST if lost else Outcome.OPEN, closed_on=closed)
    entries = tuple(
        entry._replace(reached_undated=index < n_reached and entry.completed_on is None)
        for index, entry in enumerate(one.entries)
    )
    return replace(one, entries=entries, created_on=day(created))


def days(text: str) -> list[date | None]:
    return [day(cell) for cell in text.split()]


def test_an_undated_milestone_is_reached_on_the_day_of_the_next_that_has_one() -> None:
    one = undated("- - 2024-05-01 -", 2, "2024-01-01")
    assert list(reached_dates(one, AS_OF)) == days("2024-05-01 2024-05-01 2024-05-01 -")


def test_without_a_later_one_it_is_the_last_day_known_before() -> None:
    assert list(reached_dates(undated("- - - -", 2, "2024-01-01"), AS_OF)) == days("2024-01-01 2024-01-01 - -")
    one = undated("2024-03-01 - - -", 3, "2024-01-01")
    assert list(reached_dates(one, AS_OF)) == days("2024-03-01 2024-03-01 2024-03-01 -")


def test_with_no_day_at_all_it_is_reached_by_the_as_of_date() -> None:
    assert list(reached_dates(undated("- - - -", 1), AS_OF)) == [AS_OF, None, None, None]


def test_before_the_opportunity_was_created_nothing_is_reached() -> None:
    one = undated("- - - -", 2, "2024-06-01")
    assert n_reached_undated(one, date(2024, 5, 31)) == 0
    assert list(reached_dates(one, date(2024, 5, 31))) == [None] * 4


def test_an_undated_milestone_is_claimed_and_never_credited_whatever_the_gates() -> None:
    one = undated("- - - 2024-05-01", 3, "2024-01-01")
    for gates in Gates:
        found = milestone_credits(one, ARTICLE, gates, AS_OF)
        assert [credit.credited_on for credit in found[:3]] == [None] * 3
        assert [credit.claimed_because for credit in found[:3]] == [
            "Qualification undated",
            "Discovery undated",
            "Proof undated",
        ]
    assert milestone_credits(one, ARTICLE, Gates.OPEN, AS_OF)[3].credited_on == date(2024, 5, 1)


def test_conversions_count_it_and_nobody_knows_for_how_long_it_has_been_there() -> None:
    rows = [
        undated("- - - -", 1, "2024-01-01"),
        undated("- - - -", 3, "2024-01-01"),
        undated("- - - -", 2, "2024-01-01", lost=True, closed="2024-04-01"),
        deal("2024-01-01 2024-02-01 2024-03-01 2024-04-01"),
    ]
    cohort = window(history(rows, 4).as_of(AS_OF.toordinal()), 24)
    found = outcomes(cohort, np.zeros(4, dtype=np.bool_))
    assert [stage.reached for stage in found] == [4, 3, 2, 1]
    assert [stage.lost_here for stage in found] == [0, 1, 0, 0]
    assert list(cohort.age) == [0, 0, 0, 274]
    assert standing(rows[1], AS_OF).reached_on is None
    assert standing(rows[1], AS_OF).n_reached == 3


def test_a_loss_without_any_day_is_lost_when_it_was_last_known() -> None:
    one = undated("- - - -", 2, "2024-01-01", lost=True)
    assert lost_date(one, AS_OF) == date(2024, 1, 1)
    assert standing(one, AS_OF).state is State.LOST
