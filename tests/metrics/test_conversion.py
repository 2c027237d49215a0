"""What becomes of a milestone, and the rates so far."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from deals import deal

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.metrics.estimators.cohort import history
from milestone_reports.metrics.estimators.conversion import (
    Outcomes,
    months_before,
    outcomes,
    rate_to_next,
    rate_to_sale,
    window,
)

AS_OF = date(2024, 12, 31)


def became(opportunities: Sequence[Opportunity], as_of: date = AS_OF, k: int = 3) -> tuple[Outcomes, ...]:
    cohort = window(history(opportunities, k).as_of(as_of.toordinal()), 24)
    return outcomes(cohort, np.zeros(len(cohort.row), dtype=np.bool_))


def lost(row: str, on: str = "2024-11-01") -> Opportunity:
    return deal(row, outcome=Outcome.LOST, closed_on=on)


# method.md §5, the hand example's counts: of 8, four reached milestone 2 and two the sale.
HAND = (
    deal("2024-01-01 2024-01-11 2024-02-10"),
    deal("2024-01-01 2024-01-21 2024-03-01"),
    lost("2024-01-01 2024-01-21 -", "2024-02-20"),
    deal("2024-01-01 2024-01-21 -"),
    lost("2024-01-01 - -", "2024-01-11"),
    lost("2024-01-01 - -", "2024-02-10"),
    deal("2024-12-01 - -"),
    deal("2024-12-20 - -"),
)


def test_the_hand_example_comes_out_as_counted() -> None:
    first, second, sale = became(HAND)
    # Milestone 1: 8 reached = 4 moved on + 2 lost here + 0 + 2 open here; 2 won and 3 lost of them.
    assert first == Outcomes(8, 4, 2, 0, 2, 2, 3, 0)
    # Milestone 2: 4 = 2 + 1 + 0 + 1; 2 won, 1 lost.
    assert second == Outcomes(4, 2, 1, 0, 1, 2, 1, 0)
    assert sale == Outcomes(2, 2, 0, 0, 0, 2, 0, 0)
    # H_1 = 2/5 and H_2 = 2/3; to the next: 4/6 and 2/3.
    assert [rate_to_sale(stage).value for stage in (first, second)] == [2 / 5, 2 / 3]
    assert [rate_to_next(stage).value for stage in (first, second)] == [4 / 6, 2 / 3]


def test_a_later_milestone_implies_the_earlier_ones() -> None:
    first, second, sale = became([deal("- - 2024-06-01")])
    assert (first.reached, second.reached, sale.reached, first.moved_on, sale.won) == (1, 1, 1, 1, 1)


def test_one_without_its_first_milestone_or_with_an_undated_sale_is_left_out() -> None:
    undated = deal("2024-01-01 2024-02-01 -", outcome=Outcome.WON)
    assert [stage.reached for stage in became([deal("- - -"), lost("- - -"), undated])] == [0, 0, 0]


def test_no_decision_and_disqualified_are_lost_here() -> None:
    rows = [
        deal("2024-01-01 - -", outcome=outcome, closed_on="2024-02-01")
        for outcome in (Outcome.NO_DECISION, Outcome.DISQUALIFIED)
    ]
    assert became(rows)[0].lost_here == 2


def test_a_cancelled_sale_stays_a_sale() -> None:
    row = deal("2024-01-01 2024-01-02 2024-01-03", outcome=Outcome.CANCELLED, closed_on="2024-02-01")
    assert (became([row])[0].won, became([row])[2].reached) == (1, 1)


def test_a_loss_after_the_as_of_date_is_open_still() -> None:
    row = lost("2024-01-01 - -", "2024-11-01")
    assert became([row], date(2024, 10, 31))[0].open_here == 1
    assert became([row], date(2024, 11, 1))[0].lost_here == 1


def test_only_first_milestones_of_the_last_months_are_counted() -> None:
    # 24 months to 31 December 2024 begin on 1 January 2023.
    inside, outside = deal("2023-01-01 - -"), deal("2022-12-31 - -")
    assert became([inside, outside])[0].reached == 1


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2024, 12, 31), 24, date(2022, 12, 31)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 12, 15), 12, date(2023, 12, 15)),
    ],
)
def test_months_earlier_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier


def test_nothing_reached_is_counts_of_nought_and_no_rate() -> None:
    first = became([])[0]
    assert first == Outcomes(0, 0, 0, 0, 0, 0, 0, 0)
    assert rate_to_sale(first).value is None


def test_eight_decided_are_enough_for_the_next_milestone_and_ten_for_the_sale() -> None:
    eight, nine, ten = (became([lost("2024-01-01 - -")] * n)[0] for n in (8, 9, 10))
    assert not rate_to_next(became([lost("2024-01-01 - -")] * 7)[0]).enough
    assert rate_to_next(eight).enough
    assert not rate_to_sale(nine).enough
    assert rate_to_sale(ten).enough


def test_no_win_at_all_is_a_rate_of_nought_with_an_upper_end() -> None:
    # 0 of 10: Wilson 95 % reaches up to .2775.
    found = rate_to_sale(became([lost("2024-01-01 - -")] * 10)[0])
    assert (found.value, found.low_95) == (0, 0)
    assert found.high_95 == pytest.approx(0.2775, abs=5e-5)
